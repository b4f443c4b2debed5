using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Rooms;

/// <summary>A person's right to be in a room, decided once and carried by the connection.</summary>
/// <param name="Room">The room.</param>
/// <param name="EventId">Its event.</param>
/// <param name="Status">Of the event, when it was decided.</param>
/// <param name="Person">The person.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Roles">All the person holds at the event, Attendee when registered; never empty.</param>
public sealed record RoomPass(Room Room, Guid EventId, EventStatus Status, Guid Person, string Name, IReadOnlySet<EventRole> Roles)
{
    /// <summary>The foremost role, as it is shown beside the name.</summary>
    public string Role { get; } = RoleName(Roles.Min());

    /// <summary>By which the person says nothing here, if there is one; it may be over by the clock.</summary>
    public Restriction? Muted { get; init; }

    /// <summary>True while the person says nothing here: they may be seen, and nobody hears or reads them.</summary>
    public bool IsMuted(TimeProvider clock) => Muted is { } restriction && restriction.IsActive(clock.GetUtcNow());

    /// <summary>Refused when the person is muted.</summary>
    public void RequireVoice(TimeProvider clock)
    {
        if (IsMuted(clock)) Muted!.ToRefusal().Throw();
    }

    public bool IsCrew => Roles.Overlaps(EventAccess.Crew);

    /// <summary>May open the stage of the room.</summary>
    public bool MayBroadcast => Room.Kind == RoomKind.Stage && RoomAccess.MayBroadcast(Roles);

    /// <summary>
    /// May be seen and heard in the call of this room. Whoever may be backstage is, guests only as long as they are; on a stage it is those who may
    /// open it.
    /// </summary>
    public bool MayPublish => Room.Kind == RoomKind.Backstage || MayBroadcast;

    /// <summary>Backstage only as a <see cref="RoomGuest"/>: an attendee without a role of their own.</summary>
    public bool IsGuest => Room.Kind == RoomKind.Backstage && !RoomAccess.BelongsBackstage(Roles);

    internal static string RoleName(EventRole role) => role switch
    {
        EventRole.Organizer => "organizer",
        EventRole.Producer => "producer",
        EventRole.Moderator => "moderator",
        EventRole.Speaker => "speaker",
        _ => "attendee",
    };
}

/// <summary>Who may enter a room: those registered for its event, its speakers and its staff; of a draft only the latter, who rehearse.</summary>
public static class RoomAccess
{
    /// <summary>Who holds these roles may open the stages of the event.</summary>
    public static bool MayBroadcast(IReadOnlySet<EventRole> roles) => roles.Overlaps(EventAccess.Crew) || roles.Contains(EventRole.Speaker);

    /// <summary>Who holds these roles is backstage by right: the event's speakers and staff.</summary>
    public static bool BelongsBackstage(IReadOnlySet<EventRole> roles) => roles.Overlaps(EventAccess.Staff) || roles.Contains(EventRole.Speaker);

    private static readonly IReadOnlySet<EventRole> OnlyAttendee = new HashSet<EventRole> { EventRole.Attendee };

    /// <summary>The viewer's pass, or null: there is no such room, or the viewer may not know of it.</summary>
    public static async Task<RoomPass?> RoomPassOf(this Db db, Viewer viewer, Guid roomId, CancellationToken cancellation) =>
        (await db.RoomPassesOf([new(viewer, roomId)], cancellation))[0];

