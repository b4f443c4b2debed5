using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>
/// Carries what is decided about a stage into the calls: whom the crew muted nobody hears, and a guest who goes back to the audience is out of
/// the call before they are told so.
/// </summary>
public sealed class StageVoices(IDbContextFactory<Db> dbs, LiveCalls calls, LiveRooms rooms, ILogger<StageVoices> log)
{
    /// <summary>The rule for the call of a backstage; it says nothing about other rooms.</summary>
    internal async ValueTask<CallRight?> RightOf(RoomPass pass, CancellationToken cancellation)
    {
        if (pass.Room.StageId is not { } stage) return null;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var plan = (await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == stage, cancellation))?.Read();
        return new(pass.MayPublish, plan?.IsMuted(pass.Person) == true);
    }

    /// <summary>What has changed is enforced when this returns, unless a process hangs.</summary>
    internal async Task FollowAsync(Guid stage, StagePlanDocument before, StagePlanDocument after, CancellationToken cancellation)
    {
        var muted = People(before).Union(People(after)).Where(p => before.IsMuted(p) != after.IsMuted(p)).ToList();
        var left = before.Hands.Where(h => h.State == HandState.Accepted && after.HandOf(h.Person) is null).Select(h => h.Person).ToList();
        if (muted.Count == 0 && left.Count == 0) return;
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            if (await db.Set<Room>().Where(r => r.StageId == stage).Select(r => (Guid?)r.Id).SingleOrDefaultAsync(cancellation) is not { } backstage) return;
            foreach (var person in left)
            {
                await rooms.Reconsider(backstage, person);
                await calls.Kick(backstage, person);
            }
            foreach (var person in muted) await calls.Reconsider(backstage, person);
        }
#pragma warning disable CA1031 // What is right stands in the database: the calls ask it whenever somebody enters, and the job of the change looks again.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "The call behind stage {Room} was not told of a change at once", stage);
        }
#pragma warning restore CA1031
    }

    private static IEnumerable<Guid> People(StagePlanDocument plan) => plan.On.Select(s => s.Person).OfType<Guid>();
}
