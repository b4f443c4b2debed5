using System.Globalization;
using System.Text;

namespace Plenary.Platform;

/// <summary>The part of an address that names something: lower-case letters, digits and single hyphens.</summary>
public static class Slug
{
    /// <summary>Made of a name: accents dropped, everything else a hyphen; <paramref name="otherwise"/> when nothing is left (a name in another script).</summary>
    public static string Of(string name, int longest, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == longest) break;
        }
        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? otherwise : text;
    }

    /// <summary>The slug with a few random characters, for when it is taken.</summary>
    public static string Another(string slug) => $"{slug}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3))}";

    /// <summary>True when it may stand in an address as it is.</summary>
    public static bool IsValid(string slug, int longest) =>
        slug.Length > 0 && slug.Length <= longest && slug[0] != '-' && slug[^1] != '-' && !slug.Contains("--", StringComparison.Ordinal)
        && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
