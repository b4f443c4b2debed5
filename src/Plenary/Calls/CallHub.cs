using System.Text.Json;
using System.Text.RegularExpressions;
using Plenary.Platform;
using Plenary.Platform.Live;
using Plenary.Rooms;

namespace Plenary.Calls;

/// <summary>What the live hub does about calls (docs/develop/protocol.md, section Calls). Who enters a call has joined its room on the same connection.</summary>
public sealed partial class CallHub(
    RoomRelay relay, LiveRooms rooms, RoomLimits limits, DoorCheck door, Arrivals arrivals, TimeProvider clock, LiveMeters meters, CallRelay calls, CallLimits callLimits)
    : LiveHub(relay, rooms, limits, door, arrivals, clock, meters)
{
    /// <summary>UTF-16 units of what one signal carries.</summary>
    internal const int LongestData = 64 * 1024;

    private const int MostTracks = 8;

    private static readonly HashSet<string> TrackKinds = ["camera", "screen", "microphone", "program"];

    /// <summary>
    /// Enters the call of a room, or comes back to it as the same peer. Refused: not-joined, call-full, stage-full, peer-over, too-many-requests, invalid-input.
    /// </summary>
    public Task<Entered> EnterCall(EnterCallRequest request)
    {
        var (room, peer) = (Id(request?.Room, "room"), Id(request?.Peer, "peer"));
        var previous = request!.Previous is null ? (Guid?)null : Id(request.Previous, "previous");
        var member = MemberOf(room);
        callLimits.Enter(member.Pass.Person);
        return calls.Enter(member, peer, request.Publish, previous, Context.ConnectionAborted);
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
        var member = MemberOf(room);
        callLimits.Signal(member.Pass.Person);
        var read = Read(data);
        if (to is null && kind == "tracks") return calls.Tracks(member, TracksOf(read));
        var sends = kind is "offer" or "answer" && (read.ValueKind != JsonValueKind.Object || !read.TryGetProperty("sdp", out var sdp) || sdp.ValueKind != JsonValueKind.String || Sdp.Sends(sdp.GetString()!));
        return calls.Signal(member, to, kind, data, sends, Context.ConnectionAborted);
    }

    /// <summary>Leaves the call and stays in the room; harmless when the connection is not in it.</summary>
    public Task LeaveCall(string room) => calls.Leave(MemberOf(Id(room, "room")));

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
