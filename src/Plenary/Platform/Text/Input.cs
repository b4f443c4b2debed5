namespace Plenary.Platform.Text;

/// <summary>What people type, checked and trimmed. Each refusal names the field, what was wrong and what would do.</summary>
public static class Input
{
    /// <summary>One line of 1 to <paramref name="longest"/> characters.</summary>
    public static string Line(string? text, string field, int longest) =>
        OptionalLine(text, field, longest) is { Length: > 0 } line ? line : throw Refusal.Invalid(field, $"Fill in the {Words(field)}.").AsException();

    /// <summary>One line of at most <paramref name="longest"/> characters; may be empty.</summary>
    public static string OptionalLine(string? text, string field, int longest)
    {
        var line = Paragraphs(text, field, longest);
        return line.Any(char.IsControl) ? throw Refusal.Invalid(field, $"The {Words(field)} must be one line of text without control characters.").AsException() : line;
    }

    /// <summary>Any number of lines, at most <paramref name="longest"/> characters in all; may be empty.</summary>
    public static string Paragraphs(string? text, string field, int longest)
    {
        var trimmed = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        if (trimmed.Length > longest)
            throw Refusal.Invalid(field, $"The {Words(field)} may have at most {longest} characters; this one has {trimmed.Length}.").AsException();
        if (trimmed.Any(c => c != '\n' && c != '\t' && char.IsControl(c)) || HasLoneSurrogate(trimmed))
            throw Refusal.Invalid(field, $"The {Words(field)} contains characters that cannot be shown. Remove them.").AsException();
        return trimmed;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }
        return false;
    }

    /// <summary><c>startsAtLocal</c> is "starts at local" to a reader.</summary>
    private static string Words(string field) => string.Concat(field.Select(c => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
