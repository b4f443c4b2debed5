using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Profiles;

/// <summary>Who is of an event: whoever holds a registration or a role there, the members of its organization among them; not who was banned.</summary>
public static class PeopleOfEvent
{
    /// <summary>The ids of everybody of the event, each once.</summary>
    public static IQueryable<Guid> PeopleOf(this Db db, Guid eventId) =>
        db.Set<Registration.Registration>().Where(r => r.EventId == eventId && r.CancelledAt == null).Select(r => r.PersonId)
            .Union(db.Set<EventRoleGrant>().Where(g => g.EventId == eventId).Select(g => g.PersonId))
            .Union(from e in db.Set<Event>() where e.Id == eventId join m in db.Set<Membership>() on e.OrganizationId equals m.OrganizationId select m.PersonId)
            .Where(person => !db.BansAt(eventId).Any(ban => ban.PersonId == person));

    public static Task<bool> IsOf(this Db db, Guid eventId, Guid person, CancellationToken cancellation) => db.PeopleOf(eventId).AnyAsync(p => p == person, cancellation);

    /// <summary>The same, or they gave their place back: who leaves can still be blocked and reported.</summary>
    public static async Task<bool> WasOf(this Db db, Guid eventId, Guid person, CancellationToken cancellation) =>
        await db.IsOf(eventId, person, cancellation) || await db.Set<Registration.Registration>().AnyAsync(r => r.EventId == eventId && r.PersonId == person, cancellation);

    /// <summary>The person behind this session, who is of the event. Refused: sign-in-required; not-found for who is not.</summary>
    public static async Task<Guid> RequireOf(this Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        return viewer.At(eventId) is { } person && await db.IsOf(eventId, person, cancellation) ? person : throw Refusal.NotFound.AsException();
    }
}
