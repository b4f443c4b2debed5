using System.Globalization;
using System.Text;

namespace Plenary.Stage.Recordings;

/// <summary>
/// A recording that is played as if it were live. What everybody sees at a moment is a function of the clock and of when it began, so any
/// process answers the same, a restart changes nothing, and whoever comes late is in the middle. Players are ordinary live HLS players.
/// </summary>
internal static class SimuliveStream
{
    /// <summary>Segments listed before the moment: what somebody on a slow line may still need.</summary>
    private const double Behind = 20;

    /// <summary>How many segments a live player holds back from the end of the playlist (draft-pantos-hls-rfc8216bis, 6.3.3).</summary>
    private const int HoldBack = 3;

    /// <summary>Second of the recording that is being played.</summary>
    public static double PositionAt(Broadcast broadcast, DateTimeOffset now) =>
        broadcast.RecordingFrom + (now - (broadcast.LiveAt ?? broadcast.StartedAt)).TotalSeconds;

    /// <summary>False for what is not to be seen yet.</summary>
    public static bool HasCome(Playable playable, RecordedSegment segment, DateTimeOffset now) =>
        !playable.Replay.IsSimulive || playable.Replay.State == BroadcastState.Ended || segment.Start <= PositionAt(playable.Replay, now) + Ahead(playable.Recording.Segments) + 1;

    /// <summary>
    /// The live playlist at this moment. It reaches as far beyond the moment as players hold back, so that they play the moment itself,
    /// together; times of day say what is played when.
    /// </summary>
    public static string Playlist(Playable playable, DateTimeOffset now)
    {
        var all = playable.Recording.Between(playable.Replay.RecordingFrom, playable.End);
        var position = Math.Min(PositionAt(playable.Replay, now), all.Count == 0 ? 0 : all[^1].End);
        var edge = position + Ahead(all);
        var isOver = all.Count == 0 || edge >= all[^1].End || playable.Replay.State == BroadcastState.Ended;
        var last = 0;
        while (last < all.Count && all[last].End <= edge) last++;
        var first = 0;
        while (first < last && all[first].End < position - Behind) first++;
        var discontinuities = 0;
        for (var i = 1; i <= first && i < all.Count; i++)
            if (all[i].Take != all[i - 1].Take) discontinuities++;

        var target = Recording.TargetDuration(all);
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{target}\n#EXT-X-SERVER-CONTROL:HOLD-BACK={HoldBack * target:0.0}\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA-SEQUENCE:{first}\n#EXT-X-DISCONTINUITY-SEQUENCE:{discontinuities}\n");
        var began = playable.Replay.LiveAt ?? playable.Replay.StartedAt;
        for (var i = first; i < last; i++)
        {
            var at = began + TimeSpan.FromSeconds(all[i].Start - playable.Replay.RecordingFrom);
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-PROGRAM-DATE-TIME:{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\n");
            Recording.Append(text, all[i], i == first ? null : all[i - 1].Take);
        }
        if (isOver) text.Append("#EXT-X-ENDLIST\n");
        return text.ToString();
    }

    private static double Ahead(IReadOnlyList<RecordedSegment> segments) => HoldBack * Recording.TargetDuration(segments);
}
