using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Plenary.Calls;
using Plenary.Calls.Janus;
using Plenary.Events;
using Plenary.Load.Media;
using Plenary.Platform.Live;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>A call through two real Janus servers, by clients without a camera: what is answered, and where the call goes when its server goes.</summary>
[Trait("Speed", "Slow")]
public sealed class JanusCallFacts
{
    /// <summary>What a browser offers that sends a sound and a picture; nobody is behind it.</summary>
    private const string Offer =
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + Section + "a=mid:0\r\na=rtpmap:111 opus/48000/2\r\n"
        + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n" + Section + "a=mid:1\r\na=rtpmap:96 VP8/90000\r\n";

    private const string Section = "c=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa\r\na=fingerprint:sha-256 "
        + "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\na=setup:actpass\r\na=sendonly\r\na=rtcp-mux\r\n";

    [Fact]
    public async Task ACallGoesOnAtAnotherServerWhenItsOwnIsLostOrEmptied()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        await using var first = await JanusServer.StartAsync();
        await using var second = await JanusServer.StartAsync();
        await using var server = await ServerProcess.StartAsync(null, "--Media:Janus", $"{first.Url},{second.Url}", "--Media:JanusSecret", JanusServer.Secret, "--Media:JanusRoomsKey", JanusServer.RoomsKey);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        await using var ada = new Caller(await scene.Enter(await scene.Granted(EventRole.Speaker)));
        var person = await scene.Granted(EventRole.Speaker);
        await using var ben = new Caller(await scene.Enter(person));
        await using var viewer = new Caller(await scene.Enter(await scene.Attendee()));

        // In, and what is said is answered by Janus; between peers nothing is said.
        var entered = await ada.Enter();
        Assert.Equal(("janus", true, 12), (entered.Engine, entered.Publishes, entered.Most));
        await ben.Enter();
        Assert.False((await viewer.Enter(publish: false)).MayPublish);
        await Published(ada, 1);
        Assert.Equal("may-not-publish", await LiveClient.Refused(() => viewer.Say(null, "offer", new { n = 1, sdp = Offer })));
        Assert.Equal("not-between-peers", await LiveClient.Refused(() => ada.Say(ben.Peer, "offer", new { n = 1, sdp = Offer })));
        Assert.Equal("invalid-input", await LiveClient.Refused(() => ada.Say(null, "nonsense", new { n = 1 })));
        Assert.Equal("media-refused", await LiveClient.Refused(() => ada.Say(null, "offer", new { n = 9, sdp = "v=0" })));
        await viewer.Say(null, "subscribe", new { n = 1, want = new[] { new { peer = ada.Peer, track = "camera/video", layer = 1 } } }); // nothing arrives of it; it is only wanted

        // A right that is taken is taken at Janus too: what the peer sent is gone from there.
        await Published(ben, 1);
        await AreIn(3, scene.Stage.Id, first, second); // both, and the server's ear
        await scene.Save(new EventRoleGrant { EventId = scene.Event.Id, PersonId = person.Id, Role = EventRole.Attendee });
        await using (var db = server.OpenDb())
        {
            db.RemoveRange(db.Set<EventRoleGrant>().Where(g => g.PersonId == person.Id && g.Role == EventRole.Speaker));
            db.AddAccessChanged(scene.Event.Id, person.Id, TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var taken = Stopwatch.StartNew();
        await ada.Until(() => ada.Peers.All(p => p.Peer != ben.Peer || !p.Publishes), "that the other sends no more");
        await AreIn(2, scene.Stage.Id, first, second);
        TestContext.Current.TestOutputHelper?.WriteLine($"taken after {taken.Elapsed.TotalSeconds:0.0} s");

        // Its server is killed.
        var (at, other) = await Killed(ada, first, second);
        await ada.Until(() => ada.Heard<CallMove>().Count > 0 && viewer.Heard<CallMove>().Count > 0, "that the call moves", 15);
        var moved = await ada.Enter();
        Assert.True(moved.Resumed);
        Assert.NotEqual(entered.Access, moved.Access);
        await viewer.Enter(publish: false);
        await Published(ada, 2);
        await ada.Say(null, "moved", new { });

        // The lost one is back, and the other is to be emptied.
        await at.StartAgain();
        await other.Drain();
        await ada.Until(() => ada.Heard<CallMove>().Count > 1, "that the call moves back", 15);
        await ada.Enter();
        await Published(ada, 3);
    }

    /// <summary>Returns when so many are in the call's room, over all servers.</summary>
    private static async Task AreIn(int count, Guid call, params JanusServer[] servers)
    {
        var found = -1;
        for (var began = Stopwatch.StartNew(); began.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            found = 0;
            foreach (var server in servers) found += await Participants(server, call);
            if (found == count) return;
        }
        Assert.Equal(count, found);
    }

    /// <summary>How many are in the call's room at this server.</summary>
    private static async Task<int> Participants(JanusServer at, Guid call)
    {
        var settings = new JanusSettings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Media:JanusRoomsKey"] = JanusServer.RoomsKey }).Build());
        await using var socket = await JanusSocket.Connect(new(at.Url), JanusServer.Secret, TimeProvider.System, TestContext.Current.CancellationToken);
        var handle = await (await JanusSession.Create(socket)).Attach(_ => { });
        return (await VideoRoom.List(handle, settings)).GetValueOrDefault(call.ToString());
    }

    private static async Task Published(Caller caller, int n)
    {
        await caller.Say(null, "offer", new { n, sdp = Offer, tracks = new[] { new { mid = "0", track = "microphone/audio" }, new { mid = "1", track = "camera/video" } } });
        await caller.Until(() => caller.Signals.Any(s => s.Kind == "answer" && JsonElement.Parse(s.Data).GetProperty("n").GetInt32() == n), "an answer");
        Assert.Contains("a=recvonly", JsonElement.Parse(caller.Signals.Last(s => s.Kind == "answer").Data).GetProperty("sdp").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Kills the server at which the call is; answers it and the other. Only one can be: the other's death moves nobody.</summary>
    private static async Task<(JanusServer At, JanusServer Other)> Killed(Caller caller, JanusServer first, JanusServer second)
    {
        var sdp = JsonElement.Parse(caller.Signals.Last(s => s.Kind == "answer").Data).GetProperty("sdp").GetString()!;
        var ports = sdp.Split("\r\n").Where(l => l.StartsWith("a=candidate:", StringComparison.Ordinal)).Select(l => int.Parse(l.Split(' ')[5], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(ports);
        var (at, other) = first.Carries(ports[0]) ? (first, second) : (second, first);
        Debug.Assert(at.Carries(ports[0]));
        await at.Kill();
        return (at, other);
    }
}
