using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Agenda;

/// <summary>Moves sessions of an event that runs late, for the slice above that has decided it: the run of show.</summary>
internal static class AgendaShift
{
    /// <summary>Moves some sessions whole and of some the end only, in the unit of work at hand; the event is widened to hold them.</summary>
    /// <param name="db">The unit of work, within a transaction.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="whole">Sessions that move.</param>
    /// <param name="ends">Sessions that go on longer, or end earlier.</param>
    /// <param name="by">How much.</param>
    /// <param name="now">When what was planned with them is told.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public static async Task Apply(Db db, Guid eventId, IReadOnlyCollection<Guid> whole, IReadOnlyCollection<Guid> ends, TimeSpan by, DateTimeOffset now, CancellationToken cancellation)
    {
        Guid[] all = [.. whole, .. ends];
        if (all.Length == 0) return;
        var sessions = await db.Set<Session>().Where(s => s.EventId == eventId && all.Contains(s.Id)).ToListAsync(cancellation);
        foreach (var session in sessions)
        {
            session.EndsAt += by;
            if (!whole.Contains(session.Id)) continue;
            session.StartsAt += by;
            db.AddJob(SessionMoved.Job, session.Id, now);
        }
        if (sessions.Count == 0) return;
        var (start, end) = (sessions.Min(s => s.StartsAt), sessions.Max(s => s.EndsAt));
        await Widen(db, eventId, start, end, cancellation);
    }

    /// <summary>
    /// An event lasts at least from its first session to its last. Not a save of the event: whoever has its page open in a form loses nothing, and
    /// two of these never undo each other.
    /// </summary>
    internal static async Task Widen(Db db, Guid eventId, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellation)
    {
        await db.Set<Event>().Where(e => e.Id == eventId && e.StartsAt > start).ExecuteUpdateAsync(set => set.SetProperty(e => e.StartsAt, start), cancellation);
        await db.Set<Event>().Where(e => e.Id == eventId && e.EndsAt < end).ExecuteUpdateAsync(set => set.SetProperty(e => e.EndsAt, end), cancellation);
    }
}
