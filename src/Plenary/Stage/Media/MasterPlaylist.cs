using System.Globalization;
using System.Text;
using Plenary.Stage.Captions;

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
    /// <param name="captions">Languages, as BCP 47 has them; none is shown unless somebody wants it (4.4.6.1).</param>
    public static string Write(IEnumerable<Variant> variants, IReadOnlyList<string> captions)
    {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        foreach (var language in captions)
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"captions\",NAME=\"{CaptionLine.NameOf(language)}\",LANGUAGE=\"{language}\",DEFAULT=NO,AUTOSELECT=YES,URI=\"captions-{language}/live.m3u8\"\n");
        foreach (var variant in variants)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={Math.Max(1, (long)variant.BitsPerSecond)}");
            var codecs = new[] { variant.Picture, variant.Sound }.OfType<Codec>().ToList();
            if (codecs.Count > 0) text.Append(CultureInfo.InvariantCulture, $",CODECS=\"{string.Join(',', codecs.Select(c => c.Name))}\"");
            if (variant.Picture is { Height: > 0 } picture) text.Append(CultureInfo.InvariantCulture, $",RESOLUTION={picture.Width}x{picture.Height}");
            if (captions.Count > 0) text.Append(",SUBTITLES=\"captions\"");
            text.Append('\n').Append(variant.Path).Append('\n');
        }
        return text.ToString();
    }
}
