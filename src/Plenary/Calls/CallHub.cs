using System.Text.Json;
using System.Text.RegularExpressions;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Rooms;
using Plenary.Rooms.Attendance;
using Plenary.Rooms.Chat;

namespace Plenary.Calls;

/// <summary>
/// What the live hub does about calls (docs/develop/protocol.md, section Calls). Who enters the call of a room has joined it on the same connection; the doors of the
/// slices above let people into the others.
/// </summary>
public sealed partial class CallHub(
    RoomRelay relay, RoomLimits limits, DoorCheck door, Arrivals arrivals, AttendingHere attending, RoomActs acts, ChatPosting chat, TimeProvider clock, LiveMeters meters, CallRelay calls, CallLimits callLimits, Lanes lanes)
    : LiveHub(relay, limits, door, arrivals, attending, acts, chat, clock, meters)
{
    /// <summary>UTF-16 units of what one signal carries.</summary>
    internal const int LongestData = 64 * 1024;

    private const int MostTracks = 8;

    private static readonly HashSet<string> TrackKinds = ["camera", "screen", "microphone", "program"];

    private ConnectionCalls Mine => (ConnectionCalls)Context.Items[typeof(CallHub)]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[typeof(CallHub)] = new ConnectionCalls(calls.Rights);
        return base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        await base.OnDisconnectedAsync(exception);
        Mine.LeaveAll();
    }

    /// <summary>
    /// Enters a call, or comes back to it as the same peer. Refused: not-joined when it is that of a room, not-found, sign-in-required, call-full, stage-full, peer-over,
    /// too-many-calls, too-many-requests, invalid-input.
    /// </summary>
    public async Task<Entered> EnterCall(EnterCallRequest request)
    {
        var (room, peer) = (Id(request?.Room, "room"), Id(request?.Peer, "peer"));
        var previous = request!.Previous is null ? (Guid?)null : Id(request.Previous, "previous");
        if (Joined(room) is { } joined)
        {
            callLimits.Enter(joined.Pass.Person);
            return await calls.Enter(Mine.Of(joined), peer, request.Publish, previous, Context.ConnectionAborted);
        }
        var viewer = Viewer.Of(Context.User);
        callLimits.Enter(viewer.RequirePerson());
        var member = Mine.AtDoor(room, lanes.Find(Context.ConnectionId) ?? throw new OperationCanceledException("The connection is gone."), viewer);
        try
        {
            var entered = await calls.Enter(member, peer, request.Publish, previous, Context.ConnectionAborted);
            // It may have closed meanwhile, and its end been handled before it was in.
            if (Context.ConnectionAborted.IsCancellationRequested) Mine.LeaveAll();
            return entered;
        }
        catch (RefusalException no) when (no.Refusal == Refusal.NotFound)
        {
            Mine.Forget(member);
            if (await MayJoin(viewer, room)) throw RoomRefusals.NotJoined.AsException();
            throw;
        }
    }

    /// <summary>
    /// Says something to another peer, or to the engine. Answers when it was handed on: what one peer says to another arrives in the order in which the
    /// answers were awaited. Refused: not-joined, not-in-call, may-not-publish, peer-gone, peer-away, not-between-peers, only-between-peers, too-many-requests, invalid-input.
    /// </summary>
    public Task SignalCall(SignalCallRequest request)
    {
        var room = Id(request?.Room, "room");
        var to = request!.To is null ? (Guid?)null : Id(request.To, "to");
        if (request.Kind is not { } kind || !Kind().IsMatch(kind)) throw Refusal.Invalid("kind", "“kind” is a word of small letters.").AsException();
        if (request.Data is not { Length: <= LongestData } data) throw Refusal.Invalid("data", "“data” is a JSON text of at most 64 KB.").AsException();
        var member = In(room);
        callLimits.Signal(member.Person);
        var read = Read(data);
        if (to is null && kind == "tracks") return calls.Tracks(member, TracksOf(read));
        var sends = kind is "offer" or "answer" && (read.ValueKind != JsonValueKind.Object || !read.TryGetProperty("sdp", out var sdp) || sdp.ValueKind != JsonValueKind.String || Sdp.Sends(sdp.GetString()!));
        return calls.Signal(member, to, kind, data, sends, Context.ConnectionAborted);
    }

    /// <summary>Leaves the call and stays in the room; harmless when the connection is not in it.</summary>
    public Task LeaveCall(string room)
    {
        var member = In(Id(room, "room"));
        Mine.Forget(member);
        return calls.Leave(member);
    }

    /// <summary>The connection as a member of the room, or as somebody a door let in. Refused: not-joined.</summary>
    private CallMember In(Guid room) => Joined(room) is { } joined ? Mine.Of(joined) : Mine.Find(room) ?? throw RoomRefusals.NotJoined.AsException();

    private static JsonElement Read(string data)
    {
        try
        {
            return JsonElement.Parse(data);
        }
        catch (JsonException)
        {
            throw Refusal.Invalid("data", "“data” is a JSON text of at most 64 KB.").AsException();
        }
    }

    private static CallTrack[] TracksOf(JsonElement data)
    {
        var tracks = new List<CallTrack>();
        try
        {
            foreach (var track in data.GetProperty("tracks").EnumerateArray())
                tracks.Add(new(track.GetProperty("id").GetString() ?? "", track.GetProperty("kind").GetString() ?? "", track.TryGetProperty("muted", out var muted) && muted.GetBoolean()));
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or KeyNotFoundException)
        {
            throw BadTracks();
        }
        if (tracks.Count > MostTracks || tracks.Exists(t => t.Id.Length is 0 or > 64 || !TrackKinds.Contains(t.Kind)) || tracks.DistinctBy(t => t.Id).Count() < tracks.Count) throw BadTracks();
        return [.. tracks];
    }

    private static RefusalException BadTracks() =>
        Refusal.Invalid("data", $"“data” is {{\"tracks\":[{{\"id\",\"kind\",\"muted\"?}}]}} with at most {MostTracks} tracks, each of kind camera, screen, microphone or program.").AsException();

    [GeneratedRegex("^[a-z][a-z-]{0,23}$")]
    private static partial Regex Kind();
}
