using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Networking.Directory;
using Plenary.Platform.Jobs;
using Plenary.Profiles;
using Plenary.Tests.Support;

namespace Plenary.Tests.Networking;

/// <summary>Two people who both wish to stay in touch find out; nobody else ever finds out anything.</summary>
public abstract class ConnectFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneWishIsSilentTwoAreAConnection()
    {
        using var at = await Gathering.Begin(app);
        using var ann = await at.Join("Ann");
        using var ben = await at.Join("Ben");
        Assert.Equal("ASKED", await at.ConnectTo(ann, ben));
        Assert.Equal("ASKED", await at.ConnectTo(ann, ben));
        Assert.Equal("ASKED", (string)(await at.See(ann, ben.Id))!["connected"]!);
        Assert.Equal("NONE", (string)(await at.See(ben, ann.Id))!["connected"]!);
        Assert.Equal("MUTUAL", await at.ConnectTo(ben, ann));
        Assert.Equal("MUTUAL", (string)(await at.See(ann, ben.Id))!["connected"]!);
        Assert.Equal(["Ben"], await at.Names(ann, connected: true));
        Assert.Equal(["Ann"], await at.Names(ben, connected: true));
        Assert.Equal("Ben", (string)Assert.Single(await at.ContactsOf(ann))!["card"]!["name"]!);
        await using (var db = app.OpenDb()) Assert.True(await Connections.Between(db, at.Id, ben.Id, ann.Id, Cancellation));

        // Withdrawn at will: the other stands where they stood.
        await ann.Graph(Gathering.Disconnect, new { @event = at.Id, person = ben.Id });
        Assert.Equal("NONE", (string)(await at.See(ann, ben.Id))!["connected"]!);
        Assert.Equal("ASKED", (string)(await at.See(ben, ann.Id))!["connected"]!);
        Assert.Empty(await at.ContactsOf(ben));
        Assert.Equal("person", (await ann.Refused(Gathering.Connect, new { @event = at.Id, person = ann.Id })).Field);
    }

    [Fact]
    public async Task AWishThatIsNotReturnedChangesNothingForAnybodyElse()
    {
        using var at = await Gathering.Begin(app);
        using var loved = await at.Join("Loved", interests: ["Tea"], offers: ["Tea"]);
        using var one = await at.Join("One", interests: ["Tea"]);
        using var two = await at.Join("Two", interests: ["Tea"]);
        using var third = await at.Join("Third", interests: ["Tea"]);
        using var moderator = await at.Join("Mod Erator", interests: ["Tea"]);
        await using (var db = app.OpenDb())
        {
            db.Add(new EventRoleGrant { EventId = at.Id, PersonId = moderator.Id, Role = EventRole.Moderator, Since = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync(Cancellation);
        }
        string[] before = [.. await Told(loved), .. await Told(third), .. await Told(moderator), .. await Told(at.Owner)];
        Assert.Equal("ASKED", await at.ConnectTo(one, loved));
        Assert.Equal("ASKED", await at.ConnectTo(two, loved));
        string[] after = [.. await Told(loved), .. await Told(third), .. await Told(moderator), .. await Told(at.Owner)];
        Assert.Equal(before, after);
        Assert.Empty(await at.Names(loved, connected: true));
        Assert.Equal("not-connected", (await one.Refused(Gathering.Share, new { @event = at.Id, person = loved.Id, email = true })).Code);

        // Everything somebody is answered, word by word and in its order.
        async Task<string[]> Told(Somebody who) =>
        [
            (await at.Ask(who)).ToJsonString(),
            (await at.Ask(who, "t")).ToJsonString(),
            (await at.Ask(who, interests: ["tea"])).ToJsonString(),
            (await at.Ask(who, connected: true)).ToJsonString(),
            string.Join(',', (await at.FacetsOf(who)).Select(f => $"{f.Key} {f.Value}")),
            (await at.Suggestions(who)).ToJsonString(),
            (await at.ContactsOf(who)).ToJsonString(),
            (await at.See(who, one.Id))!.ToJsonString(),
            (await at.See(who, loved.Id))!.ToJsonString(),
        ];
    }

    [Fact]
    public async Task ContactsAreGivenWhenBothGiveSomething()
    {
        using var at = await Gathering.Begin(app);
        using var ann = await at.Join("Ann, Dr.; =SUM(1)", "=HYPERLINK(\"https://evil.example\")");
        using var ben = await at.Join("Ben");
        await at.ConnectTo(ann, ben);
        await at.ConnectTo(ben, ann);
        await ann.Graph(Gathering.Share, new { @event = at.Id, person = ben.Id, email = true, link = "ann.example/me" });
        var mine = Assert.Single(await at.ContactsOf(ann))!;
        Assert.Equal((ann.Email, "https://ann.example/me"), ((string)mine["mine"]!["email"]!, (string)mine["mine"]!["link"]!));
        var theirs = Assert.Single(await at.ContactsOf(ben))!["theirs"]!;
        Assert.Null(theirs["email"]);
        Assert.Null(theirs["link"]);
        Assert.DoesNotContain(ann.Email, await ben.Browser.Http.GetStringAsync($"/e/{at.Event.Slug}/contacts.vcf", Cancellation), StringComparison.Ordinal);

        await ben.Graph(Gathering.Share, new { @event = at.Id, person = ann.Id, email = false, link = "https://ben.example" });
        Assert.Equal(ann.Email, (string)(await at.See(ben, ann.Id))!["contact"]!["theirs"]!["email"]!);
        Assert.Null((await at.See(ann, ben.Id))!["contact"]!["theirs"]!["email"]);
        Assert.Equal("https://ben.example/", (string)(await at.See(ann, ben.Id))!["contact"]!["theirs"]!["link"]!);

        var cards = await ben.Browser.Http.GetStringAsync($"/e/{at.Event.Slug}/contacts.vcf", Cancellation);
        Assert.Contains("FN:Ann\\, Dr.\\; =SUM(1)\r\n", cards, StringComparison.Ordinal);
        Assert.Contains(ann.Email, cards.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(cards.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        var one = await ben.Browser.Http.GetAsync($"/e/{at.Event.Slug}/contacts/{ann.Id}.vcf", Cancellation);
        Assert.Equal("text/vcard", one.Content.Headers.ContentType!.MediaType);
        var table = await ben.Browser.Http.GetStringAsync($"/e/{at.Event.Slug}/contacts.csv", Cancellation);
        Assert.Contains("\"Ann, Dr.; =SUM(1)\",\"'=HYPERLINK(\"\"https://evil.example\"\")\"", table, StringComparison.Ordinal);

        foreach (var link in new[] { "javascript:alert(1)", "ftp://example.org", "https://user:pass@example.org", "nothing", "https://" + new string('a', 400) + ".example" })
            Assert.Equal("link", (await ann.Refused(Gathering.Share, new { @event = at.Id, person = ben.Id, email = false, link })).Field);

        // Nobody but the two: not an organizer, not a stranger, not somebody else with the address of the file.
        using var third = await at.Join("Third");
        using var stranger = await at.Stranger("Stranger");
        foreach (var person in new[] { third, at.Owner })
        {
            Assert.DoesNotContain("Ann", await person.Browser.Http.GetStringAsync($"/e/{at.Event.Slug}/contacts.vcf", Cancellation), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await person.Browser.Http.GetAsync($"/e/{at.Event.Slug}/contacts/{ann.Id}.vcf", Cancellation)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Http.GetAsync($"/e/{at.Event.Slug}/contacts.csv", Cancellation)).StatusCode);
        using var visitor = app.Visitor();
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Http.GetAsync($"/e/{at.Event.Slug}/contacts.csv", Cancellation)).StatusCode);

        // Taken back: nothing is left with the other.
        await ann.Graph(Gathering.Share, new { @event = at.Id, person = ben.Id, email = false, link = "" });
        Assert.Null((await at.See(ben, ann.Id))!["contact"]!["theirs"]!["email"]);
        Assert.Null((await at.See(ann, ben.Id))!["contact"]!["theirs"]!["link"]);
    }

    [Fact]
    public async Task WhoIsThereAndWhereTheirClockStandsIsSeenByThoseWhoMay()
    {
        const string here = "query($event: ID!, $people: [ID!]!) { event(id: $event) { peopleHere(people: $people) } }";
        const string clock = "query($event: ID!, $person: ID!) { event(id: $event) { person(id: $person) { timeZone } } }";
        using var at = await Gathering.Begin(app);
        using var ann = await at.Join("Ann");
        using var ben = await at.Join("Ben");
        using var shy = await at.Join("Shy", visibility: Visibility.Hidden);
        await using (var db = app.OpenDb()) await db.Set<Plenary.Registration.Registration>().Where(r => r.PersonId == ben.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.TimeZone, "America/Guayaquil"), Cancellation);
        async Task<string[]> Here(Somebody who, params Guid[] people) => [.. (await who.Graph(here, new { @event = at.Id, people }))["event"]!["peopleHere"]!.AsArray().Select(p => (string)p!)];
        Assert.Empty(await Here(ann, ben.Id, shy.Id));
        var sessions = new Sessions(app.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>());
        await using var bens = await new LiveClient(app.Url, sessions.Cookie(ben.Id)).Start();
        await using var shys = await new LiveClient(app.Url, sessions.Cookie(shy.Id)).Start();
        foreach (var live in new[] { bens, shys }) await live.Attend(at.Id);
        Assert.Equal([ben.Id.ToString()], await Here(ann, ben.Id, shy.Id, Guid.CreateVersion7()));
        using var stranger = await at.Stranger("Stranger");
        Assert.Equal("not-found", (await stranger.Refused(here, new { @event = at.Id, people = new[] { ben.Id } })).Code);

        async Task<string?> Clock(Somebody who) => (string?)(await who.Graph(clock, new { @event = at.Id, person = ben.Id }))["event"]!["person"]!["timeZone"];
        await at.ConnectTo(ben, ann);
        Assert.Null(await Clock(ann));
        Assert.Null(await Clock(at.Owner));
        await at.ConnectTo(ann, ben);
        Assert.Equal("America/Guayaquil", await Clock(ann));
        await at.Block(ben, ann);
        Assert.Empty(await Here(ann, ben.Id));
    }

    [Fact]
    public async Task ABlockEndsTheConnectionAndNothingTellsOfIt()
    {
        using var at = await Gathering.Begin(app);
        using var ann = await at.Join("Ann");
        using var ben = await at.Join("Ben");
        await at.ConnectTo(ann, ben);
        await at.ConnectTo(ben, ann);
        await ann.Graph(Gathering.Share, new { @event = at.Id, person = ben.Id, email = true });
        await ben.Graph(Gathering.Share, new { @event = at.Id, person = ann.Id, email = true });
        await at.Block(ann, ben);
        foreach (var (who, whom) in new[] { (ann, ben), (ben, ann) })
        {
            Assert.Empty(await at.ContactsOf(who));
            Assert.Null(await at.See(who, whom.Id));
            Assert.Empty(await at.Names(who, connected: true));
            Assert.Equal("not-found", (await who.Refused(Gathering.Connect, new { @event = at.Id, person = whom.Id })).Code);
            Assert.Equal("not-connected", (await who.Refused(Gathering.Share, new { @event = at.Id, person = whom.Id, email = true })).Code);
        }
        await ann.Graph("mutation($person: ID!) { unblockPerson(person: $person) }", new { person = ben.Id });
        Assert.Equal("NONE", (string)(await at.See(ann, ben.Id))!["connected"]!);
        Assert.Equal("NONE", (string)(await at.See(ben, ann.Id))!["connected"]!);
    }

    [Fact]
    public async Task AConnectionOutlivesThatSomebodyHides()
    {
        using var at = await Gathering.Begin(app);
        using var ann = await at.Join("Ann", "Painter");
        using var ben = await at.Join("Ben");
        await at.ConnectTo(ann, ben);
        await at.ConnectTo(ben, ann);
        await at.Choose(ann, "MATCHES");
        Assert.Contains("Ann", await at.Names(ben));
        await at.Choose(ann, "HIDDEN");
        Assert.DoesNotContain("Ann", await at.Names(ben));
        var contact = Assert.Single(await at.ContactsOf(ben))!;
        Assert.Equal("Ann", (string)contact["card"]!["name"]!);
        Assert.DoesNotContain("Painter", await ben.Browser.Http.GetStringAsync($"/e/{at.Event.Slug}/contacts.vcf", Cancellation), StringComparison.Ordinal);
    }
}

public sealed class ConnectOnSqlite(SqliteApp app) : ConnectFacts(app);

public sealed class ConnectOnPostgres(PostgresApp app) : ConnectFacts(app);
