using Plenary.Platform.Text;

namespace Plenary.Conduct;

/// <summary>
/// The inbox behind an e-mail address: what follows a plus sign is dropped (RFC 5233 subaddressing), and at Gmail the dots, which it ignores. Case and composition of letters do not matter.
/// Two addresses of one inbox are one registrant to a restriction, and nowhere else.
/// </summary>
public static class Inbox
{
    /// <summary>The inbox of an address, to compare.</summary>
    public static string Of(string email)
    {
        var address = EmailAddress.Normalize(email.Trim());
        var at = address.LastIndexOf('@');
        if (at <= 0) return address;
        var (user, host) = (address[..at], address[(at + 1)..].TrimEnd('.'));
        if (user.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus) user = user[..plus];
        if (host is "GMAIL.COM" or "GOOGLEMAIL.COM") (user, host) = (user.Replace(".", "", StringComparison.Ordinal), "GMAIL.COM");
        return $"{user}@{host}";
    }

    /// <summary>Hosts whose addresses may be of the same inbox as this one.</summary>
    internal static IReadOnlyList<string> HostsOf(string inbox)
    {
        var host = inbox[(inbox.LastIndexOf('@') + 1)..];
        return host == "GMAIL.COM" ? ["@GMAIL.COM", "@GOOGLEMAIL.COM"] : [$"@{host}"];
    }
}
