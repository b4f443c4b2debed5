using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Polls;
using Plenary.Rooms;
using Plenary.Shows;
using Plenary.Tables;
using Plenary.Templates;
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
    public async Task EveryBuiltInTemplateMakesAnEventThatCanBePublishedAtOnceAndIsThereWhole()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var owner = await app.NewOwner();
        using var stranger = app.Visitor();
        var templates = app.Services.GetRequiredService<TemplateCatalogue>().All;
        Assert.Equal(24, templates.Count);
        Assert.Equal(["conference", "webinar", "cocktail-party"], templates.Take(3).Select(t => t.Key));
        await using var db = app.OpenDb();
        foreach (var template in templates)
        {
            var made = await owner.NewEvent($"A {template.Key}", template.Key, publish: true);
            Assert.Equal("PUBLISHED", (string)made["status"]!);
            var seen = await stranger.Graph("query($slug: String!) { event(slug: $slug) { name rooms { kind name } sessions { title } ticketTypes { name } } }", new { slug = made.Slug() });
            Assert.Equal(template.Rooms.Select(r => r.Name), seen["event"]!["rooms"]!.AsArray().Select(r => (string)r!["name"]!));
            Assert.Equal(template.Sessions.Count, seen["event"]!["sessions"]!.AsArray().Count);
            Assert.Equal(template.Tickets.Select(t => t.Name), seen["event"]!["ticketTypes"]!.AsArray().Select(t => (string)t!["name"]!));

            var id = made.Id();
            var rooms = await db.Set<Room>().AsNoTracking().Where(r => r.EventId == id).Select(r => r.Id).ToListAsync(cancellation);
            Assert.Equal(template.Rooms.Sum(r => r.Tables.Count), await db.Set<Table>().CountAsync(t => rooms.Contains(t.RoomId), cancellation));
            Assert.Equal(template.Polls.Count, await db.Set<Poll>().CountAsync(p => rooms.Contains(p.RoomId) && p.State == PollState.Draft, cancellation));
            var show = await owner.Graph("query($event: ID!) { show(event: $event) { autopilot cues { kind state anchor session poll room expected groups } } }", new { @event = id });
            var cues = show["show"]!["cues"]!.AsArray();
            Assert.False((bool)show["show"]!["autopilot"]!);
            Assert.Equal(template.Cues.Count, cues.Count);
            Assert.True(cues.Count >= 3, template.Key);
            // Whatever has a time has one on the days of the event, and what it names is the event's own.
            var (from, until) = (Start(made, "startsAt").AddHours(-1).ToUnixTimeMilliseconds(), Start(made, "endsAt").AddHours(1).ToUnixTimeMilliseconds());
            Assert.All(cues, cue => Assert.True(cue!["expected"] is null ? (string)cue["anchor"]! == "HAND" : (double)cue["expected"]! >= from && (double)cue["expected"]! <= until, template.Key + cue.ToJsonString()));
            foreach (var cue in await db.Set<Cue>().AsNoTracking().Where(c => c.EventId == id).ToListAsync(cancellation)) await CueTargets.Require(db, id, cue.Kind, cue.Detail, cue.SessionId);
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

    private static DateTimeOffset Start(JsonNode made, string which) => DateTimeOffset.Parse((string)made[which]!, System.Globalization.CultureInfo.InvariantCulture);

    private static string Moment(JsonNode time) => DateTimeOffset.Parse((string)time!, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class CreateEventFactsOnSqlite(SqliteApp app) : CreateEventFacts(app);

public sealed class CreateEventFactsOnPostgres(PostgresApp app) : CreateEventFacts(app);
