using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Profiles;
using Plenary.Rooms;

namespace Plenary.Tables;

/// <summary>Somebody waits at a locked table.</summary>
internal sealed record Knock(Guid Table, Guid Person, DateTimeOffset At)
{
    /// <summary>Whoever is not answered for so long knocks again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
}

/// <summary>All of a floor as it was read for one change: its tables, who sits there, and whose names are shown.</summary>
internal sealed class FloorBook
{
    /// <summary>More nobody looks through; and each change of a floor is told as a whole.</summary>
    public const int MostTables = 60;

    private readonly Db db;
    private readonly Dictionary<Guid, FloorPerson> faces = [];

    private FloorBook(Db db, Floor floor, List<Table> tables, List<Seat> seats, List<TablePlace> places)
    {
        (this.db, Floor, Tables, Seats, Places) = (db, floor, tables, seats, places);
    }

    public Floor Floor { get; }

    /// <summary>By their numbers.</summary>
    public List<Table> Tables { get; }

    public List<Seat> Seats { get; }

    public List<TablePlace> Places { get; }

    /// <summary>Reads it, tracked, for whoever may change it then.</summary>
    public static async Task<FloorBook> Read(Db db, Guid room)
    {
        var floor = await db.Set<Floor>().SingleOrDefaultAsync(f => f.RoomId == room);
        if (floor is null)
        {
            // A version that would be higher than any that was told before, should the room be removed and come back.
            floor = new() { RoomId = room };
            if (await db.Set<Room>().AnyAsync(r => r.Id == room)) db.Add(floor);
        }
        var tables = await db.Set<Table>().Where(t => t.RoomId == room).OrderBy(t => t.Number).ToListAsync();
        var seats = await db.Set<Seat>().Where(s => s.RoomId == room).ToListAsync();
        var places = await db.Set<TablePlace>().Where(p => db.Set<Table>().Any(t => t.Id == p.TableId && t.RoomId == room)).ToListAsync();
        return new(db, floor, tables, seats, places);
    }

    /// <summary>Looks up whoever is shown on the floor now; needed before <see cref="Now"/>. Pictures only of those who show themselves to everybody at the event.</summary>
    public async Task Meet(IReadOnlyList<Knock> knocks)
    {
        var shown = Seats.Select(s => s.PersonId).Concat(Places.Select(p => p.PersonId)).Concat(knocks.Select(k => k.Person))
            .Concat(Tables.Where(t => t.HostId != null).Select(t => t.HostId!.Value)).ToHashSet();
        if (shown.Count == 0) return;
        var at = await db.Set<Room>().Where(r => r.Id == Floor.RoomId).Select(r => r.EventId).SingleOrDefaultAsync();
        foreach (var (id, one) in await ProfileReading.At(db, at, shown, CancellationToken.None))
            faces[id] = new(id, one.Person.Name, one.Visibility == Visibility.Open ? one.Card.Picture : null);
    }

    /// <summary>The table. Refused: not-found.</summary>
    public Table Table(Guid? id) => Tables.Find(t => t.Id == id) ?? throw Refusal.NotFound.AsException();

    public List<Seat> At(Table table) => Seats.FindAll(s => s.TableId == table.Id);

    public Seat? Of(Guid person) => Seats.Find(s => s.PersonId == person);

    /// <summary>How many free seats are kept for people who are on the list of a roundtable and do not sit there yet.</summary>
    public int KeptAt(Table table, DateTimeOffset now, Guid? but = null)
    {
        if (table.StartsAt is not { } starts || now < starts - Roundtable.Before || now > starts + Roundtable.After) return 0;
        var sitting = At(table).Select(s => s.PersonId).ToHashSet();
        return Places.Count(p => p.TableId == table.Id && p.PersonId != but && !sitting.Contains(p.PersonId));
    }

    public void Add(Table table)
    {
        db.Add(table);
        Tables.Add(table);
        Tables.Sort((a, b) => a.Number.CompareTo(b.Number));
    }

    public void Remove(Table table)
    {
        foreach (var seat in At(table)) Remove(seat);
        foreach (var place in Places.FindAll(p => p.TableId == table.Id)) Remove(place);
        db.Remove(table);
        Tables.Remove(table);
    }

    public void Add(Seat seat)
    {
        db.Add(seat);
        Seats.Add(seat);
    }

    public void Remove(Seat seat)
    {
        db.Remove(seat);
        Seats.Remove(seat);
    }

    public void Add(TablePlace place)
    {
        db.Add(place);
        Places.Add(place);
    }

    public void Remove(TablePlace place)
    {
        db.Remove(place);
        Places.Remove(place);
    }

    /// <summary>The floor as its people read it.</summary>
    public FloorNow Now(IReadOnlyList<Knock> knocks, DateTimeOffset now) => new(Floor.RoomId, Floor.Version, Tables.ConvertAll(table =>
    {
        var sitters = At(table);
        return new TableNow(
            table.Id, table.Number, table.Topic, table.Seats, table.HostId is { } host ? Person(host) : null, table.Locked, table.Passing,
            table.StartsAt?.ToUnixTimeMilliseconds(), table.EndsAt?.ToUnixTimeMilliseconds(),
            Math.Min(KeptAt(table, now), table.Seats - sitters.Count),
            [.. Places.Where(p => p.TableId == table.Id).Select(p => Person(p.PersonId)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)],
            [.. sitters.OrderBy(s => s.Number).Select(s => Sitter(s))],
            [.. knocks.Where(k => k.Table == table.Id).Select(k => Person(k.Person))]);
    }));

    private FloorPerson Person(Guid id) => faces.GetValueOrDefault(id, new(id, ""));

    private SitterNow Sitter(Seat seat) => new(seat.Number, seat.PersonId, Person(seat.PersonId).Name, Person(seat.PersonId).Picture);
}

/// <summary>When seats of a roundtable are kept for those on its list.</summary>
internal static class Roundtable
{
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(5);

    /// <summary>Whoever has not come by then has lost their seat to who wants it.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(10);
}
