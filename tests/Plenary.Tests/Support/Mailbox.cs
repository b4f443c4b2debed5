using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Mail;

namespace Plenary.Tests.Support;

/// <summary>The development mailbox, read as a test would read its mail.</summary>
public static class Mailbox
{
    /// <summary>The newest mails to this address, newest first, as soon as there are <paramref name="count"/> of them.</summary>
    public static async Task<IReadOnlyList<MailboxMail>> MailsTo(this App app, string address, int count = 1)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            await using var db = app.OpenDb();
            var mails = await db.Set<MailboxMail>().AsNoTracking().Where(m => m.To == address).OrderByDescending(m => m.At).ThenByDescending(m => m.Id).ToListAsync(patience.Token);
            if (mails.Count >= count) return mails;
            await Task.Delay(20, patience.Token);
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
