using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plenary.Tests.Support;

namespace Plenary.Tests.Pages;

/// <summary>What an event's page says without any script: to people, previews, search engines and calendars.</summary>
public abstract partial class EventPageFacts(App app)
{
    private const string Hostile = "Fun & games </script><script>alert(1)</script> \"quoted\"";

    [Fact]
    public async Task APublishedEventIsReadableWithoutScript()
    {
        using var owner = await app.NewOwner();
        using var visitor = app.Visitor();
        var made = await owner.NewEvent("Autumn Gathering", publish: true);
        var (status, html, response) = await Get(visitor, "/e/" + made.Slug());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<title>Autumn Gathering · Club of Tests</title>", html);
        Assert.Contains("<h1>Autumn Gathering</h1>", html);
        Assert.Contains("Wednesday 14 May 2031, 16:45 – 17:45 (Europe/Berlin)", html);
        Assert.Contains("<h3>What you will take away</h3>", html);
        Assert.Contains("The talk · Main stage", html);
        Assert.Contains($"<link rel=\"canonical\" href=\"{Root()}/e/{made.Slug()}\" />", html);
        Assert.Contains("<meta property=\"og:title\" content=\"Autumn Gathering\" />", html);
        Assert.Contains("<html lang=\"en\"", html);
        Assert.Contains("<meta name=\"plenary-env\" content=\"Testing\" />", html);
        Assert.Equal("no-cache, private", response.Headers.CacheControl!.ToString());
        var data = JsonNode.Parse(LinkedData().Match(html).Groups[1].Value)!;
        Assert.Equal("2031-05-14T16:45:00+02:00", (string)data["startDate"]!);
        Assert.Equal("https://schema.org/OnlineEventAttendanceMode", (string)data["eventAttendanceMode"]!);
    }

    [Fact]
    public async Task WhatOrganizersWriteNeverBecomesScript()
    {
        using var owner = await app.NewOwner();
        using var visitor = app.Visitor();
        var made = await owner.NewEvent(Hostile, publish: true);
        await owner.Graph("mutation($input: UpdateEventInput!) { updateEvent(input: $input) { id } }", new { input = new { id = made.Id(), version = (int)made["version"]!, tagline = Hostile, description = Hostile } });
        await owner.NewSpeaker(made.Id(), Hostile);
        var (_, html, _) = await Get(visitor, "/e/" + made.Slug());
        Assert.DoesNotContain("<script>alert", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Hostile, (string)JsonNode.Parse(LinkedData().Match(html).Groups[1].Value)!["name"]!);
    }

