namespace Plenary.Stage.Recordings;

/// <summary>
/// Where a moment of the day is in a replay, and back. Three clocks meet here: the day's, the recording's (all takes in a row), and the
/// replay's, which begins where the recording is trimmed.
/// </summary>
/// <param name="broadcast">The replay.</param>
/// <param name="takes">The playable takes of what it plays, in order.</param>
public sealed class ReplayTimeline(Broadcast broadcast, IReadOnlyList<BroadcastTake> takes)
{
    /// <summary>Second of the recording at which the replay begins.</summary>
    public double Start { get; } = broadcast.TrimStart ?? 0;

    /// <summary>Second of the recording at which it ends.</summary>
    public double End { get; } = broadcast.TrimEnd ?? broadcast.ReplaySeconds ?? 0;

    /// <summary>Seconds.</summary>
    public double Duration => Math.Max(0, End - Start);

    /// <summary>Second of the replay; below zero or beyond its length when it was trimmed away.</summary>
    public double At(DateTimeOffset moment) => InRecording(moment) - Start;

    /// <summary>The same for something that was kept with the recording, wherever it is played.</summary>
    public double AtRecorded(DateTimeOffset moment) => BroadcastTake.SecondsAt(takes, moment) - Start;

    /// <summary>False for what was trimmed away.</summary>
    public bool Has(double second) => second >= 0 && second <= Duration;

    /// <summary>When this second of the replay was recorded.</summary>
    public DateTimeOffset MomentAt(double second)
    {
        var rest = Math.Max(0, second + Start);
        foreach (var take in takes)
        {
            if (rest < take.Seconds || take == takes[^1]) return take.StartedAt + TimeSpan.FromSeconds(rest);
            rest -= take.Seconds ?? 0;
        }
        return broadcast.StartedAt + TimeSpan.FromSeconds(rest);
    }

    // What is played as if live has the day's clock of that playing, not of its recording.
    private double InRecording(DateTimeOffset moment) => broadcast.RecordingId is null
        ? BroadcastTake.SecondsAt(takes, moment)
        : broadcast.RecordingFrom + (moment - (broadcast.LiveAt ?? broadcast.StartedAt)).TotalSeconds;
}
