using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Calls;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>Who is in a call and what they are told of each other; nobody here has a camera.</summary>
public abstract class CallFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LiveCalls Calls => app.Services.GetRequiredService<LiveCalls>();

    [Fact]
    public async Task ThoseInACallKnowOfEachOtherAndHearEachOtherInOrder()
    {
        var scene = await Scene.Arrange(app);
        await using var ada = await Enter(scene, await scene.Granted(EventRole.Speaker));
        await using var ben = await Enter(scene, await scene.Granted(EventRole.Speaker), json: true);
        var entered = await ada.Enter();
        Assert.Equal(("mesh", ada.Peer, true, true, false), (entered.Engine, entered.Peer, entered.MayPublish, entered.Publishes, entered.Resumed));
        Assert.Equal([ada.Peer], entered.Peers.Select(p => p.Peer));
        Assert.Equal([ada.Peer, ben.Peer], (await ben.Enter()).Peers.Select(p => p.Peer));
        await ada.Until(() => ada.Sees(ben), "the other");

        for (var i = 0; i < 30; i++) await ada.Say(ben.Peer, "candidate", new { i });
        await ben.Until(() => ben.Signals.Count == 30, "thirty signals");
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (ada.Peer, $"{{\"i\":{i}}}")), ben.Signals.Select(s => (s.From!.Value, s.Data)));
        Assert.Empty(ada.Signals);

        await ben.Tracks(new("a", "microphone"), new("b", "camera", true));
        await ada.Until(() => ada.Peers.Single(p => p.Peer == ben.Peer).Tracks is [{ Kind: "microphone", Muted: false }, { Id: "b", Muted: true }], "the tracks");

        await ben.Leave();
        await ada.Until(() => !ada.Sees(ben), "that the other is gone");
        Assert.Equal("peer-gone", await LiveClient.Refused(() => ada.Offer(ben.Peer)));
        Assert.Equal("not-in-call", await LiveClient.Refused(() => ben.Offer(ada.Peer)));
        Assert.Equal("peer-over", await LiveClient.Refused(() => ben.Enter()));
        Assert.False((await ben.Anew().Enter()).Resumed);
        await ada.Until(() => ada.Sees(ben), "the other again");
    }

    [Fact]
    public async Task WhoMayOnlyWatchIsNeitherTakenForAPublisherNorHandedOn()
    {
        var scene = await Scene.Arrange(app);
        await using var speaker = await Enter(scene, await scene.Granted(EventRole.Speaker));
        await using var attendee = await Enter(scene, await scene.Attendee());
        await speaker.Enter();
        var entered = await attendee.Enter(publish: true);
        Assert.Equal((false, false), (entered.MayPublish, entered.Publishes));
        Assert.Equal("may-not-publish", await LiveClient.Refused(() => attendee.Offer(speaker.Peer)));
        Assert.Equal("may-not-publish", await LiveClient.Refused(() => attendee.Say(speaker.Peer, "answer", new { sdp = "v=0\r\nm=video 9 x 96\r\n" })));
        Assert.Equal("may-not-publish", await LiveClient.Refused(() => attendee.Say(speaker.Peer, "offer", new { })));
        Assert.Equal("may-not-publish", await LiveClient.Refused(() => attendee.Tracks(new CallTrack("a", "camera"))));
        await attendee.Offer(speaker.Peer, Caller.Listens);
        await speaker.Until(() => speaker.Signals.Count > 0, "the offer of somebody who listens");
        Assert.Equal(Caller.Listens, Assert.Single(speaker.Signals).Data is var data ? System.Text.Json.JsonDocument.Parse(data).RootElement.GetProperty("sdp").GetString() : "");
    }

    [Fact]
    public async Task ARightThatIsTakenIsTakenWithinASecond()
    {
        var scene = await Scene.Arrange(app);
        var ben = await scene.Granted(EventRole.Speaker);
        var benToo = await scene.Attendee();
        await using var ada = await Enter(scene, await scene.Granted(EventRole.Producer));
        await using var publisher = await Enter(scene, ben);
        await using var guest = await Enter(scene, benToo);
        await scene.Save(new EventRoleGrant { EventId = scene.Event.Id, PersonId = benToo.Id, Role = EventRole.Speaker });
        await Change(scene, benToo.Id, _ => { });
        await ada.Enter();
        await publisher.Enter();
        await publisher.Tracks(new CallTrack("c", "camera"));
        await guest.Enter();
        await ada.Until(() => ada.Peers.Count(p => p.Publishes) == 3 && ada.Peers.Any(p => p.Tracks.Count > 0), "three publishers");

        // The guest stays in the room, for which a registration is enough, and is seen no more.
        var started = TimeProvider.System.GetTimestamp();
        await Change(scene, benToo.Id, db => db.RemoveRange(db.Set<EventRoleGrant>().Where(g => g.PersonId == benToo.Id)));
        await ada.Until(() => ada.Peers.Single(p => p.Peer == guest.Peer) is { Publishes: false, MayPublish: false }, "that the guest does not publish");
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 3); // measured far below one; the machine may be busy
        Assert.Equal("may-not-publish", await LiveClient.Refused(() => guest.Offer(ada.Peer)));
        await guest.Offer(ada.Peer, Caller.Listens);

        // The speaker is nobody at the event any more: out of the room, and so out of the call.
        await Change(scene, ben.Id, db => db.RemoveRange(db.Set<EventRoleGrant>().Where(g => g.PersonId == ben.Id)));
        await ada.Until(() => !ada.Sees(publisher), "that the speaker is out");
        Assert.Equal("not-joined", await LiveClient.Refused(() => publisher.Offer(ada.Peer)));
        Assert.Equal("peer-gone", await LiveClient.Refused(() => ada.Offer(publisher.Peer)));
    }

    [Fact]
    public async Task WhoIsPutOutIsToldWhyAndComesBackOnlyAsANewPeer()
    {
        var scene = await Scene.Arrange(app);
        var ben = await scene.Granted(EventRole.Speaker);
        await using var ada = await Enter(scene, await scene.Granted(EventRole.Moderator));
        await using var tab = await Enter(scene, ben);
        await using var otherTab = await Enter(scene, ben);
        foreach (var one in new[] { ada, tab, otherTab }) await one.Enter();
        await Calls.Kick(scene.Stage.Id, ben.Id);
        foreach (var one in new[] { tab, otherTab })
        {
            await one.Until(() => one.Heard<CallEnded>() is [{ Code: "removed-from-call", Message.Length: > 0 }], "why it is out");
            Assert.Equal("peer-over", await LiveClient.Refused(() => one.Enter()));
            Assert.Equal("not-in-call", await LiveClient.Refused(() => one.Offer(ada.Peer)));
        }
        await ada.Until(() => ada.Peers.Count() == 1, "to be alone");
        await tab.Anew().Enter();
        await Calls.End(scene.Stage.Id, new Refusal("call-over", 409, "The stage is closed."));
        await ada.Until(() => ada.Heard<CallEnded>() is [{ Code: "call-over" }], "the end");
        Assert.Empty(await Calls.Peers(scene.Stage.Id));
    }

    [Fact]
    public async Task WhoeverLosesTheConnectionComesBackAsTheSamePeerAndNobodyNotices()
    {
        var scene = await Scene.Arrange(app);
        var ben = await scene.Granted(EventRole.Speaker);
        await using var ada = await Enter(scene, await scene.Granted(EventRole.Speaker));
        await using var lost = await Enter(scene, ben);
        await ada.Enter();
        await lost.Enter();
        await lost.Tracks(new CallTrack("c", "camera"));
        await ada.Until(() => ada.Peers.Any(p => p.Tracks.Count > 0), "the tracks");
        var lists = ada.Heard<CallPeers>().Count;

        await lost.Live.Drop();
        while (await Signalled(ada, lost) is not "peer-away") await Task.Delay(20, Cancellation);
        await lost.Live.Start();
        await lost.Live.Join(scene.Stage.Id);
        var entered = await lost.Enter();
        Assert.True(entered.Resumed);
        Assert.Equal("camera", Assert.Single(entered.Peers.Single(p => p.Peer == lost.Peer).Tracks).Kind);
        await ada.Offer(lost.Peer);
        await lost.Until(() => lost.Signals.Count > 0, "the offer");
        Assert.Equal(lists, ada.Heard<CallPeers>().Count);

        // A page that is loaded anew says which peer it was before, and nobody sees both.
        var before = lost.Peer;
        Assert.Equal([ada.Peer, lost.Anew().Peer], (await lost.Enter(previous: before)).Peers.Select(p => p.Peer));

        // Somebody else cannot come back as this peer.
        await using var thief = await Enter(scene, await scene.Granted(EventRole.Speaker));
        var own = thief.Peer;
        await Assert.ThrowsAnyAsync<Exception>(() => thief.Live.Hub.InvokeAsync<Entered>("EnterCall", new EnterCallRequest(scene.Stage.Id.ToString(), lost.Peer.ToString(), true), Cancellation));
        Assert.Equal(own, (await thief.Enter(previous: lost.Peer)).Peer);
        await ada.Until(() => ada.Sees(thief) && ada.Sees(lost), "all three");
    }

    [Fact]
    public async Task WhoStaysAwayIsGoneAfterAWhile()
    {
        var scene = await Scene.Arrange(app);
        await using var ada = await Enter(scene, await scene.Granted(EventRole.Speaker));
        await using var lost = await Enter(scene, await scene.Granted(EventRole.Speaker));
        await ada.Enter();
        await lost.Enter();
        await ada.Until(() => ada.Sees(lost), "the other");
        await lost.Live.Drop();
        await ada.Until(() => !ada.Sees(lost), "that the other is gone");
        await lost.Live.Start();
        await lost.Live.Join(scene.Stage.Id);
        Assert.False((await lost.Enter()).Resumed);
    }

    [Fact]
    public async Task AMeshTakesSixWhoAreSeenAndTenInAll()
    {
        var scene = await Scene.Arrange(app);
        var callers = new List<Caller>();
        for (var i = 0; i < 7; i++) callers.Add(await Enter(scene, await scene.Granted(EventRole.Speaker)));
        foreach (var caller in callers[..6]) await caller.Enter();
        Assert.Equal("stage-full", await LiveClient.Refused(() => callers[6].Enter()));
        Assert.False((await callers[6].Enter(publish: false)).Publishes);
        // Somebody makes place.
        await callers[0].Enter(publish: false);
        Assert.True((await callers[6].Enter()).Publishes);
        for (var i = 7; i < 10; i++)
        {
            callers.Add(await Enter(scene, await scene.Attendee()));
            await callers[i].Enter();
        }
        callers.Add(await Enter(scene, await scene.Attendee()));
        Assert.Equal("call-full", await LiveClient.Refused(() => callers[10].Enter()));
        foreach (var caller in callers) await caller.DisposeAsync();
    }

    [Fact]
    public async Task NonsenseIsRefusedAndHurtsNobody()
    {
        var scene = await Scene.Arrange(app);
        await using var ada = await Enter(scene, await scene.Granted(EventRole.Speaker));
        await using var outside = await scene.Connect(await scene.Attendee());
        var stranger = new Caller(outside);
        Assert.Equal("invalid-input", await LiveClient.Refused(() => stranger.Live.Hub.InvokeAsync("EnterCall", new EnterCallRequest("x", "y"), Cancellation)));
        Assert.Equal("not-joined", await LiveClient.Refused(() => stranger.Live.Hub.InvokeAsync("EnterCall", new EnterCallRequest(scene.Stage.Id.ToString(), Guid.CreateVersion7().ToString()), Cancellation)));
        Assert.Equal("not-in-call", await LiveClient.Refused(() => ada.Offer(Guid.CreateVersion7())));
        await ada.Enter();
        foreach (var (kind, data) in new (string?, string?)[] { (null, "{}"), ("", "{}"), ("Offer", "{}"), ("offer", null), ("offer", "{"), ("candidate", new string('x', CallHub.LongestData + 1)) })
            Assert.Equal("invalid-input", await LiveClient.Refused(() => ada.SayText(ada.Peer, kind, data)));
        foreach (var tracks in new[] { "{}", "[]", "{\"tracks\":1}", "{\"tracks\":[{}]}", "{\"tracks\":[{\"id\":\"\",\"kind\":\"camera\"}]}", "{\"tracks\":[{\"id\":\"a\",\"kind\":\"eye\"}]}",
            "{\"tracks\":[{\"id\":\"a\",\"kind\":\"camera\"},{\"id\":\"a\",\"kind\":\"screen\"}]}" })
            Assert.Equal("invalid-input", await LiveClient.Refused(() => ada.SayText(null, "tracks", tracks)));
        Assert.Equal("only-between-peers", await LiveClient.Refused(() => ada.Say(null, "candidate", new { })));
        Assert.Equal("peer-gone", await LiveClient.Refused(() => ada.Offer(Guid.CreateVersion7())));
        await ada.SayText(ada.Peer, "candidate", $"\"{new string('x', CallHub.LongestData - 2)}\"");
        await ada.Until(() => ada.Signals.Count == 1, "what may be as long as this");
        Assert.Equal("too-many-requests", await LiveClient.Refused(async () =>
        {
            for (var i = 0; i < 1_000; i++) await ada.Say(ada.Peer, "candidate", new { });
        }));
    }

    private static async Task<Caller> Enter(Scene scene, Person person, bool json = false) => new(await scene.Enter(person, json));

    private static async Task<string> Signalled(Caller from, Caller to)
    {
        try
        {
            await from.Offer(to.Peer);
            return "";
        }
        catch (Microsoft.AspNetCore.SignalR.HubException no) when (no.Message.Contains("peer-away", StringComparison.Ordinal))
        {
            return "peer-away";
        }
    }

    /// <summary>Changes somebody's rights at the event as the product does: in one transaction with the word that has rooms look again.</summary>
    private async Task Change(Scene scene, Guid person, Action<Plenary.Platform.Database.Db> change)
    {
        await using var db = app.OpenDb();
        change(db);
        db.AddAccessChanged(scene.Event.Id, person, TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync(Cancellation);
    }
}

