using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Networking.Meetings;
using Plenary.Parties;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Polls;
using Plenary.Questions;
using Plenary.Registration;
using Plenary.Rooms;

namespace Plenary.Points;

/// <summary>Somebody's place on the leaderboard.</summary>
public sealed record PointsOfPerson(Guid Person, string Name, int Points, int Place);

/// <summary>The points of an event, as one of its people sees them.</summary>
/// <param name="Kept">False: this event keeps none.</param>
/// <param name="Mine">The viewer's.</param>
/// <param name="Hidden">The viewer is not on the leaderboard.</param>
/// <param name="Leaders">The first ten of those who are on it.</param>
public sealed record PointsNow(bool Kept, int Mine, bool Hidden, IReadOnlyList<PointEntry> Earned, IReadOnlyList<PointsOfPerson> Leaders);

/// <summary>
/// The ledger of points. What people did stands in the tables of the slices that they did it in; from there it is read again and again and what is new is added, so nothing is lost with a
/// process and nothing earns twice.
/// </summary>
public sealed class Ledger(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    private const int Leaders = 10;
    private const int PeopleAtOnce = 50;

    /// <summary>Shorter ones were no meeting.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    /// <summary>Keeps points at the event from now on, or stops showing them. Refused: sign-in-required, not-found.</summary>
    public async Task Keep(Viewer viewer, Guid eventId, bool on, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await db.RequireCrew(viewer, eventId, cancellation);
        var kept = await db.Set<PointsKept>().AnyAsync(k => k.EventId == eventId, cancellation);
        if (kept == on) return;
        if (!on) await db.Set<PointsKept>().Where(k => k.EventId == eventId).ExecuteDeleteAsync(cancellation);
        else await Add(db, new PointsKept { EventId = eventId, Since = clock.GetUtcNow() }, cancellation);
    }

    /// <summary>Takes the viewer off the leaderboard, or puts them on it. Refused: sign-in-required, not-found.</summary>
    public async Task Hide(Viewer viewer, Guid eventId, bool hidden, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var me = await RequireHere(db, viewer, eventId, cancellation);
        if (!hidden) await db.Set<PointsHidden>().Where(h => h.EventId == eventId && h.PersonId == me).ExecuteDeleteAsync(cancellation);
        else if (!await db.Set<PointsHidden>().AnyAsync(h => h.EventId == eventId && h.PersonId == me, cancellation))
            await Add(db, new PointsHidden { EventId = eventId, PersonId = me }, cancellation);
    }

    /// <summary>Refused: sign-in-required, not-found for who is not of the event.</summary>
    public async Task<PointsNow> Of(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var me = await RequireHere(db, viewer, eventId, cancellation);
        if (!await db.Set<PointsKept>().AnyAsync(k => k.EventId == eventId, cancellation)) return new(false, 0, false, [], []);
        var earned = await db.Set<PointEntry>().AsNoTracking().Where(p => p.EventId == eventId && p.PersonId == me).ToListAsync(cancellation);
        var hidden = db.Set<PointsHidden>().Where(h => h.EventId == eventId).Select(h => h.PersonId);
        var first = await (from p in db.Set<PointEntry>()
                           where p.EventId == eventId && !hidden.Contains(p.PersonId)
                           group p by p.PersonId into g
                           orderby g.Sum(p => p.Points) descending, g.Key
                           select new { Person = g.Key, Points = g.Sum(p => p.Points) }).Take(Leaders).ToListAsync(cancellation);
        var ids = first.ConvertAll(f => f.Person);
        var names = await db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
        return new(true, earned.Sum(p => p.Points), await hidden.ContainsAsync(me, cancellation), earned,
            first.ConvertAll(f => new PointsOfPerson(f.Person, names[f.Person], f.Points, 1 + first.Count(o => o.Points > f.Points))));
    }

    /// <summary>Those who have so many points at the event.</summary>
    public async Task<HashSet<Guid>> With(Db db, Guid eventId, int points, CancellationToken cancellation)
    {
        await Reckon(eventId, cancellation);
        return (await db.Set<PointEntry>().Where(p => p.EventId == eventId).GroupBy(p => p.PersonId).Where(g => g.Sum(p => p.Points) >= points).Select(g => g.Key).ToListAsync(cancellation)).ToHashSet();
    }

    /// <summary>Reads what people did at the event and adds what is new. Several may do so at once: each deed is added by one of them.</summary>
    public async Task Reckon(Guid eventId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var done = await Done(db, eventId, cancellation);
        var held = await Held(db.Set<PointEntry>().Where(p => p.EventId == eventId), cancellation);
        var byPerson = done.ToLookup(d => d.Person);
        foreach (var people in PointsRules.New(held, done).Select(d => d.Person).Distinct().Chunk(PeopleAtOnce)) await Add(eventId, people, [.. people.SelectMany(p => byPerson[p])], cancellation);
    }

    /// <summary>Of these people, whose deeds stand in one transaction: otherwise two who add at once could add more of a kind than count.</summary>
    private async Task Add(Guid eventId, Guid[] people, List<DeedDone> done, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Whoever reckons this event meanwhile waits here, and finds afterwards what this one has added.
        await db.Set<Event>().Where(e => e.Id == eventId).ExecuteUpdateAsync(set => set.SetProperty(e => e.Name, e => e.Name), cancellation);
        var held = await Held(db.Set<PointEntry>().Where(p => p.EventId == eventId && people.Contains(p.PersonId)), cancellation);
        foreach (var one in PointsRules.New(held, done)) db.Add(new PointEntry { EventId = eventId, PersonId = one.Person, Deed = one.Deed, Subject = one.Subject, Points = PointsRules.Of(one.Deed).Points });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<HashSet<DeedDone>> Held(IQueryable<PointEntry> entries, CancellationToken cancellation) =>
        (await entries.Select(p => new { p.PersonId, p.Deed, p.Subject }).ToListAsync(cancellation)).Select(p => new DeedDone(p.PersonId, p.Deed, p.Subject)).ToHashSet();

    private async Task<List<DeedDone>> Done(Db db, Guid eventId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rooms = db.Set<Room>().Where(r => r.EventId == eventId).Select(r => r.Id);
        var done = (await db.Set<Registration.Registration>().Where(r => r.EventId == eventId && r.CancelledAt == null && r.CameAt != null).Select(r => r.PersonId).ToListAsync(cancellation))
            .ConvertAll(person => new DeedDone(person, Deed.Came, eventId));
        done.AddRange((await db.Set<Question>().Where(q => rooms.Contains(q.RoomId) && q.PersonId != null && q.State != QuestionState.Held && q.State != QuestionState.Dismissed)
            .Select(q => new { Person = q.PersonId!.Value, q.Id }).ToListAsync(cancellation)).Select(q => new DeedDone(q.Person, Deed.Asked, q.Id)));
        var polls = db.Set<Poll>().Where(p => rooms.Contains(p.RoomId)).Select(p => p.Id);
        done.AddRange((await db.Set<PollVote>().Where(v => polls.Contains(v.PollId)).Select(v => new { v.PersonId, v.PollId }).ToListAsync(cancellation)).Select(v => new DeedDone(v.PersonId, Deed.Voted, v.PollId)));
        done.AddRange((await db.Set<PollVoter>().Where(v => polls.Contains(v.PollId)).Select(v => new { v.PersonId, v.PollId }).ToListAsync(cancellation)).Select(v => new DeedDone(v.PersonId, Deed.Voted, v.PollId)));
        foreach (var met in await db.Set<PartyMeeting>().AsNoTracking().Where(m => m.EventId == eventId && m.Until <= now).ToListAsync(cancellation))
            if (met.Talked >= LongEnough) done.AddRange(from one in met.People from other in met.People where one != other select new DeedDone(one, Deed.Met, other));
        foreach (var met in await db.Set<Meeting>().Where(m => m.EventId == eventId && m.State == MeetingState.Accepted && m.EndsAt <= now).Select(m => new { m.ById, m.WithId }).ToListAsync(cancellation))
            done.AddRange([new(met.ById, Deed.Met, met.WithId), new(met.WithId, Deed.Met, met.ById)]);
        // Staff plays for nobody: crew, speakers and the organization's own ask and vote as a part of their work.
        var staff = await db.PeopleWithRolesAt(eventId).ToListAsync(cancellation);
        var people = (await db.Set<Registration.Registration>().Where(r => r.EventId == eventId && r.CancelledAt == null && !staff.Contains(r.PersonId)).Select(r => r.PersonId).ToListAsync(cancellation)).ToHashSet();
        done.RemoveAll(d => !people.Contains(d.Person));
        return done;
    }

    private static async Task<Guid> RequireHere(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        if (viewer.At(eventId) is not { } me) throw Refusal.NotFound.AsException();
        if (!await db.HoldsRegistration(viewer, eventId, cancellation) && (await db.RolesAt(viewer, eventId, cancellation)).Count == 0) Refusal.NotFound.Throw();
        return me;
    }

    private static async Task Add(Db db, object row, CancellationToken cancellation)
    {
        db.Add(row);
        try { await db.SaveChangesAsync(cancellation); }
        catch (DbUpdateException taken) when (Db.IsTaken(taken)) { } // the same was asked for twice at once
    }
}

/// <summary>Adds to the ledgers of events that are on what people did since, once over all processes.</summary>
internal sealed class ReckonPoints(IDbContextFactory<Db> dbs, Ledger ledger, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "points.reckon";

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <summary>Meetings end after their event does.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(6);

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var (now, late) = (clock.GetUtcNow(), clock.GetUtcNow() - Late);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var on = await (from k in db.Set<PointsKept>()
                        join e in db.Set<Event>() on k.EventId equals e.Id
                        where e.Status == EventStatus.Published && e.StartsAt < now.AddDays(1) && e.EndsAt > late
                        select e.Id).ToListAsync(cancellation);
        foreach (var one in on) await ledger.Reckon(one, cancellation);
    }
}
