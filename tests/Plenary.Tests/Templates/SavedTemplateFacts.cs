using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Templates;
using Plenary.Tests.Support;

namespace Plenary.Tests.Templates;

/// <summary>Templates of organizations, and events like other events.</summary>
public abstract class SavedTemplateFacts(App app)
{
    private const string Whole = """
        { name coverArt accent tagline description startsAt endsAt timeZone rooms { name kind format } sessions { title startsAt endsAt room { name } } ticketTypes { name capacity } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEventIsSavedExportedImportedElsewhereAndMadeAgain()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        var original = await owner.NewEvent("Our fair", "career-fair");
        var saved = await Saved(owner, original.Id());
        Assert.Equal("Fairs of ours", (string)saved["name"]!);
        Assert.Equal(owner.Organization, Guid.Parse((string)saved["organization"]!["id"]!));

        var file = (string)saved["file"]!;
        var imported = (await Import(other, file))["template"]!;
        Assert.Equal(file, (string)imported["file"]!);
        var again = await other.NewEvent("Our fair", (string)imported["key"]!);
        Assert.Equal(await Look(owner, original.Id()), await Look(other, again.Id()));
        Assert.Equal(await Show(owner, original.Id()), await Show(other, again.Id()));

        var seen = await owner.Browser.GraphInCommands(2, "{ savedTemplates { name organization { name } rooms { name } } }");
        Assert.Equal(["Fairs of ours"], seen["savedTemplates"]!.AsArray().Select(t => (string)t!["name"]!));
        await owner.Graph("mutation($key: ID!) { removeTemplate(key: $key) }", new { key = (string)saved["key"]! });
        Assert.Empty((await owner.Graph("{ savedTemplates { name } }"))["savedTemplates"]!.AsArray());
    }

    [Fact]
    public async Task AnEventIsClonedToAnotherDayOnTheSameWallClock()
    {
        using var owner = await app.NewOwner();
        var original = await owner.NewEvent("Monthly", "meetup", publish: true, date: "2031-03-20"); // winter time in Berlin
        var cloned = (await owner.Graph($"mutation($input: CloneEventInput!) {{ cloneEvent(input: $input) {{ id slug status startsAt }} }}",
            new { input = new { @event = original.Id(), name = "Monthly", date = "2031-04-17" } }))["cloneEvent"]!;
        Assert.Equal(("DRAFT", original.Slug() + "-2"), ((string)cloned["status"]!, cloned.Slug()));
        Assert.Equal("2031-04-17T16:30:00+00:00", DateTimeOffset.Parse((string)cloned["startsAt"]!, CultureInfo.InvariantCulture).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        Assert.Equal(await Show(owner, original.Id()), await Show(owner, cloned.Id()));
        await using var db = app.OpenDb();
        Assert.Equal("meetup", (await db.Set<Event>().SingleAsync(e => e.Id == cloned.Id(), Cancellation)).TemplateKey);

        using var stranger = app.Visitor();
        using var other = await app.NewOwner("Otto Other");
        const string Clone = "mutation($input: CloneEventInput!) { cloneEvent(input: $input) { id } }";
        Assert.Equal("sign-in-required", (await stranger.Refused(Clone, new { input = new { @event = original.Id(), name = "Mine", date = "2031-04-17" } })).Code);
        Assert.Equal("not-found", (await other.Refused(Clone, new { input = new { @event = original.Id(), name = "Mine", date = "2031-04-17" } })).Code);
        Assert.Equal(("invalid-input", "date"), Short(await owner.Refused(Clone, new { input = new { @event = original.Id(), name = "Mine", date = "2020-04-17" } })));
        Assert.Equal(("invalid-input", "name"), Short(await owner.Refused(Clone, new { input = new { @event = original.Id(), name = " ", date = "2031-04-17" } })));
    }

    [Fact]
    public async Task AnotherOrganizationsTemplateIsNeitherReadNorUsedNorRemoved()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        var original = await owner.NewEvent();
        using var moderator = await app.NewAccount("Mo Moderator");
        using var guest = await app.NewGuest(original.Id());
        await using (var db = app.OpenDb())
        {
            db.Add(new Membership { OrganizationId = owner.Organization, PersonId = moderator.Id, Role = OrganizationRole.Moderator, Since = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync(Cancellation);
        }
        var key = (string)(await Saved(owner, original.Id()))["key"]!;
        const string One = "query($key: ID!) { template(key: $key) { name file } }";
        foreach (var browser in new[] { other.Browser, stranger, moderator.Browser, guest.Browser })
        {
            Assert.Null((await browser.Graph(One, new { key }))["template"]);
            Assert.Empty((await browser.Graph("{ savedTemplates { key } }"))["savedTemplates"]!.AsArray());
            Assert.Contains((await browser.Refused("mutation($key: ID!) { removeTemplate(key: $key) }", new { key })).Code, new[] { "not-found", "sign-in-required" });
            Assert.Contains((await browser.Refused("mutation($input: SaveTemplateInput!) { saveTemplate(input: $input) { key } }", new { input = new { @event = original.Id(), name = "Stolen" } })).Code,
                new[] { "not-found", "sign-in-required", "forbidden" });
        }
        Assert.Equal(("invalid-input", "template"), Short(await other.RefusedEvent(other.Organization, template: key)));
        Assert.Equal("not-found", (await other.RefusedEvent(owner.Organization, template: key)).Code);
        Assert.Equal("not-found", (await other.Refused("mutation($input: ImportTemplateInput!) { importTemplate(input: $input) { mistakes { line } } }", new { input = new { organization = owner.Organization, name = "a.json", file = "{}" } })).Code);
        Assert.NotNull((await owner.Graph(One, new { key }))["template"]);
    }

    [Fact]
    public async Task AFileWithMistakesIsAnsweredWithTheirLinesAndNothingIsKept()
    {
        using var owner = await app.NewOwner();
        var saved = await Saved(owner, (await owner.NewEvent()).Id());
        var file = (string)saved["file"]!;
        var broken = file.Replace("\"minutes\": 25", "\"minutes\": 2", StringComparison.Ordinal).Replace("\"poll\": \"", "\"poll\": \"no-", StringComparison.Ordinal);
        var answer = await Import(owner, broken);
        Assert.Null(answer["template"]);
        var mistake = answer["mistakes"]!.AsArray()[0]!;
        Assert.Equal(Array.FindIndex(broken.Split('\n'), line => line.Contains("\"minutes\": 2,", StringComparison.Ordinal)) + 1, (int)mistake["line"]!);
        Assert.Contains("from 5 to 720", (string)mistake["message"]!, StringComparison.Ordinal);
        answer = await Import(owner, file + new string(' ', SavedTemplate.LongestFile));
        Assert.Contains("longer than 150,000 characters", (string)answer["mistakes"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Contains("not JSON", (string)(await Import(owner, "<html>"))["mistakes"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Single((await owner.Graph("{ savedTemplates { key } }"))["savedTemplates"]!.AsArray());
    }

    [Fact]
    public async Task AnOrganizationKeepsSoManyTemplatesAndNoMore()
    {
        using var owner = await app.NewOwner();
        var file = (string)(await Saved(owner, (await owner.NewEvent()).Id()))["file"]!;
        await using (var db = app.OpenDb())
        {
            db.AddRange(Enumerable.Range(1, SavedTemplate.Most - 1).Select(_ => new SavedTemplate { OrganizationId = owner.Organization, File = file, SavedById = owner.Id }));
            await db.SaveChangesAsync(Cancellation);
        }
        Assert.Equal("too-many-templates", (await owner.Refused("mutation($input: ImportTemplateInput!) { importTemplate(input: $input) { mistakes { line } } }", new { input = new { organization = owner.Organization, name = "one.json", file } })).Code);
    }

    private static (string, string?) Short((string Code, string? Field, string Message) refusal) => (refusal.Code, refusal.Field);

    private static async Task<JsonNode> Saved(Owner owner, Guid @event) =>
        (await owner.Graph("mutation($input: SaveTemplateInput!) { saveTemplate(input: $input) { key name file organization { id } } }", new { input = new { @event, name = "Fairs of ours", tagline = "As last time" } }))["saveTemplate"]!;

    private static async Task<JsonNode> Import(Owner owner, string file) =>
        (await owner.Graph("mutation($input: ImportTemplateInput!) { importTemplate(input: $input) { template { key name file } mistakes { line column message } } }",
            new { input = new { organization = owner.Organization, name = "fair.json", file } }))["importTemplate"]!;

    private static async Task<string> Look(Owner owner, Guid id) => (await owner.Graph($"query($id: ID!) {{ event(id: $id) {Whole} }}", new { id }))["event"]!.ToJsonString();

    /// <summary>Its cues without what differs between events: ids and moments.</summary>
    private static async Task<string> Show(Owner owner, Guid id) =>
        (await owner.Graph("query($event: ID!) { show(event: $event) { cues { kind title anchor offsetSeconds text minutes seconds rounds groups } } }", new { @event = id }))["show"]!["cues"]!.ToJsonString();
}

public sealed class SavedTemplateFactsOnSqlite(SqliteApp app) : SavedTemplateFacts(app);

public sealed class SavedTemplateFactsOnPostgres(PostgresApp app) : SavedTemplateFacts(app);
