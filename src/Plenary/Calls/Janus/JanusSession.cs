using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Calls.Janus;

/// <summary>
/// A session at a Janus with its handles. It outlives its connection for a while: Janus keeps it for <c>reclaim_session_timeout</c> seconds, and media goes on
/// flowing meanwhile. One is enough for a process.
/// </summary>
internal sealed class JanusSession
{
    /// <summary>JANUS_ERROR_SESSION_NOT_FOUND, JANUS_ERROR_HANDLE_NOT_FOUND.</summary>
    private const int NoSuchSession = 458, NoSuchHandle = 459;

    private readonly ConcurrentDictionary<long, JanusHandle> handles = new();
    private readonly long id;
    private volatile JanusSocket socket;

    private JanusSession(long id, JanusSocket socket)
    {
        (this.id, this.socket) = (id, socket);
        socket.Heard = Hear;
    }

    /// <summary>Janus has ended the session.</summary>
    public bool Ended { get; private set; }

    public static async Task<JanusSession> Create(JanusSocket socket)
    {
        var answer = await socket.Ask(new() { ["janus"] = "create" });
        return new(IdIn(answer), socket);
    }

    /// <summary>Goes on over another connection; false when Janus does not know the session any more.</summary>
    public async Task<bool> Claim(JanusSocket by)
    {
        if (Ended) return false;
        by.Heard = Hear;
        try
        {
            await by.Ask(new() { ["janus"] = "claim", ["session_id"] = id });
        }
        catch (JanusException refused) when (refused.Code == NoSuchSession)
        {
            return false;
        }
        socket = by;
        return true;
    }

    public Task KeepAlive() => socket.Ask(new() { ["janus"] = "keepalive", ["session_id"] = id }, acknowledged: true);

    /// <summary>A handle of the VideoRoom plugin.</summary>
    /// <param name="heard">Called for every event of it, in their order; must not wait.</param>
    public async Task<JanusHandle> Attach(Action<JsonElement> heard)
    {
        var over = socket;
        var answer = await over.Ask(new() { ["janus"] = "attach", ["session_id"] = id, ["plugin"] = "janus.plugin.videoroom" });
        var handle = new JanusHandle(this, IdIn(answer), heard);
        handles[handle.Id] = handle;
        return handle;
    }

    internal Task<JsonElement> Ask(JanusHandle handle, JsonObject request, bool acknowledged = false)
    {
        request["session_id"] = id;
        request["handle_id"] = handle.Id;
        return socket.Ask(request, acknowledged);
    }

    /// <summary>Lets go of a handle, and with it of its PeerConnection. Does not throw.</summary>
    internal async Task Detach(JanusHandle handle)
    {
        if (!handles.TryRemove(handle.Id, out _)) return;
        try
        {
            await Ask(handle, new() { ["janus"] = "detach" });
        }
        catch (JanusException gone) when (gone.Code is NoSuchSession or NoSuchHandle) { }
        catch (JanusException) { } // It has none to let go of, whatever it says.
        catch (JanusLostException) { } // Janus reaps what belongs to nobody.
    }

    private static long IdIn(JsonElement answer) =>
        answer.Of("data")?.Of("id") is { ValueKind: JsonValueKind.Number } given && given.TryGetInt64(out var id) ? id : throw new JanusException(0, "an answer without an id");

    private void Hear(JsonElement message)
    {
        if (message.Of("sender") is { ValueKind: JsonValueKind.Number } sender && sender.TryGetInt64(out var handle))
        {
            if (handles.TryGetValue(handle, out var known)) known.Heard(message);
        }
        else if (message.Text("janus") == "timeout") Ended = true;
    }
}

/// <summary>One conversation with the VideoRoom plugin, with at most one PeerConnection.</summary>
internal sealed class JanusHandle(JanusSession session, long id, Action<JsonElement> heard)
{
    public long Id { get; } = id;

    internal Action<JsonElement> Heard { get; } = heard;

    /// <summary>Asks the plugin. Throws <see cref="JanusException"/> with the plugin's own code when it says no.</summary>
    public async Task<JanusReply> Ask(JsonObject body, JsonObject? jsep = null)
    {
        var request = new JsonObject { ["janus"] = "message", ["body"] = body };
        if (jsep is not null) request["jsep"] = jsep;
        var answer = await session.Ask(this, request);
        var data = answer.Of("plugindata")?.Of("data") ?? default;
        return data.Number("error_code") is { } code ? throw new JanusException(code, data.Text("error") ?? "no reason") : new(data, answer.Of("jsep")?.Text("sdp"));
    }

    /// <summary>Passes on where the browser can be reached: an array of candidates as browsers make them.</summary>
    public Task Trickle(JsonNode candidates, bool complete)
    {
        var list = candidates as JsonArray ?? [];
        if (complete) list.Add(new JsonObject { ["completed"] = true });
        return session.Ask(this, new() { ["janus"] = "trickle", ["candidates"] = list }, acknowledged: true);
    }

    public Task Detach() => session.Detach(this);
}

/// <summary>What the plugin answers.</summary>
/// <param name="Data">In its own words.</param>
/// <param name="Sdp">A session description that belongs to it, if any.</param>
internal readonly record struct JanusReply(JsonElement Data, string? Sdp);
