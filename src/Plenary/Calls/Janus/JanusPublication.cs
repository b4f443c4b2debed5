using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Calls.Janus;

/// <summary>What one browser sends: a PeerConnection of its making, a feed in the room.</summary>
/// <param name="room">Where to.</param>
/// <param name="side">Whose.</param>
/// <param name="number">The client's number for this PeerConnection.</param>
internal sealed class JanusPublication(JanusRoom room, CallSide side, int number)
{
    private readonly string feed = Feed.NewId(side.Peer);
    private readonly HashSet<string> silenced = [];
    private JanusHandle? handle;
    private string[] sounds = [];
    private bool published;

    public int Number { get; } = number;

    /// <summary>Answers the browser's offer: the first, one with other tracks, or one that looks for another way to the server (ICE restart).</summary>
    /// <param name="sdp">The offer.</param>
    /// <param name="tracks">The browser's ids of its tracks, by their section's mid.</param>
    public async Task<string> Negotiate(string sdp, IReadOnlyDictionary<string, string> tracks)
    {
        if (handle is null)
        {
            handle = await room.Node.Session.Attach(Hear);
            await handle.Ask(room.Room.JoinAsPublisher(feed));
        }
        var descriptions = new JsonArray();
        foreach (var (mid, track) in tracks) descriptions.Add(new JsonObject { ["mid"] = mid, ["description"] = track });
        var reply = await handle.Ask(new() { ["request"] = published ? "configure" : "publish", ["descriptions"] = descriptions }, new() { ["type"] = "offer", ["sdp"] = sdp });
        published = true;
        sounds = [.. reply.Data.List("streams").Where(s => s.Text("type") == "audio" && s.Text("mid") is not null).Select(s => s.Text("mid")!)];
        await Silence();
        return reply.Sdp ?? throw new JanusException(0, "an offer without an answer");
    }

    public Task Trickle(JsonArray candidates, bool complete) => handle?.Trickle(candidates, complete) ?? Task.CompletedTask;

    /// <summary>Has Janus pass on no sound of a peer that nobody may hear.</summary>
    public async Task Silence()
    {
        foreach (var mid in sounds)
        {
            if (side.Silenced == silenced.Contains(mid)) continue;
            await room.Room.Mute(room.Node.Control, feed, mid, side.Silenced);
            if (!side.Silenced) silenced.Remove(mid);
            else silenced.Add(mid);
        }
    }

    public Task End() => handle?.Detach() ?? Task.CompletedTask;

    private void Hear(JsonElement message)
    {
        switch (message.Text("janus"))
        {
            case "trickle" when message.Of("candidate") is { } candidate:
                side.Tell("candidate", JanusWords.Candidate("up", Number, candidate));
                break;
            case "hangup":
                side.Tell("hangup", JanusWords.About("up", Number));
                break;
            case "slowlink":
                JanusMeters.SlowLinks.Add(1, JanusMeters.Sending);
                side.Tell("slow", JanusWords.About("up", Number));
                break;
        }
    }
}

/// <summary>What is told to browsers (docs/develop/protocol.md, section Calls through Janus).</summary>
internal static class JanusWords
{
    public static string About(string connection, int number) => new JsonObject { ["pc"] = connection, ["n"] = number }.ToJsonString();

    public static string Description(string connection, int number, string sdp, JsonArray? streams = null, int? offer = null)
    {
        var said = new JsonObject { ["pc"] = connection, ["n"] = number, ["sdp"] = sdp };
        if (streams is not null) said["streams"] = streams;
        if (offer is not null) said["offer"] = offer;
        return said.ToJsonString();
    }

    public static string Candidate(string connection, int number, JsonElement candidate) =>
        new JsonObject { ["pc"] = connection, ["n"] = number, ["candidates"] = new JsonArray(JsonNode.Parse(candidate.GetRawText())) }.ToJsonString();
}
