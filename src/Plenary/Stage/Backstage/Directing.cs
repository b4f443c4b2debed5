using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>
/// Changes plans of stages: from a browser, from the run of show or by what happens. Each change is in the database before anybody is told, and
/// told whatever becomes of this process.
/// </summary>
public sealed class Directing(IDbContextFactory<Db> dbs, PlanNews news, StageNews stageNews, PlanChanges changes, StageVoices voices, HandNews hands, TimeProvider clock)
{
    private const int MostAttempts = 8;

    /// <summary>
    /// Gives a command. With the same id it is done once. Refused: sign-in-required, not-found, not-a-stage, event-over; forbidden without the standing;
    /// invalid-input; what the command itself refuses.
    /// </summary>
    public async Task<StagePlan> Direct(Viewer viewer, Guid stage, Guid id, StageCommand command, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        command.RequireOne();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var who = await db.RequireBackstage(viewer, stage, cancellation);
        return await Change(stage, id, who.Pass.Name, (work, plan) => changes.Apply(work, who, plan, command, cancellation), cancellation);
    }

    /// <summary>The same for a slice above that has decided it: the run of show, in the name of somebody of the crew. Refused: not-found; invalid-input; what the command itself refuses.</summary>
    internal async Task<StagePlan> Direct(Guid stage, Guid id, Guid person, string name, StageCommand command, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var behind = await (from room in db.Set<Room>().AsNoTracking() join at in db.Set<Event>() on room.EventId equals at.Id where room.StageId == stage select new { Room = room, at.Status })
            .SingleOrDefaultAsync(cancellation) ?? throw Refusal.NotFound.AsException();
        var who = new BackstagePass(new(behind.Room, behind.Room.EventId, behind.Status, person, name, EventAccess.Crew), stage, Standing.Director);
        return await Change(stage, id, name, (work, plan) => changes.Apply(work, who, plan, command, cancellation), cancellation);
    }

    /// <summary>
    /// Changes the plan of a stage. What <paramref name="change"/> adds to the unit of work is saved with it; it is called again when
    /// somebody else was faster.
    /// </summary>
    /// <param name="stage">The stage.</param>
    /// <param name="id">Of the change: with the same it is done once.</param>
    /// <param name="by">Name of who causes it.</param>
    /// <param name="change">The next plan of the one that is; the same when there is nothing to change.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    internal async Task<StagePlan> Change(Guid stage, Guid id, string by, Func<Db, StagePlanDocument, Task<StagePlanDocument>> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var plan = await db.Set<StagePlan>().SingleOrDefaultAsync(p => p.RoomId == stage, cancellation);
            if (plan?.Knows(id) == true) return plan;
            var before = plan?.Read() ?? await PlanChanges.First(db, stage, cancellation);
            var after = await change(db, before);
            if (plan is not null && after == before && !db.ChangeTracker.HasChanges()) return plan;
            after = after with { Version = before.Version + 1 };
            if (plan is null) db.Add(plan = new StagePlan { RoomId = stage, Document = "", Version = after.Version });
            plan.Take(after, id);
            var now = clock.GetUtcNow();
            var told = PlanNews.Write(db, stage, by, now);
            var audience = TellsAudience(before, after) ? StageNews.Write(db, stage, now) : null;
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                continue; // Somebody else changed it; look again.
            }
            await voices.FollowAsync(stage, before, after, cancellation);
            await news.TellAsync(told, cancellation);
            await hands.TellAsync(stage, before, after);
            if (audience is not null) await stageNews.TellAsync(audience, cancellation);
            return plan;
        }
    }

    private static bool TellsAudience(StagePlanDocument before, StagePlanDocument after)
    {
        var (was, now) = (before.AudienceOf(StageNow.Dark), after.AudienceOf(StageNow.Dark));
        return was.Card != now.Card || was.HandsClosed != now.HandsClosed || was.Banner != now.Banner || !(was.On ?? []).SequenceEqual(now.On ?? []);
    }
}
