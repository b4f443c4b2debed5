using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;

namespace Plenary.Moderation;

/// <summary>Somebody of the staff of an event who does something.</summary>
/// <param name="Event">The event.</param>
/// <param name="Person">Who.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Rank">Of their foremost role.</param>
internal sealed record Moderator(Guid Event, Guid Person, string Name, int Rank);

/// <summary>Who may moderate, and whom: a role acts on those below it, and nobody on themselves.</summary>
internal sealed class Moderators(TimeProvider clock)
{
    private readonly Gcra<Guid> pace = new(perSecond: 5, burst: 60, clock);

    /// <summary>The rank of the foremost of these roles; 0 for none.</summary>
    public static int RankOf(IReadOnlySet<EventRole> roles) => roles.Count == 0 ? 0 : roles.Min() switch
    {
        EventRole.Organizer => 4,
        EventRole.Producer => 3,
        EventRole.Moderator => 2,
        EventRole.Speaker => 1,
        _ => 0,
    };

    /// <summary>The viewer as of the event's staff. Refused: sign-in-required; not-found for whoever is not; too-many-requests.</summary>
    public async Task<Moderator> Require(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var roles = await db.RolesAt(viewer, eventId, cancellation);
        if (!roles.Overlaps(EventAccess.Staff)) Refusal.NotFound.Throw();
        if (!pace.Take(person)) Refusal.TooMany.Throw();
        return new(eventId, person, await db.Users.Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation), RankOf(roles));
    }

    /// <summary>Whom the moderator may act on. Refused: yourself, outranked.</summary>
    public static async Task<IReadOnlySet<EventRole>> RequireBelow(Db db, Moderator moderator, Guid person, CancellationToken cancellation)
    {
        if (person == moderator.Person) ModerationRefusals.Yourself.Throw();
        var roles = await db.RolesAt(new Viewer(person, null), moderator.Event, cancellation);
        if (RankOf(roles) >= moderator.Rank) ModerationRefusals.Outranked.Throw();
        return roles;
    }
}
