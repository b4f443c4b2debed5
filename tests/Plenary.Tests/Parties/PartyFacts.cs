using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Parties;

/// <summary>How a Cocktail Party goes for those who are at it.</summary>
public abstract class PartyFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SixPeopleMeetInThreeRoundsNeverTheSameTwoTwice()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
        var guests = await Guest.Attend(scene, app, 6);
        var party = await host.Start(scene.Stage.Id);
        // Everybody of the event learns of it, wherever they are.
        await guests[0].Until(() => guests[0].Now is { Phase: "check-in", Here: 0 }, "the party");
        await Task.WhenAll(guests.Select(g => g.Come(party)));
        await guests[5].Until(() => guests[5].Now is { Here: 6, Ready: 6 }, "six to be ready");
        await host.Direct(party, "begin: true");

        var pairs = new HashSet<(Guid, Guid)>();
        for (var round = 1; round <= 3; round++)
        {
            foreach (var guest in guests) await guest.UntilMeeting(round);
            foreach (var guest in guests)
            {
                var partner = guests.Single(g => g.Id == guest.Partner);
                Assert.Equal((guest.Id, guest.Part!.Meeting!.Id, round), (partner.Partner, partner.Part!.Meeting!.Id, round));
                pairs.Add(guest.Id.CompareTo(partner.Id) < 0 ? (guest.Id, partner.Id) : (partner.Id, guest.Id));
            }
            Assert.Equal(3 * round, pairs.Count);
            Assert.Equal(1_000, guests[0].Part!.Meeting!.Until - guests[0].Part!.Meeting!.From);
            await guests[0].UntilPhase("talk", round);
            Assert.Equal(guests[0].Now!.Until, guests[0].Part!.Meeting!.Until);
        }
        await guests[0].UntilPhase("over", 3);
        Assert.Equal(5_000, guests[0].Now!.BackAt - guests[0].Now!.EndedAt);

        var summary = (await guests[0].Graph($"{{ partySummary(party: \"{party}\") {{ rounds minutes backAt people {{ round seconds extended card {{ person name }} }} }} }}"))["partySummary"]!;
        Assert.Equal([1, 2, 3], summary["people"]!.AsArray().Select(p => (int)p!["round"]!));
        Assert.Equal(3, summary["people"]!.AsArray().Select(p => (string)p!["card"]!["person"]!).Distinct().Count());
        Assert.All(summary["people"]!.AsArray(), p => Assert.Equal(1, (int)p!["seconds"]!));
        Assert.Null((await guests[0].Graph($"{{ partyOf(room: \"{scene.Stage.Id}\") {{ id }} }}"))["partyOf"]);
        Assert.Equal("party-over", await guests[0].Refused($"mutation {{ enterParty(party: \"{party}\") {{ state }} }}"));
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task WithAnOddNumberThreeMeetALatecomerIsInTheNextRoundAndWhoWasLeftGoesFirst()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Moderator), app.Url);
        var guests = await Guest.Attend(scene, app, 6);
        var (five, late) = (guests[..5], guests[5]);
        var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 3");
        await Task.WhenAll(five.Select(g => g.Come(party)));
        await host.Direct(party, "begin: true");
        foreach (var guest in five) await guest.UntilMeeting(1);
        Assert.Equal(3, five.Count(g => g.Part!.Meeting!.People.Length == 2));
        Assert.Equal(2, five.Count(g => g.Part!.Meeting!.People.Length == 1));

        var came = await late.Come(party);
        Assert.Equal(("waiting", null), (came.State, came.Meeting));
        var leaver = five.First(g => g.Part!.Meeting!.People.Length == 1);
        var left = five.Single(g => g.Id == leaver.Partner);
        Assert.Equal("left", (await leaver.Leave(party)).State);
        await left.Until(() => left.Part is { State: "waiting", Meeting: null, Ended.Why: "left" }, "to be told");
        Assert.Equal(leaver.Person.Name, left.Part!.Ended!.Name);
        // Of three, two go on.
        var quits = five.First(g => g.Part?.Meeting?.People.Length == 2);
        var stay = five.Where(g => g != quits && g.Part?.Meeting?.Id == quits.Part!.Meeting!.Id).ToArray();
        await quits.Leave(party);
        foreach (var one in stay) await one.Until(() => one.Part?.Meeting?.People.Length == 1, "two to go on");
        Assert.Equal(stay[1].Id, stay[0].Partner);

        await host.Direct(party, "endRound: true");
        await left.UntilMeeting(2);
        await late.UntilMeeting(2);
        Assert.Equal((await leaver.Ask(party))!.State, (await quits.Ask(party))!.State);
        Assert.Null((await leaver.Ask(party))!.Meeting);
        await host.Direct(party, "end: true");
        await left.UntilPhase("over", 2);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task ABlockEndsTheMeetingAtOnceAndTheTwoNeverMeetAgain()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Member(OrganizationRole.Moderator), app.Url);
        var guests = await Guest.Attend(scene, app, 4);
        var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 10");
        await guests[0].Block(scene.Event.Id, guests[1].Id);
        await Task.WhenAll(guests.Select(g => g.Come(party)));
        await host.Direct(party, "begin: true");
        foreach (var guest in guests) await guest.UntilMeeting(1);
        Assert.NotEqual(guests[1].Id, guests[0].Partner);

        var other = guests.Single(g => g.Id == guests[0].Partner);
        await guests[0].Block(scene.Event.Id, other.Id);
        foreach (var one in (Guest[])[guests[0], other])
            await one.Until(() => one.Part is { State: "waiting", Meeting: null, Ended.Why: "left" }, "the meeting to be over");
        await host.Direct(party, "endRound: true");
        await guests[0].UntilMeeting(2);
        Assert.NotEqual(guests[1].Id, guests[0].Partner);
        Assert.NotEqual(other.Id, guests[0].Partner);
        // Who is left has met, or must not meet, everybody: they sit out, unless the party is over.
        await host.Direct(party, "endRound: true");
        await guests[0].Until(() => guests[0].Now is { Phase: "over" } or { Phase: "talk", Round: 3 }, "the third round, or the end");
        Assert.DoesNotContain((await guests[0].Ask(party))!.Meeting?.People ?? [], p => p.Person == guests[1].Id || p.Person == other.Id);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task PeopleOfOneGroupMeetThoseOfTheOther()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
        var guests = await Guest.Attend(scene, app, 6);
        var party = await host.Start(scene.Stage.Id, "minutes: 1, rounds: 3, mode: GROUPS, groups: [\"I run it\", \"I pay for it\"], by: DIFFERENT");
        await guests[0].Enter(party);
        Assert.Equal("invalid-input", await guests[0].Refused($"mutation {{ readyForParty(party: \"{party}\") {{ state }} }}"));
        Assert.Equal("invalid-input", await guests[0].Refused($"mutation {{ readyForParty(party: \"{party}\", group: \"Neither\") {{ state }} }}"));
        for (var i = 0; i < 6; i++) await guests[i].Come(party, i % 2 == 0 ? "I run it" : "I pay for it");
        await guests[0].Until(() => guests[0].Now?.Seats is [{ Ready: 3 }, { Ready: 3 }], "the seats");
        await host.Direct(party, "begin: true");
        for (var round = 1; round <= 3; round++)
            for (var i = 0; i < 6; i++)
            {
                await guests[i].UntilMeeting(round);
                Assert.NotEqual(i % 2, Array.FindIndex(guests, g => g.Id == guests[i].Partner) % 2);
            }
        await guests[0].UntilPhase("over", 3);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task WhereTheGroupsAreTicketsTheTicketSaysWhoMeetsWhom()
    {
        var scene = await Scene.Arrange(app);
        var student = new Plenary.Registration.TicketType { EventId = scene.Event.Id, Name = "Student", Capacity = 100 };
        await scene.Save(student);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
        var guests = await Guest.Attend(scene, app, 4);
        await using (var db = app.OpenDb())
        {
            Guid[] students = [guests[0].Id, guests[1].Id];
            await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == scene.Event.Id && students.Contains(r.PersonId)).ExecuteUpdateAsync(set => set.SetProperty(r => r.TicketTypeId, student.Id), Cancellation);
        }
        var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 1, mode: GROUPS, tickets: true, groups: [\"Student\", \"general\"]");
        Assert.Equal("Student", (string?)(await guests[0].Graph($"{{ party(id: \"{party}\") {{ viewerGroup }} }}"))["party"]!["viewerGroup"]);
        Assert.Null((await host.Graph($"{{ party(id: \"{party}\") {{ viewerGroup }} }}"))["party"]!["viewerGroup"]);
        Assert.Equal("general", (await guests[2].Come(party, "Student")).Group); // nobody chooses another
        foreach (var guest in guests.Except([guests[2]])) await guest.Come(party);
        await host.Enter(party);
        Assert.Equal("invalid-input", await host.Refused($"mutation {{ readyForParty(party: \"{party}\") {{ state }} }}")); // who has no ticket says where they stand
        await host.Direct(party, "begin: true");
        foreach (var guest in guests) await guest.UntilMeeting(1);
        Assert.Contains(guests[0].Partner, guests[2..].Select(g => g.Id));
        Assert.Contains(guests[1].Partner, guests[2..].Select(g => g.Id));
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task NobodyIsAtTwoPartiesAndARoomHasOne()
    {
        var scene = await Scene.Arrange(app);
        var lobby = new Plenary.Rooms.Room { EventId = scene.Event.Id, Slug = "lobby", Name = "Lobby", Kind = Plenary.Rooms.RoomKind.Lobby };
        await scene.Save(lobby);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
        var guests = await Guest.Attend(scene, app, 4);
        var (one, other) = (await host.Start(scene.Stage.Id, "minutes: 15, rounds: 1"), await host.Start(lobby.Id, "minutes: 15, rounds: 1"));
        Assert.Equal("party-running", await host.Refused($"mutation {{ startParty(room: \"{lobby.Id}\") {{ id }} }}"));
        await Task.WhenAll(guests.Select(g => g.Come(one)));
        await host.Direct(one, "begin: true");
        foreach (var guest in guests) await guest.UntilMeeting(1);
        var (goes, left) = (guests[0], guests.Single(g => g.Id == guests[0].Partner));
        Assert.Equal("in", (await goes.Enter(other)).State);
        Assert.Equal("left", (await goes.Ask(one))!.State);
        await left.Until(() => left.Part is { State: "waiting", Meeting: null, Ended.Why: "left" }, "to be told");
        // Both at once, from two windows: never at both.
        await Task.WhenAll(goes.Enter(one), goes.Enter(other));
        Assert.Contains("left", new[] { (await goes.Ask(one))!.State, (await goes.Ask(other))!.State });
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task NobodyLosesASecondToAPauseAndTwoWhoBothWantMoreTimeHaveItWithoutKeepingTheOthers()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Producer), app.Url);
        var guests = await Guest.Attend(scene, app, 6);
        var party = await host.Start(scene.Stage.Id, "minutes: 3, rounds: 3");
        await Task.WhenAll(guests.Select(g => g.Come(party)));
        await host.Direct(party, "begin: true");
        foreach (var guest in guests) await guest.UntilMeeting(1);
        await guests[0].UntilPhase("talk", 1);

        var before = guests[0].Part!.Meeting!;
        await host.Direct(party, "pause: true");
        await guests[0].Until(() => guests[0].Now is { Phase: "paused", Paused: "talk", Until: null, Left: > 0 }, "the pause");
        var left = guests[0].Now!.Left!.Value;
        await host.Direct(party, "resume: true");
        await guests[0].Until(() => guests[0].Now is { Phase: "talk", Until: not null }, "the clocks to go on");
        var after = (await guests[0].Ask(party))!.Meeting!;
        Assert.Equal((before.Id, before.From), (after.Id, after.From));
        Assert.True(after.Until > before.Until);
        Assert.InRange(guests[0].Now!.Until!.Value - before.Until, 1, 3_000 - left + 3_000);
        Assert.Equal(guests[0].Now!.Until!.Value, after.Until);

        var other = guests.Single(g => g.Id == guests[0].Partner);
        Assert.True((await guests[0].AskForMore(party)).Meeting!.IAskedForMore);
        await other.Until(() => other.Part!.Meeting!.Asked.Contains(guests[0].Id), "to be told that the other would like more time");
        Assert.False(other.Part!.Meeting!.Extended);
        var longer = (await other.AskForMore(party)).Meeting!;
        Assert.Equal((true, after.Until + 1_500), (longer.Extended, longer.Until));

        foreach (var guest in guests.Where(g => g != guests[0] && g != other)) await guest.UntilMeeting(2);
        Assert.Equal("meeting", (await guests[0].Ask(party))!.State);
        Assert.Equal(longer.Id, (await guests[0].Ask(party))!.Meeting!.Id);
        await guests[0].Until(() => guests[0].Part is { State: "waiting" }, "the longer meeting to be over");
        Assert.True(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() >= longer.Until);
        await guests[0].UntilMeeting(3);
        await host.Direct(party, "bringBack: 0");
        await guests[0].UntilPhase("over", 3);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task SpeakersModeratorsAndCrewStartAndDirectAPartyAndNobodyElse()
    {
        var scene = await Scene.Arrange(app);
        var next = await Scene.Arrange(app);
        await using var attendee = await Guest.Attend(scene, await scene.Attendee(), app.Url);
        await using var stranger = await Guest.Attend(next, await next.Attendee(), app.Url);
        var start = $"mutation {{ startParty(room: \"{scene.Stage.Id}\") {{ id }} }}";
        Assert.Equal("forbidden", await attendee.Refused(start));
        Assert.Equal("not-found", await stranger.Refused(start));
        foreach (var role in (EventRole[])[EventRole.Speaker, EventRole.Moderator, EventRole.Producer, EventRole.Organizer])
        {
            await using var host = await Guest.Attend(scene, await scene.Granted(role), app.Url);
            var party = await host.Start(scene.Stage.Id);
            Assert.Equal("party-running", await host.Refused(start));
            Assert.Equal("too-few", await host.Refused(Guest.Directing(party, "begin: true")));
            Assert.Equal("not-now", await host.Refused(Guest.Directing(party, "extendAll: 1")));
            foreach (var command in (string[])["", "begin: true, end: true", "end: false", "bringBack: 121", "extendAll: 16", "message: \"\""])
                Assert.Equal("invalid-input", await host.Refused(Guest.Directing(party, command)));
            foreach (var query in (string[])[Guest.Directing(party, "end: true"), $"{{ partyHealth(party: \"{party}\") {{ here }} }}"])
            {
                Assert.Equal("forbidden", await attendee.Refused(query));
                Assert.Equal("not-found", await stranger.Refused(query));
            }
            foreach (var query in (string[])[
                $"mutation {{ enterParty(party: \"{party}\") {{ state }} }}", $"mutation {{ readyForParty(party: \"{party}\") {{ state }} }}", $"{{ party(id: \"{party}\") {{ id }} }}",
                $"{{ partyOf(room: \"{scene.Stage.Id}\") {{ id }} }}", $"{{ partySummary(party: \"{party}\") {{ rounds }} }}"])
                Assert.Contains(await stranger.Refused(query), (string[])["not-found", "not-in-party"]);
            Assert.Equal("not-in-party", await attendee.Refused($"mutation {{ readyForParty(party: \"{party}\") {{ state }} }}"));
            Assert.Null(await attendee.Ask(party));
            await host.Direct(party, "message: \"Welcome!\"");
            Assert.Equal("Welcome!", (string)(await attendee.Graph($"{{ party(id: \"{party}\") {{ message {{ text by at }} viewerMayDirect }} }}"))["party"]!["message"]!["text"]!);
            await host.Direct(party, "end: true");
        }
        foreach (var settings in (string[])["minutes: 0", "minutes: 16", "rounds: 0", "rounds: 11", "mode: GROUPS", "mode: GROUPS, groups: [\"a\", \"A\"]", "checkInSeconds: 1"])
        {
            await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
            Assert.Equal("invalid-input", await host.Refused($"mutation {{ startParty(room: \"{scene.Stage.Id}\", settings: {{ {settings} }}) {{ id }} }}"));
        }
    }
}

public sealed class PartyFactsOnSqlite(SqliteApp app) : PartyFacts(app);

public sealed class PartyFactsOnPostgres(PostgresApp app) : PartyFacts(app);
