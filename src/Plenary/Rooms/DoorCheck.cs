using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Rooms;

/// <summary>Looks up in the database, at every join, who may be in a room; a crowd at the door shares a few queries.</summary>
public sealed class DoorCheck(IDbContextFactory<Db> dbs, TimeProvider clock) : SharedLook<RoomRequest, RoomPass?>(dbs, clock)
{
    /// <summary>The viewer's pass, or null: there is no such room, or the viewer may not know of it. Throws what the database said when it could not be asked.</summary>
    public Task<RoomPass?> PassOf(Viewer viewer, Guid room, CancellationToken cancellation) => Ask(new(viewer, room), cancellation);

    private protected override Task<RoomPass?[]> Look(Db db, IReadOnlyList<RoomRequest> questions) => db.RoomPassesOf(questions, CancellationToken.None);
}
