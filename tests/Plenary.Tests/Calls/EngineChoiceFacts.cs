using Plenary.Calls;
using Plenary.Load.Media;
using Plenary.Networking.Meetings;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>Calls of a few begin between their browsers, and move to a real Janus when that is not enough.</summary>
[Trait("Speed", "Slow")]
public sealed class EngineChoiceFacts
{
    [Fact]
    public async Task ACallMovesToTheServerWhenTwoDoNotReachEachOtherOrAFourthComes()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        await using var janus = await JanusServer.StartAsync();
        await using var server = await ServerProcess.StartAsync(null, janus.Settings);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var (ada, ben) = (await scene.Attendee("Ada A"), await scene.Attendee("Ben B"));
        var now = TimeProvider.System.GetUtcNow();
        var meetings = Enumerable.Range(0, 2).Select(_ => new Meeting { EventId = scene.Event.Id, ById = ada.Id, WithId = ben.Id, StartsAt = now, EndsAt = now.AddMinutes(15), State = MeetingState.Accepted, AskedAt = now }).ToArray();
        await scene.Save([.. meetings]);

        // Between the browsers, although there is a Janus; a room's call is there as always.
        await using var adas = new Caller(await scene.Connect(ada)) { Call = meetings[0].Id };
        await using var bens = new Caller(await scene.Connect(ben)) { Call = meetings[0].Id };
        Assert.Equal(("mesh", 8), (await adas.Enter()) is var first ? (first.Engine, first.Most) : default);
        Assert.Equal("mesh", (await bens.Enter()).Engine);
        await using var viewer = new Caller(await scene.Enter(ada));
        Assert.Equal("janus", (await viewer.Enter()).Engine);

        // One of them says that they find no way: both are asked to enter again, and are at Janus then.
        await bens.Say(null, "unreachable", new { peer = adas.Peer });
        foreach (var one in new[] { adas, bens })
        {
            await one.Until(() => one.Heard<CallMove>().Count > 0, "to be moved");
            var moved = await one.Enter();
            Assert.Equal(("janus", true, 12), (moved.Engine, moved.Resumed, moved.Most));
            Assert.NotNull(moved.Access);
        }
        Assert.Equal("not-between-peers", await LiveClient.Refused(() => adas.Offer(bens.Peer)));
        Assert.Equal([adas.Peer, bens.Peer], adas.Peers.Select(p => p.Peer));

        // When all have left, the next begin between themselves again.
        await adas.Leave();
        await bens.Leave();
        await using var again = new Caller(await scene.Connect(ada)) { Call = meetings[0].Id };
        Assert.Equal("mesh", (await again.Enter()).Engine);

        // Four are more than a few: two windows of each.
        var four = new List<Caller>();
        foreach (var person in new[] { ada, ben, ada, ben }) four.Add(new(await scene.Connect(person)) { Call = meetings[1].Id });
        foreach (var one in four) Assert.Contains((await one.Enter()).Engine, new[] { "mesh", "janus" });
        foreach (var one in four)
        {
            if ((await one.Enter()).Engine == "janus") continue;
            await one.Until(() => one.Heard<CallMove>().Count > 0, "to be moved");
            Assert.Equal("janus", (await one.Enter()).Engine);
        }
        foreach (var one in four) await one.DisposeAsync();
    }

    [Fact]
    public async Task WithoutAServerOfMediaACallStaysBetweenTheBrowsers()
    {
        await using var server = await ServerProcess.StartAsync(null);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var (ada, ben) = (await scene.Attendee(), await scene.Attendee());
        var now = TimeProvider.System.GetUtcNow();
        var meeting = new Meeting { EventId = scene.Event.Id, ById = ada.Id, WithId = ben.Id, StartsAt = now, EndsAt = now.AddMinutes(15), State = MeetingState.Accepted, AskedAt = now };
        await scene.Save(meeting);
        var callers = new List<Caller>();
        for (var i = 0; i < 8; i++)
        {
            callers.Add(new(await scene.Connect(i % 2 == 0 ? ada : ben)) { Call = meeting.Id });
            Assert.Equal(("mesh", true), (await callers[i].Enter()) is var entered ? (entered.Engine, entered.Publishes) : default);
        }
        await callers[0].Say(null, "unreachable", new { peer = callers[1].Peer });
        Assert.Equal("only-between-peers", await LiveClient.Refused(() => callers[0].Say(null, "candidates", new { })));
        Assert.True((await callers[0].Enter()).Resumed);
        Assert.Empty(callers[0].Heard<CallMove>());
        foreach (var one in callers) await one.DisposeAsync();
    }
}
