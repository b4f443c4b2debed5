using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Stage;

/// <summary>Who may go on a stage, and who may watch it.</summary>
public static class StageAccess
{
    private static readonly HashSet<EventRole> Hosts = [EventRole.Speaker, EventRole.Organizer, EventRole.Producer];

    /// <summary>Whether these roles at an event let somebody open its stages.</summary>
    public static bool MayBroadcast(IReadOnlySet<EventRole> roles) => roles.Overlaps(Hosts);

    /// <summary>Whether the viewer may watch the stages and replays of an event: whoever holds a role or a registration at it; nobody but its crew while it is cancelled.</summary>
    public static async Task<bool> MayWatchAsync(this Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        if (viewer.At(eventId) is not { } person) return false;
        var status = await db.Set<Event>().Where(e => e.Id == eventId).Select(e => (EventStatus?)e.Status).SingleOrDefaultAsync(cancellation);
        if (status is null) return false;
        var roles = await db.RolesAt(viewer, eventId, cancellation);
        if (roles.Overlaps(EventAccess.Crew)) return true;
        if (status is EventStatus.Cancelled) return false;
        if (roles.Count > 0) return true;
        return status is not EventStatus.Draft
            && await db.Set<Registration.Registration>().AnyAsync(r => r.EventId == eventId && r.PersonId == person && r.CancelledAt == null, cancellation);
    }

    /// <summary>The broadcast, when the viewer may upload to it or end it: its host as long as they hold the role, and the event's crew.
    /// Refused: sign-in-required for strangers, not-found for anyone else, whether or not there is such a broadcast.</summary>
    internal static async Task<Broadcast> RequireHostAsync(this Db db, Viewer viewer, Guid broadcastId, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var broadcast = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == broadcastId, cancellation);
        if (broadcast is null) throw Refusal.NotFound.AsException();
        var roles = await db.RolesAt(viewer, broadcast.EventId, cancellation);
        if (!roles.Overlaps(EventAccess.Crew) && !(broadcast.PersonId == person && MayBroadcast(roles))) Refusal.NotFound.Throw();
        return broadcast;
    }
}