public sealed class CallFactsOnSqlite(SqliteApp app) : CallFacts(app);

public sealed class CallFactsOnPostgres(PostgresApp app) : CallFacts(app);

/// <summary>What the server reads of session descriptions.</summary>
public sealed class SdpFacts
{
    [Theory]
    [InlineData("", true)]
    [InlineData("v=0\r\n", true)]
    [InlineData("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", true)]
    [InlineData("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=recvonly\r\n", false)]
    [InlineData("v=0\nm=audio 9 UDP/TLS/RTP/SAVPF 111\na=recvonly\nm=video 9 x 96\n", true)]
    [InlineData("v=0\r\na=recvonly\r\nm=audio 9 x 111\r\nm=video 9 x 96\r\n", false)]
    [InlineData("v=0\r\na=recvonly\r\nm=audio 9 x 111\r\na=sendonly\r\nm=video 9 x 96\r\n", true)]
    [InlineData("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n", false)]
    [InlineData("v=0\r\nm=video 0 x 96\r\na=inactive\r\n", false)]
    [InlineData("v=0\r\nm=video 0 x 96\r\na=bundle-only\r\na=sendrecv\r\n", true)]
    [InlineData("v=0\r\nm=audio 9 x 111\r\na=recvonly\r\na=sendrecv\r\n", true)]
    public void WhoDoesNotSaySoClearlySends(string sdp, bool sends) => Assert.Equal(sends, Sdp.Sends(sdp));
}
