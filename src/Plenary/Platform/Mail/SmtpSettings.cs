using MailKit.Security;
using MimeKit;

namespace Plenary.Platform.Mail;

/// <summary>The mail server, from <c>Smtp:*</c>. Without <c>Smtp:Host</c> there is none and mails are kept in the development mailbox.</summary>
public sealed record SmtpSettings(string Host, int Port, SecureSocketOptions Security, string? User, string? Password, MailboxAddress From)
{
    /// <summary>Reads and checks the settings. Throws <see cref="SettingsException"/> naming the setting that cannot be used; null without a host.</summary>
    public static SmtpSettings? Read(IConfiguration configuration)
    {
        if (configuration["Smtp:Host"] is not { Length: > 0 } host) return null;
        var port = Settings.Number(configuration, "Smtp:Port", 587, 1, 65535);
        var security = (configuration["Smtp:Security"] ?? "starttls").ToLowerInvariant() switch
        {
            "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => throw new SettingsException("Smtp:Security", "must be starttls, tls or none"),
        };
        var (user, password) = (configuration["Smtp:User"], configuration["Smtp:Password"]);
        if (user is null != password is null) throw new SettingsException("Smtp:Password", "must be set together with Smtp:User");
        if (user is not null && security == SecureSocketOptions.None) throw new SettingsException("Smtp:Security", "must not be none when a password is sent");
        if (!MailboxAddress.TryParse(configuration["Smtp:From"] ?? "", out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
            throw new SettingsException("Smtp:From", "must be the address mails come from, such as Plenary <events@example.org>");
        return new(host, port, security, user, password, from);
    }
}
