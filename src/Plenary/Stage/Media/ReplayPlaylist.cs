using System.Globalization;
using System.Text;

namespace Plenary.Stage.Media;

/// <summary>Writes the media playlist of a replay (draft-pantos-hls-rfc8216bis): byte ranges of the takes' files, a discontinuity between takes.</summary>
internal static class ReplayPlaylist
{
    /// <param name="takes">The number of each take and where its segments are, in order.</param>
    public static string Write(IReadOnlyList<(int Number, SegmentIndex Index)> takes)
    {
        var longest = takes.SelectMany(t => t.Index.Segments).Select(s => s.Duration).DefaultIfEmpty(1).Max();
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{Math.Max(1, (int)Math.Round(longest, MidpointRounding.AwayFromZero))}\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MEDIA-SEQUENCE:0\n");
        var first = true;
        foreach (var (number, index) in takes)
        {
            if (!first) text.Append("#EXT-X-DISCONTINUITY\n");
            first = false;
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI=\"{number}.mp4\",BYTERANGE=\"{index.InitLength}@0\"\n");
            foreach (var segment in index.Segments)
                text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{segment.Duration:0.00000},\n#EXT-X-BYTERANGE:{segment.Length}@{segment.Offset}\n{number}.mp4\n");
        }
        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }
}
