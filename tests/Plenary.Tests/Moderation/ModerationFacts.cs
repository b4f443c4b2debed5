using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Moderation;
using Plenary.Organizations;
using Plenary.Rooms.Held;
using Plenary.Tests.Support;

namespace Plenary.Tests.Moderation;

/// <summary>Who may moderate whom, what becomes of held messages, and what is kept of it all.</summary>
public abstract class ModerationFacts(App app)
{
    private const string LogDocument = "query($event: ID!) { moderationLog(event: $event) { kind byName aboutName reason detail } }";
    private const string ConductDocument = "query($event: ID!) { conduct(event: $event) { id kind until reason appeal answer } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARoleActsOnThoseBelowItAndNobodyOnThemselves()
    {
        var yard = await Yard.New(app);
        var (organizer, producer, other, speaker, attendee) = (await yard.Scene.Member(OrganizationRole.Owner), await yard.Scene.Granted(EventRole.Producer), await yard.Scene.Granted(EventRole.Moderator),
            await yard.Scene.Granted(EventRole.Speaker), await yard.Scene.Attendee());
        object On(Plenary.Platform.Access.Person person, string kind = "MUTE") => new { @event = yard.Scene.Event.Id, person = person.Id, kind };
        foreach (var person in new[] { organizer, producer, other }) Assert.Equal("outranked", await yard.Moderator.Refused(Yard.RestrictDocument, On(person)));
        Assert.Equal("yourself", await yard.Moderator.Refused(Yard.RestrictDocument, On(yard.Moderates)));
        foreach (var nobody in new[] { speaker, attendee, await yard.Scene.Stranger() })
        {
            using var page = yard.As(nobody);
            Assert.Equal("not-found", await page.Refused(Yard.RestrictDocument, On(yard.Moderates)));
            Assert.Equal("not-found", await page.Refused(Yard.QueueDocument, new { @event = yard.Scene.Event.Id }));
        }
        await yard.Restrict(speaker, "MUTE");
        using var owner = yard.As(organizer);
        var byOwner = (string)(await owner.Graph(Yard.RestrictDocument, On(attendee)))["restrictPerson"]!;
        Assert.Equal("outranked", await yard.Moderator.Refused(Yard.LiftDocument, new { id = byOwner }));
        Assert.Equal("member", await owner.Refused(Yard.RestrictDocument, On(await yard.Scene.Member(OrganizationRole.Moderator), "BAN")));

        // A moderator who is banned is none any more.
        using var banned = yard.As(other);
        await owner.Graph(Yard.RestrictDocument, On(other, "BAN"));
        Assert.Equal("not-found", await banned.Refused(Yard.QueueDocument, new { @event = yard.Scene.Event.Id }));
    }

    [Fact]
    public async Task HeldMessagesAreShownInTheirOrderAfterTheDelayOrByDecisionAndNobodyElseSeesThemBefore()
    {
        var yard = await Yard.New(app);
        var room = await yard.NewRoom(new { delaySeconds = 15 }); // the longest: a busy machine must not use it up
        await using var ann = await yard.Scene.Enter(await yard.Scene.Attendee("Ann"), room: room);
        await using var ben = await yard.Scene.Enter(await yard.Scene.Attendee("Ben"), room: room);
        await using var staff = await yard.Scene.Enter(yard.Moderates, room: room);
        foreach (var text in new[] { "one", "two", "three" }) Assert.True((await ann.Post(text)).Held);
        Assert.Null((await staff.Post("The staff does not wait")).Held);
        await ben.Reaches(1);
        Assert.Equal(["The staff does not wait"], ben.Log.Select(e => e.Text));
        await ben.Reaches(4);
        Assert.Equal(["The staff does not wait", "one", "two", "three"], ben.Log.Select(e => e.Text));
        await using (var db = app.OpenDb()) Assert.Equal(3, await db.Set<HeldMessage>().CountAsync(h => h.RoomId == room.Id && h.State != HeldState.Waiting && h.State != HeldState.Dropped, Cancellation));

        await yard.Rule(room, new { delaySeconds = 0, words = "nuisance" });
        var (good, bad) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.True((await ann.Post("No nuisance meant", good)).Held);
        Assert.True((await ann.Post("nuisance!", bad)).Held);
        var items = (await yard.Moderator.Graph(Yard.QueueDocument, new { @event = yard.Scene.Event.Id }))["moderation"]!["items"]!.AsArray();
        Assert.Equal([(good, "words", "Ann"), (bad, "words", "Ann")], items.Select(i => (Guid.Parse((string)i!["id"]!), (string)i["why"]!, (string)i["name"]!)));
        await yard.Moderator.Graph(Yard.DecideDocument, new { room = room.Id, id = good, through = true });
        await yard.Moderator.Graph(Yard.DecideDocument, new { room = room.Id, id = bad, through = false });
        Assert.Equal("already-decided", await yard.Moderator.Refused(Yard.DecideDocument, new { room = room.Id, id = bad, through = true }));
        await ben.Reaches(5);
        Assert.Equal(good, ben.Log[^1].Id);
        await ann.Until(() => ann.Told.Exists(t => t.About == "held" && t.Data.Contains(bad.ToString(), StringComparison.Ordinal)), "being told that it was declined");
        Assert.DoesNotContain(ben.Told, t => t.About == "held");
    }

