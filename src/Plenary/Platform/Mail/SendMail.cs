using System.Diagnostics.Metrics;
using System.Text.Json;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Mail;

/// <summary>Sends a mail through the mail server, or keeps it in the development mailbox when there is none.</summary>
internal sealed class SendMail(MailServer server, MailPulse pulse, IDbContextFactory<Db> dbs, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "mail.send";

    private static readonly Counter<long> Sent = PlenaryMeter.Meter.CreateCounter<long>("plenary.mails.sent", "{mail}", "Mails the mail server accepted, or the mailbox keeps.");
    private static readonly Counter<long> Failed = PlenaryMeter.Meter.CreateCounter<long>("plenary.mails.failed", "{attempt}", "Attempts to send a mail that failed.");

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var mail = JsonSerializer.Deserialize<Mail>(payload, JsonSerializerOptions.Web) ?? throw new PermanentFailureException("The mail is empty.");
        try
        {
            if (server.Settings is { } settings) await Send(mail, settings, cancellation);
            else await Keep(mail, cancellation);
            Sent.Add(1);
            pulse.Sent();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Failed.Add(1);
            // One address that does not exist says nothing about mail.
            if (error is not PermanentFailureException) pulse.Failed();
            throw;
        }
    }

    private static async Task Send(Mail mail, SmtpSettings settings, CancellationToken cancellation)
    {
        using var message = Write(mail, settings);
        using var client = new SmtpClient { Timeout = 30_000 };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
            if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password!, cancellation);
            await client.SendAsync(message, cancellation);
        }
        catch (SmtpCommandException error) when (IsFinal(error))
        {
            // The address is not repeated: job errors are read by operators.
            throw new PermanentFailureException($"The mail server refused it for good ({(int)error.StatusCode} {error.ErrorCode}).", error);
        }
        catch (SmtpCommandException error)
        {
            throw new IOException($"The mail server did not take it now ({(int)error.StatusCode} {error.ErrorCode}).", error);
        }
        // The mail is on its way: a connection that ends badly now must not send it again.
        try { await client.DisconnectAsync(quit: true, cancellation); }
        catch (Exception error) when (error is IOException or ProtocolException or OperationCanceledException) { }
    }

    /// <summary>5xx about this reader or this message; 5xx about ourselves (sender, login) is a setting somebody will mend.</summary>
    private static bool IsFinal(SmtpCommandException error) =>
        (int)error.StatusCode >= 500 && error.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    private static MimeMessage Write(Mail mail, SmtpSettings settings)
    {
        var message = new MimeMessage { Subject = mail.Subject, MessageId = $"{mail.Id:N}@{settings.From.Domain}" };
        message.From.Add(settings.From);
        message.To.Add(new MailboxAddress(mail.Name, mail.To));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        var body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html };
        foreach (var file in mail.Attachments) body.Attachments.Add(file.Name, file.Content, ContentType.Parse(file.ContentType));
        message.Body = body.ToMessageBody();
        return message;
    }

    private async Task Keep(Mail mail, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<MailboxMail>().AnyAsync(m => m.Id == mail.Id, cancellation)) return;
        db.Add(new MailboxMail
        {
            Id = mail.Id,
            To = mail.To,
            Name = mail.Name,
            Subject = mail.Subject,
            Text = mail.Text,
            Html = mail.Html,
            At = clock.GetUtcNow(),
            Attachments = JsonSerializer.Serialize(mail.Attachments, JsonSerializerOptions.Web),
        });
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>How sending went lately, as this process saw it.</summary>
public sealed class MailPulse
{
    /// <summary>So many attempts in a row that failed are no accident.</summary>
    private const int Worrying = 3;

    private int failures;

    /// <summary>Mails do not go out.</summary>
    public bool IsFailing => Volatile.Read(ref failures) >= Worrying;

    internal void Sent() => Volatile.Write(ref failures, 0);

    internal void Failed() => Interlocked.Increment(ref failures);
}

/// <summary>The mail server of this installation, checked at start; null settings mean the development mailbox.</summary>
public sealed class MailServer(SmtpSettings? settings)
{
    public SmtpSettings? Settings { get; } = settings;

    /// <summary>Mails are kept in the development mailbox instead of being sent.</summary>
    public bool IsMailbox => Settings is null;
}

/// <summary>Registers mail.</summary>
public static class MailServices
{
    /// <summary>Days a mail stays in the development mailbox.</summary>
    public const int MailboxDays = 30;

    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new MailServer(SmtpSettings.Read(builder.Configuration)));
        builder.Services.AddSingleton<MailPulse>();
        builder.Services.AddSingleton(provider => new StatusPart("mail", "Mail", "E-Mail", () => provider.GetRequiredService<MailPulse>().IsFailing ? PartState.Down : PartState.Ok));
        builder.Services.AddJobHandler<SendMail>();
        builder.Services.AddRepeatingJob<EmptyMailbox>(EmptyMailbox.JobKind, TimeSpan.FromDays(1));
    }
}

/// <summary>Drops old mails of the development mailbox.</summary>
internal sealed class EmptyMailbox(IDbContextFactory<Db> dbs, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "mailbox.empty";

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var before = clock.GetUtcNow().AddDays(-MailServices.MailboxDays);
        await db.Set<MailboxMail>().Where(m => m.At < before).ExecuteDeleteAsync(cancellation);
    }
}
