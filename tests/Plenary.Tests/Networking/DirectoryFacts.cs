using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Networking.Directory;
using Plenary.Profiles;
using Plenary.Tests.Support;

namespace Plenary.Tests.Networking;

/// <summary>People of an event find those who want to be found.</summary>
public abstract class DirectoryFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WordsFindPeopleByTheirBeginningsWhateverTheCaseOrTheAccents()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last");
        using var sofia = await at.Join("Sofía Herrera", "Incident desk, Metro de Quito", interests: ["Postmortems"], about: "Loves timetables.");
        using var rafael = await at.Join("Rafael Moreira", "Payments", looksFor: ["timetable nerds"]);
        using var tim = await at.Join("Tim Etable", "Nothing of the kind");
        Assert.Equal(["Sofía Herrera"], await at.Names(asking, "sofia"));
        Assert.Equal(["Sofía Herrera"], await at.Names(asking, "HERR met"));
        Assert.Equal(["Sofía Herrera"], await at.Names(asking, "postmort"));
        Assert.Equal(["Rafael Moreira", "Sofía Herrera"], await at.Names(asking, "timetable")); // a tag says more than a sentence
        Assert.Empty(await at.Names(asking, "etables"));
        Assert.Empty(await at.Names(asking, "sofia payments"));
        Assert.Equal(["Rafael Moreira", "Sofía Herrera", "Tim Etable"], (await at.Names(asking)).Where(n => n != "Olga Owner"));
    }

    [Fact]
    public async Task WhatSomebodyTypesIsWordsAndNeverAQuery()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last");
        using var ann = await at.Join("Ann O'Near", "R&D: \"signals\" (AND noise)", about: "name:ann NEAR or not");
        using var ben = await at.Join("Ben Other", "Nobody asks for him");
        foreach (var typed in new[] { "ann OR ben", "\"ann\" OR \"ben\"", "ann* OR ben", "Name:ben OR ann", "NOT ben", "ann | ben", "!ben ann", "ann <-> ben", "ben:*A | ann", "^ben ann", "{Name}: ben ann" })
            Assert.DoesNotContain("Ben Other", await at.Names(asking, typed));
        foreach (var typed in new[] { "\"", "'", "*", ":*", "()", "ann\"", "ann'); DROP TABLE \"DirectoryEntries\"; --", "a\\", "%", "_", "& |", "NEAR(", "-", "\"\"\"", "ann\u0301", "\ud83d\ude00" })
            await at.Ask(asking, typed); // answered, whatever it finds
        Assert.Equal(["Ann O'Near"], await at.Names(asking, "O'Near"));
        Assert.Equal(["Ann O'Near"], await at.Names(asking, "r&d signals"));
        Assert.Equal(["Ann O'Near"], await at.Names(asking, "and noise"));
        Assert.Empty(await at.Names(asking, "%"));
        Assert.Empty(await at.Names(asking, "***"));
        var refused = await asking.Refused(Gathering.Find, new { @event = at.Id, search = new string('a', 201) });
        Assert.Equal(("invalid-input", "search"), (refused.Code, refused.Field));
    }

    [Fact]
    public async Task TheIndexFollowsThePersonTheProfileAndWhatTheySayDifferentlyHere()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last");
        using var ann = await at.Join("Ann First", "Beekeeper", looksFor: ["an apprentice"]);
        Assert.Equal(["Ann First"], await at.Names(asking, "beekeeper"));
        await ann.Graph("mutation { saveProfile(input: { name: \"Anna Renamed\", headline: \"Carpenter\", company: \"Oak & Sons\", looksFor: [\"oak\"] }) { id } }");
        Assert.Empty(await at.Names(asking, "beekeeper"));
        Assert.Empty(await at.Names(asking, "apprentice"));
        foreach (var word in new[] { "renamed", "carpenter", "sons", "oak" }) Assert.Equal(["Anna Renamed"], await at.Names(asking, word));

        // At this event she says something else: what she says elsewhere is not found here.
        await ann.Graph("mutation($event: ID!) { saveEventProfile(input: { event: $event, headline: \"Juggler\", looksFor: [\"clubs\"] }) { event } }", new { @event = at.Id });
        Assert.Empty(await at.Names(asking, "carpenter"));
        Assert.Equal(["Anna Renamed"], await at.Names(asking, "juggler clubs"));
        Assert.Equal(1, (await at.FacetsOf(asking))["LOOKS_FOR: clubs"]);
        Assert.DoesNotContain("LOOKS_FOR: oak", (await at.FacetsOf(asking)).Keys);
        await using (var db = app.OpenDb()) await db.Set<EventProfile>().Where(p => p.PersonId == ann.Id).ExecuteDeleteAsync(Cancellation);
        Assert.Equal(["Anna Renamed"], await at.Names(asking, "carpenter"));

        // Whoever gives back their place is gone at once.
        await using (var db = app.OpenDb())
            await db.Set<Plenary.Registration.Registration>().Where(r => r.PersonId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, TimeProvider.System.GetUtcNow()), Cancellation);
        Assert.Empty(await at.Names(asking, "carpenter"));
        Assert.Null(await at.See(asking, ann.Id));
    }

    [Fact]
    public async Task PeopleAreFilteredByTagsAndCountedOnceEach()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last", interests: ["Sailing"]);
        using var ann = await at.Join("Ann", interests: ["Audit logs", "Öffentlicher Dienst"], offers: ["Reviews"]);
        using var ben = await at.Join("Ben", interests: ["audit LOGS", "öffentlicher dienst"]);
        using var cem = await at.Join("Cem", interests: ["Sailing"], offers: ["Reviews"]);
        Assert.Equal(["Ann", "Ben"], await at.Names(asking, interests: ["AUDIT logs"]));
        Assert.Equal(["Ann", "Ben"], await at.Names(asking, interests: ["ÖFFENTLICHER Dienst"]));
        Assert.Equal(["Ann", "Ben", "Cem"], await at.Names(asking, interests: ["Audit logs", "sailing"]));
        Assert.Equal(["Ann"], await at.Names(asking, interests: ["Audit logs"], offers: ["reviews"]));
        var facets = await at.FacetsOf(asking);
        Assert.Equal(2, facets.Single(f => f.Key.Equals("interests: audit logs", StringComparison.OrdinalIgnoreCase)).Value);
        Assert.Equal(2, facets.Single(f => f.Key.Equals("interests: öffentlicher dienst", StringComparison.OrdinalIgnoreCase)).Value);
        Assert.Equal(1, facets["INTERESTS: Sailing"]); // the viewer is not counted
        Assert.Equal(2, facets["OFFERS: Reviews"]);
        Assert.Equal(["OFFERS: Reviews", "INTERESTS: Sailing"], (await at.FacetsOf(asking, "cem")).Keys);
    }

    [Fact]
    public async Task PagesFollowEachOther()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last");
        foreach (var name in new[] { "Cem", "ann", "Ben", "Dov", "eva" }) (await at.Join(name, "walker")).Dispose();
        var first = await at.Ask(asking, "walker", first: 3);
        Assert.Equal(5, (int)first["totalCount"]!);
        Assert.True((bool)first["pageInfo"]!["hasNextPage"]!);
        var second = await at.Ask(asking, "walker", first: 3, after: (string)first["pageInfo"]!["endCursor"]!);
        Assert.False((bool)second["pageInfo"]!["hasNextPage"]!);
        Assert.Equal(["ann", "Ben", "Cem", "Dov", "eva"], first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(p => (string)p!["card"]!["name"]!));
        Assert.Equal("after", (await asking.Refused(Gathering.Find, new { @event = at.Id, after = "-1" })).Field);
        Assert.Equal("first", (await asking.Refused(Gathering.Find, new { @event = at.Id, first = 101 })).Field);
    }

    [Fact]
    public async Task NobodyLearnsAnythingOfThoseWhoDoNotShowThemselvesToThem()
    {
        using var at = await Gathering.Begin(app);
        using var elsewhere = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last", interests: ["Secret gardens"]);
        using var open = await at.Join("Open Person", interests: ["Roses"]);
        using var hidden = await at.Join("Hidden Person", "Secretkeeper", interests: ["Secret gardens"], visibility: Visibility.Hidden);
        using var shy = await at.Join("Shy Person", "Secretkeeper", interests: ["Mysteries"], visibility: Visibility.Matches);
        using var blocking = await at.Join("Blocking Person", "Secretkeeper", interests: ["Secret gardens"]);
        using var blocked = await at.Join("Blocked Person", "Secretkeeper", interests: ["Secret gardens"]);
        using var other = await elsewhere.Join("Other Person", "Secretkeeper", interests: ["Secret gardens"]);
        await at.Block(blocking, asking);
        await at.Block(asking, blocked);

        Assert.Equal(["Olga Owner", "Open Person"], await at.Names(asking));
        foreach (var word in new[] { "secretkeeper", "hidden", "shy", "blocking", "blocked", "other", "mysteries", "gardens" }) Assert.Empty(await at.Names(asking, word));
        Assert.Empty(await at.Names(asking, interests: ["Secret gardens"]));
        Assert.Equal(["INTERESTS: Roses"], (await at.FacetsOf(asking)).Keys);
        Assert.Empty(await at.Suggestions(asking));
        foreach (var unseen in new[] { hidden, shy, blocking, blocked, other })
        {
            Assert.Null(await at.See(asking, unseen.Id));
            Assert.Equal("not-found", (await asking.Refused(Gathering.Connect, new { @event = at.Id, person = unseen.Id })).Code);
        }
        // Moderators and organizers are people like all others here.
        using var moderator = await at.Join("Mod Erator");
        await using (var db = app.OpenDb())
        {
            db.Add(new EventRoleGrant { EventId = at.Id, PersonId = moderator.Id, Role = EventRole.Moderator, Since = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync(Cancellation);
        }
        foreach (var staff in new[] { moderator, at.Owner })
        {
            Assert.Empty(await at.Names(staff, "hidden"));
            Assert.Empty(await at.Names(staff, "shy"));
            Assert.Null(await at.See(staff, hidden.Id));
        }
        // Who is not of the event is refused all of it.
        using var stranger = app.Visitor();
        Assert.Equal("sign-in-required", (await stranger.Refused(Gathering.Find, new { @event = at.Id })).Code);
        foreach (var question in new[] { Gathering.Find, Gathering.Facets, Gathering.Suggested, Gathering.Contacts })
            Assert.Equal("not-found", (await other.Refused(question, new { @event = at.Id })).Code);
        Assert.Equal("not-found", (await other.Refused(Gathering.Person, new { @event = at.Id, person = open.Id })).Code);
        // A link of another event, in the hands of somebody who is of both.
        var visitor = app.Visitor();
        await using (var db = app.OpenDb()) await app.SignIn(visitor, await db.Users.SingleAsync(p => p.Id == asking.Id, Cancellation), elsewhere.Id);
        using var forwarded = new Somebody(visitor, asking.Id, asking.Email);
        Assert.Equal("not-found", (await forwarded.Refused(Gathering.Find, new { @event = at.Id })).Code);
    }

    [Fact]
    public async Task WhoShowsThemselvesToMatchesIsSeenByThemAndOnlyAsLong()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last", looksFor: ["Grant writing"]);
        using var shy = await at.Join("Shy Person", offers: ["grant writing"], visibility: Visibility.Matches);
        using var further = await at.Join("Further Person");
        Assert.Empty(await at.Names(asking, "shy"));
        var suggested = Assert.Single(await at.Suggestions(asking))!;
        Assert.Equal(shy.Id, Guid.Parse((string)suggested["id"]!));
        Assert.Equal("goal", (string)suggested["reason"]!["kind"]!);
        Assert.Equal(["grant writing"], suggested["reason"]!["terms"]!.AsArray().Select(t => ((string)t!).ToLowerInvariant()));
        Assert.Equal(["Shy Person"], await at.Names(asking, "shy"));
        Assert.Empty(await at.Names(further, "shy"));
        await at.Choose(shy, "HIDDEN");
        Assert.Empty(await at.Names(asking, "shy"));
        Assert.Empty(await at.Suggestions(asking));
        await at.Choose(shy, "MATCHES");
        Assert.Equal(["Shy Person"], await at.Names(asking, "shy"));
        await at.Block(shy, asking);
        Assert.Empty(await at.Names(asking, "shy"));
        Assert.Empty(await at.Suggestions(asking));
    }

    [Fact]
    public async Task SuggestionsSayWhyAndStayForAWhile()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last", interests: ["Sailing", "Audit logs"], looksFor: ["Funding"], offers: ["Reviews"]);
        using var funder = await at.Join("Fay Funder", offers: ["funding"], looksFor: ["reviews"]);
        using var sailor = await at.Join("Sam Sailor", interests: ["sailing"]);
        using var nobody = await at.Join("Nob Ody", interests: ["Chess"]);
        var suggestions = await at.Suggestions(asking);
        Assert.Equal(["Fay Funder", "Sam Sailor"], suggestions.Select(s => (string)s!["card"]!["name"]!));
        Assert.Equal(["goal", "interests"], suggestions.Select(s => (string)s!["reason"]!["kind"]!));
        Assert.Equal("interests", (string)(await at.See(asking, sailor.Id))!["reason"]!["kind"]!);
        Assert.Null((await at.See(asking, nobody.Id))!["reason"]);
        // Somebody who fits better comes later, and is suggested the next time they are looked for.
        using var late = await at.Join("Lea Late", interests: ["audit logs"], offers: ["Funding"]);
        Assert.Equal(2, (await at.Suggestions(asking)).Count);
        await using (var db = app.OpenDb())
            await db.Set<SuggestionRun>().Where(r => r.PersonId == asking.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.At, TimeProvider.System.GetUtcNow() - Suggesting.GoodFor - TimeSpan.FromSeconds(1)), Cancellation);
        Assert.Contains("Lea Late", (await at.Suggestions(asking)).Select(s => (string)s!["card"]!["name"]!));
    }

    [Fact]
    public async Task AListCostsTheSameWhateverItsLength()
    {
        using var at = await Gathering.Begin(app);
        using var asking = await at.Join("Zoe Last");
        for (var i = 0; i < 7; i++) (await at.Join($"Walker {i}", "walker", interests: ["Hills"])).Dispose();
        using var shy = await at.Join("Walker Shy", "walker", visibility: Visibility.Matches);
        // Of the event; blocks; the shy and whom the viewer knows of them (by the directory in two, by parties in one); how many; which; their cards (6); how they stand.
        var page = (await asking.Browser.GraphInCommands(ListCommands, Gathering.Find, new { @event = at.Id, search = "walker", first = 5 }))["event"]!["people"]!;
        Assert.Equal(7, (int)page["totalCount"]!);
        Assert.Equal(5, page["items"]!.AsArray().Count);
        await asking.Browser.GraphInCommands(ListCommands, Gathering.Find, new { @event = at.Id, search = "walker", first = 2 });
    }

    private const int ListCommands = 14;
}

public sealed class DirectoryOnSqlite(SqliteApp app) : DirectoryFacts(app);

public sealed class DirectoryOnPostgres(PostgresApp app) : DirectoryFacts(app);
