using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Rooms.Attendance;

/// <summary>Somebody wants to be reached at an event.</summary>
internal readonly record struct AttendanceRequest(Viewer Viewer, Guid Event);

/// <summary>
/// Looks up who is of an event: who is registered for it, and who holds a role at it; of a draft only the latter. Thousands who come at once
/// share a few queries.
/// </summary>
internal sealed class AttendanceCheck(IDbContextFactory<Db> dbs, TimeProvider clock) : SharedLook<AttendanceRequest, bool>(dbs, clock)
{
    public Task<bool> IsOf(Viewer viewer, Guid @event, CancellationToken cancellation) => Ask(new(viewer, @event), cancellation);

    private protected override async Task<bool[]> Look(Db db, IReadOnlyList<AttendanceRequest> questions)
    {
        var events = questions.Select(q => q.Event).Distinct().ToArray();
        var people = questions.Where(q => q.Viewer.PersonId is not null).Select(q => q.Viewer.PersonId!.Value).Distinct().ToArray();
        var known = await db.Set<Event>().Where(e => events.Contains(e.Id)).Select(e => new { e.Id, e.Status }).ToDictionaryAsync(e => e.Id, e => e.Status);
        var roles = await db.RolesAtEach([.. questions.Select(q => (q.Viewer, q.Event))], CancellationToken.None);
        var registered = (await db.Set<Registration.Registration>().Where(r => events.Contains(r.EventId) && people.Contains(r.PersonId) && r.CancelledAt == null)
            .Select(r => new { r.EventId, r.PersonId }).ToListAsync()).Select(r => (r.EventId, r.PersonId)).ToHashSet();
        var banned = (await db.RestrictionsOf(events, people).Where(r => r.Kind == RestrictionKind.Ban).Select(r => new { r.EventId, r.PersonId }).ToListAsync()).Select(r => (r.EventId, r.PersonId)).ToHashSet();
        return [.. questions.Select((q, n) => known.TryGetValue(q.Event, out var status) && IsOf(q, status, roles[n]))];

        // A session of one room is the server's own; nobody sits behind it.
        bool IsOf(AttendanceRequest asked, EventStatus status, IReadOnlySet<EventRole> held) =>
            asked.Viewer.RoomId is null && asked.Viewer.At(asked.Event) is { } person && !banned.Contains((asked.Event, person))
            && (held.Count > 0 || (status != EventStatus.Draft && registered.Contains((asked.Event, person))));
    }
}
