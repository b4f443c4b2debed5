using System.Globalization;
using System.Text;

namespace Plenary.Platform.Text;

/// <summary>
/// Words that somebody looks for. People type words, never the query language of a database: whatever is no letter, digit or mark separates words,
/// every word must be there, each may be the beginning of a longer one.
/// </summary>
internal static class SearchWords
{
    /// <summary>Of the text; what is beyond is left out.</summary>
    public const int Longest = 200;

    /// <summary>Words that are looked at.</summary>
    private const int Most = 8;

    /// <summary>The words as a query of PostgreSQL's <c>to_tsquery('simple', …)</c> over what <c>directory_words</c> and <c>chat_words</c> make; null when there are none.</summary>
    public static string? ForPostgres(string? text) => Of(text ?? "", bare: true) is { Count: > 0 } words ? string.Join(" & ", words.Select(word => word + ":*")) : null;

    /// <summary>The words as a query of SQLite's FTS5 with <c>unicode61 remove_diacritics 2</c>; null when there are none.</summary>
    public static string? ForSqlite(string? text) => Of(text ?? "", bare: false) is { Count: > 0 } words ? string.Join(' ', words.Select(word => $"\"{word}\" *")) : null;

    /// <param name="text">As it was typed.</param>
    /// <param name="bare">Decomposed and without diacritics, as <c>directory_words</c> makes them; SQLite does that by itself.</param>
    internal static IReadOnlyList<string> Of(string text, bool bare)
    {
        var limited = text.Length <= Longest ? text : text[..Longest];
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Normalized(limited, bare).EnumerateRunes().Append(new Rune(' ')))
        {
            if (bare && rune.Value is >= 0x300 and <= 0x36f) continue;
            if (IsOfWord(rune)) word.Append(rune.ToString().ToLowerInvariant());
            else if (word.Length > 0)
            {
                if (words.Count < Most) words.Add(word.ToString());
                word.Clear();
            }
        }
        return words;
    }

    private static string Normalized(string text, bool bare)
    {
        try
        {
            return text.Normalize(bare ? NormalizationForm.FormKD : NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return ""; // half a character: there are no such words
        }
    }

    private static bool IsOfWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
