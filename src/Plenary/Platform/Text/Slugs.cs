using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plenary.Platform.Text;

/// <summary>The readable part of an address: lower-case letters a–z, digits, single hyphens between them.</summary>
public static partial class Slugs
{
    public const int Shortest = 2;

    /// <summary>The slug of a name: accents dropped, everything else that is no letter or digit a hyphen. <paramref name="otherwise"/> when nothing is left.</summary>
    public static string Of(string name, int longest, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug is not [] && slug[^1] != '-') slug.Append('-');
            if (slug.Length == longest) break;
        }
        var text = slug.ToString().Trim('-');
        return text.Length >= Shortest ? text : otherwise;
    }

    /// <summary>The same slug with a number, cut so that it stays within <paramref name="longest"/>.</summary>
    public static string Numbered(string slug, int number, int longest)
    {
        if (number < 2) return slug;
        var end = "-" + number.ToString(CultureInfo.InvariantCulture);
        return slug[..Math.Min(slug.Length, longest - end.Length)].TrimEnd('-') + end;
    }

    /// <summary>The first of slug, slug-2, slug-3 … that is not taken.</summary>
    public static string Free(string slug, int longest, IReadOnlySet<string> taken)
    {
        var number = 1;
        while (taken.Contains(Numbered(slug, number, longest))) number++;
        return Numbered(slug, number, longest);
    }

    public static bool IsSlug(string text) => Whole().IsMatch(text);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Whole();
}
