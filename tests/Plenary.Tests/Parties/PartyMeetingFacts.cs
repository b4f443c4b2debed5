using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Events;
using Plenary.Parties;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Parties;

/// <summary>The calls of a party's meetings, and what is known of those who do not come.</summary>
public abstract class PartyMeetingFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<Entered> Call(Guest guest, Guid meeting) =>
        guest.Live.Hub.InvokeAsync<Entered>("EnterCall", new EnterCallRequest(meeting.ToString(), Guid.CreateVersion7().ToString(), true, null), Cancellation);

    [Fact]
    public async Task ThePeopleOfAMeetingAreInItsCallNobodyElseAndNobodyAfterwards()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Organizer), app.Url);
        var guests = await Guest.Attend(scene, app, 4);
        var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 3");
        await Task.WhenAll(guests.Select(g => g.Come(party)));
        await host.Direct(party, "begin: true");
        foreach (var guest in guests) await guest.UntilMeeting(1);
        var (ann, ben) = (guests[0], guests.Single(g => g.Id == guests[0].Partner));
        var others = guests.Where(g => g != ann && g != ben).ToArray();
        var meeting = ann.Part!.Meeting!.Id;
        foreach (var stranger in (Guest[])[host, .. others])
            Assert.Equal("not-found", await LiveClient.Refused(() => Call(stranger, meeting)));

        var left = new TaskCompletionSource<CallEnded>();
        using var hears = ben.Live.Hub.On<CallEnded>("CallEnded", left.SetResult);
        await Call(ann, meeting);
        Assert.Equal(2, (await Call(ben, meeting)).Peers.Count);
        await ann.UntilPhase("talk", 1);
        var health = $"{{ partyHealth(party: \"{party}\") {{ here ready meetings connected alone failed extended waiting left endedEarly }} }}";
        while ((int)(await host.Graph(health))["partyHealth"]!["connected"]! < 1) await Task.Delay(50, Cancellation);
        Assert.Equal("{\"here\":4,\"ready\":4,\"meetings\":2,\"connected\":1,\"alone\":0,\"failed\":1,\"extended\":0,\"waiting\":0,\"left\":0,\"endedEarly\":0}", (await host.Graph(health))["partyHealth"]!.ToJsonString());

        await ann.Leave(party);
        Assert.Equal("meeting-over", (await left.Task.WaitAsync(TimeSpan.FromSeconds(90), Cancellation)).Code);
        foreach (var one in (Guest[])[ann, ben]) Assert.Equal("not-found", await LiveClient.Refused(() => Call(one, meeting)));
        Assert.Equal("not-in-meeting", await ben.Refused($"mutation {{ askForMoreTime(party: \"{party}\", meeting: \"{meeting}\") {{ state }} }}"));
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task WhoLetsSomebodySitAloneIsNotMatchedAgainUntilTheyAreReadyAndAnOddOneMeetsTheHost()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
        var guests = await Guest.Attend(scene, app, 4);
        var party = await host.Start(scene.Stage.Id, "minutes: 2, rounds: 3, hostJoins: true");
        await host.Enter(party);
        await Task.WhenAll(guests.Select(g => g.Come(party)));
        await host.Direct(party, "begin: true");
        foreach (var guest in guests) await guest.UntilMeeting(1);
        Assert.Null(host.Part?.Meeting);
        var (ann, absent) = (guests[0], guests.Single(g => g.Id == guests[0].Partner));
        await Call(ann, ann.Part!.Meeting!.Id);

        await absent.Until(() => absent.Part is { State: "in", Meeting: null }, "not to be matched any more");
        // Three are left: nobody waits, and nobody is in a trio.
        await host.UntilMeeting(2);
        Assert.Single(host.Part!.Meeting!.People);
        var with = guests.Where(g => g != absent).ToArray();
        foreach (var guest in with) await guest.UntilMeeting(2);
        Assert.Contains(with, g => g.Partner == host.Id);
        Assert.Null((await absent.Ask(party))!.Meeting);
        await absent.Ready(party);
        await absent.UntilMeeting(3);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task WhoIsNotOfTheEventAnyMoreIsNotOfThePartyAndWhoMetAtOneOfItsPartiesDoesNotMeetAtTheNext()
    {
        var scene = await Scene.Arrange(app);
        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
        var guests = await Guest.Attend(scene, app, 5);
        var pairs = new List<(Guid, Guid)>();
        for (var n = 1; n <= 2; n++)
        {
            var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 1");
            await Task.WhenAll(guests.Select(g => g.Come(party)));
            if (n == 1) await scene.Cancel(guests[4].Person);
            await host.Direct(party, "begin: true");
            foreach (var guest in guests[..4])
            {
                await guest.Until(() => guest.Part is { } part && part.Party == party && part.Meeting is { People.Length: 1 }, "a meeting");
                pairs.Add(LiveParty.Pair(guest.Id, guest.Partner));
            }
            if (n == 1) Assert.Equal("left", (await guests[4].Ask(party))!.State);
            await host.Direct(party, "end: true");
            await guests[0].Until(() => guests[0].Now is { Phase: "over" } now && now.Id == party, "the end");
            await using var db = app.OpenDb();
            Assert.True(await db.Set<Party>().AnyAsync(p => p.Id == party && p.Phase == PartyPhase.Over && p.OpenIn == null, Cancellation));
            if (n == 1)
            {
                await guests[4].DisposeAsync();
                guests = guests[..4];
            }
        }
        Assert.Equal(4, pairs.Distinct().Count());
        foreach (var guest in guests) await guest.DisposeAsync();
    }
}

public sealed class PartyMeetingFactsOnSqlite(SqliteApp app) : PartyMeetingFacts(app);

public sealed class PartyMeetingFactsOnPostgres(PostgresApp app) : PartyMeetingFacts(app);
