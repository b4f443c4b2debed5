using System.Net.Mail;

namespace Plenary.Platform;

/// <summary>Checks what people typed; answers it cleaned, or refuses naming the field and what would be accepted.</summary>
public static class Input
{
    /// <summary>One line: trimmed, without control characters. Refused: invalid-input when empty (unless it may be) or too long.</summary>
    /// <param name="value">What was typed.</param>
    /// <param name="field">The input field, for the refusal.</param>
    /// <param name="longest">In UTF-16 units.</param>
    /// <param name="mayBeEmpty">True when nothing is an answer too.</param>
    public static string Line(string? value, string field, int longest, bool mayBeEmpty = false)
    {
        var text = (value ?? "").Trim();
        if (text.Length == 0 && !mayBeEmpty) throw Refusal.Invalid(field, $"“{field}” is empty. Write 1 to {longest} characters.").AsException();
        if (text.Length > longest) throw Refusal.Invalid(field, $"“{field}” has {text.Length} characters. Shorten it to {longest}.").AsException();
        if (text.Any(char.IsControl)) throw Refusal.Invalid(field, $"“{field}” must be one line, without control characters.").AsException();
        return text;
    }

    /// <summary>Text of several lines: trimmed, line ends as <c>\n</c>. Refused: invalid-input when too long or with control characters.</summary>
    public static string Text(string? value, string field, int longest)
    {
        var text = (value ?? "").ReplaceLineEndings("\n").Trim();
        if (text.Length > longest) throw Refusal.Invalid(field, $"“{field}” has {text.Length} characters. Shorten it to {longest}.").AsException();
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) throw Refusal.Invalid(field, $"“{field}” must not contain control characters.").AsException();
        return text;
    }

    /// <summary>An e-mail address as a mail server would take it, without a display name. Refused: invalid-input.</summary>
    public static string Email(string? value, string field = "email")
    {
        var text = (value ?? "").Trim();
        if (text.Length is > 0 and <= 254 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '"' or ',' or ';')
            && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal) && address.User.Length <= 64)
            return text;
        throw Refusal.Invalid(field, "This is not an e-mail address. Write it like name@example.org.").AsException();
    }
}