    [Fact]
    public async Task ADraftIsAMissingPageToEverybodyButItsCrew()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        var made = await owner.NewEvent("Secret Summit");
        foreach (var path in new[] { "/e/" + made.Slug(), $"/e/{made.Slug()}/rooms/lobby", $"/e/{made.Slug()}/event.ics", $"/e/{made.Slug()}/sessions/{made["sessions"]![0]!.Id()}.ics" })
        {
            foreach (var outsider in new[] { stranger, other.Browser })
            {
                var (status, html, _) = await Get(outsider, path);
                Assert.Equal(HttpStatusCode.NotFound, status);
                Assert.DoesNotContain("Secret Summit", html);
                Assert.DoesNotContain("Forty-five minutes", html);
            }
            Assert.Equal(HttpStatusCode.OK, (await Get(owner.Browser, path)).Status);
        }
        Assert.DoesNotContain(made.Slug(), (await Get(stranger, "/sitemap.xml")).Text);
        Assert.Contains("noindex", (await Get(owner.Browser, "/e/" + made.Slug())).Text);
    }

    [Fact]
    public async Task AnUnknownAddressIsMissingAndStillStartsTheClient()
    {
        using var visitor = app.Visitor();
        var (status, html, _) = await Get(visitor, "/e/there-is-no-such-event");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("<div id=\"root\">", html);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(visitor, "/assets/none-1234.js")).Status);
        var (home, page, response) = await Get(visitor, "/organize/events/" + Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.OK, home);
        Assert.Contains("<div id=\"root\">", page);
        Assert.Contains("no-cache", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task ThePublishedEventIsInTheSitemap()
    {
        using var owner = await app.NewOwner();
        using var visitor = app.Visitor();
        var made = await owner.NewEvent(publish: true);
        XNamespace map = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var places = XDocument.Parse((await Get(visitor, "/sitemap.xml")).Text).Descendants(map + "loc").Select(l => l.Value).ToList();
        Assert.Contains($"{Root()}/e/{made.Slug()}", places);
        Assert.Contains($"Sitemap: {Root()}/sitemap.xml", (await Get(visitor, "/robots.txt")).Text);
    }

    [Fact]
    public async Task TheCalendarFileSaysWhenInAWayCalendarsRead()
    {
        using var owner = await app.NewOwner();
        using var visitor = app.Visitor();
        var made = await owner.NewEvent("Tea, cake; and a very long name that no calendar line could ever hold in its seventy-five octets – really", publish: true);
        var (status, text, response) = await Get(visitor, $"/e/{made.Slug()}/event.ics");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("text/calendar", response.Content.Headers.ContentType!.MediaType);
        var entry = CalendarEntry(text);
        Assert.Equal($"{made.Id()}@plenary", entry["UID"]);
        Assert.Equal("20310514T144500Z", entry["DTSTART"]);
        Assert.Equal("20310514T154500Z", entry["DTEND"]);
        Assert.Equal((string)made["name"]!, entry["SUMMARY"].Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal));
        Assert.Equal(((int)made["version"]!).ToString(CultureInfo.InvariantCulture), entry["SEQUENCE"]);

        await owner.Graph("mutation($input: UpdateEventInput!) { updateEvent(input: $input) { id } }", new { input = new { id = made.Id(), version = (int)made["version"]!, startsAtLocal = "2031-05-15T16:45" } });
        var moved = CalendarEntry((await Get(visitor, $"/e/{made.Slug()}/event.ics")).Text);
        Assert.Equal(entry["UID"], moved["UID"]);
        Assert.Equal("20310515T144500Z", moved["DTSTART"]);
        Assert.True(int.Parse(moved["SEQUENCE"], CultureInfo.InvariantCulture) > int.Parse(entry["SEQUENCE"], CultureInfo.InvariantCulture));

        var session = made["sessions"]!.AsArray().Single(s => (string)s!["title"]! == "The talk")!;
        var one = CalendarEntry((await Get(visitor, $"/e/{made.Slug()}/sessions/{session.Id()}.ics")).Text);
        Assert.Equal(("20310515T150500Z", "20310515T153000Z"), (one["DTSTART"], one["DTEND"]));
        var elsewhere = await owner.NewEvent("Another one", publish: true);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(visitor, $"/e/{elsewhere.Slug()}/sessions/{session.Id()}.ics")).Status);
    }

    /// <summary>Reads RFC 5545 by hand: CRLF lines of at most 75 octets, folded with a space, one VEVENT of properties.</summary>
    private static Dictionary<string, string> CalendarEntry(string text)
    {
        var lines = text.Split("\r\n");
        Assert.DoesNotContain('\n', string.Concat(lines));
        Assert.All(lines, line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("BEGIN:VCALENDAR", "END:VCALENDAR"), (unfolded[0], unfolded[^1]));
        Assert.Contains("VERSION:2.0", unfolded);
        Assert.Single(unfolded, "BEGIN:VEVENT");
        return unfolded.SkipWhile(l => l != "BEGIN:VEVENT").Skip(1).TakeWhile(l => l != "END:VEVENT").Select(l => l.Split(':', 2)).ToDictionary(l => l[0].Split(';')[0], l => l[1]);
    }

    private string Root() => app.Url.GetLeftPart(UriPartial.Authority);

    private static async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Response)> Get(Browserless browser, string path)
    {
        var response = await browser.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex LinkedData();
}

public sealed class EventPageFactsOnSqlite(SqliteApp app) : EventPageFacts(app);

public sealed class EventPageFactsOnPostgres(PostgresApp app) : EventPageFacts(app);
