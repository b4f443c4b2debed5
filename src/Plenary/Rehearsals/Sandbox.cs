using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Polls;
using Plenary.Registration;
using Plenary.Rooms;

namespace Plenary.Rehearsals;

/// <summary>A room of the copy, and the one it is a copy of.</summary>
internal sealed record SandboxRoom(Guid Id, Guid Original, bool IsStage, Guid? Poll);

/// <summary>A copy of an event for simulated people.</summary>
/// <param name="Event">The copy.</param>
/// <param name="First">Rooms that people come to: those of the agenda's busiest moment.</param>
/// <param name="Next">Rooms that some of them go on to.</param>
/// <param name="People">The simulated people.</param>
internal sealed record SandboxEvent(Guid Event, IReadOnlyList<SandboxRoom> First, IReadOnlyList<SandboxRoom> Next, IReadOnlyList<Guid> People);

/// <summary>Makes and removes the copies of events that rehearsals run in. Nothing in them is the original's: no mail, notice, number or page leads to them.</summary>
internal sealed class Sandbox(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>Copies rooms and agenda, and makes so many people with a place. The whole event is on now, whatever its dates.</summary>
    public async Task<SandboxEvent> Make(Guid id, Event original, int people, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var copy = new Event
        {
            Id = id,
            OrganizationId = original.OrganizationId,
            Slug = $"rehearsal-{id:N}",
            Name = original.Name,
            Status = EventStatus.Published,
            StartsAt = now.AddMinutes(-1),
            EndsAt = now.AddDays(1),
            TimeZone = original.TimeZone,
            CreatedAt = now,
            PublishedAt = now,
            RehearsalOf = original.Id,
        };
        db.Add(copy);
        // Nothing sold: an event beyond its forecast comes after everybody else's at the door (Admission).
        var ticket = new TicketType { EventId = id, Name = "Rehearsal", Capacity = people };
        db.Add(ticket);
        var (first, next) = await CopyRooms(db, copy, original, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        var ids = new List<Guid>(people);
        foreach (var some in Enumerable.Range(1, people).Chunk(AtOnce))
        {
            db.ChangeTracker.Clear();
            foreach (var number in some)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{KeyOf(id)}{number}");
                var person = new Person { Name = string.Create(CultureInfo.InvariantCulture, $"Guest {number}"), UserName = key, NormalizedUserName = key, CreatedAt = now };
                db.Add(person);
                db.Add(new Registration.Registration { EventId = id, TicketTypeId = ticket.Id, PersonId = person.Id, Name = person.Name, RegisteredAt = now, LinkSentAt = now });
                ids.Add(person.Id);
            }
            await db.SaveChangesAsync(cancellation);
        }
        return new(id, first, next, ids);
    }

    /// <summary>Removes the copy, its people and whatever anybody kept about them. Again is harmless.</summary>
    public async Task Remove(Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        // Only ever a copy: an event of real people is not removed by whatever mistake.
        if (await db.Set<Event>().WithRehearsals().AnyAsync(e => e.Id == id && e.RehearsalOf == null, cancellation)) throw new InvalidOperationException($"{id} is no rehearsal.");
        var rows = new DependentRows(db);
        await rows.Delete<Event>("\"Id\" = {0}", id, cancellation);
        await rows.Delete<Person>("\"NormalizedUserName\" LIKE {0}", KeyOf(id) + "%", cancellation);
    }

    private static string KeyOf(Guid id) => $"REHEARSAL:{id:N}:";

    private static async Task<(List<SandboxRoom> First, List<SandboxRoom> Next)> CopyRooms(Db db, Event copy, Event original, DateTimeOffset now, CancellationToken cancellation)
    {
        var rooms = await db.Set<Room>().AsNoTracking().Where(r => r.EventId == original.Id && r.Kind != RoomKind.Backstage).OrderBy(r => r.Position).ToListAsync(cancellation);
        if (rooms.Count == 0) RehearsalRefusals.NoRooms.Throw();
        var sessions = await db.Set<Session>().AsNoTracking().Where(s => s.EventId == original.Id).ToListAsync(cancellation);
        var copies = new List<SandboxRoom>();
        foreach (var room in rooms)
        {
            var made = new Room { EventId = copy.Id, Slug = room.Slug, Name = room.Name, Kind = room.Kind, Format = room.Format, Position = room.Position };
            db.AddRoom(made);
            Poll? poll = null;
            if (room.Kind == RoomKind.Stage)
                db.Add(poll = new Poll { RoomId = made.Id, Question = "Does it hold?", Kind = PollKind.Single, Options = ["Yes", "No", "We shall see"], Most = 1, State = PollState.Open, OpenedAt = now, Position = 1 });
            copies.Add(new(made.Id, room.Id, room.Kind == RoomKind.Stage, poll?.Id));
        }
        foreach (var session in sessions)
            if (copies.Find(c => c.Original == session.RoomId) is { } at)
                db.Add(new Session { EventId = copy.Id, RoomId = at.Id, Title = session.Title, StartsAt = session.StartsAt, EndsAt = session.EndsAt });
        var busiest = sessions.Select(s => sessions.Where(o => o.StartsAt <= s.StartsAt && s.StartsAt < o.EndsAt).Select(o => o.RoomId).ToHashSet()).MaxBy(set => set.Count) ?? [];
        var first = copies.Where(c => busiest.Contains(c.Original)).ToList();
        if (first.Count == 0) first = copies.Where(c => c.IsStage).DefaultIfEmpty(copies[0]).ToList();
        return (first, copies.Except(first).DefaultIfEmpty(first[^1]).ToList());
    }
}
