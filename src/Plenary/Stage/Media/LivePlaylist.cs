using System.Globalization;
using System.Text;

namespace Plenary.Stage.Media;

/// <summary>Writes the media playlist of a live stream as draft-pantos-hls-rfc8216bis has it; numbers in brackets are its sections.</summary>
internal static class LivePlaylist
{
    /// <summary>Segments listed; older ones stay to be had for a while, as 6.2.2 wants.</summary>
    public const int Listed = 8;

    /// <summary>Parts are told apart only near the live edge (6.2.2 asks for three target durations).</summary>
    private const int SegmentsWithParts = 4;

    /// <param name="segments">Oldest first; the last one may still grow.</param>
    /// <param name="targetDuration">Whole seconds; at least every segment's rounded length (4.4.3.1).</param>
    /// <param name="partTarget">Seconds; at least every part's length (4.4.3.7).</param>
    /// <param name="nextPart">The part that comes next, or null when the stream has ended.</param>
    public static string Write(IReadOnlyList<Segment> segments, int targetDuration, double partTarget, long? nextPart)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:9\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{targetDuration}\n");
        // A player holds three parts back from the live edge, three target durations if it knows no parts (4.4.3.8).
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={partTarget * 3:0.000},HOLD-BACK={targetDuration * 3:0.0}\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-PART-INF:PART-TARGET={partTarget:0.000}\n");
        Segments(text, segments, withParts: true);
        if (nextPart is { } hint) text.Append(CultureInfo.InvariantCulture, $"#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p{hint}.m4s\"\n");
        else text.Append("#EXT-X-ENDLIST\n");
        return text.ToString();
    }

    /// <summary>The same segments for players that know no parts or shall not use them: they ask once per segment.</summary>
    public static string WritePlain(IReadOnlyList<Segment> segments, int targetDuration, bool hasEnded)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{targetDuration}\n");
        Segments(text, segments, withParts: false);
        return text.Append(hasEnded ? "#EXT-X-ENDLIST\n" : "").ToString();
    }

    /// <summary>A rendition of captions: WebVTT for each of these segments, in whole ones only.</summary>
    public static string WriteCaptions(IReadOnlyList<Segment> segments, int targetDuration, bool hasEnded)
    {
        var whole = segments.Where(s => s.IsWhole).TakeLast(Listed).ToList();
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{targetDuration}\n#EXT-X-MEDIA-SEQUENCE:{(whole.Count == 0 ? 0 : whole[0].Number)}\n");
        foreach (var segment in whole)
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-PROGRAM-DATE-TIME:{segment.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\n#EXTINF:{segment.Duration:0.00000},\nc{segment.Number}.vtt\n");
        return text.Append(hasEnded ? "#EXT-X-ENDLIST\n" : "").ToString();
    }

    private static void Segments(StringBuilder text, IReadOnlyList<Segment> segments, bool withParts)
    {
        var first = Math.Max(0, segments.Count - Listed);
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA-SEQUENCE:{(segments.Count == 0 ? 0 : segments[first].Number)}\n#EXT-X-MAP:URI=\"init.mp4\"\n");
        for (var i = first; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (!withParts && !segment.IsWhole) break;
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-PROGRAM-DATE-TIME:{segment.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\n");
            if (withParts && i >= segments.Count - SegmentsWithParts)
                foreach (var part in segment.Parts)
                    text.Append(CultureInfo.InvariantCulture, $"#EXT-X-PART:DURATION={part.Fragment.Duration:0.00000},URI=\"p{part.Number}.m4s\"{(part.Fragment.IsKey ? ",INDEPENDENT=YES" : "")}\n");
            if (segment.IsWhole) text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{segment.Duration:0.00000},\ns{segment.Number}.m4s\n");
        }
    }
}
