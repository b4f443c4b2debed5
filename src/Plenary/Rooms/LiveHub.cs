using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>
/// The door to everything live (docs/develop/protocol.md). What a connection may do in a room is decided when it joins and travels with
/// it; when a right changes, <see cref="AccessChanged"/> moves the connection.
/// </summary>
public sealed class LiveHub(RoomRelay relay, LiveRooms rooms, RoomLimits limits, IDbContextFactory<Db> dbs, LiveMeters meters) : Hub
{
    /// <summary>Of one connection: a tab shows one room, and a few more never hurt.</summary>
    private const int MostRooms = 8;

    private static readonly HashSet<string> Reactions = ["clap", "heart", "laugh", "idea"];

    private ConcurrentDictionary<Guid, bool> Mine => (ConcurrentDictionary<Guid, bool>)Context.Items[typeof(LiveHub)]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[typeof(LiveHub)] = new ConcurrentDictionary<Guid, bool>();
        return Task.CompletedTask;
    }

    /// <summary>Refused: sign-in-required; not-found when there is no such room or the person may not know of it; event-over; too-many-rooms; too-many-requests.</summary>
    public async Task<Joined> Join(JoinRequest request)
    {
        var room = Id(request?.Room, "room");
        var viewer = Viewer.Of(Context.User);
        limits.Join(viewer.RequirePerson());
        RoomPass? pass;
        await using (var db = await dbs.CreateDbContextAsync(Context.ConnectionAborted))
            pass = await db.RoomPassOf(viewer, room, Context.ConnectionAborted);
        if (pass is null) throw Refusal.NotFound.AsException();
        if (pass is { IsCrew: false, Status: EventStatus.Ended or EventStatus.Cancelled }) throw RoomRefusals.EventOver.AsException();
        foreach (var one in Mine.Keys)
            if (relay.Member(one, Context.ConnectionId) is null) Mine.TryRemove(one, out _);
        Mine.TryAdd(room, true);
        if (Mine.Count > MostRooms)
        {
            Mine.TryRemove(room, out _);
            throw RoomRefusals.TooManyRooms.AsException();
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Context.ConnectionAborted);
        patience.CancelAfter(LiveRooms.Patience);
        var joined = await relay.Join(pass, viewer, Context.ConnectionId, request!.After, patience.Token);
        // It may have closed meanwhile, and its end been handled before it was in.
        if (Context.ConnectionAborted.IsCancellationRequested) relay.Leave(room, Context.ConnectionId);
        return joined;
    }

    public void Leave(string room)
    {
        var id = Id(room, "room");
        Mine.TryRemove(id, out _);
        relay.Leave(id, Context.ConnectionId);
    }

    /// <summary>Answers when the post is durable. Refused: not-joined, too-many-requests, invalid-input, id-taken, room-busy, not-kept.</summary>
    public async Task<Posted> Post(PostRequest request)
    {
        try
        {
            var (room, id, text) = (Id(request?.Room, "room"), Id(request?.Id, "id"), ChatText.Clean(request?.Text));
            var pass = Member(room).Pass;
            limits.Post(pass.Person);
            var kept = await rooms.Append(room, new(id, EntryKind.Chat, pass.Person, pass.Name, pass.Role, text, null));
            return new(kept.Seq, kept.At);
        }
        catch (RefusalException refused)
        {
            meters.Refused(refused.Refusal.Code);
            throw;
        }
    }

    /// <summary>False when it was dropped: too many at once. Refused: not-joined, invalid-input.</summary>
    public bool React(ReactRequest request)
    {
        var room = Id(request?.Room, "room");
        var kind = request!.Kind is { } known && Reactions.Contains(known)
            ? known
            : throw Refusal.Invalid("kind", "A reaction is one of clap, heart, laugh and idea.").AsException();
        if (!limits.React(Member(room).Pass.Person)) return false;
        relay.React(room, kind);
        return true;
    }

    /// <summary>A player tells how far behind the speaker it is. Refused: not-joined, invalid-input.</summary>
    public void Watching(WatchingRequest request)
    {
        var room = Id(request?.Room, "room");
        if (!double.IsFinite(request!.LatencyMs)) throw Refusal.Invalid("latencyMs", "“latencyMs” is a number of milliseconds.").AsException();
        if (limits.Report(Member(room).Pass.Person))
            relay.Watch(room, Context.ConnectionId, (int)Math.Clamp(request.LatencyMs, 0, 3_600_000), request.Stalled);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var room in Mine.Keys) relay.Leave(room, Context.ConnectionId);
        return Task.CompletedTask;
    }

    private static Guid Id(string? text, string field) =>
        Guid.TryParse(text, out var id) && id != Guid.Empty ? id : throw Refusal.Invalid(field, $"“{field}” must be a UUID.").AsException();

    private RoomMember Member(Guid room) => relay.Member(room, Context.ConnectionId) ?? throw RoomRefusals.NotJoined.AsException();
}
