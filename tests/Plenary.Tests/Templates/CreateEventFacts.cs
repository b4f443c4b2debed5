using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Tests.Support;

namespace Plenary.Tests.Templates;

/// <summary>From a template to an event.</summary>
public abstract class CreateEventFacts(App app)
{
    [Fact]
    public async Task AnEventOfATemplateIsCompleteAtOnce()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent("Autumn Gathering", "conference");
        Assert.Equal("DRAFT", (string)made["status"]!);
        Assert.Equal("Europe/Berlin", (string)made["timeZone"]!);
        Assert.Equal(["Lobby", "Main stage", "Studio", "Tables", "Cocktail Party"], made["rooms"]!.AsArray().Select(r => (string)r!["name"]!));
        Assert.Equal(19, made["sessions"]!.AsArray().Count);
        Assert.Equal("2031-05-14T07:00:00+00:00", Moment(made["startsAt"]!)); // 09:00 in Berlin, in summer
        Assert.Equal("2031-05-15T13:15:00+00:00", Moment(made["endsAt"]!));
        Assert.NotEqual("", (string)made["tagline"]!);
        Assert.Contains("### Good to know", (string)made["description"]!);
        Assert.Equal(["ORGANIZER"], made["viewerRoles"]!.AsArray().Select(r => (string)r!));
    }

    [Fact]
    public async Task EveryBuiltInTemplateMakesAnEventThatCanBePublishedAtOnce()
    {
        using var owner = await app.NewOwner();
        using var stranger = app.Visitor();
        var keys = (await stranger.Graph("{ templates { key emailCount dayCount rooms { kind } sessions { title } } }"))["templates"]!.AsArray().Select(t => (string)t!["key"]!).ToList();
        Assert.Equal(["conference", "webinar", "cocktail-party", "ama", "workshop", "meetup"], keys);
        foreach (var key in keys)
        {
            var made = await owner.NewEvent($"A {key}", key, publish: true);
            Assert.Equal("PUBLISHED", (string)made["status"]!);
            var seen = await stranger.Graph("query($slug: String!) { event(slug: $slug) { name rooms { kind } } }", new { slug = made.Slug() });
            Assert.Contains("LOBBY", seen["event"]!["rooms"]!.AsArray().Select(r => (string)r!["kind"]!));
        }
    }

    [Fact]
    public async Task TheSameNameTwiceGetsAReadableAddressEach()
    {
        using var owner = await app.NewOwner();
        var name = $"Café Größe {Guid.CreateVersion7():N}";
        var first = await owner.NewEvent(name);
        var second = await owner.NewEvent(name);
        Assert.StartsWith("cafe-grosse-", first.Slug());
        Assert.Equal(first.Slug() + "-2", second.Slug());
    }

    [Fact]
    public async Task ManyOrganizersTakingOneNameAtOnceAllGetAnEvent()
    {
        using var owner = await app.NewOwner();
        var name = $"Rush {Guid.CreateVersion7():N}";
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.NewEvent(name)));
        Assert.Equal(4, made.Select(e => e.Slug()).Distinct().Count());
    }

    [Fact]
    public async Task ANameInAnotherScriptStillGetsAnAddress()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent("東京の夜");
        Assert.StartsWith("event", made.Slug());
        Assert.Equal("東京の夜", (string)made["name"]!);
    }

    [Theory]
    [InlineData("name", "", "webinar", "2031-05-14", "Europe/Berlin", "Fill in the name.")]
    [InlineData("name", "LONG", "webinar", "2031-05-14", "Europe/Berlin", "at most 120 characters; this one has 121")]
    [InlineData("name", "two\nlines", "webinar", "2031-05-14", "Europe/Berlin", "one line")]
    [InlineData("template", "Fine", "nothing", "2031-05-14", "Europe/Berlin", "Choose one from the gallery")]
    [InlineData("date", "Fine", "webinar", "14.05.2031", "Europe/Berlin", "Write it as 2027-03-28")]
    [InlineData("date", "Fine", "webinar", "2031-02-30", "Europe/Berlin", "Write it as 2027-03-28")]
    [InlineData("date", "Fine", "webinar", "2020-05-14", "Europe/Berlin", "has passed")]
    [InlineData("timeZone", "Fine", "webinar", "2031-05-14", "Berlin", "Use an IANA name")]
    [InlineData("timeZone", "Fine", "webinar", "2031-05-14", "../../etc/passwd", "Use an IANA name")]
    [InlineData("timeZone", "Fine", "webinar", "2031-05-14", "Pacific Standard Time", "Use an IANA name")]
    public async Task BadInputIsRefusedNamingTheField(string field, string name, string template, string date, string timeZone, string says)
    {
        using var owner = await app.NewOwner();
        var refusal = await owner.RefusedEvent(owner.Organization, name == "LONG" ? new string('n', 121) : name, template, date, timeZone);
        Assert.Equal(("invalid-input", field), (refusal.Code, refusal.Field));
        Assert.Contains(says, refusal.Message);
        await using var db = app.OpenDb();
        Assert.False(await db.Set<Event>().AnyAsync(e => e.OrganizationId == owner.Organization, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OnlyWhoRunsTheOrganizationMakesItsEvents()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        Assert.Equal("not-found", (await other.RefusedEvent(owner.Organization)).Code);
        Assert.Equal("invalid-input", (await owner.RefusedEvent("no-id")).Code);
        var refusal = await stranger.Refused("mutation($input: CreateEventInput!) { createEvent(input: $input) { id } }",
            new { input = new { organization = owner.Organization, template = "webinar", name = "Mine", date = "2031-05-14", timeZone = "UTC" } });
        Assert.Equal("sign-in-required", refusal.Code);
    }

    [Theory]
    [InlineData("2031-03-30", "Europe/Berlin", "2031-03-30T14:45:00+00:00")] // the day clocks go forward: 16:45 is summer time already
    [InlineData("2031-10-26", "Europe/Berlin", "2031-10-26T15:45:00+00:00")] // the day they go back
    [InlineData("2031-07-01", "Asia/Kolkata", "2031-07-01T11:15:00+00:00")] // half-hour offset
    [InlineData("2031-01-01", "Pacific/Kiritimati", "2031-01-01T02:45:00+00:00")] // fourteen hours ahead
    public async Task TimesAreThoseOfTheZonesOwnClock(string date, string timeZone, string starts)
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent(date: date, timeZone: timeZone);
        Assert.Equal(starts, Moment(made["startsAt"]!));
    }

    private static string Moment(JsonNode time) => DateTimeOffset.Parse((string)time!, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class CreateEventFactsOnSqlite(SqliteApp app) : CreateEventFacts(app);

public sealed class CreateEventFactsOnPostgres(PostgresApp app) : CreateEventFacts(app);
