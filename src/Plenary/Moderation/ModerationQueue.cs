using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;
using Plenary.Questions;
using Plenary.Rooms;
using Plenary.Rooms.Held;

namespace Plenary.Moderation;

/// <summary>What waits for a moderator.</summary>
/// <param name="Kind">report, held, question or appeal.</param>
/// <param name="Id">Of the report, message, question or restriction.</param>
/// <param name="Room">Where, when it is in a room.</param>
/// <param name="RoomName">Its name.</param>
/// <param name="Person">Whom it is about; null for an anonymous question.</param>
/// <param name="Name">As they are called.</param>
/// <param name="Text">The words it is about.</param>
/// <param name="Why">Of a held message delay, room, words or link; of a report where it came from.</param>
/// <param name="At">Since when.</param>
/// <param name="ReleaseAt">When it goes by itself.</param>
/// <param name="Note">What a reporter wrote.</param>
/// <param name="Context">JSON of what a reporter sent along.</param>
public sealed record QueueItem(
    string Kind, Guid Id, Guid? Room, string? RoomName, Guid? Person, string Name, string Text, string Why, DateTimeOffset At, DateTimeOffset? ReleaseAt = null, string Note = "", string? Context = null);

/// <summary>A restriction that holds now, with what was said about it.</summary>
/// <param name="Restriction">The restriction.</param>
/// <param name="Name">Of the person.</param>
/// <param name="RoomName">Where, when it is in one room.</param>
/// <param name="Appeal">What the person said and was answered.</param>
public sealed record RestrictionNow(Restriction Restriction, string Name, string? RoomName, Appeal? Appeal)
{
    /// <summary>What the person said.</summary>
    public string? Said => Appeal?.Note;

    /// <summary>What they were answered.</summary>
    public string? Answered => Appeal?.Answer;
}

/// <summary>Everything that waits for the moderators of an event, longest waiting first.</summary>
/// <param name="Now">The server's clock.</param>
/// <param name="SeesLog">The viewer may read the audit log.</param>
/// <param name="Items">At most 200.</param>
/// <param name="Restricted">Who is restricted now; at most 500.</param>
public sealed record QueueOfEvent(DateTimeOffset Now, bool SeesLog, IReadOnlyList<QueueItem> Items, IReadOnlyList<RestrictionNow> Restricted);

/// <summary>What a moderator knows about a person before deciding.</summary>
public sealed record PersonBefore(Guid Person, string Name, DateTimeOffset? RegisteredAt, int Messages, IReadOnlyList<ModerationAct> Acts);

