using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Calls.Janus;

/// <summary>A track that a browser wants, and in which of its sizes.</summary>
/// <param name="Peer">Whose.</param>
/// <param name="Track">The publisher's id of it.</param>
/// <param name="Layer">0 for the smallest, 2 for the largest.</param>
internal readonly record struct Wanted(Guid Peer, string Track, int Layer);

/// <summary>
/// What one browser receives, over one PeerConnection. The browser says what it wants, as a whole; this brings Janus there step by step: one request and at most
/// one unanswered offer at a time. A picture that takes another's place is switched, which needs no new description.
/// </summary>
/// <param name="room">Where it comes from.</param>
/// <param name="side">Whose it is.</param>
/// <param name="number">The client's number for this PeerConnection.</param>
/// <param name="clock">For how long a slow connection is spared.</param>
/// <param name="logger">For what Janus did not want.</param>
internal sealed class JanusSubscription(JanusRoom room, CallSide side, int number, TimeProvider clock, ILogger logger)
{
    /// <summary>A connection that was too slow for a size is tried with the next one after this long without trouble.</summary>
    internal static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private const int LargestLayer = 2;

    private readonly Lock gate = new();
    private SemaphoreSlim Turn { get; } = new(1); // not disposed: nothing waits on its handle
    private JanusHandle? handle;
    private bool joined;
    private Wanted[] wanted = [];
    private Received[] received = [];
    private string? unanswered;
    private int offers;
    private int ceiling = LargestLayer;
    private long slowAt;
    private bool dirty;
    private bool ended;

    public int Number { get; } = number;

    /// <summary>From now on the browser wants this.</summary>
    public void Want(Wanted[] these)
    {
        lock (gate) wanted = these;
        Wake();
    }

    /// <summary>Something that is wanted may have come or gone.</summary>
    public void Wake()
    {
        lock (gate) dirty = true;
        _ = Pump();
    }

    /// <summary>The browser's answer to an offer; one to an earlier offer is of no use.</summary>
    public async Task Answer(int offer, string sdp)
    {
        await Turn.WaitAsync();
        try
        {
            lock (gate)
            {
                if (offer != offers || unanswered is null) return;
                unanswered = null;
                dirty = true;
            }
            await handle!.Ask(new() { ["request"] = "start" }, new() { ["type"] = "answer", ["sdp"] = sdp });
        }
        finally
        {
            Turn.Release();
        }
        _ = Pump();
    }

    /// <summary>The browser may have missed what it was told last.</summary>
    public void Repeat()
    {
        string? sdp;
        lock (gate) sdp = unanswered;
        if (sdp is not null) Tell(sdp);
        else if (joined) Tell(null);
    }

    /// <summary>The browser lost its way to the server: another offer (ICE restart).</summary>
    public async Task Restart()
    {
        await Turn.WaitAsync();
        try
        {
            if (!joined) return;
            var reply = await handle!.Ask(new() { ["request"] = "configure", ["restart"] = true });
            Take(reply);
        }
        finally
        {
            Turn.Release();
        }
    }

    public Task Trickle(JsonArray candidates, bool complete) => handle?.Trickle(candidates, complete) ?? Task.CompletedTask;

    /// <summary>
    /// Looks whether a slow connection may be asked for more again, and whether a size that was asked for is still missing. Janus changes the size with the
    /// next key frame and asks the publisher for one only once; browsers pass over a request that comes within 0.3 s of another.
    /// </summary>
    public void Tick()
    {
        lock (gate)
        {
            var mayHaveMore = ceiling < LargestLayer && clock.GetElapsedTime(slowAt) >= Calm;
            if (mayHaveMore) (ceiling, slowAt) = (ceiling + 1, clock.GetTimestamp());
            if (!mayHaveMore && !received.Any(r => r.IsMissing(clock))) return;
            received = [.. received.Select(r => r.IsMissing(clock) ? r with { Layer = null } : r)];
        }
        Wake();
    }

    public async Task End()
    {
        lock (gate) ended = true;
        await Turn.WaitAsync();
        try
        {
            if (handle is not null) await handle.Detach();
        }
        finally
        {
            Turn.Release();
        }
    }