    /// <summary>
    /// The same for many at once, each with the answer that it would have got alone. It costs five queries whatever the number: four when
    /// all sessions are of one event only, one when nobody asks for a room that is there; one more when
    /// somebody asks for a backstage, which attendees enter as guests only.
    /// </summary>
    /// <returns>One pass or null for each request, in their order.</returns>
    public static async Task<RoomPass?[]> RoomPassesOf(this Db db, IReadOnlyList<RoomRequest> requests, CancellationToken cancellation)
    {
        var passes = new RoomPass?[requests.Count];
        var roomIds = requests.Where(r => r.Viewer.PersonId is not null).Select(r => r.Room).Distinct().ToArray();
        if (roomIds.Length == 0) return passes;
        var rooms = await (from room in db.Set<Room>().AsNoTracking()
                           join at in db.Set<Event>().WithRehearsals() on room.EventId equals at.Id
                           where roomIds.Contains(room.Id)
                           select new { Room = room, at.Status }).ToDictionaryAsync(found => found.Room.Id, cancellation);
        var asking = requests.Where(MayKnow).ToList();
        if (asking.Count == 0) return passes;

        var people = asking.Select(r => r.Viewer.PersonId!.Value).Distinct().ToArray();
        var events = asking.Select(r => rooms[r.Room].Room.EventId).Distinct().ToArray();
        var roles = await db.RolesAtEach(asking.ConvertAll(r => (r.Viewer, rooms[r.Room].Room.EventId)), cancellation);
        var named = (await (from person in db.Set<Person>()
                            where people.Contains(person.Id)
                            from registration in db.Set<Registration.Registration>()
                                .Where(r => r.PersonId == person.Id && people.Contains(r.PersonId) && events.Contains(r.EventId) && r.CancelledAt == null).DefaultIfEmpty()
                            select new { person.Id, person.Name, Registered = (Guid?)registration!.EventId }).ToListAsync(cancellation)).ToLookup(p => p.Id);
        var backstages = asking.Where(r => rooms[r.Room].Room.Kind == RoomKind.Backstage).Select(r => r.Room).Distinct().ToArray();
        var guests = backstages.Length == 0 ? [] : (await db.Set<RoomGuest>().Where(g => backstages.Contains(g.RoomId) && people.Contains(g.PersonId))
            .Select(g => new { g.RoomId, g.PersonId }).ToListAsync(cancellation)).Select(g => (g.RoomId, g.PersonId)).ToHashSet();

        var now = TimeProvider.System.GetUtcNow();
        var restrictions = (await db.RestrictionsOf(events, people).ToListAsync(cancellation)).Where(r => r.IsActive(now)).ToLookup(r => (r.EventId, r.PersonId));

        var next = 0;
        for (var i = 0; i < passes.Length; i++)
            if (MayKnow(requests[i])) passes[i] = Decide(requests[i].Viewer.PersonId!.Value, rooms[requests[i].Room].Room, rooms[requests[i].Room].Status, roles[next++]);
        return passes;

        bool MayKnow(RoomRequest request) => rooms.TryGetValue(request.Room, out var found) && request.Viewer.At(found.Room.EventId) is not null
            && (request.Viewer.RoomId is not { } only || only == found.Room.Id || only == found.Room.StageId);

        RoomPass? Decide(Guid person, Room room, EventStatus status, IReadOnlySet<EventRole> held)
        {
            string? name = null;
            var registered = false;
            foreach (var row in named[person])
            {
                name = row.Name;
                registered |= row.Registered == room.EventId;
            }
            if (name is null) return null;
            Restriction? muted = null;
            foreach (var restriction in restrictions[(room.EventId, person)])
                // Whoever is sent out of a stage's room is not behind it either.
                if (restriction.KeepsOutOf(room.Id) || (room.StageId is { } stage && restriction.KeepsOutOf(stage))) return null;
                else if (restriction.Kind == RestrictionKind.Mute && restriction.Silences(room.Id)) muted = restriction.Until is null || muted is null || restriction.Until > muted.Until ? restriction : muted;
            if (room.Kind == RoomKind.Backstage && !BelongsBackstage(held) && !guests.Contains((room.Id, person))) return null;
            if (held.Count == 0) return registered && status != EventStatus.Draft ? new(room, room.EventId, status, person, name, OnlyAttendee) { Muted = muted } : null;
            return new(room, room.EventId, status, person, name, registered ? new HashSet<EventRole>(held) { EventRole.Attendee } : held) { Muted = muted };
        }
    }
}

/// <summary>Somebody asks for a room.</summary>
public readonly record struct RoomRequest(Viewer Viewer, Guid Room);
