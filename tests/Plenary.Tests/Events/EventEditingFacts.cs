using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Events;

/// <summary>What a crew changes about its event, and who else may see it when.</summary>
public abstract class EventEditingFacts(App app)
{
    private const string Update = """
        mutation($input: UpdateEventInput!) { updateEvent(input: $input) {
          name slug tagline description descriptionHtml startsAt endsAt timeZone accent coverArt coverUrl version sessions { title startsAt endsAt } } }
        """;

    private const string See = "query($slug: String!) { event(slug: $slug) { id name description status viewerRoles speakers { name email } } }";

    [Fact]
    public async Task EverythingOnThePageCanBeChangedAtOnce()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var slug = $"spring-{Guid.CreateVersion7():N}";
        var changed = await Change(owner, made, new() { ["name"] = " Spring Gathering ", ["slug"] = slug, ["tagline"] = "Warmer.", ["description"] = "**Bold**", ["accent"] = "#AABBCC", ["coverArt"] = "hall" });
        Assert.Equal("Spring Gathering", (string)changed["name"]!);
        Assert.Equal(slug, (string)changed["slug"]!);
        Assert.Equal("<p><strong>Bold</strong></p>", (string)changed["descriptionHtml"]!);
        Assert.Equal("#aabbcc", (string)changed["accent"]!);
        Assert.Equal((int)made["version"]! + 1, (int)changed["version"]!);
        Assert.Equal((string)made["startsAt"]!, (string)changed["startsAt"]!);
    }

    [Fact]
    public async Task TheSecondOfTwoOrganizersIsToldInsteadOfOverwriting()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        await Change(owner, made, new() { ["name"] = "First" });
        var refusal = await owner.Refused(Update, Input(made, new() { ["name"] = "Second" }));
        Assert.Equal("changed-meanwhile", refusal.Code);
        Assert.Equal("First", (string)(await owner.Graph("query($id: ID!) { event(id: $id) { name } }", new { id = made.Id() }))["event"]!["name"]!);
    }

    [Fact]
    public async Task OfManySavesOfOneVersionExactlyOneIsKept()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => owner.Browser.GraphAnswer(Update, Input(made, new() { ["name"] = $"Name {i}" }))));
        Assert.Single(answers, a => a["errors"] is null);
        Assert.All(answers.Where(a => a["errors"] is not null), a => Assert.Equal("changed-meanwhile", (string)a["errors"]![0]!["extensions"]!["code"]!));
    }

    [Theory]
    [InlineData("name", "", "Fill in the name")]
    [InlineData("name", "LONG121", "at most 120 characters")]
    [InlineData("tagline", "LONG281", "at most 280 characters")]
    [InlineData("description", "LONG20001", "at most 20000 characters")]
    [InlineData("slug", "Not A Slug", "lower-case letters")]
    [InlineData("slug", "a", "2 to 80")]
    [InlineData("slug", "LONG81", "2 to 80")]
    [InlineData("slug", "double--hyphen", "single hyphens")]
    [InlineData("accent", "green", "#rrggbb")]
    [InlineData("accent", "#0e6b54;background:url(x)", "#rrggbb")]
    [InlineData("coverArt", "../../data/plenary", "drawn covers")]
    [InlineData("coverFile", "not-an-id", "Upload it first")]
    [InlineData("timeZone", "Mars/Olympus", "IANA name")]
    [InlineData("startsAtLocal", "2031-05-14", "Write it as")]
    [InlineData("endsAtLocal", "2031-05-14T09:00", "end after it starts")]
    [InlineData("endsAtLocal", "2031-07-14T09:00", "at most 31 days")]
    [InlineData("endsAtLocal", "2031-05-14T17:00", "would lie outside the event")]
    public async Task ABadChangeIsRefusedNamingTheFieldAndNothingChanges(string field, string value, string says)
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        if (value.StartsWith("LONG", StringComparison.Ordinal)) value = new string('x', int.Parse(value[4..], System.Globalization.CultureInfo.InvariantCulture));
        var refusal = await owner.Refused(Update, Input(made, new() { ["tagline"] = "changed", [field] = value }));
        Assert.Equal(("invalid-input", field), (refusal.Code, refusal.Field));
        Assert.Contains(says, refusal.Message);
        var after = (await owner.Graph("query($id: ID!) { event(id: $id) { tagline version } }", new { id = made.Id() }))["event"]!;
        Assert.Equal(((string)made["tagline"]!, (int)made["version"]!), ((string)after["tagline"]!, (int)after["version"]!));
    }

    [Fact]
    public async Task AnAddressThatIsTakenIsRefused()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var other = await owner.NewEvent("Another one");
        var refusal = await owner.Refused(Update, Input(made, new() { ["slug"] = other.Slug() }));
        Assert.Equal(("slug-taken", "slug"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task MovingTheStartMovesTheAgendaAlongOnTheWallClock()
    {
        using var owner = await app.NewOwner();
        // From a day in summer time to the day after clocks went back: 16:45 stays 16:45.
        var made = await owner.NewEvent(date: "2031-10-25");
        Assert.Equal("2031-10-25T14:45", Minute(made["startsAt"]!));
        var moved = await Change(owner, made, new() { ["startsAtLocal"] = "2031-10-27T16:45" });
        Assert.Equal("2031-10-27T15:45", Minute(moved["startsAt"]!));
        Assert.Equal(["2031-10-27T15:45", "2031-10-27T16:00", "2031-10-27T16:05", "2031-10-27T16:30"], moved["sessions"]!.AsArray().Select(s => Minute(s!["startsAt"]!)));
        Assert.Equal("2031-10-27T16:45", Minute(moved["endsAt"]!));
    }

    [Fact]
    public async Task ChangingTheZoneKeepsTheWallClock()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var moved = await Change(owner, made, new() { ["timeZone"] = "America/New_York" });
        Assert.Equal("2031-05-14T20:45", Minute(moved["startsAt"]!)); // 16:45 in New York, in summer
        Assert.Equal("2031-05-14T21:00", Minute(moved["sessions"]![1]!["startsAt"]!));
    }

    [Fact]
    public async Task ATimeThatClocksSkipMovesOnByTheHourThatIsMissing()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var moved = await Change(owner, made, new() { ["startsAtLocal"] = "2031-03-30T02:30" }); // clocks go from 02:00 to 03:00
        Assert.Equal("2031-03-30T01:30", Minute(moved["startsAt"]!)); // 03:30 in summer time
        var twice = await Change(owner, moved, new() { ["startsAtLocal"] = "2031-10-26T02:30" }, made.Id()); // 02:30 comes twice
        Assert.Equal("2031-10-26T00:30", Minute(twice["startsAt"]!)); // the first of them
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](JaVaScRiPt&#58;alert(1))")]
    [InlineData("[click](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("![x](http://tracker.example/pixel.gif)")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<iframe srcdoc='<script>alert(1)</script>'></iframe>")]
    [InlineData("<a id=root name=boot style='position:fixed'>x</a>")]
    [InlineData("[x](https://example.org \"onmouseover=alert(1)\")<b onclick=alert(1)>")]
    public async Task MarkdownCarriesNoScript(string markdown)
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var html = (string)(await Change(owner, made, new() { ["description"] = markdown }))["descriptionHtml"]!;
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script, iframe, svg, object, embed, style, form, [id], [name], [style], [onerror], [onload], [onclick]"));
        Assert.All(document.QuerySelectorAll("[href]"), link => Assert.Matches("^(https?|mailto):", link.GetAttribute("href")!));
        Assert.All(document.QuerySelectorAll("img"), image => Assert.StartsWith("https:", image.GetAttribute("src"), StringComparison.Ordinal));
        Assert.Equal(markdown, (string)(await owner.Graph("query($id: ID!) { event(id: $id) { description } }", new { id = made.Id() }))["event"]!["description"]!);
    }

    [Fact]
    public async Task ADraftIsInvisibleToStrangersAndToOtherCrews()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        var made = await owner.NewEvent("Secret Summit");
        var email = Support.People.NewEmail("secret-speaker");
        await owner.NewSpeaker(made.Id(), "Secret Speaker", email);
        Assert.Contains(email, (await owner.Graph(See, new { slug = made.Slug() })).ToJsonString());
        foreach (var outsider in new[] { stranger, other.Browser })
        {
            Assert.Null((await outsider.Graph(See, new { slug = made.Slug() }))["event"]);
            Assert.Null((await outsider.Graph("query($id: ID!) { event(id: $id) { name } }", new { id = made.Id() }))["event"]);
            var lists = (await outsider.Graph("query($o: String!) { publicEvents { name speakers { name } } organization(slug: $o) { events { name } } }", new { o = owner.OrganizationSlug })).ToJsonString();
            Assert.DoesNotContain("Secret", lists);
        }
        Assert.Equal("sign-in-required", (await stranger.Refused(Update, Input(made, new() { ["name"] = "Mine" }))).Code);
        Assert.Equal("not-found", (await other.Refused(Update, Input(made, new() { ["name"] = "Mine" }))).Code);
        foreach (var step in new[] { "publishEvent", "unpublishEvent", "endEvent" })
            Assert.Equal("not-found", (await other.Refused($"mutation($id: ID!) {{ {step}(id: $id) {{ name }} }}", new { id = made.Id() })).Code);
    }

    [Fact]
    public async Task AnEventGoesFromDraftToPublishedToEnded()
    {
        using var owner = await app.NewOwner();
        using var stranger = app.Visitor();
        var made = await owner.NewEvent();
        Assert.Equal("not-published", (await owner.Refused("mutation($id: ID!) { endEvent(id: $id) { id } }", new { id = made.Id() })).Code);
        Assert.Equal("PUBLISHED", await Step(owner, "publishEvent", made));
        Assert.Equal("PUBLISHED", await Step(owner, "publishEvent", made)); // asking again changes nothing
        Assert.NotNull((await stranger.Graph(See, new { slug = made.Slug() }))["event"]);
        Assert.Equal("DRAFT", await Step(owner, "unpublishEvent", made));
        Assert.Null((await stranger.Graph(See, new { slug = made.Slug() }))["event"]);
        await Step(owner, "publishEvent", made);
        Assert.Equal("ENDED", await Step(owner, "endEvent", made));
        Assert.Equal("event-over", (await owner.Refused("mutation($id: ID!) { publishEvent(id: $id) { id } }", new { id = made.Id() })).Code);
    }

    [Fact]
    public async Task AnEventWithoutAgendaIsNotPublished()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        foreach (var session in made["sessions"]!.AsArray()) await owner.Graph("mutation($id: ID!) { removeSession(id: $id) }", new { id = session!.Id() });
        var refusal = await owner.Refused("mutation($id: ID!) { publishEvent(id: $id) { id } }", new { id = made.Id() });
        Assert.Equal("not-ready", refusal.Code);
        Assert.Contains("Add at least one session", refusal.Message);
    }

    [Fact]
    public async Task AnEventWithoutTicketsIsNotPublished()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        await using var db = app.OpenDb();
        await db.Set<TicketType>().Where(t => t.EventId == made.Id()).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        var refusal = await owner.Refused("mutation($id: ID!) { publishEvent(id: $id) { id } }", new { id = made.Id() });
        Assert.Equal("not-ready", refusal.Code);
        Assert.Contains("Add at least one ticket type", refusal.Message);
    }

    [Fact]
    public async Task AnEventIsNamedBySlugOrByIdButNotByBoth()
    {
        using var stranger = app.Visitor();
        Assert.Equal("slug", (await stranger.Refused("{ event { name } }")).Field);
        Assert.Equal("slug", (await stranger.Refused("query($id: ID!) { event(slug: \"a\", id: $id) { name } }", new { id = Guid.CreateVersion7() })).Field);
        Assert.Equal("invalid-input", (await stranger.Refused("{ event(id: \"1 OR 1=1\") { name } }")).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task ListsOfEventsCostTheSameHoweverLongTheyAre(int count)
    {
        using var owner = await app.NewOwner();
        for (var i = 0; i < count; i++) await owner.NewEvent($"Event {i}", publish: i > 0);
        // organization, its events, and for all events together: organizations, roles, registrations, rooms, sessions
        var seen = await owner.Browser.GraphInCommands(7, "query($slug: String!) { organization(slug: $slug) { events { name viewerRoles organization { name } rooms { name } sessions { title } } } }", new { slug = owner.OrganizationSlug });
        Assert.Equal(count, seen["organization"]!["events"]!.AsArray().Count);
        await owner.Browser.GraphInCommands(0, "{ templates { key sessions { title } rooms { name } } }");
    }

    [Fact]
    public async Task PublicEventsCostTheSameHoweverManyThereAre()
    {
        using var owner = await app.NewOwner();
        using var stranger = app.Visitor();
        await owner.NewEvent(publish: true);
        const string Query = "{ publicEvents { name organization { name } rooms { name } } }";
        await stranger.GraphInCommands(3, Query);
        for (var i = 0; i < 2; i++) await owner.NewEvent(publish: true);
        await stranger.GraphInCommands(3, Query);
    }

    private static async Task<string> Step(Owner owner, string step, JsonNode made) =>
        (string)(await owner.Graph($"mutation($id: ID!) {{ {step}(id: $id) {{ status }} }}", new { id = made.Id() }))[step]!["status"]!;

    private static async Task<JsonNode> Change(Owner owner, JsonNode made, Dictionary<string, object?> changes, Guid? id = null) =>
        (await owner.Graph(Update, Input(made, changes, id)))["updateEvent"]!;

    private static object Input(JsonNode made, Dictionary<string, object?> changes, Guid? id = null)
    {
        changes["id"] = id ?? made.Id();
        changes["version"] = (int)made["version"]!;
        return new { input = changes };
    }

    private static string Minute(JsonNode time) => DateTimeOffset.Parse((string)time!, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class EventEditingFactsOnSqlite(SqliteApp app) : EventEditingFacts(app);

public sealed class EventEditingFactsOnPostgres(PostgresApp app) : EventEditingFacts(app);
