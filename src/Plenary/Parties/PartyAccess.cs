using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Parties;

/// <summary>Who may do what at a party: whoever may be in its room may come; the event's speakers and staff may start and direct it.</summary>
internal static class PartyAccess
{
    public static bool MayDirect(RoomPass pass) => pass.Roles.Overlaps(EventAccess.Staff) || pass.Roles.Contains(EventRole.Speaker);

    /// <summary>The party and the viewer's pass to its room. Refused: sign-in-required; not-found when there is no such party, or the viewer may not know of it.</summary>
    public static async Task<(Party Party, RoomPass Pass)> RequireParty(this Db db, DoorCheck door, Viewer viewer, Guid party, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var found = await db.Set<Party>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == party, cancellation);
        if (found is null || await door.PassOf(viewer, found.RoomId, cancellation) is not { } pass) throw Refusal.NotFound.AsException();
        return (found, pass);
    }

    /// <summary>The same, for who directs it. Refused as well: forbidden.</summary>
    public static async Task<(Party Party, RoomPass Pass)> RequireHost(this Db db, DoorCheck door, Viewer viewer, Guid party, CancellationToken cancellation)
    {
        var (found, pass) = await db.RequireParty(door, viewer, party, cancellation);
        if (!MayDirect(pass)) Refusal.Forbidden.Throw();
        return (found, pass);
    }
}
