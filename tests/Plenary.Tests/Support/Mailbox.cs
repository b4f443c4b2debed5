using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;

namespace Plenary.Tests.Support;

/// <summary>The development mailbox, read as a test would read its mail.</summary>
public static class Mailbox
{
    /// <summary>The mails to this address, oldest first, once none is on its way any more.</summary>
    public static async Task<IReadOnlyList<MailboxMail>> MailsTo(this App app, string address)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (true)
        {
            await using var db = app.OpenDb();
            var onTheWay = await db.Set<Job>().AnyAsync(j => j.Kind == "mail.send" && j.FailedAt == null && j.Payload.Contains(address), patience.Token);
            if (!onTheWay) return await db.Set<MailboxMail>().AsNoTracking().Where(m => m.To == address).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync(patience.Token);
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>The first link of the mail whose path begins with this, as a path.</summary>
    public static string Link(this MailboxMail mail, string path)
    {
        var line = mail.Text.Split('\n').FirstOrDefault(l => Uri.TryCreate(l, UriKind.Absolute, out var uri) && uri.AbsolutePath.StartsWith(path, StringComparison.Ordinal));
        Assert.True(line is not null, $"no link to {path} in: {mail.Text}");
        return new Uri(line).PathAndQuery;
    }

    /// <summary>What <c>/mailbox.json</c> tells this browser.</summary>
    public static async Task<JsonArray> MailboxJson(this Browserless browser, string to) =>
        JsonNode.Parse(await browser.Http.GetStringAsync($"/mailbox.json?to={Uri.EscapeDataString(to)}", TestContext.Current.CancellationToken))!.AsArray();
}
