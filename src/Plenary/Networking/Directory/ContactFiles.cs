using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Networking.Directory;

/// <summary>The viewer's own contacts of an event to take along: for an address book, or for a table.</summary>
internal static class ContactFiles
{
    public static void MapContactFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/e/{slug}/contacts.vcf", (string slug, HttpContext http, IDbContextFactory<Db> dbs, ProfileReading profiles, TimeProvider clock) =>
            Answer(slug, null, http, dbs, profiles, (at, contacts) => File(VCards(at, contacts, clock.GetUtcNow()), "text/vcard", $"{slug}-contacts.vcf")));
        app.MapGet("/e/{slug}/contacts/{person:guid}.vcf", (string slug, Guid person, HttpContext http, IDbContextFactory<Db> dbs, ProfileReading profiles, TimeProvider clock) =>
            Answer(slug, person, http, dbs, profiles, (at, contacts) => contacts.Count == 0 ? Results.NotFound() : File(VCards(at, contacts, clock.GetUtcNow()), "text/vcard", $"{slug}-contact.vcf")));
        app.MapGet("/e/{slug}/contacts.csv", (string slug, HttpContext http, IDbContextFactory<Db> dbs, ProfileReading profiles) =>
            Answer(slug, null, http, dbs, profiles, (at, contacts) => File(Csv(at, contacts), "text/csv", $"{slug}-contacts.csv")));
    }

    /// <summary>One card each, as vCard 3.0 (RFC 2426), the newest that all address books read.</summary>
    internal static string VCards(Event at, IEnumerable<Contact> contacts, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var (card, _, theirs, since) in contacts)
        {
            Line("BEGIN:VCARD");
            Line("VERSION:3.0");
            Line($"UID:{card.Person}@plenary");
            Line($"FN:{Escaped(card.Name)}");
            // The name as people write it is not taken apart: where a family name stands differs from country to country.
            Line($"N:{Escaped(card.Name)};;;;");
            if (card.Headline.Length > 0) Line($"TITLE:{Escaped(card.Headline)}");
            if (card.Company is { } company) Line($"ORG:{Escaped(company)}");
            if (theirs.Email is { } email) Line($"EMAIL;TYPE=INTERNET:{Escaped(email)}");
            if (theirs.Link is { } link) Line($"URL:{Escaped(link)}");
            Line($"NOTE:{Escaped($"{at.Name}, {since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}")}");
            Line($"REV:{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
            Line("END:VCARD");
        }
        return text.ToString();

        // No line longer than 75 octets; the next begins with a space (RFC 2425, 5.8.1).
        void Line(string line)
        {
            var width = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (width + rune.Utf8SequenceLength > 75)
                {
                    text.Append("\r\n ");
                    width = 1;
                }
                text.Append(rune.ToString());
                width += rune.Utf8SequenceLength;
            }
            text.Append("\r\n");
        }
    }

    /// <summary>A row each (RFC 4180), with the mark by which spreadsheets know UTF-8.</summary>
    internal static string Csv(Event at, IEnumerable<Contact> contacts) =>
        "\uFEFF" + string.Concat(contacts
            .Select(c => new[] { c.Card.Name, c.Card.Headline, c.Card.Company ?? "", c.Theirs.Email ?? "", c.Theirs.Link ?? "", at.Name, c.Since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })
            .Prepend(["Name", "Headline", "Company", "E-mail", "Link", "Event", "Connected"])
            .Select(row => string.Join(',', row.Select(Cell)) + "\r\n"));

    private static async Task<IResult> Answer(string slug, Guid? only, HttpContext http, IDbContextFactory<Db> dbs, ProfileReading profiles, Func<Event, IReadOnlyList<Contact>, IResult> make)
    {
        var viewer = Viewer.Of(http.User);
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        if (await db.FindVisible(viewer, e => e.Slug == slug, http.RequestAborted) is not { } found) return Results.NotFound();
        var person = await db.RequireOf(viewer, found.Id, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return make(found, await Contacts.Of(db, profiles, found.Id, person, http.RequestAborted, only));
    }

    private static IResult File(string text, string type, string name) => Results.File(Encoding.UTF8.GetBytes(text), type + "; charset=utf-8", name);

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\n", StringComparison.Ordinal);

    /// <summary>A spreadsheet calculates what begins like a formula; somebody's headline must not.</summary>
    private static string Cell(string text)
    {
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
