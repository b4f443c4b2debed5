using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Calls.Janus;

/// <summary>
/// One sender outside of any call, in a room of its own, whose media Janus passes on as plain RTP: how an encoder that speaks WebRTC reaches ffmpeg. The
/// room ends with it.
/// </summary>
internal sealed class JanusInlet : IAsyncDisposable
{
    private const string Feed = "inlet";
    private readonly JanusNode node;
    private readonly JanusSettings settings;
    private readonly VideoRoom room;
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JanusHandle? handle;

    private JanusInlet(JanusNode node, JanusSettings settings) => (this.node, this.settings, room) = (node, settings, new(settings, Guid.CreateVersion7()));

    /// <summary>Janus's answer to the offer, with all its candidates.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>Completes when the sender's connection has ended.</summary>
    public Task Gone => gone.Task;

    /// <summary>Throws <see cref="JanusException"/> when the offer cannot be used, <see cref="JanusLostException"/> when Janus is away.</summary>
    public static async Task<JanusInlet> Open(JanusNode node, JanusSettings settings, string offer)
    {
        var inlet = new JanusInlet(node, settings);
        try
        {
            await inlet.room.Ensure(node.Control);
            inlet.handle = await node.Session.Attach(inlet.Hear);
            await inlet.handle.Ask(inlet.room.JoinAsPublisher(Feed));
            var reply = await inlet.handle.Ask(new() { ["request"] = "publish" }, new() { ["type"] = "offer", ["sdp"] = offer, ["trickle"] = false });
            inlet.Answer = reply.Sdp ?? throw new JanusException(0, "an offer without an answer");
            return inlet;
        }
        catch
        {
            await inlet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has Janus send the media, by the sections of the answer, to these UDP ports.</summary>
    public Task Forward(string host, IEnumerable<(string Mid, int Port, int PayloadType)> streams)
    {
        var list = new JsonArray();
        foreach (var (mid, port, type) in streams) list.Add(new JsonObject { ["mid"] = mid, ["port"] = port, ["pt"] = type });
        return node.Control.Ask(new()
        {
            ["request"] = "rtp_forward",
            ["room"] = room.Id,
            ["admin_key"] = settings.RoomsKey,
            ["secret"] = settings.RoomSecret(Guid.Parse(room.Id)),
            ["publisher_id"] = Feed,
            ["host"] = host,
            ["host_family"] = "ipv4",
            ["streams"] = list,
        });
    }

    /// <summary>Asks the sender for a picture that needs no earlier one.</summary>
    public Task KeyFrame() => handle!.Ask(new() { ["request"] = "configure", ["keyframe"] = true });

    public async ValueTask DisposeAsync()
    {
        if (handle is not null) await handle.Detach();
        try { await room.Destroy(node.Control); }
        catch (Exception lost) when (lost is JanusException or JanusLostException) { } // What it does not end with us, it ends with its session.
    }

    private void Hear(JsonElement message)
    {
        if (message.Text("janus") is "hangup" or "detached") gone.TrySetResult();
    }
}
