using System.Globalization;
using System.Text;
using Plenary.Stage.Media;

namespace Plenary.Stage.Recordings;

/// <summary>A segment of a recording.</summary>
/// <param name="Take">Number of its take.</param>
/// <param name="Number">0, 1, 2 … within the take.</param>
/// <param name="Start">Seconds since the recording began, all takes in a row.</param>
/// <param name="Duration">Seconds.</param>
public sealed record RecordedSegment(int Take, int Number, double Start, double Duration)
{
    public double End => Start + Duration;
}

/// <summary>Some bytes of a file.</summary>
public readonly record struct FilePart(string Path, long Offset, long Length);

/// <summary>What was recorded of a broadcast: its takes in a row, cut into segments. Never changes once its replay was made.</summary>
public sealed class Recording
{
    private readonly Dictionary<int, (string Path, SegmentIndex Index)> takes;

    /// <param name="takes">Number, file and index of each playable take, in order.</param>
    internal Recording(IReadOnlyList<(int Number, string Path, SegmentIndex Index)> takes)
    {
        this.takes = takes.ToDictionary(t => t.Number, t => (t.Path, t.Index));
        var segments = new List<RecordedSegment>();
        foreach (var (number, _, index) in takes)
            for (var i = 0; i < index.Segments.Count; i++)
                segments.Add(new(number, i, segments.Count == 0 ? 0 : segments[^1].End, index.Segments[i].Duration));
        Segments = segments;
    }

    public IReadOnlyList<RecordedSegment> Segments { get; }

    public double Seconds => Segments.Count == 0 ? 0 : Segments[^1].End;

    /// <summary>The last segment's border at or before this second; pictures can only be cut where a key picture is.</summary>
    public double BorderBefore(double seconds) => Segments.Where(s => s.Start <= seconds + 0.001).Select(s => s.Start).DefaultIfEmpty(0).Last();

    /// <summary>The first segment's border at or after this second.</summary>
    public double BorderAfter(double seconds) => Segments.Where(s => s.End >= seconds - 0.001).Select(s => s.End).DefaultIfEmpty(Seconds).First();

    /// <summary>The segments that a cut between two borders leaves.</summary>
    public IReadOnlyList<RecordedSegment> Between(double start, double end) => [.. Segments.Where(s => s.Start >= start - 0.001 && s.End <= end + 0.001)];

    /// <summary>Where a take's initialization section is.</summary>
    public FilePart? Init(int take) => takes.TryGetValue(take, out var found) ? new(found.Path, 0, found.Index.InitLength) : null;

    /// <summary>The segment of this number in a take.</summary>
    public RecordedSegment? Find(int take, int number) => Segments.FirstOrDefault(s => s.Take == take && s.Number == number);

    /// <summary>Where a segment is.</summary>
    public FilePart? Segment(int take, int number) => takes.TryGetValue(take, out var found) && number >= 0 && number < found.Index.Segments.Count
        ? new(found.Path, found.Index.Segments[number].Offset, found.Index.Segments[number].Length)
        : null;

    /// <summary>The media playlist of these segments (draft-pantos-hls-rfc8216bis); a discontinuity between takes.</summary>
    public static string Playlist(IReadOnlyList<RecordedSegment> segments)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{TargetDuration(segments)}\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MEDIA-SEQUENCE:0\n");
        for (var i = 0; i < segments.Count; i++) Append(text, segments[i], i == 0 ? null : segments[i - 1].Take);
        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    /// <summary>Whole seconds; at least every segment's rounded length (4.4.3.1).</summary>
    internal static int TargetDuration(IReadOnlyList<RecordedSegment> segments) =>
        Math.Max(1, (int)Math.Round(segments.Select(s => s.Duration).DefaultIfEmpty(1).Max(), MidpointRounding.AwayFromZero));

    /// <summary>Adds a segment, and before it what a player must know where a take begins.</summary>
    internal static void Append(StringBuilder text, RecordedSegment segment, int? takeBefore)
    {
        if (segment.Take != takeBefore)
        {
            if (takeBefore is not null) text.Append("#EXT-X-DISCONTINUITY\n");
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI=\"{segment.Take}-init.mp4\"\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{segment.Duration:0.00000},\n{segment.Take}-{segment.Number}.m4s\n");
    }
}
