using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Plenary.Stage.Captions;

/// <summary>One cue of a WebVTT file.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Speaker">The voice, when the cue names one.</param>
public sealed record Cue(double Start, double End, string Text, string? Speaker = null);

/// <summary>WebVTT (W3C, The Web Video Text Tracks Format) as far as captions need it; SubRip files are read too.</summary>
public static partial class WebVtt
{
    /// <summary>A file of all cues, in order.</summary>
    public static string Write(IEnumerable<Cue> cues)
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (var cue in cues)
        {
            text.Append('\n').Append(Time(cue.Start)).Append(" --> ").Append(Time(Math.Max(cue.End, cue.Start + 0.001))).Append('\n');
            if (cue.Speaker is { } speaker) text.Append("<v ").Append(Escape(speaker)).Append('>');
            text.Append(Escape(cue.Text)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>
    /// The cues of a file, in order; of anything it does not know (notes, styles, positions, colours) only the words stay. Null when it is no
    /// such file.
    /// </summary>
    public static IReadOnlyList<Cue>? Read(string file)
    {
        var text = file.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var cues = new List<Cue>();
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n');
            var timing = Array.FindIndex(lines, line => line.Contains("-->", StringComparison.Ordinal));
            if (timing < 0) continue; // the header, a note, a style
            if (Timing().Match(lines[timing]) is not { Success: true } match) return null;
            var (start, end) = (Seconds(match, 1), Seconds(match, 5));
            if (end <= start) continue;
            var said = string.Join(' ', lines[(timing + 1)..]);
            var voice = Voice().Match(said) is { Success: true } named ? WebUtility.HtmlDecode(named.Groups[1].Value).Trim() : null;
            var words = WebUtility.HtmlDecode(Tags().Replace(said, "")).Trim();
            if (words.Length > 0) cues.Add(new(start, end, words, voice is { Length: > 0 } ? voice : null));
        }
        if (cues.Count == 0 && !text.StartsWith("WEBVTT", StringComparison.Ordinal)) return null;
        return [.. cues.OrderBy(c => c.Start)];
    }

    private static string Time(double seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds)) is var time
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000}")
        : "";

    private static double Seconds(Match match, int group) =>
        Number(match.Groups[group]) * 3600 + Number(match.Groups[group + 1]) * 60 + Number(match.Groups[group + 2]) + Number(match.Groups[group + 3]) / 1000;

    private static double Number(Group digits) => digits.Success ? double.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s+-->\s+(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})(?:\s|$)")]
    private static partial Regex Timing();

    [GeneratedRegex(@"<v(?:\.[^ >]+)?\s+([^>]{1,80})>")]
    private static partial Regex Voice();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tags();
}
