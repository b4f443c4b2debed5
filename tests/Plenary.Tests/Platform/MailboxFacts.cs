using System.Net;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform;

/// <summary>An installation without a mail server keeps its mails for whoever sits at the machine, and for nobody else.</summary>
public abstract class MailboxFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMailIsThereSoonAfterItsCauseWasSaved()
    {
        using var browser = app.Visitor(atThisMachine: true);
        var address = await Send("<b>Hello</b>", "https://example.org/j/abc?x=1&y=2");
        await app.MailsTo(address);
        var mail = Assert.Single(await browser.MailboxJson(address))!;
        Assert.Equal("<b>Hello</b>", (string?)mail["subject"]);
        Assert.Equal("https://example.org/j/abc?x=1&y=2", (string?)mail["links"]![0]);
        Assert.Equal("BEGIN:VCALENDAR", (string?)mail["attachments"]![0]!["text"]);
        await using var db = app.OpenDb();
        Assert.False(await db.Set<Job>().AnyAsync(j => j.Kind == "mail.send" && j.FailedAt != null, Cancellation));
    }

    [Fact]
    public async Task AMailWhoseCauseWasRolledBackIsNeverSent()
    {
        using var browser = app.Visitor(atThisMachine: true);
        var address = $"{Guid.CreateVersion7():N}@example.org";
        await using (var db = app.OpenDb())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            db.AddMail(Mail.Compose(address, "A", "Never", new MailBody().Paragraph("x")), TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync(Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }
        var later = await Send("Later", "https://example.org/");
        await app.MailsTo(later);
        Assert.Empty(await browser.MailboxJson(address));
    }

    [Fact]
    public async Task ThePageShowsMailsEscapedWithLinksToClick()
    {
        using var browser = app.Visitor(atThisMachine: true);
        var address = await Send("<script>alert(1)</script>", "https://example.org/j/abc?x=1&y=2");
        var mail = (await app.MailsTo(address))[0];
        var list = await browser.Http.GetStringAsync("/mailbox", Cancellation);
        Assert.Contains($"<a href=\"/mailbox/{mail.Id}\">&lt;script&gt;", list, StringComparison.Ordinal);
        var page = await browser.Http.GetStringAsync($"/mailbox/{mail.Id}", Cancellation);
        Assert.Contains("<a href=\"https://example.org/j/abc?x=1&amp;y=2\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", list + page, StringComparison.Ordinal);
        var file = await browser.Http.GetAsync($"/mailbox/{mail.Id}/files/0", Cancellation);
        Assert.Equal("BEGIN:VCALENDAR", await file.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Http.GetAsync($"/mailbox/{mail.Id}/files/1", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    public async Task NobodyBehindAProxyOrAForeignNameSeesAMail(string header, string value)
    {
        using var browser = app.Visitor(atThisMachine: true);
        var address = await Send("Secret link", "https://example.org/j/secret");
        var mail = (await app.MailsTo(address))[0];
        foreach (var path in new[] { "/mailbox", $"/mailbox/{mail.Id}", $"/mailbox/{mail.Id}/html", $"/mailbox/{mail.Id}/files/0", $"/mailbox.json?to={address}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await browser.Http.SendAsync(request, Cancellation);
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{path}: {response.StatusCode}");
            Assert.DoesNotContain("Secret", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("a@b@example.org")]
    [InlineData("<a@example.org>")]
    [InlineData("nobody")]
    [InlineData("a@localhost")]
    [InlineData("")]
    public void AnAddressThatIsNoneIsRefused(string address)
    {
        var refusal = Assert.Throws<RefusalException>(() => Mail.Compose(address, "A", "S", new MailBody())).Refusal;
        Assert.Equal(("invalid-input", "email"), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData("A\r\nBcc: b@example.org", "S")]
    [InlineData("A", "S\nX-Evil: 1")]
    [InlineData("A", "S\0")]
    public void ALineBreakInAHeaderIsRefused(string name, string subject) =>
        Assert.Equal("invalid-input", Assert.Throws<RefusalException>(() => Mail.Compose("a@example.org", name, subject, new MailBody())).Refusal.Code);

    private async Task<string> Send(string subject, string link)
    {
        var address = $"{Guid.CreateVersion7():N}@example.org";
        await using var db = app.OpenDb();
        var calendar = new MailAttachment("event.ics", "text/calendar; charset=utf-8", "BEGIN:VCALENDAR"u8.ToArray());
        db.AddMail(Mail.Compose(address, "Ada", subject, new MailBody().Paragraph("Hello").Button("Join", link), [calendar]), TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync(Cancellation);
        return address;
    }
}

public sealed class MailboxFactsOnSqlite(SqliteApp app) : MailboxFacts(app);

public sealed class MailboxFactsOnPostgres(PostgresApp app) : MailboxFacts(app);