/// <summary>Reads the one queue, the audit log, and for the person concerned what is held against them.</summary>
public sealed class ModerationQueue(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    private const int Most = 200;
    private const int MostRestricted = 500;
    private const int PageOfLog = 100;

    private readonly Moderators moderators = new(clock);

    /// <summary>The queue. Refused: sign-in-required; not-found for whoever is not of the staff.</summary>
    public async Task<QueueOfEvent> Of(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var by = await moderators.Require(db, viewer, eventId, cancellation);
        var rooms = await db.Set<Room>().Where(r => r.EventId == eventId).ToDictionaryAsync(r => r.Id, r => r.Name, cancellation);
        var items = new List<QueueItem>();
        var held = await db.Set<HeldMessage>().AsNoTracking().Where(h => h.EventId == eventId && h.State == HeldState.Waiting).OrderBy(h => h.At).Take(Most).ToListAsync(cancellation);
        items.AddRange(held.Where(h => h.PersonId != by.Person).Select(h => new QueueItem("held", h.EntryId, h.RoomId, rooms.GetValueOrDefault(h.RoomId), h.PersonId, h.Name, h.Text, h.Reason.ToString().ToLowerInvariant(), h.At, h.ReleaseAt)));
        var ids = rooms.Keys.ToArray();
        var questions = await db.Set<Question>().AsNoTracking().Where(q => ids.Contains(q.RoomId) && q.State == QuestionState.Held).OrderBy(q => q.At).Take(Most).ToListAsync(cancellation);
        items.AddRange(questions.Select(q => new QueueItem("question", q.Id, q.RoomId, rooms.GetValueOrDefault(q.RoomId), q.PersonId, q.Name, q.Text, "question", q.At)));
        var reports = await (from r in (await Reports.For(db, viewer, eventId, cancellation)).Where(r => r.State == ReportState.Open)
                             join p in db.Users on r.AboutId equals p.Id
                             select new { Report = r, p.Name }).Take(Most).ToListAsync(cancellation);
        items.AddRange(reports.Select(r => new QueueItem("report", r.Report.Id, null, null, r.Report.AboutId, r.Name, r.Report.Note, r.Report.ContextKind, r.Report.At, Note: r.Report.Note, Context: r.Report.Excerpt)));
        var standing = db.Set<Restriction>().Where(r => r.EventId == eventId && r.LiftedAt == null);
        var restricted = await Active(db, standing, rooms, cancellation);
        // Asked for by themselves: whoever wrote about an old restriction is not lost behind many new ones.
        var appeals = await Active(db, standing.Where(r => r.PersonId != by.Person && db.Set<Appeal>().Any(a => a.RestrictionId == r.Id && a.AnsweredAt == null)), rooms, cancellation);
        items.AddRange(appeals
            .Select(r => new QueueItem("appeal", r.Restriction.Id, r.Restriction.RoomId, r.RoomName, r.Restriction.PersonId, r.Name, r.Appeal!.Note, r.Restriction.Kind.ToString().ToLowerInvariant(), r.Appeal.At)));
        return new(clock.GetUtcNow(), by.Rank >= 3, [.. items.OrderBy(i => i.At).Take(Most)], restricted);
    }

    /// <summary>What holds against the viewer at an event. Refused: sign-in-required.</summary>
    public async Task<IReadOnlyList<RestrictionNow>> Mine(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        if (viewer.At(eventId) is not { } person) return [];
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var rooms = await db.Set<Room>().Where(r => r.EventId == eventId).ToDictionaryAsync(r => r.Id, r => r.Name, cancellation);
        return await Active(db, db.Set<Restriction>().Where(r => r.EventId == eventId && r.PersonId == person && r.LiftedAt == null), rooms, cancellation);
    }

    /// <summary>What the viewer wrote in a room and is held, or was declined just now. Refused: not-found.</summary>
    public async Task<IReadOnlyList<HeldMessage>> MineHeld(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var pass = await db.RoomPassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        return await db.Set<HeldMessage>().AsNoTracking().Where(h => h.RoomId == room && h.PersonId == pass.Person && (h.State == HeldState.Waiting || h.State == HeldState.Approved || h.State == HeldState.Due))
            .OrderBy(h => h.Number).Take(Most).ToListAsync(cancellation);
    }

    /// <summary>The audit log before a line, newest first: for organizers and producers. Refused: sign-in-required; not-found for the moderators; forbidden to them.</summary>
    public async Task<IReadOnlyList<ModerationAct>> Log(Viewer viewer, Guid eventId, Guid? before, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var by = await moderators.Require(db, viewer, eventId, cancellation);
        if (by.Rank < 3) Refusal.Forbidden.Throw();
        var lines = db.Set<ModerationAct>().AsNoTracking().Where(a => a.EventId == eventId);
        if (before is { } last) lines = lines.Where(a => a.Id.CompareTo(last) < 0);
        return await lines.OrderByDescending(a => a.Id).Take(PageOfLog).ToListAsync(cancellation);
    }

    /// <summary>What is known about a person of the event. Refused as the queue.</summary>
    public async Task<PersonBefore> Before(Viewer viewer, Guid eventId, Guid person, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await moderators.Require(db, viewer, eventId, cancellation);
        if (!await db.WasOf(eventId, person, cancellation)) Refusal.NotFound.Throw();
        var name = await db.Users.Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation);
        var registered = await db.Set<Registration.Registration>().Where(r => r.EventId == eventId && r.PersonId == person).OrderByDescending(r => r.Id).Select(r => (DateTimeOffset?)r.RegisteredAt).FirstOrDefaultAsync(cancellation);
        var messages = await (from e in db.Set<RoomEntry>() where e.PersonId == person && e.Kind == EntryKind.Chat join r in db.Set<Room>() on e.RoomId equals r.Id where r.EventId == eventId select e).CountAsync(cancellation);
        var acts = await db.Set<ModerationAct>().AsNoTracking().Where(a => a.EventId == eventId && a.AboutId == person).OrderByDescending(a => a.Id).Take(20).ToListAsync(cancellation);
        return new(person, name, registered, messages, acts);
    }

    private async Task<List<RestrictionNow>> Active(Db db, IQueryable<Restriction> which, Dictionary<Guid, string> rooms, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await (from r in which.AsNoTracking()
                          where r.Until == null || r.Until > now
                          join p in db.Users on r.PersonId equals p.Id
                          join a in db.Set<Appeal>() on r.Id equals a.RestrictionId into appeals
                          from a in appeals.DefaultIfEmpty()
                          orderby r.Id descending
                          select new { Restriction = r, p.Name, Appeal = a }).Take(MostRestricted).ToListAsync(cancellation);
        return [.. rows.Select(r => new RestrictionNow(r.Restriction, r.Name, r.Restriction.RoomId is { } room ? rooms.GetValueOrDefault(room) : null, r.Appeal))];
    }
}
