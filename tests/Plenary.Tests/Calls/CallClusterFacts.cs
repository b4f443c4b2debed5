using Plenary.Events;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>A call over several processes: it is one call, and outlives any of them.</summary>
[Trait("Speed", "Slow")]
public sealed class CallClusterFacts(PostgresApp app)
{
    [Fact]
    public async Task ThePeersOfAProcessThatDiesComeBackUnnoticedOrAreGone()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await app.CreateDatabaseAsync());
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var callers = new List<Caller>();
        foreach (var process in (int[])[0, 1, 2, 2])
        {
            var live = await new LiveClient(cluster[process].Url, scene.Sessions.Cookie((await scene.Granted(EventRole.Speaker)).Id)).Start();
            await live.Join(scene.Stage.Id);
            callers.Add(new(live));
        }
        foreach (var caller in callers) await caller.Enter();
        var (ada, ben, comesBack, isLost) = (callers[0], callers[1], callers[2], callers[3]);
        await ada.Until(() => ada.Peers.Count() == 4, "everybody");
        for (var i = 0; i < 20; i++) await ada.Say(comesBack.Peer, "candidate", new { i });
        await comesBack.Until(() => comesBack.Signals.Count == 20, "what was said in another process");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{{\"i\":{i}}}"), comesBack.Signals.Select(s => s.Data));

        await cluster[2].Kill();
        // One of them comes back to another process, as the peer that it was; the other never does.
        var again = new Caller(await new LiveClient(cluster[1].Url, comesBack.Live.Cookie).Start()) { Peer = comesBack.Peer };
        await again.Live.Join(scene.Stage.Id);
        await again.UntilEntered();
        await ada.Until(() => !ada.Sees(isLost) && ada.Sees(again) && ada.Sees(ben), "who is left", 40);
        await ben.Until(() => !ben.Sees(isLost) && ben.Sees(again), "who is left", 40);
        Assert.DoesNotContain(ada.Heard<Plenary.Calls.CallPeers>().SkipWhile(l => !l.Peers.Any(p => p.Peer == again.Peer)), l => !l.Peers.Any(p => p.Peer == again.Peer) || !l.Peers.Any(p => p.Peer == ben.Peer));

        await again.Say(ada.Peer, "candidate", new { hello = true });
        await ada.Until(() => ada.Signals.Any(s => s.From == again.Peer), "a word of who came back");
        await again.DisposeAsync();
        foreach (var caller in callers) await caller.DisposeAsync();
    }
}
