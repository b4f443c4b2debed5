using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Networking.Directory;

/// <summary>An entry that a search found.</summary>
/// <param name="Id">Of the <see cref="DirectoryEntry"/>.</param>
/// <param name="Rank">The lower, the better it fits: a name more than a tag, a tag more than a headline, that more than a sentence.</param>
internal sealed record SearchHit(long Id, double Rank);

/// <summary>
/// Words that somebody looks for. People type words, never the query language of a database: whatever is no letter, digit or mark separates words,
/// every word must be there, each may be the beginning of a longer one.
/// </summary>
internal static class PeopleSearch
{
    /// <summary>Of the text; what is beyond is left out.</summary>
    public const int Longest = 200;

    /// <summary>Words that are looked at.</summary>
    private const int MostWords = 8;

    /// <summary>
    /// The entries that match, to be joined with those that the viewer may see; null when the text has no words. Ranked by BM25 on SQLite
    /// (S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework, 2009) and by ts_rank on PostgreSQL.
    /// </summary>
    public static IQueryable<SearchHit>? Hits(Db db, string? text)
    {
        var postgres = db.Database.IsNpgsql();
        var words = Words(text ?? "", postgres);
        if (words.Count == 0) return null;
        if (postgres)
        {
            var query = string.Join(" & ", words.Select(word => word + ":*"));
            return db.Database.SqlQuery<SearchHit>($"""
                SELECT e."Id", -ts_rank(e."Search", q)::double precision AS "Rank" FROM "DirectoryEntries" e, to_tsquery('simple', {query}) q WHERE e."Search" @@ q
                """);
        }
        // LIMIT -1 has SQLite look the words up once, instead of once for each person that they are compared with.
        var phrases = string.Join(' ', words.Select(word => $"\"{word}\" *"));
        return db.Database.SqlQuery<SearchHit>($"""
            SELECT rowid AS "Id", bm25("DirectorySearch", 10.0, 3.0, 5.0, 1.0) AS "Rank" FROM "DirectorySearch" WHERE "DirectorySearch" MATCH {phrases} LIMIT -1
            """);
    }

    /// <param name="bare">Decomposed and without diacritics, as directory_words makes them; SQLite does that by itself.</param>
    internal static IReadOnlyList<string> Words(string text, bool bare)
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
                if (words.Count < MostWords) words.Add(word.ToString());
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