    [Fact]
    public async Task WhoeverIsBannedReadsWhySaysSomethingAboutItAndComesBackWhenItIsLifted()
    {
        var yard = await Yard.New(app);
        var person = await yard.Scene.Attendee("Cleo");
        await using var tab = await yard.Scene.Enter(person);
        var id = await yard.Restrict(person, "BAN", reason: "Insults");
        using var page = yard.As(person, byLink: true);
        var mine = (await page.Graph(ConductDocument, new { @event = yard.Scene.Event.Id }))["conduct"]!.AsArray().Single()!;
        Assert.Equal((id, "BAN", "Insults"), (Guid.Parse((string)mine["id"]!), (string)mine["kind"]!, (string)mine["reason"]!));
        const string appeal = "mutation($restriction: ID!, $note: String!) { appeal(restriction: $restriction, note: $note) }";
        await page.Graph(appeal, new { restriction = id, note = "It was my brother." });
        Assert.Equal("already-appealed", await page.Refused(appeal, new { restriction = id, note = "Really." }));
        using var other = yard.As(await yard.Scene.Attendee());
        Assert.Equal("not-found", await other.Refused(appeal, new { restriction = id, note = "Not mine" }));
        var items = (await yard.Moderator.Graph(Yard.QueueDocument, new { @event = yard.Scene.Event.Id }))["moderation"]!["items"]!.AsArray();
        Assert.Equal(("appeal", "It was my brother."), ((string)items.Single()!["kind"]!, (string)items.Single()!["text"]!));

        await yard.Moderator.Graph("mutation($id: ID!) { answerAppeal(restriction: $id, answer: \"Welcome back.\", lift: true) }", new { id });
        await tab.Join(yard.Scene.Stage.Id);
        await tab.Post("Thank you");

        // What was done stands in the log, for organizers; nobody else reads it.
        using var owner = yard.As(await yard.Scene.Member(OrganizationRole.Admin));
        var lines = (await owner.Graph(LogDocument, new { @event = yard.Scene.Event.Id }))["moderationLog"]!.AsArray();
        Assert.Equal(["ANSWER_APPEAL", "APPEAL", "BAN", "LIFT"], lines.Select(l => (string)l!["kind"]!).Order());
        Assert.Contains(lines, l => (string)l!["kind"]! == "BAN" && (string)l["byName"]! == "A Moderator" && (string)l["aboutName"]! == "Cleo" && (string)l["reason"]! == "Insults");
        Assert.Equal("forbidden", await yard.Moderator.Refused(LogDocument, new { @event = yard.Scene.Event.Id }));
        Assert.Equal("not-found", await page.Refused(LogDocument, new { @event = yard.Scene.Event.Id }));
        await using var db = app.OpenDb();
        Assert.Equal(4, await db.Set<ModerationAct>().CountAsync(a => a.EventId == yard.Scene.Event.Id, Cancellation));
    }
}

public sealed class ModerationFactsOnSqlite(SqliteApp app) : ModerationFacts(app);

public sealed class ModerationFactsOnPostgres(PostgresApp app) : ModerationFacts(app);
