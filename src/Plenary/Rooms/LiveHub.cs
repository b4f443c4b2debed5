using Microsoft.AspNetCore.SignalR;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Rooms.Attendance;
using Plenary.Rooms.Chat;

namespace Plenary.Rooms;

/// <summary>
/// The door to everything live (docs/develop/protocol.md). What a connection may do in a room is decided when it joins and travels with
/// it; when a right changes, <see cref="AccessChanged"/> moves the connection. The slices above add what they have to say live by deriving from it.
/// </summary>
public abstract class LiveHub(RoomRelay relay, RoomLimits limits, DoorCheck door, Arrivals arrivals, AttendingHere attending, RoomActs acts, ChatPosting chat, TimeProvider clock, LiveMeters meters) : Hub
{
    private static readonly HashSet<string> Reactions = ["clap", "heart", "laugh", "idea"];

    /// <summary>UTF-16 units of what one act says.</summary>
    private const int LongestAct = 4_000;

    private ConnectionRooms Mine => (ConnectionRooms)Context.Items[typeof(LiveHub)]!;

    private ConnectionEvents MyEvents => (ConnectionEvents)Context.Items[typeof(ConnectionEvents)]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[typeof(LiveHub)] = new ConnectionRooms();
        Context.Items[typeof(ConnectionEvents)] = new ConnectionEvents(attending);
        return Task.CompletedTask;
    }

    /// <summary>Refused: sign-in-required; not-found when there is no such room or the person may not know of it; event-over; too-many-rooms; too-many-requests; queued.</summary>
    public Task<Joined> Join(JoinRequest request) => JoinMeters.Measure(clock, () => Enter(request));

    /// <summary>
    /// From now on the connection is told what concerns its person at this event, whichever room they are in; again is harmless. Refused:
    /// sign-in-required; not-found when there is no such event or the person is not of it; too-many-events; too-many-requests.
    /// </summary>
    public async Task<Attending> Attend(AttendRequest request)
    {
        var @event = Id(request?.Event, "event");
        var viewer = Viewer.Of(Context.User);
        limits.Attend(viewer.RequirePerson());
        var attendee = await attending.Attend(viewer, @event, Context.ConnectionId, Context.ConnectionAborted);
        MyEvents.Take(attendee);
        // It may have closed meanwhile, and its end been handled before it was there.
        if (Context.ConnectionAborted.IsCancellationRequested) MyEvents.LeaveAll();
        return new(@event, attendee.Person, Now());
    }

    public void Unattend(string @event) => MyEvents.Leave(Id(@event, "event"));

    /// <summary>The server's clock in Unix milliseconds, by which clients count down.</summary>
    public long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Leave(string room) => Mine.Leave(Id(room, "room"));

    /// <summary>
    /// Answers when the post is durable; it may be held. Refused: not-joined, too-many-requests, invalid-input, id-taken, room-busy, not-kept, muted, timed-out, removed, banned, slow-mode,
    /// room-locked, words-refused, links-refused, message-gone.
    /// </summary>
    public async Task<Posted> Post(PostRequest request)
    {
        try
        {
            var (room, id) = (Id(request?.Room, "room"), Id(request?.Id, "id"));
            var (relayed, member) = Mine.In(room);
            var called = (request!.Mentions ?? []).Take(ChatRules.MostMentions).Select(person => Id(person, "mentions")).ToArray();
            return await chat.Post(member.Pass, id, request.Text, request.Reply, called, relayed.Called);
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
        var (relayed, member) = Mine.In(room);
        if (!limits.React(member.Pass)) return false;
        relayed.React(kind);
        return true;
    }

    /// <summary>
    /// Does in a room what a slice above understands (<see cref="IRoomAct"/>); answers when it is durable. Refused: not-joined, event-over, too-many-requests, invalid-input, and what the
    /// slice itself refuses.
    /// </summary>
    public async Task<Acted> Act(ActRequest request)
    {
        try
        {
            var room = Id(request?.Room, "room");
            var act = acts.Find(request!.About) ?? throw Refusal.Invalid("about", "Nothing of this name can be done in a room.").AsException();
            if (request.Data is not { Length: > 0 and <= LongestAct } data) throw Refusal.Invalid("data", $"“data” is JSON of at most {LongestAct} characters.").AsException();
            var pass = Mine.In(room).Member.Pass;
            if (pass is { IsCrew: false, Status: EventStatus.Ended or EventStatus.Cancelled }) throw RoomRefusals.EventOver.AsException();
            limits.Act(pass.Person);
            return new(await act.Do(pass, data));
        }
        catch (RefusalException refused)
        {
            meters.Refused(refused.Refusal.Code);
            throw;
        }
    }

    /// <summary>A player tells how far behind the speaker it is. Refused: not-joined, invalid-input.</summary>
    public void Watching(WatchingRequest request)
    {
        var room = Id(request?.Room, "room");
        if (!double.IsFinite(request!.LatencyMs)) throw Refusal.Invalid("latencyMs", "“latencyMs” is a number of milliseconds.").AsException();
        var (relayed, member) = Mine.In(room);
        if (limits.Report(member.Pass.Person))
            relayed.Watch(member, (int)Math.Clamp(request.LatencyMs, 0, 3_600_000), request.Stalled);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Mine.LeaveAll();
        MyEvents.LeaveAll();
        return Task.CompletedTask;
    }

    /// <summary>The connection as a member of the room; null when it has not joined it.</summary>
    private protected RoomMember? Joined(Guid room) => Mine.Find(room);

    /// <summary>Whether the viewer would be let into this room.</summary>
    private protected async Task<bool> MayJoin(Viewer viewer, Guid room) => await door.PassOf(viewer, room, Context.ConnectionAborted) is not null;

    private async Task<Joined> Enter(JoinRequest request)
    {
        var room = Id(request?.Room, "room");
        var viewer = Viewer.Of(Context.User);
        limits.Join(viewer.RequirePerson());
        var heard = await arrivals.Hear(viewer.RequirePerson(), request!.Ticket, Context.ConnectionAborted);
        var asked = clock.GetTimestamp();
        var pass = await door.PassOf(viewer, room, Context.ConnectionAborted) ?? throw (await door.WhyNot(viewer, room, Context.ConnectionAborted) ?? Refusal.NotFound).AsException();
        if (pass is { IsCrew: false, Status: EventStatus.Ended or EventStatus.Cancelled }) throw RoomRefusals.EventOver.AsException();
        var ticket = await arrivals.Admit(pass, request.Ticket, heard, Context.ConnectionAborted);
        Mine.Reserve(room);
        try
        {
            var (relayed, member, joined) = await relay.Join(pass, asked, viewer, Context.ConnectionId, request.After, Context.ConnectionAborted);
            Mine.Take(relayed, member);
            // It may have closed meanwhile, and its end been handled before it was in.
            if (Context.ConnectionAborted.IsCancellationRequested) Mine.LeaveAll();
            return ticket is null ? joined : joined with { Ticket = ticket };
        }
        finally
        {
            Mine.Release(room);
        }
    }

    private protected static Guid Id(string? text, string field) =>
        Guid.TryParse(text, out var id) && id != Guid.Empty ? id : throw Refusal.Invalid(field, $"“{field}” must be a UUID.").AsException();
}
