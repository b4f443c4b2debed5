using System.Net;
using System.Text.Json.Nodes;
using Plenary.Tests.Support;

namespace Plenary.Tests.Agenda;

/// <summary>What people pick from an agenda for themselves, and the private address of it.</summary>
public abstract class PersonalAgendaFacts(App app)
{
    private const string Star = "mutation($id: ID!, $starred: Boolean!) { starSession(id: $id, starred: $starred) { id starred } }";
    private const string Mine = "query($id: ID!) { event(id: $id) { viewerHasAgendaLink sessions { id title starred } } }";
    private const string Make = "mutation($event: ID!) { makeAgendaLink(event: $event) }";
    private const string Remove = "mutation($event: ID!) { removeAgendaLink(event: $event) }";

    [Fact]
    public async Task StarredSessionsAreOnesOwnAndReadAtAnAddressThatCanBeTakenBack()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent(publish: true);
        var other = await owner.NewEvent("Another one", publish: true);
        using var guest = await app.NewGuest(made.Id());
        using var calendar = app.Visitor();
        var talk = made["sessions"]!.AsArray().Single(s => (string)s!["title"]! == "The talk")!.Id();
        Assert.True((bool)(await guest.Graph(Star, new { id = talk, starred = true }))["starSession"]!["starred"]!);
        await guest.Graph(Star, new { id = talk, starred = true }); // twice is once
        Assert.Equal(["The talk"], Starred(await guest.Graph(Mine, new { id = made.Id() })));
        Assert.Empty(Starred(await owner.Graph(Mine, new { id = made.Id() }))); // the crew does not see it either

        var first = new Uri((string)(await guest.Graph(Make, new { @event = made.Id() }))["makeAgendaLink"]!).AbsolutePath;
        Assert.True((bool)(await guest.Graph(Mine, new { id = made.Id() }))["event"]!["viewerHasAgendaLink"]!);
        Assert.False((bool)(await owner.Graph(Mine, new { id = made.Id() }))["event"]!["viewerHasAgendaLink"]!);
        var entries = await calendar.Http.GetStringAsync(first, Cancellation);
        Assert.Contains("SUMMARY:The talk", entries, StringComparison.Ordinal);
        Assert.Equal(2, entries.Split("BEGIN:VEVENT").Length);
        Assert.DoesNotContain(guest.Email, entries, StringComparison.OrdinalIgnoreCase);
        await guest.Graph(Star, new { id = talk, starred = false });
        Assert.DoesNotContain("BEGIN:VEVENT", await calendar.Http.GetStringAsync(first, Cancellation), StringComparison.Ordinal);

        var second = new Uri((string)(await guest.Graph(Make, new { @event = made.Id() }))["makeAgendaLink"]!).AbsolutePath;
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.NotFound, (await calendar.Http.GetAsync(first, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await calendar.Http.GetAsync(second, Cancellation)).StatusCode);
        await guest.Graph(Remove, new { @event = made.Id() });
        Assert.Equal(HttpStatusCode.NotFound, (await calendar.Http.GetAsync(second, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await calendar.Http.GetAsync("/my-agenda/guessed.ics", Cancellation)).StatusCode);

        // A personal link to one event stars nothing elsewhere, and a draft is nobody's.
        Assert.Equal("not-found", (await guest.Refused(Star, new { id = other["sessions"]![0]!.Id(), starred = true })).Code);
        var draft = await owner.NewEvent("A draft");
        using var account = await app.NewAccount();
        Assert.Equal("not-found", (await account.Refused(Star, new { id = draft["sessions"]![0]!.Id(), starred = true })).Code);
        Assert.Equal("not-found", (await account.Refused(Make, new { @event = draft.Id() })).Code);
    }

    [Fact]
    public async Task StarsCostOneQueryHoweverManySessions()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent(publish: true);
        foreach (var session in made["sessions"]!.AsArray()) await owner.Graph(Star, new { id = session!.Id(), starred = true });
        // event, sessions, stars
        await owner.Browser.GraphInCommands(3, "query($slug: String!) { event(slug: $slug) { sessions { starred } } }", new { slug = made.Slug() });
        // A session that is removed takes its stars along.
        Assert.True((bool)(await owner.Graph("mutation($id: ID!) { removeSession(id: $id) }", new { id = made["sessions"]![0]!.Id() }))["removeSession"]!);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Starred(JsonObject answer) => answer["event"]!["sessions"]!.AsArray().Where(s => (bool)s!["starred"]!).Select(s => (string)s!["title"]!);
}

public sealed class PersonalAgendaFactsOnSqlite(SqliteApp app) : PersonalAgendaFacts(app);

public sealed class PersonalAgendaFactsOnPostgres(PostgresApp app) : PersonalAgendaFacts(app);
