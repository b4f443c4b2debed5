using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Rooms;

namespace Plenary.Tables;

/// <summary>The door to the call of a table: whoever sits there, and nobody else, the staff neither.</summary>
internal sealed class TableDoor(IDbContextFactory<Db> dbs, TimeProvider clock) : ICallDoor
{
    public async ValueTask<CallPass?> PassOf(Viewer viewer, Guid call, CancellationToken cancellation)
    {
        if (viewer.PersonId is not { } person) return null;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var room = await db.Set<Seat>().Where(s => s.TableId == call && s.PersonId == person).Select(s => (Guid?)s.RoomId).SingleOrDefaultAsync(cancellation);
        if (room is not { } floor || await db.RoomPassOf(viewer, floor, cancellation) is not { } pass) return null;
        return new(pass.EventId, person, pass.Name, pass.Role, new(MayPublish: true, Silenced: pass.IsMuted(clock)));
    }
}

/// <summary>Wakes the floors where somebody sits: the process that looked after them may have died.</summary>
internal sealed class LookAfterFloors(IDbContextFactory<Db> dbs, IGrainFactory grains) : IJobHandler
{
    public const string JobKind = "tables.look";

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var floors = await db.Set<Seat>().Select(s => s.RoomId).Distinct().ToListAsync(cancellation);
        foreach (var floor in floors) await grains.GetGrain<IFloorGrain>(floor).Look();
    }
}
