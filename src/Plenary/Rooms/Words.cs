namespace Plenary.Rooms;

/// <summary>
/// What everybody in a room is told beside its log. Each subject at most twice a second: what comes meanwhile waits, and only the latest of it is told, so
/// what is told must be a whole document and not a change of one.
/// </summary>
internal sealed class Words
{
    /// <summary>From one word about a subject to the next.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, Subject> subjects = [];

    /// <summary>Says it at once, or as soon as the subject's time has come.</summary>
    public void Say(string about, string data, TimeProvider clock, Action<string> say)
    {
        if (!subjects.TryGetValue(about, out var subject)) subjects.Add(about, subject = new());
        (subject.Next, subject.Say) = (data, say);
        if (subject.Waits) return;
        var rest = subject.SaidAt is { } at ? Every - clock.GetElapsedTime(at) : TimeSpan.Zero;
        if (rest <= TimeSpan.Zero) Speak(subject, clock.GetTimestamp());
        else _ = Later(subject, rest, clock);
    }

    /// <summary>Says whatever still waits: nobody will later.</summary>
    public void SayAll()
    {
        foreach (var subject in subjects.Values) Speak(subject, subject.SaidAt ?? 0);
    }

    private static async Task Later(Subject subject, TimeSpan rest, TimeProvider clock)
    {
        subject.Waits = true;
        await Task.Delay(rest, clock);
        subject.Waits = false;
        Speak(subject, clock.GetTimestamp());
    }

    private static void Speak(Subject subject, long now)
    {
        if (subject.Next is not { } data) return;
        (subject.Next, subject.SaidAt) = (null, now);
        subject.Say!(data);
    }

    private sealed class Subject
    {
        public string? Next { get; set; }

        public Action<string>? Say { get; set; }

        public long? SaidAt { get; set; }

        public bool Waits { get; set; }
    }
}