    private async Task Pump()
    {
        await Turn.WaitAsync();
        try
        {
            while (Due() is { } step) await step();
        }
#pragma warning disable CA1031 // A lost Janus is told to everybody by its node; whatever else it was, the next change tries again.
        catch (Exception error)
        {
            logger.LogInformation("Call {Room}: {Peer} could not be given what it wants: {Reason}", side.Room, side.Peer, error.Message);
        }
#pragma warning restore CA1031
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The next request on the way to what is wanted; null when that is reached, or when the browser has to answer first.</summary>
    private Func<Task>? Due()
    {
        lock (gate)
        {
            if (ended || !dirty || unanswered is not null) return null;
            var aims = Aims();
            if (!joined)
            {
                if (aims.Count > 0) return () => Join(aims);
                dirty = false;
                return null;
            }
            var lacking = aims.Where(a => !received.Any(r => r.Is(a))).ToList();
            var excess = received.Where(r => !aims.Exists(r.Is)).ToList();
            foreach (var lack in lacking)
                if (excess.Find(e => e.IsVideo == lack.Stream.IsVideo) is { } place) return () => Switch(place, lack);
            if (lacking.Count > 0 || excess.Count > 0) return () => Update(lacking, excess);
            var sizes = received.Select(r => (Received: r, Aim: aims.Find(r.Is))).Where(x => x.Aim.Stream.Simulcast && x.Received.Layer != Math.Min(x.Aim.Layer, ceiling)).ToList();
            if (sizes.Count > 0) return () => Resize([.. sizes.Select(x => (x.Received, Math.Min(x.Aim.Layer, ceiling)))]);
            dirty = false;
            return null;
        }
    }

    private List<Aim> Aims()
    {
        var aims = new List<Aim>(wanted.Length);
        foreach (var one in wanted)
            if (one.Peer != side.Peer && room.Find(one.Peer, one.Track) is { } found) aims.Add(new(found.Feed.Id, found.Stream, one.Layer));
        return aims;
    }

    private async Task Join(List<Aim> aims)
    {
        handle ??= await room.Node.Session.Attach(Hear);
        var reply = await handle.Ask(new() { ["request"] = "join", ["ptype"] = "subscriber", ["room"] = room.Room.Id, ["use_msid"] = false, ["streams"] = Names(aims) });
        joined = true;
        Take(reply);
    }

    private async Task Update(List<Aim> lacking, List<Received> excess)
    {
        var request = new JsonObject { ["request"] = "update" };
        if (lacking.Count > 0) request["subscribe"] = Names(lacking);
        if (excess.Count > 0) request["unsubscribe"] = new JsonArray([.. excess.Select(e => (JsonNode)new JsonObject { ["sub_mid"] = e.Mid })]);
        Take(await handle!.Ask(request));
        // What Janus does not have after all comes with the next news of its room.
        lock (gate) dirty = unanswered is not null || lacking.Exists(l => received.Any(r => r.Is(l)));
    }

    private async Task Switch(Received place, Aim aim)
    {
        await handle!.Ask(new()
        {
            ["request"] = "switch",
            ["streams"] = new JsonArray(new JsonObject { ["feed"] = aim.Feed, ["mid"] = aim.Stream.Mid, ["sub_mid"] = place.Mid }),
        });
        lock (gate) received = [.. received.Select(r => r == place ? new Received(r.Mid, aim.Feed, aim.Stream.Mid, r.IsVideo) : r)];
        Tell(null);
    }

    private async Task Resize((Received Received, int Layer)[] sizes)
    {
        await handle!.Ask(new()
        {
            ["request"] = "configure",
            ["streams"] = new JsonArray([.. sizes.Select(s => (JsonNode)new JsonObject { ["mid"] = s.Received.Mid, ["substream"] = s.Layer, ["temporal"] = 2 })]),
        });
        lock (gate) received = [.. received.Select(r => Array.Find(sizes, s => s.Received.Mid == r.Mid && s.Received.Feed == r.Feed) is { Received: not null } size ? r.AskedFor(size.Layer, clock) : r)];
    }

    private static JsonArray Names(List<Aim> aims) =>
        new([.. aims.Select(a => (JsonNode)new JsonObject { ["feed"] = a.Feed, ["mid"] = a.Stream.Mid })]);

    private void Hear(JsonElement message)
    {
        switch (message.Text("janus"))
        {
            case "event" when message.Of("plugindata")?.Of("data") is { } data:
                // Somebody left or sends less: Janus says what remains by itself.
                if (data.Of("streams") is not null) Take(new(data, message.Of("jsep")?.Text("sdp")));
                if (data.Number("substream") is { } sent)
                    lock (gate) received = [.. received.Select(r => r.Mid == data.Text("mid") ? r with { Sent = (int)sent } : r)];
                Wake();
                break;
            case "trickle" when message.Of("candidate") is { } candidate:
                side.Tell("candidate", JanusWords.Candidate("down", Number, candidate));
                break;
            case "slowlink":
                JanusMeters.SlowLinks.Add(1, JanusMeters.Receiving);
                lock (gate)
                {
                    if (clock.GetElapsedTime(slowAt) < Calm / 4) break;
                    (ceiling, slowAt) = (Math.Max(0, ceiling - 1), clock.GetTimestamp());
                }
                side.Tell("slow", JanusWords.About("down", Number));
                Wake();
                break;
            case "hangup":
                side.Tell("hangup", JanusWords.About("down", Number));
                break;
        }
    }

    /// <summary>What Janus says that it sends now, with the offer that goes with it, if any.</summary>
    private void Take(JanusReply reply)
    {
        lock (gate)
        {
            if (reply.Data.Of("streams") is not null)
                received = [.. reply.Data.List("streams").Where(s => s.Flag("active") && s.Text("mid") is not null && s.Text("feed_id") is not null).Select(s =>
                    Array.Find(received, r => r.Mid == s.Text("mid") && r.Feed == s.Text("feed_id") && r.FeedMid == (s.Text("feed_mid") ?? ""))
                    ?? new Received(s.Text("mid")!, s.Text("feed_id")!, s.Text("feed_mid") ?? "", s.Text("type") == "video"))];
            if (reply.Sdp is { } sdp) (unanswered, offers) = (sdp, offers + 1);
        }
        if (reply.Sdp is not null || reply.Data.Of("streams") is not null) Tell(reply.Sdp);
    }

    private void Tell(string? sdp)
    {
        JsonArray streams;
        int offer;
        lock (gate)
        {
            offer = offers;
            streams = new([.. from r in received
                              let track = room.TrackOf(r.Feed, r.FeedMid)
                              where track is not null
                              select (JsonNode)new JsonObject { ["mid"] = r.Mid, ["peer"] = track.Value.Peer.ToString(), ["track"] = track.Value.Track }]);
        }
        if (sdp is not null) side.Tell("offer", JanusWords.Description("down", Number, sdp, streams, offer));
        else side.Tell("streams", new JsonObject { ["pc"] = "down", ["n"] = Number, ["streams"] = streams }.ToJsonString());
    }
}
