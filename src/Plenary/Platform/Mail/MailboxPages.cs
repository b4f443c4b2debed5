using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Platform.Mail;

/// <summary>
/// <c>/mailbox</c>: the mails of an installation without a mail server, for whoever sits at this machine. Mails hold sign-in links, so
/// anything that does not look like a browser on this machine talking straight to us gets the same 404 as if there were no page.
/// </summary>
public static partial class MailboxPages
{
    private const int Shown = 200;

    public static void MapMailbox(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!http.RequestServices.GetRequiredService<MailServer>().IsMailbox || !ThisMachine.Is(http)) return Results.NotFound();
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            return await next(context);
        }).ExcludeFromDescription();
        pages.MapGet("/mailbox", List);
        pages.MapGet("/mailbox/{id:guid}", One);
        pages.MapGet("/mailbox/{id:guid}/html", Html);
        pages.MapGet("/mailbox/{id:guid}/files/{number:int}", Attachment);
        pages.MapGet("/mailbox.json", Json);
    }

    private static async Task<IResult> List(Db db, CancellationToken cancellation)
    {
        var mails = await db.Set<MailboxMail>().OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(Shown)
            .Select(m => new { m.Id, m.To, m.Name, m.Subject, m.At }).ToListAsync(cancellation);
        var rows = new StringBuilder();
        foreach (var mail in mails)
            rows.Append(CultureInfo.InvariantCulture, $"<li><a href=\"/mailbox/{mail.Id}\">{Encode(mail.Subject)}</a><span>{Encode(mail.Name)} &lt;{Encode(mail.To)}&gt;</span>{Time(mail.At)}</li>\n");
        var list = mails.Count == 0 ? "<p>No mail yet. Whatever Plenary would send appears here.</p>" : $"<ol class=\"mails\">{rows}</ol>";
        return Page("Mailbox", $"<h1>Mailbox</h1><p>This installation has no mail server (<code>Smtp:Host</code>), so its mails stay here. Only this machine can see them.</p>{list}");
    }

    private static async Task<IResult> One(Guid id, Db db, CancellationToken cancellation)
    {
        if (await db.Set<MailboxMail>().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } mail) return Results.NotFound();
        var files = Attachments(mail).Select((file, i) => $"<li><a href=\"/mailbox/{id}/files/{i}\" download=\"{Encode(file.Name)}\">{Encode(file.Name)}</a></li>").ToList();
        // The pattern has one group, so that Split keeps the links: every second piece is one.
        var text = string.Concat(Links().Split(mail.Text).Select((piece, i) => i % 2 == 0 ? Encode(piece) : $"<a href=\"{Encode(piece)}\">{Encode(piece)}</a>"));
        return Page(mail.Subject, $"""
            <p><a href="/mailbox">All mails</a></p>
            <h1>{Encode(mail.Subject)}</h1>
            <p>To {Encode(mail.Name)} &lt;{Encode(mail.To)}&gt;, {Time(mail.At)}. <a href="/mailbox/{id}/html">As HTML</a></p>
            <div class="text">{text}</div>
            {(files.Count == 0 ? "" : $"<h2>Attachments</h2><ul>{string.Concat(files)}</ul>")}
            """);
    }

    private static async Task<IResult> Html(Guid id, Db db, CancellationToken cancellation)
    {
        if (await db.Set<MailboxMail>().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } mail) return Results.NotFound();
        return Results.Text(mail.Html, "text/html", Encoding.UTF8);
    }

    private static async Task<IResult> Attachment(Guid id, int number, Db db, CancellationToken cancellation)
    {
        if (await db.Set<MailboxMail>().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } mail) return Results.NotFound();
        var files = Attachments(mail);
        return number >= 0 && number < files.Count ? Results.File(files[number].Content, files[number].ContentType, files[number].Name) : Results.NotFound();
    }

    private static async Task<IResult> Json(string? to, Db db, CancellationToken cancellation)
    {
        var mails = db.Set<MailboxMail>().AsQueryable();
        if (to is not null) mails = mails.Where(m => m.To == to);
        var found = await mails.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(Shown).ToListAsync(cancellation);
        return Results.Json(found.Select(m => new
        {
            m.Id,
            m.To,
            m.Name,
            m.Subject,
            m.Text,
            m.Html,
            m.At,
            Links = Links().Matches(m.Text).Select(l => l.Value),
            Attachments = Attachments(m).Select(a => new { a.Name, a.ContentType, Text = Encoding.UTF8.GetString(a.Content) }),
        }), JsonSerializerOptions.Web);
    }

    private static List<MailAttachment> Attachments(MailboxMail mail) => JsonSerializer.Deserialize<List<MailAttachment>>(mail.Attachments, JsonSerializerOptions.Web) ?? [];

    private static IResult Page(string title, string body) => Results.Text($$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{Encode(title)}} · Plenary mailbox</title>
        <style>
        :root{color-scheme:light dark}body{max-width:44rem;margin:0 auto;padding:2rem 1rem;font:1rem/1.6 system-ui,sans-serif;background:light-dark(#faf9f6,#161817);color:light-dark(#1d1f1e,#eceeed)}
        a{color:light-dark(#0b5a46,#7fd6ba);overflow-wrap:anywhere}h1{font-size:1.5rem;line-height:1.3}.mails{list-style:none;padding:0}
        .mails li{padding:.75rem 0;border-top:1px solid light-dark(#d9d8d2,#333735);display:grid}.mails a{font-weight:600}
        .text{white-space:pre-wrap;overflow-wrap:anywhere;border-top:1px solid light-dark(#d9d8d2,#333735);padding-top:1rem}
        </style></head><body><main>{{body}}</main></body></html>
        """, "text/html", Encoding.UTF8);

    private static string Time(DateTimeOffset at) => $"<time datetime=\"{at:O}\">{at.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}</time>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"(https?://[^\s<>""]+)")]
    private static partial Regex Links();
}
