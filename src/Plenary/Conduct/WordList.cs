using System.Globalization;
using System.Text;

namespace Plenary.Conduct;

/// <summary>
/// Finds the words of a list in what people write, however they are written. Text is reduced to its skeleton as Unicode Technical Standard 39 does with confusables: compatibility
/// decomposition, no marks and no invisible characters, look-alikes of other scripts and digits for letters as the letters they stand for, letters that repeat once. Whole words
/// match, not parts of longer ones, so that honest words stay; letters set apart are put together first.
/// </summary>
public sealed class WordList
{
    /// <summary>A word that was cut in pieces is looked for over this many of them.</summary>
    private const int MostPieces = 4;

    // What looks like a Latin letter and is not made one by decomposition: Cyrillic, Greek, Armenian, Cherokee and Latin itself, and digits and signs that stand for letters.
    private const string LooksLike =
        "аaаaвbсcԁdеeғfһhнhіiјjкkӏlмmпnоoрpԛqгrѕsтtуyүyѵvԝwхxзeбbёeйuцuчyшwщwъbыbьbэeюoяrдdлnиuфoжx" +
        "αaβbγyδdεeζzηnθoιiκkλaμuνvξeοoπnρpσoςsτtυuφoχxψwωw" +
        "աwոnսuօoհhցg" +
        "ıiȷjłløođdħhŧtæaœoßsɑaɡgɩiʀrʏyʟlɴnɪiʜhɢgʙbɛeƒfþpðdŋn" +
        "0o1i2z3e4a5s6g7t8b9g@a$s€e£l!i|i¡i©c®r¢c";

    private static readonly Dictionary<int, char> Letters = ReadLetters();

    private readonly HashSet<string> words = [];
    private readonly List<string> beginnings = [];
    private readonly List<string> phrases = [];

    /// <param name="list">One word or phrase a line; a star at the end stands for any ending.</param>
    public WordList(string list)
    {
        foreach (var line in list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var open = line.EndsWith('*');
            var tokens = Tokens(open ? line[..^1] : line);
            if (tokens.Count == 0) continue;
            if (tokens.Count > 1) phrases.Add($" {string.Join(' ', tokens)}{(open ? "" : " ")}");
            if (open && tokens.Count == 1) beginnings.Add(tokens[0]);
            else words.Add(string.Concat(tokens));
        }
    }

    public bool IsEmpty => words.Count == 0 && beginnings.Count == 0;

    /// <summary>Whether the text has a word of the list.</summary>
    public bool Finds(string text)
    {
        if (IsEmpty) return false;
        // Digits and signs either stand for letters or stand beside words: both are looked at.
        return Finds(Tokens(text)) || Finds(Tokens(text, onlyLetters: true));
    }

    private bool Finds(List<string> tokens)
    {
        if (phrases.Count > 0 && $" {string.Join(' ', tokens)} " is var line && phrases.Exists(phrase => line.Contains(phrase, StringComparison.Ordinal))) return true;
        if (tokens.Exists(IsListed)) return true;
        for (var first = 0; first < tokens.Count; first++)
        {
            var joined = new StringBuilder(tokens[first]);
            for (var next = first + 1; next < tokens.Count && next - first < MostPieces; next++)
                if (words.Contains(Squeezed(joined.Append(tokens[next]).ToString()))) return true;
        }
        return Spelled(tokens).Any(IsSpelledIn);
    }

    private bool IsListed(string token) => words.Contains(token) || beginnings.Exists(beginning => token.StartsWith(beginning, StringComparison.Ordinal));

    private bool IsSpelledIn(string run) => words.Any(word => word.Length > 2 && run.Contains(word, StringComparison.Ordinal)) || beginnings.Exists(beginning => run.Contains(beginning, StringComparison.Ordinal));

    /// <summary>Letters that stand alone, one after the other, as the words they spell.</summary>
    private static IEnumerable<string> Spelled(List<string> tokens)
    {
        var run = new StringBuilder();
        foreach (var token in tokens.Append("  "))
            if (token.Length == 1) run.Append(token);
            else
            {
                if (run.Length > 2) yield return Squeezed(run.ToString());
                run.Clear();
            }
    }

    /// <summary>The skeleton of a text, as words.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="onlyLetters">Digits and signs end a word instead of standing for letters.</param>
    private static List<string> Tokens(string text, bool onlyLetters = false)
    {
        var tokens = new List<string>();
        var token = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            // Marks, and what is not seen at all: zero-width spaces and joiners, soft hyphens, fillers, changes of direction.
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format || rune.Value is 0x3164 or 0xFFA0 or 0x115F or 0x1160 or 0x2800) continue;
            if (onlyLetters && !Rune.IsLetter(rune) && Letter(rune) is not null && rune.Value < 0x1F000) End();
            else if (Letter(rune) is { } letter) token.Append(letter);
            else if (Rune.IsLetterOrDigit(rune)) token.Append(Rune.ToLowerInvariant(rune));
            else End();
        }
        End();
        return tokens;

        void End()
        {
            if (token.Length > 0) tokens.Add(Squeezed(token.ToString()));
            token.Clear();
        }
    }

    /// <summary>Each letter once, however often it is repeated.</summary>
    private static string Squeezed(string text)
    {
        var squeezed = new StringBuilder(text.Length);
        foreach (var c in text)
            if (squeezed.Length == 0 || squeezed[^1] != c) squeezed.Append(c);
        return squeezed.ToString();
    }

    private static char? Letter(Rune rune) => rune.Value switch
    {
        >= 'a' and <= 'z' => (char)rune.Value,
        >= 'A' and <= 'Z' => (char)(rune.Value | 0x20),
        >= 0x1F1E6 and <= 0x1F1FF => (char)('a' + rune.Value - 0x1F1E6), // regional indicators
        >= 0x1F150 and <= 0x1F169 => (char)('a' + rune.Value - 0x1F150), // negative circled
        >= 0x1F170 and <= 0x1F189 => (char)('a' + rune.Value - 0x1F170), // negative squared
        _ => Letters.TryGetValue(Rune.ToLowerInvariant(rune).Value, out var letter) ? letter : null,
    };

    private static Dictionary<int, char> ReadLetters()
    {
        var letters = new Dictionary<int, char>();
        for (var i = 0; i + 1 < LooksLike.Length; i += 2) letters[LooksLike[i]] = LooksLike[i + 1];
        return letters;
    }
}
