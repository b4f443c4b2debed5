using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Platform.Text;
using Plenary.Platform.Time;
using Plenary.Rooms;

namespace Plenary.Agenda;

/// <summary>What the crew says about a session; without an id it is a new one.</summary>
public sealed record SessionWish(string? Id, string Event, string Room, string Title, string Summary, string StartsAtLocal, int Minutes, IReadOnlyList<string> Speakers);

/// <summary>Where and when a session is.</summary>
public sealed record SessionPlace(string Room, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>A session goes elsewhere, if it is still where it was seen.</summary>
public sealed record SessionMove(string Id, SessionPlace To, SessionPlace Seen);

/// <summary>A session begins at another time: what was planned with it moves along. The job's payload is the session's id.</summary>
public static class SessionMoved
{
    public const string Job = "session-moved";
}

/// <summary>Adds, changes and removes entries of the agenda.</summary>
public static class SessionEditing
{
    public const int MostSessions = 300;
    public const int MostSpeakers = 30;
    public static readonly Refusal MovedByAnother = Refusal.Changed with { Message = "Somebody else moved this session meanwhile. It stays where they put it; look, and move it again if you still want to." };

    public static async Task<Session> Save(Db db, Viewer viewer, SessionWish wish, CancellationToken cancellation)
    {
        var @event = await db.RequireCrew(viewer, GraphContext.ParseId(wish.Event, "event"), cancellation);
        var session = wish.Id is { } id ? await Find(db, GraphContext.ParseId(id, "id"), @event.Id, cancellation) : await New(db, @event.Id, cancellation);
        var room = GraphContext.ParseId(wish.Room, "room");
        if (!await db.Set<Room>().AnyAsync(r => r.Id == room && r.EventId == @event.Id && r.Kind != RoomKind.Backstage, cancellation))
            throw Refusal.Invalid("room", "This event has no such room. Choose one of its rooms.").AsException();
        session.Title = Input.Line(wish.Title, "title", 160);
        session.Summary = Input.Paragraphs(wish.Summary, "summary", 4000);
        session.RoomId = room;
        if (wish.Minutes is < 5 or > 720) throw Refusal.Invalid("minutes", "A session lasts from 5 to 720 minutes.").AsException();
        session.StartsAt = WallClock.Zone(@event.TimeZone).ToInstant(WallClock.Parse(wish.StartsAtLocal, "startsAtLocal"));
        session.EndsAt = session.StartsAt.AddMinutes(wish.Minutes);
        await SetSpeakers(db, session, wish.Speakers, cancellation);
        if (db.Entry(session) is { State: EntityState.Modified } changed && changed.Property(s => s.StartsAt).IsModified) db.AddJob(SessionMoved.Job, session.Id, DateTimeOffset.UnixEpoch);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await Widen(db, @event, session.StartsAt, session.EndsAt, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return session;
    }

    /// <summary>
    /// Puts a session into another room or at another time, if it is still where the mover saw it. Refused: changed-meanwhile, when somebody else
    /// moved it, so that nobody's move is undone unseen; invalid-input, when it would be too short, too long or far from the event.
    /// </summary>
    public static async Task<Session> Move(Db db, Viewer viewer, SessionMove move, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var (id, to, seen) = (GraphContext.ParseId(move.Id, "id"), move.To, move.Seen);
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        var @event = await db.RequireCrew(viewer, session.EventId, cancellation);
        var (room, from) = (GraphContext.ParseId(to.Room, "room"), GraphContext.ParseId(seen.Room, "seen"));
        if (!await db.Set<Room>().AnyAsync(r => r.Id == room && r.EventId == @event.Id && r.Kind != RoomKind.Backstage, cancellation))
            throw Refusal.Invalid("room", "This event has no such room. Choose one of its rooms.").AsException();
        if ((to.EndsAt - to.StartsAt).TotalMinutes is < 5 or > 720) throw Refusal.Invalid("endsAt", "A session lasts from 5 to 720 minutes.").AsException();
        var (start, end, seenStart, seenEnd) = (to.StartsAt.ToUniversalTime(), to.EndsAt.ToUniversalTime(), seen.StartsAt.ToUniversalTime(), seen.EndsAt.ToUniversalTime());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var moved = await db.Set<Session>().Where(s => s.Id == id && s.RoomId == from && s.StartsAt == seenStart && s.EndsAt == seenEnd)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.RoomId, room).SetProperty(s => s.StartsAt, start).SetProperty(s => s.EndsAt, end), cancellation);
        if (moved == 0) MovedByAnother.Throw();
        await Widen(db, @event, start, end, cancellation);
        if (start != seenStart) db.AddJob(SessionMoved.Job, id, DateTimeOffset.UnixEpoch);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
    }

    public static async Task Remove(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var session = await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await db.RequireCrew(viewer, session.EventId, cancellation);
        db.Remove(session);
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task<Session> Find(Db db, Guid id, Guid eventId, CancellationToken cancellation) =>
        await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == id && s.EventId == eventId, cancellation) ?? throw Refusal.NotFound.AsException();

    private static async Task<Session> New(Db db, Guid eventId, CancellationToken cancellation)
    {
        if (await db.Set<Session>().CountAsync(s => s.EventId == eventId, cancellation) >= MostSessions)
            throw Refusal.Invalid("event", $"An agenda may have at most {MostSessions} sessions. Remove one first.").AsException();
        var session = new Session { EventId = eventId, Title = "" };
        db.Add(session);
        return session;
    }

    /// <summary>A session a little outside widens its event; one further away is a slip of the finger.</summary>
    private static async Task Widen(Db db, Event @event, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellation)
    {
        if (start < @event.StartsAt.AddDays(-1) || end > @event.EndsAt.AddDays(1))
            throw Refusal.Invalid("startsAtLocal", "This is more than a day away from the event. Choose a time nearer to it, or move the event first.").AsException();
        await AgendaShift.Widen(db, @event.Id, start, end, cancellation);
    }

    private static async Task SetSpeakers(Db db, Session session, IReadOnlyList<string> wished, CancellationToken cancellation)
    {
        if (wished.Count > MostSpeakers) throw Refusal.Invalid("speakers", $"A session may have at most {MostSpeakers} speakers.").AsException();
        var ids = wished.Select(id => GraphContext.ParseId(id, "speakers")).Distinct().ToList();
        if (await db.Set<Speaker>().CountAsync(s => s.EventId == session.EventId && ids.Contains(s.Id), cancellation) != ids.Count)
            throw Refusal.Invalid("speakers", "One of the speakers is not a speaker of this event. Add them to the event first.").AsException();
        var held = await db.Set<SessionSpeaker>().Where(s => s.SessionId == session.Id).ToListAsync(cancellation);
        db.RemoveRange(held.Where(h => !ids.Contains(h.SpeakerId)));
        foreach (var (position, id) in ids.Index())
            if (held.Find(h => h.SpeakerId == id) is { } known) known.Position = position;
            else db.Add(new SessionSpeaker { SessionId = session.Id, SpeakerId = id, Position = position });
    }
}
