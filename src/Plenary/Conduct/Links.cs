using System.Text;
using System.Text.RegularExpressions;

namespace Plenary.Conduct;

/// <summary>
/// Finds links in what people write, also those that were disguised: other schemes, full stops of other scripts, "dot" in words or brackets, spaces around it, invisible
/// characters, numbers instead of names.
/// </summary>
public static partial class Links
{
    // Names at the top that people write by heart; any other is a link only after a scheme, after www, or before a path.
    private const string Top = "com|net|org|info|biz|io|co|me|app|dev|xyz|top|site|online|shop|club|live|tv|gg|ly|to|cc|ws|ru|cn|de|at|ch|fr|uk|us|eu|nl|es|pl|in|br|jp|link|click|page|zip|example|test";

    /// <summary>Whether the text leads somewhere. What cannot be told in time counts as if it did.</summary>
    public static bool In(string text)
    {
        var plain = Plain(text);
        return Finds(Whole(), plain) || Finds(Named(), plain) || Finds(Numbered(), plain) || Finds(Spoken(), plain);
    }

    internal static bool Finds(Regex link, string text)
    {
        try
        {
            return link.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format) continue;
            if (rune.Value is 0x3002 or 0xFF61 or 0x2024 or 0x00B7 or 0x06D4 or 0x0589) plain.Append('.');
            else plain.Append(Rune.ToLowerInvariant(rune));
        }
        return plain.ToString();
    }

    /// <summary>With a scheme, or what begins or goes on as only links do.</summary>
    [GeneratedRegex(@"\b(?:h\s?(?:tt|xx)\s?ps?|ftp|wss?|data|javascript|mailto|tel|magnet|ipfs)\s?:\s?\S|\bwww\s?\.|[\p{L}\d-]\.\p{L}{2,}/|\bxn--", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Whole();

    /// <summary>A name with a well-known end, with or without spaces or brackets around its full stops.</summary>
    [GeneratedRegex(@"[\p{L}\d](?:\s?[\[({<]\s?\.\s?[\])}>]\s?|\.)(?:" + Top + @")(?![\p{L}\d])|[\p{L}\d]\s\.\s?(?:" + Top + @")(?![\p{L}\d])", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])(?=[:/\s]|$)|\[[\da-f:]*:[\da-f:]*:[\da-f:]*\]", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"[\p{L}\d]\s?[\[({<]?\s?(?:\bdot\b|\bpunkt\b|\bpoint\b)\s?[\])}>]?\s?(?:" + Top + @")(?![\p{L}\d])", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Spoken();
}
