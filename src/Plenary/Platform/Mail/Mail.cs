using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Text;

namespace Plenary.Platform.Mail;

/// <summary>A mail to one person. Plain text and HTML say the same: both come from one <see cref="MailBody"/>.</summary>
public sealed record Mail
{
    /// <summary>Also its Message-ID: a mail that is sent twice because the first answer was lost is one mail to the reader.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string To { get; init; }

    /// <summary>The reader's name, as the mail program shows it; may be empty.</summary>
    public required string Name { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Makes a mail. Refused: invalid-input for an address that is none, and for line breaks where a header would be.</summary>
    public static Mail Compose(string to, string name, string subject, MailBody body, params IReadOnlyList<MailAttachment> attachments) => new()
    {
        To = EmailAddress.Parse(to),
        Name = OneLine(name, "name"),
        Subject = OneLine(subject, "subject"),
        Text = body.Text,
        Html = body.Html,
        Attachments = attachments,
    };

    private static string OneLine(string text, string field) => text.Any(char.IsControl)
        ? throw Refusal.Invalid(field, $"“{field}” must be one line without control characters.").AsException()
        : text.Trim();
}

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">File name, with its ending.</param>
/// <param name="ContentType">MIME type; <c>text/calendar; method=REQUEST</c> for an invitation.</param>
/// <param name="Content">The bytes.</param>
public sealed record MailAttachment(string Name, string ContentType, byte[] Content);

/// <summary>Writes mails into the unit of work at hand.</summary>
public static class MailWriting
{
    /// <summary>The mail is sent when, and only when, this unit of work commits; a mail server that is away delays it, nothing loses it.</summary>
    /// <param name="db">The unit of work that causes the mail.</param>
    /// <param name="mail">Made by <see cref="Mail.Compose"/>.</param>
    /// <param name="due">Not before this moment; usually now.</param>
    public static Job AddMail(this Db db, Mail mail, DateTimeOffset due) => db.AddJob(SendMail.JobKind, mail, due);
}
