using Microsoft.EntityFrameworkCore;
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
    public string Role => RoleName(Roles.Min());

    public bool IsCrew => Roles.Overlaps(EventAccess.Crew);

    /// <summary>May open the stage of the room.</summary>
    public bool MayBroadcast => Room.Kind == RoomKind.Stage && RoomAccess.MayBroadcast(Roles);

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

    /// <summary>The viewer's pass, or null: there is no such room, or the viewer may not know of it.</summary>
    public static async Task<RoomPass?> RoomPassOf(this Db db, Viewer viewer, Guid roomId, CancellationToken cancellation)
    {
        if (viewer.PersonId is null) return null;
        var found = await (from room in db.Set<Room>().AsNoTracking()
                           join at in db.Set<Event>() on room.EventId equals at.Id
                           where room.Id == roomId
                           select new { room, at.Id, at.Status }).FirstOrDefaultAsync(cancellation);
        if (found is null || viewer.At(found.Id) is not { } person) return null;
        var roles = (await db.RolesAt(viewer, found.Id, cancellation)).ToHashSet();
        var rehearses = roles.Count > 0;
        if (await db.Set<Registration.Registration>().AnyAsync(r => r.EventId == found.Id && r.PersonId == person && r.CancelledAt == null, cancellation))
            roles.Add(EventRole.Attendee);
        if (roles.Count == 0 || (found.Status == EventStatus.Draft && !rehearses)) return null;
        var name = await db.Set<Person>().Where(p => p.Id == person).Select(p => p.Name).FirstOrDefaultAsync(cancellation);
        return name is null ? null : new(found.room, found.Id, found.Status, person, name, roles);
    }
}
