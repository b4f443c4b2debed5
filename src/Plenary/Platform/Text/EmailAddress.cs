using System.Net.Mail;

namespace Plenary.Platform.Text;

/// <summary>E-mail addresses as people type them.</summary>
public static class EmailAddress
{
    /// <summary>The most a mail server takes.</summary>
    public const int Longest = 254;

    /// <summary>The address, trimmed, without a display name. Refused: invalid-input.</summary>
    public static string Parse(string? text, string field = "email")
    {
        var typed = (text ?? "").Trim();
        if (typed.Length is > 0 and <= Longest && !typed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is '<' or '>' or '"' or ',' or ';')
            && MailAddress.TryCreate(typed, out var address) && address.Address == typed && address.Host.Contains('.', StringComparison.Ordinal) && address.User.Length <= 64)
            return typed;
        throw Refusal.Invalid(field, "This is not an e-mail address. Write it like name@example.org.").AsException();
    }

    /// <summary>The address as it is compared: case and composition of letters do not matter.</summary>
    public static string Normalize(string email) => email.Normalize().ToUpperInvariant();
}
