using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Surge;
using Plenary.Platform.Text;
using Plenary.Profiles;
using Plenary.Rooms.Attendance;

namespace Plenary.Rooms.Notices;

/// <summary>
/// What the staff says to everybody: announcements, and that it is time to go to another room. Kept first; the job written with it tells the rooms, so a process that
/// dies in between keeps nobody waiting.
/// </summary>
public sealed class Announcing(IDbContextFactory<Db> dbs, LiveRooms rooms, LivePeople people, TimeProvider clock) : IJobHandler
{
    public static readonly Refusal SameRoom = Refusal.Invalid("to", "They are in this room already. Choose another one.");

    private const string JobKind = "rooms.notices";
    private const int LongestMinutes = 24 * 60;
    private const int LongestCountdown = 600;
    private const int MostListed = 50;

    private readonly Gcra<Guid> pace = new(perSecond: 0.5, burst: 10, clock);

    public string Kind => JobKind;

    /// <summary>
    /// Announces something to the people of a room or, without one, in all rooms of the event. Refused: sign-in-required; not-found for who may not know of it; forbidden
    /// for who is not of the staff; too-many-requests; invalid-input.
    /// </summary>
    /// <param name="viewer">Who says it.</param>
    /// <param name="eventId">The event; may be left out with a room.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="text">One line of up to 280 characters.</param>
    /// <param name="minutes">How long it is shown, at most a day.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public async Task<Announcement> Announce(Viewer viewer, Guid? eventId, Guid? roomId, string text, int minutes, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var (at, by, person) = await RequireStaff(db, viewer, eventId, roomId, cancellation);
        var line = Input.Line(text, "text", Announcement.Longest);
        if (minutes is < 1 or > LongestMinutes) throw Refusal.Invalid("minutes", "An announcement is shown for 1 minute to a day.").AsException();
        var now = clock.GetUtcNow();
        var said = new Announcement { EventId = at, RoomId = roomId, Text = line, PersonId = person, By = by, At = now, Until = now.AddMinutes(minutes) };
        Say(db, said);
        await db.SaveChangesAsync(cancellation);
        return said;
    }

    /// <summary>Adds an announcement to the unit of work at hand, for a slice above that has decided it: the run of show.</summary>
    internal static void Say(Db db, Announcement said)
    {
        db.Add(said);
        db.AddJob(JobKind, new News(said.EventId, said.RoomId), said.At);
    }

    /// <summary>What is said at the event now, to everybody or to one room, newest first. Refused as announcing is.</summary>
    public async Task<IReadOnlyList<AnnouncementNow>> Current(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        viewer.RequirePerson();
        if (await db.FindVisible(viewer, e => e.Id == eventId, cancellation) is null) Refusal.NotFound.Throw();
        if (!(await db.RolesAt(viewer, eventId, cancellation)).Overlaps(EventAccess.Staff)) Refusal.Forbidden.Throw();
        var now = clock.GetUtcNow();
        var said = await db.Set<Announcement>().AsNoTracking().Where(a => a.EventId == eventId && a.Until > now).OrderByDescending(a => a.Id).Take(MostListed).ToListAsync(cancellation);
        return said.ConvertAll(a => new AnnouncementNow(a));
    }

    /// <summary>Takes an announcement back. Refused as announcing is.</summary>
    public async Task Withdraw(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var said = await db.Set<Announcement>().SingleOrDefaultAsync(a => a.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await RequireStaff(db, viewer, said.EventId, said.RoomId, cancellation);
        var now = clock.GetUtcNow();
        if (said.Until > now) said.Until = now;
        db.AddJob(JobKind, new News(said.EventId, said.RoomId), now);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// Brings everybody from a room, or from all others of the event, to a room, after a countdown during which each may say that they stay. A later one takes the place of an
    /// earlier one. Refused as announcing is; invalid-input for the same room and for a backstage.
    /// </summary>
    /// <param name="viewer">Who says it.</param>
    /// <param name="fromId">Whose people go; null for all other rooms.</param>
    /// <param name="toId">Where to.</param>
    /// <param name="inSeconds">The countdown, from 0 to 600.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public async Task<MoveNow> MoveEveryone(Viewer viewer, Guid? fromId, Guid toId, int inSeconds, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var (at, by, _) = await RequireStaff(db, viewer, null, toId, cancellation);
        if (fromId is { } from && await db.Set<Room>().Where(r => r.Id == from).Select(r => (Guid?)r.EventId).SingleOrDefaultAsync(cancellation) != at) Refusal.NotFound.Throw();
        return await MoveEveryone(db, at, fromId, toId, inSeconds, by, cancellation);
    }

    /// <summary>The same for a slice above that has decided it: the run of show. With the same id it is done once.</summary>
    internal async Task<MoveNow> MoveEveryone(Db db, Guid eventId, Guid? fromId, Guid toId, int inSeconds, string by, CancellationToken cancellation, Guid? id = null)
    {
        if (fromId == toId) SameRoom.Throw();
        if (inSeconds is < 0 or > LongestCountdown) throw Refusal.Invalid("inSeconds", $"The countdown takes up to {LongestCountdown} seconds.").AsException();
        var to = await db.Set<Room>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == toId && r.EventId == eventId, cancellation) ?? throw Refusal.NotFound.AsException();
        if (to.Kind == RoomKind.Backstage) throw Refusal.Invalid("to", "Nobody is brought backstage. Choose another room.").AsException();
        var now = clock.GetUtcNow();
        if (id is { } known && await db.Set<RoomMove>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == known, cancellation) is { } done)
            return new(done.Id, to, done.By, done.GoesAt.ToUnixTimeMilliseconds());
        var move = new RoomMove { Id = id ?? Guid.CreateVersion7(), EventId = eventId, FromId = fromId, ToId = toId, By = by, GoesAt = now.AddSeconds(inSeconds) };
        db.Add(move);
        db.AddJob(JobKind, new News(eventId, fromId), now);
        await db.SaveChangesAsync(cancellation);
        return new(move.Id, to, by, move.GoesAt.ToUnixTimeMilliseconds());
    }

    /// <summary>Nobody is brought anywhere after all. Who went already stays where they are. Refused as announcing is.</summary>
    public async Task CancelMove(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var move = await db.Set<RoomMove>().SingleOrDefaultAsync(m => m.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await RequireStaff(db, viewer, move.EventId, move.ToId, cancellation);
        var now = clock.GetUtcNow();
        move.CancelledAt ??= now;
        db.AddJob(JobKind, new News(move.EventId, move.FromId), now);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>What is said in a room now. Refused: not-found for who may not be there.</summary>
    public async Task<RoomNotices> NoticesOf(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var pass = await db.RoomPassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        return await RoomNotices.Of(db, pass.EventId, room, clock.GetUtcNow(), cancellation);
    }

    /// <summary>What is said to everybody at an event now. Refused: sign-in-required; not-found for who is not of it.</summary>
    public async Task<RoomNotices> NoticesOfEvent(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await db.RequireOf(viewer, eventId, cancellation);
        return await RoomNotices.Of(db, eventId, null, clock.GetUtcNow(), cancellation);
    }

    /// <summary>Tells each room what is said there now; told twice it is the same.</summary>
    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var news = JsonSerializer.Deserialize<News>(payload, JsonSerializerOptions.Web)!;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var ids = news.Room is { } only ? [only] : await db.Set<Room>().Where(r => r.EventId == news.Event).Select(r => r.Id).ToListAsync(cancellation);
        foreach (var room in ids)
        {
            var notices = await RoomNotices.Of(db, news.Event, room, clock.GetUtcNow(), cancellation);
            await rooms.TellAll(room, RoomNotices.About, JsonSerializer.Serialize(notices, JsonSerializerOptions.Web));
        }
        if (news.Room is not null) return;
        // Who is in no room, but in a pair of a party or among their messages.
        var everybody = await db.PeopleOf(news.Event).ToListAsync(cancellation);
        var all = await RoomNotices.Of(db, news.Event, null, clock.GetUtcNow(), cancellation);
        await people.TellAll(news.Event, everybody, RoomNotices.About, JsonSerializer.Serialize(all, JsonSerializerOptions.Web));
    }

    private async Task<(Guid Event, string By, Guid Person)> RequireStaff(Db db, Viewer viewer, Guid? eventId, Guid? roomId, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        if (!pace.Take(person)) Refusal.TooMany.Throw();
        if (roomId is { } room)
        {
            var pass = await db.RoomPassOf(viewer, room, cancellation);
            if (pass is null || (eventId is { } named && named != pass.EventId)) throw Refusal.NotFound.AsException();
            if (!pass.Roles.Overlaps(EventAccess.Staff)) Refusal.Forbidden.Throw();
            return (pass.EventId, pass.Name, person);
        }
        if (eventId is not { } at) throw Refusal.Invalid("event", "Name a room or an event.").AsException();
        if (await db.FindVisible(viewer, e => e.Id == at, cancellation) is null) Refusal.NotFound.Throw();
        if (!(await db.RolesAt(viewer, at, cancellation)).Overlaps(EventAccess.Staff)) Refusal.Forbidden.Throw();
        return (at, await db.Set<Person>().Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation), person);
    }

    private sealed record News(Guid Event, Guid? Room);
}
