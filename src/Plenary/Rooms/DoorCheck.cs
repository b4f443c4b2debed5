using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Rooms;

/// <summary>Looks up in the database, at every join, who may be in a room; a crowd at the door shares a few queries.</summary>
public sealed class DoorCheck(IDbContextFactory<Db> dbs, TimeProvider clock) : SharedLook<RoomRequest, RoomPass?>(dbs, clock)
{
    private readonly IDbContextFactory<Db> dbs = dbs;
    private readonly TimeProvider clock = clock;

    /// <summary>The viewer's pass, or null: there is no such room, or the viewer may not know of it. Throws what the database said when it could not be asked.</summary>
    public Task<RoomPass?> PassOf(Viewer viewer, Guid room, CancellationToken cancellation) => Ask(new(viewer, room), cancellation);

    /// <summary>Why a person of the event is not let in: the restriction that keeps them out. Null when there is none.</summary>
    internal async Task<Refusal?> WhyNot(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var at = await db.Set<Room>().Where(r => r.Id == room).Select(r => r.EventId).SingleOrDefaultAsync(cancellation);
        if (viewer.At(at) is not { } person) return null;
        var found = await db.RestrictionsOf([at], [person]).ToListAsync(cancellation);
        return found.Where(r => r.IsActive(clock.GetUtcNow()) && r.KeepsOutOf(room)).OrderByDescending(r => r.Kind).FirstOrDefault()?.ToRefusal();
    }

    private protected override Task<RoomPass?[]> Look(Db db, IReadOnlyList<RoomRequest> questions) => db.RoomPassesOf(questions, CancellationToken.None);
}
