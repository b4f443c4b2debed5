using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Shows;

/// <summary>Reads and keeps runs of show. A change is one transaction with what it moves in the agenda and what everybody is told of it.</summary>
internal sealed class ShowStore(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    private const int MostAttempts = 5;

    /// <summary>The run of show as it is; an empty one when there is none yet.</summary>
    public async Task<RunOfShow> Read(Guid eventId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await Read(db, eventId, cancellation);
    }

    /// <summary>
    /// Changes it, and answers it as it is then. <paramref name="change"/> is called again when somebody else was faster, which is only another process that took this one for dead.
    /// </summary>
    public async Task<RunOfShow> Change(Guid eventId, Func<Db, RunOfShow, Task> change, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var run = await Read(db, eventId, cancellation);
            await change(db, run);
            db.AddRange(run.Added);
            db.RemoveRange(run.Removed);
            if (run.Shifted is { } shifted) db.Add(shifted);
            var isFirst = db.Entry(run.Show).State == EntityState.Detached;
            if (isFirst && (run.Show.ControllerId is not null || run.Added.Count > 0)) db.Add(run.Show);
            if (!db.ChangeTracker.HasChanges()) return run;
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                if (run.Moved is { } moved) await Move(db, eventId, moved.Plan, moved.By, cancellation);
                run.Show.Version++;
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return run;
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                // Somebody else changed it; look again.
            }
        }
    }

    /// <summary>Events whose clock may have something to do: cues to come on autopilot while the event is not over, or some that were decided and may not have been done.</summary>
    public async Task<List<Guid>> Awake(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await (from cue in db.Set<Cue>()
                      join show in db.Set<Show>() on cue.EventId equals show.EventId
                      join at in db.Set<Event>() on cue.EventId equals at.Id
                      where cue.State == CueState.Firing
                          || (cue.State == CueState.Pending && cue.Anchor != CueAnchor.Hand && !cue.Held && show.Autopilot && at.Status != EventStatus.Ended && at.Status != EventStatus.Cancelled)
                      select cue.EventId).Distinct().ToListAsync(cancellation);
    }

    private static async Task<RunOfShow> Read(Db db, Guid eventId, CancellationToken cancellation)
    {
        var status = await db.Set<Event>().Where(e => e.Id == eventId).Select(e => e.Status).SingleAsync(cancellation);
        var show = await db.Set<Show>().SingleOrDefaultAsync(s => s.EventId == eventId, cancellation) ?? new Show { EventId = eventId };
        var cues = await db.Set<Cue>().Where(c => c.EventId == eventId).ToListAsync(cancellation);
        var sessions = await db.Set<Session>().Where(s => s.EventId == eventId).Select(s => new SessionTimes(s.Id, s.StartsAt, s.EndsAt)).ToListAsync(cancellation);
        var shifts = await db.Set<ShowShift>().Where(s => s.EventId == eventId).OrderBy(s => s.At).ToListAsync(cancellation);
        return new(show, cues, sessions, shifts, status is EventStatus.Ended or EventStatus.Cancelled);
    }

    private async Task Move(Db db, Guid eventId, ShiftPlan plan, TimeSpan by, CancellationToken cancellation)
    {
        await AgendaShift.Apply(db, eventId, plan.Sessions, plan.Ends, by, clock.GetUtcNow(), cancellation);
        db.AddJob(ShowNews.AgendaJob, eventId, clock.GetUtcNow());
    }
}
