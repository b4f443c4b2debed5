using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Events;

/// <summary>Roles of a viewer at an event: the one place that says who counts as crew.</summary>
public static class EventAccess
{
    /// <summary>Those who see drafts and people's data.</summary>
    public static readonly IReadOnlySet<EventRole> Crew = new HashSet<EventRole> { EventRole.Organizer, EventRole.Producer };

    /// <summary>Those whose messages are marked as staff.</summary>
    public static readonly IReadOnlySet<EventRole> Staff = new HashSet<EventRole> { EventRole.Organizer, EventRole.Producer, EventRole.Moderator };

    private static readonly IReadOnlySet<EventRole> None = new HashSet<EventRole>();

    /// <summary>
    /// The roles this session holds at the event. A session of one event (personal link) holds only what was given at that event, never
    /// the organization's roles: a forwarded link must not carry them.
    /// </summary>
    public static async Task<IReadOnlySet<EventRole>> RolesAt(this Db db, Viewer viewer, Guid eventId, CancellationToken cancellation) =>
        (await db.RolesAtEach([(viewer, eventId)], cancellation))[0];

    /// <summary>The same for many at once, in their order: two queries, or one when all sessions are of one event only.</summary>
    public static async Task<IReadOnlySet<EventRole>[]> RolesAtEach(this Db db, IReadOnlyList<(Viewer Viewer, Guid Event)> asked, CancellationToken cancellation)
    {
        var events = asked.Select(a => a.Event).Distinct().ToArray();
        var people = asked.Where(a => a.Viewer.At(a.Event) is not null).Select(a => a.Viewer.PersonId!.Value).Distinct().ToArray();
        var accounts = asked.Where(a => a.Viewer.HoldsCrewRoles).Select(a => a.Viewer.PersonId!.Value).Distinct().ToArray();
        var granted = people.Length == 0 ? [] : await db.Set<EventRoleGrant>()
            .Where(g => events.Contains(g.EventId) && people.Contains(g.PersonId))
            .Select(g => new { g.EventId, g.PersonId, g.Role }).ToListAsync(cancellation);
        var members = accounts.Length == 0 ? [] : await (from e in db.Set<Event>()
                                                         where events.Contains(e.Id)
                                                         join m in db.Set<Membership>() on e.OrganizationId equals m.OrganizationId
                                                         where accounts.Contains(m.PersonId)
                                                         select new { EventId = e.Id, m.PersonId, m.Role }).ToListAsync(cancellation);
        var grants = granted.ToLookup(g => (g.EventId, g.PersonId), g => g.Role);
        var memberships = members.ToDictionary(m => (m.EventId, m.PersonId), m => m.Role);
        return [.. asked.Select(Roles)];

        IReadOnlySet<EventRole> Roles((Viewer Viewer, Guid Event) one)
        {
            if (one.Viewer.At(one.Event) is not { } person) return None;
            OrganizationRole? member = memberships.TryGetValue((one.Event, person), out var role) ? role : null;
            var given = grants[(one.Event, person)];
            return member is null && !given.Any() ? None : Held(one.Viewer, given, member);
        }
    }

    /// <summary>Those who hold a role at the event, by a grant or by its organization, whatever session they come with.</summary>
    public static IQueryable<Guid> PeopleWithRolesAt(this Db db, Guid eventId) =>
        db.Set<EventRoleGrant>().Where(g => g.EventId == eventId).Select(g => g.PersonId)
            .Union(from e in db.Set<Event>() where e.Id == eventId join m in db.Set<Membership>() on e.OrganizationId equals m.OrganizationId select m.PersonId);

    /// <summary>Those of the event's crew, by a grant or by its organization.</summary>
    public static IQueryable<Guid> CrewOf(this Db db, Guid eventId)
    {
        EventRole[] roles = [.. Crew];
        return db.Set<EventRoleGrant>().Where(g => g.EventId == eventId && roles.Contains(g.Role)).Select(g => g.PersonId)
            .Union(from e in db.Set<Event>() where e.Id == eventId join m in db.Set<Membership>() on e.OrganizationId equals m.OrganizationId where m.Role != OrganizationRole.Moderator select m.PersonId);
    }

    /// <summary>The same rule for roles that were already read: of the viewer's grants and membership, what this session holds.</summary>
    internal static IReadOnlySet<EventRole> Held(Viewer viewer, IEnumerable<EventRole> granted, OrganizationRole? member)
    {
        if (!viewer.HoldsCrewRoles) return granted.Where(r => !Crew.Contains(r)).ToHashSet();
        var roles = granted.ToHashSet();
        if (member is { } role) roles.Add(At(role));
        return roles;
    }

    /// <summary>
    /// The one event of this condition, when the viewer may know of it: anyone once it was published, before that only who holds a role at
    /// it (its crew, and the moderators and speakers invited to rehearse). Null otherwise.
    /// </summary>
    public static async Task<Event?> FindVisible(this Db db, Viewer viewer, Expression<Func<Event, bool>> which, CancellationToken cancellation)
    {
        var found = await db.Set<Event>().AsNoTracking().SingleOrDefaultAsync(which, cancellation);
        if (found is not { Status: EventStatus.Draft }) return found;
        return (await db.RolesAt(viewer, found.Id, cancellation)).Count > 0 ? found : null;
    }

    /// <summary>The event, when the viewer is of its crew. Refused: sign-in-required for strangers; not-found for anyone else, who must not learn that a draft exists.</summary>
    public static async Task<Event> RequireCrew(this Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var roles = await db.RolesAt(viewer, eventId, cancellation);
        if (!roles.Overlaps(Crew)) Refusal.NotFound.Throw();
        return await db.Set<Event>().SingleAsync(e => e.Id == eventId, cancellation);
    }

    /// <summary>Lets owners, admins and producers of the organization go on. Refused: sign-in-required for strangers, not-found for who is no member, forbidden for moderators.</summary>
    public static async Task RequireMayMakeEvents(this Db db, Viewer viewer, Guid organizationId, CancellationToken cancellation)
    {
        var person = viewer.RequireAccount();
        var role = await db.Set<Membership>().Where(m => m.OrganizationId == organizationId && m.PersonId == person).Select(m => (OrganizationRole?)m.Role).FirstOrDefaultAsync(cancellation);
        if (role is null) Refusal.NotFound.Throw();
        if (role is OrganizationRole.Moderator) Refusal.Forbidden.Throw();
    }

    /// <summary>The role at each event of the organization that a membership gives.</summary>
    public static EventRole At(OrganizationRole role) => role switch
    {
        OrganizationRole.Owner or OrganizationRole.Admin => EventRole.Organizer,
        OrganizationRole.Producer => EventRole.Producer,
        OrganizationRole.Moderator => EventRole.Moderator,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
