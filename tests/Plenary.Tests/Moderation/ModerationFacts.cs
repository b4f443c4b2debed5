using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Moderation;
using Plenary.Organizations;
using Plenary.Rooms.Held;
using Plenary.Tests.Rooms;
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
    public async Task WhatIsLetThroughCallsPeopleAndWhatASilencedPersonWroteIsNeverShown()
    {
        var yard = await Yard.New(app);
        var room = await yard.NewRoom(new { holdsAll = true });
        var (annPerson, benPerson, cleoPerson) = (await yard.Scene.Attendee("Ann"), await yard.Scene.Attendee("Ben"), await yard.Scene.Attendee("Cleo"));
        await using var ann = await yard.Scene.Enter(annPerson, room: room);
        await using var cleo = await yard.Scene.Enter(cleoPerson, room: room);
        await using var ben = await yard.Scene.Enter(benPerson, room: room);
        await ben.Attend(yard.Scene.Event.Id);
        Assert.True((await ann.Reply("@Ben, are you there?", 0, benPerson.Id)).Held);
        var (call, late) = (Guid.Empty, Guid.CreateVersion7());
        await using (var db = app.OpenDb()) call = await db.Set<HeldMessage>().Where(h => h.RoomId == room.Id).Select(h => h.EntryId).SingleAsync(Cancellation);
        Assert.DoesNotContain(ben.Told, t => t.About == "mention");
        await yard.Moderator.Graph(Yard.DecideDocument, new { room = room.Id, id = call, through = true });
        await ben.Until(() => ben.Told.Exists(t => t.About == "mention" && t.Data.Contains(call.ToString(), StringComparison.Ordinal)), "being called");

        // Written down as held just after its author was muted, by whoever had judged it just before.
        Assert.True((await cleo.Post("Hear me", late)).Held);
        await yard.Restrict(cleoPerson, "MUTE");
        await using (var db = app.OpenDb())
            await db.Set<HeldMessage>().Where(h => h.EntryId == late).ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HeldState.Approved), Cancellation);
        await yard.LeadAnew(room);
        await ann.Post("Somebody else");
        for (var tries = 0; ; tries++)
        {
            await using var db = app.OpenDb();
            var state = await db.Set<HeldMessage>().Where(h => h.EntryId == late).Select(h => h.State).SingleAsync(Cancellation);
            if (state == HeldState.Dropped) break;
            Assert.True(state != HeldState.Released && tries < 1_200, $"it is {state}");
            await Task.Delay(50, Cancellation);
        }
        Assert.Equal(0, await yard.Shown("Hear me"));
    }

    [Fact]
    public async Task WhatWasNotKeptCostsNoPauseInSlowMode()
    {
        var yard = await Yard.New(app);
        var room = await yard.NewRoom(new { slowSeconds = 300 });
        await using var ann = await yard.Scene.Enter(await yard.Scene.Attendee("Ann"), room: room);
        Assert.Equal("message-gone", await LiveClient.Refused(() => ann.Reply("To what is not there", 4_711)));
        await ann.Post("To everybody then");
        Assert.Equal("slow-mode", await LiveClient.Refused(() => ann.Post("And again")));
    }

    [Fact]
    public async Task OfTwoWhoAnswerAtOnceOneIsToldThatItWasDecided()
    {
        var yard = await Yard.New(app);
        var person = await yard.Scene.Attendee("Cleo");
        var id = await yard.Restrict(person, "MUTE");
        using var page = yard.As(person);
        await page.Graph("mutation($restriction: ID!) { appeal(restriction: $restriction, note: \"Sorry.\") }", new { restriction = id });
        const string answer = "mutation($id: ID!, $lift: Boolean!) { answerAppeal(restriction: $id, answer: \"All right.\", lift: $lift) }";
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => Said(n % 2 == 0), Cancellation)));
        Assert.Equal(["already-decided", "already-decided", "already-decided", "done"], answers.Order());
        await using var db = app.OpenDb();
        Assert.Equal(1, await db.Set<ModerationAct>().CountAsync(a => a.EventId == yard.Scene.Event.Id && a.Kind == ModerationActKind.AnswerAppeal, Cancellation));

        async Task<string> Said(bool lift)
        {
            using var moderator = yard.As(yard.Moderates);
            return (string?)(await moderator.Answer(answer, new { id, lift }))["errors"]?[0]?["extensions"]?["code"] ?? "done";
        }
    }

    [Fact]
    public async Task WhatIsOverTakesNoPlaceAmongThoseWhoAreRestrictedNow()
    {
        var yard = await Yard.New(app);
        var person = await yard.Scene.Attendee("Cleo");
        var id = await yard.Restrict(person, "MUTE");
        var now = TimeProvider.System.GetUtcNow();
        await yard.Scene.Save([.. Enumerable.Range(0, 510).Select(n => new Restriction { EventId = yard.Scene.Event.Id, PersonId = person.Id, Inbox = "X", Since = now.AddHours(-2), Until = now.AddHours(-1) })]);
        var restricted = (await yard.Moderator.Graph(Yard.QueueDocument, new { @event = yard.Scene.Event.Id }))["moderation"]!["restricted"]!.AsArray();
        Assert.Equal(id.ToString(), (string)Assert.Single(restricted)!["id"]!);
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
