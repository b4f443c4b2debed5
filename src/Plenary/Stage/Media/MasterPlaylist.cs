using System.Globalization;
using System.Text;

namespace Plenary.Stage.Media;

/// <summary>One way in which a stream can be had.</summary>
/// <param name="Path">Of its playlist, relative to the master playlist.</param>
/// <param name="BitsPerSecond">At its heaviest.</param>
/// <param name="Picture">Null for sound alone.</param>
/// <param name="Sound">Null when it has none.</param>
internal sealed record Variant(string Path, double BitsPerSecond, Codec? Picture, Codec? Sound);

/// <summary>Writes a multivariant playlist (draft-pantos-hls-rfc8216bis, 4.4.6): the same stream in several qualities.</summary>
internal static class MasterPlaylist
{
    /// <param name="variants">The best first: players begin with it.</param>
    public static string Write(IEnumerable<Variant> variants)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        foreach (var variant in variants)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={Math.Max(1, (long)variant.BitsPerSecond)}");
            var codecs = new[] { variant.Picture, variant.Sound }.OfType<Codec>().ToList();
            if (codecs.Count > 0) text.Append(CultureInfo.InvariantCulture, $",CODECS=\"{string.Join(',', codecs.Select(c => c.Name))}\"");
            if (variant.Picture is { Height: > 0 } picture) text.Append(CultureInfo.InvariantCulture, $",RESOLUTION={picture.Width}x{picture.Height}");
            text.Append('\n').Append(variant.Path).Append('\n');
        }
        return text.ToString();
    }
}
