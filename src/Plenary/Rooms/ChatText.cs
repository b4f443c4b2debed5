using System.Text;
using Plenary.Platform;

namespace Plenary.Rooms;

/// <summary>The rules of what people write in a room.</summary>
public static class ChatText
{
    /// <summary>In UTF-16 units, as browsers count.</summary>
    public const int Longest = 2_000;

    private static readonly Refusal Empty = Refusal.Invalid("text", "Write something first.");
    private static readonly Refusal TooLong = Refusal.Invalid("text", $"A message may have up to {Longest} characters. Shorten it or send it in parts.");

    /// <summary>
    /// The text as it is kept: without control characters (line breaks stay), broken halves of characters replaced, no space around it.
    /// Refused when nothing is left or it is too long.
    /// </summary>
    public static string Clean(string? text)
    {
        if (text is null) throw Empty.AsException();
        // Cheaper than cleaning a novel first.
        if (text.Length > 2 * Longest) throw TooLong.AsException();
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value == '\n' || !Rune.IsControl(rune)) clean.Append(rune);
            else if (rune.Value == '\t') clean.Append(' ');
        var kept = clean.ToString().Trim();
        if (kept.Length == 0) throw Empty.AsException();
        if (kept.Length > Longest) throw TooLong.AsException();
        return kept;
    }
}
