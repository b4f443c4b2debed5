using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;
using Plenary.Platform.Text;
using Plenary.Profiles;
using Plenary.Rooms;

namespace Plenary.Tables;

/// <summary>What the staff says about a table; without an id it is a new one.</summary>
public sealed record TableWish(string? Id, string Room, string Topic, int Seats, string? Host, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);

/// <summary>
/// The way to floors: who may be there and who is of the staff is decided here, by what the database says now; what the floor itself says about it is its grain's.
/// </summary>
public sealed class Floors(IDbContextFactory<Db> dbs, IGrainFactory grains, LiveRooms rooms, SpokenRules rules, TimeProvider clock)
{
    /// <summary>Of one line that is said at a table.</summary>
    internal const int LongestLine = 500;

    /// <summary>The name under which those at a table are told what one of them wrote.</summary>
    internal const string ChatAbout = "table-chat";

    /// <summary>A lost silo is declared dead in a few seconds; until then calls to it are worth repeating.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Gcra<Guid> pace = new(perSecond: 2, burst: 20, clock);
    private readonly Gcra<Guid> chatPace = new(perSecond: 2, burst: 10, clock);

    /// <summary>The floor. Refused: not-found for who may not be there; not-a-floor.</summary>
    public async Task<FloorNow> Of(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await Require(db, viewer, room, cancellation);
        return FloorNow.Read(await Ask(room, floor => floor.Now()));
    }

    /// <summary>Sits down; coming from another seat that one becomes free. Refused as <see cref="Of"/>; seat-taken, seat-kept, table-locked, table-full, event-over, too-many-requests.</summary>
    public Task<FloorNow> Sit(Viewer viewer, Guid table, int seat, CancellationToken cancellation) => AtTable(viewer, table, FloorAct.Sit, command => command with { Seat = seat }, cancellation);

    /// <summary>Stands up; with somebody else's id, has them stand up: hosts and staff. Refused: forbidden.</summary>
    public async Task<FloorNow> Stand(Viewer viewer, Guid room, Guid? who, CancellationToken cancellation) =>
        await Do(room, (await Pass(viewer, room, cancellation)) with { Act = FloorAct.Stand, Other = who });

    /// <summary>Starts a table that is gone when nobody sits there any more. Refused: too-many-tables, invalid-input.</summary>
    public async Task<FloorNow> Start(Viewer viewer, Guid room, string topic, int seats, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var (line, size) = (Input.Line(topic, "topic", Table.LongestTopic), Size(seats));
        return await Do(room, (await Pass(viewer, room, cancellation)) with { Act = FloorAct.Start, Topic = line, Seat = size });
    }

    /// <summary>Locks a table, or opens it: its host, whoever sits there when it has none, and the staff. Refused: forbidden.</summary>
    public Task<FloorNow> Lock(Viewer viewer, Guid table, bool locked, CancellationToken cancellation) => AtTable(viewer, table, FloorAct.Lock, command => command with { Yes = locked }, cancellation);

    /// <summary>Knocks at a locked table, or does not any more. Refused: table-open, table-full, seat-kept.</summary>
    public Task<FloorNow> Knock(Viewer viewer, Guid table, bool knocks, CancellationToken cancellation) => AtTable(viewer, table, FloorAct.Knock, command => command with { Yes = knocks }, cancellation);

    /// <summary>Lets somebody in who knocks, or does not: whoever sits there. Refused: not-seated, nobody-knocks, table-full.</summary>
    public async Task<FloorNow> Answer(Viewer viewer, Guid table, Guid person, bool letIn, CancellationToken cancellation)
    {
        var floor = await AtTable(viewer, table, FloorAct.Answer, command => command with { Other = person, Yes = letIn }, cancellation);
        try { await rooms.Tell(floor.Room, person, "knock", JsonSerializer.Serialize(new { table, letIn }, JsonSerializerOptions.Web)); }
        catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException) { } // They see it on the floor.
        return floor;
    }

    /// <summary>Puts the viewer on the list of a roundtable, or takes them off it. Refused: no-roundtable, list-full.</summary>
    public Task<FloorNow> Book(Viewer viewer, Guid table, bool comes, CancellationToken cancellation) => AtTable(viewer, table, FloorAct.Book, command => command with { Yes = comes }, cancellation);

    /// <summary>Adds or changes a table. Staff only; refused: forbidden, too-many-tables, invalid-input.</summary>
    public async Task<FloorNow> Save(Viewer viewer, TableWish wish, CancellationToken cancellation)
    {
        var room = Platform.Graph.GraphContext.ParseId(wish.Room, "room");
        var command = await Staff(viewer, room, cancellation);
        if ((wish.StartsAt is null) != (wish.EndsAt is null) || wish.EndsAt <= wish.StartsAt) throw Refusal.Invalid("endsAt", "A roundtable has a beginning, and an end after it.").AsException();
        var host = wish.Host is { Length: > 0 } named ? await OfEvent(room, named, cancellation) : (Guid?)null;
        return await Do(room, command with
        {
            Act = FloorAct.Save,
            Table = wish.Id is { } id ? Platform.Graph.GraphContext.ParseId(id, "id") : null,
            Topic = Input.OptionalLine(wish.Topic, "topic", Table.LongestTopic),
            Seat = Size(wish.Seats),
            Other = host,
            StartsAt = wish.StartsAt?.ToUnixTimeMilliseconds(),
            EndsAt = wish.EndsAt?.ToUnixTimeMilliseconds(),
        });
    }

    /// <summary>Removes a table; who sits there stands. Staff only.</summary>
    public Task<FloorNow> Remove(Viewer viewer, Guid table, CancellationToken cancellation) => AtTable(viewer, table, FloorAct.Remove, command => command, cancellation, staff: true);

    /// <summary>Mixes those who sit at open tables anew. Staff only; refused: nobody-to-shuffle.</summary>
    public async Task<FloorNow> Shuffle(Viewer viewer, Guid room, CancellationToken cancellation) => await Do(room, (await Staff(viewer, room, cancellation)) with { Act = FloorAct.Shuffle });

    /// <summary>Says who is on the list of a roundtable, by e-mail addresses of people of the event. Staff only; refused: no-roundtable, list-full, invalid-input naming who is not of the event.</summary>
    public async Task<FloorNow> List(Viewer viewer, Guid table, IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var room = await RoomOf(db, table, cancellation);
        var command = await Staff(viewer, room, cancellation);
        var wanted = addresses.Select(a => a.Trim()).Where(a => a.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (wanted.Count > Table.MostSeats) TableRefusals.ListFull.Throw();
        var keys = wanted.ConvertAll(a => a.ToUpperInvariant());
        var found = await db.Set<Person>().Where(p => keys.Contains(p.NormalizedEmail!)).Select(p => new { p.Id, p.NormalizedEmail }).ToListAsync(cancellation);
        var at = await db.Set<Room>().Where(r => r.Id == room).Select(r => r.EventId).SingleAsync(cancellation);
        var ids = found.ConvertAll(f => f.Id);
        var here = await db.PeopleOf(at).Where(p => ids.Contains(p)).ToListAsync(cancellation);
        var missing = wanted.Where(a => !found.Exists(f => string.Equals(f.NormalizedEmail, a, StringComparison.OrdinalIgnoreCase) && here.Contains(f.Id))).ToList();
        if (missing.Count > 0) throw Refusal.Invalid("people", $"Not of this event: {string.Join(", ", missing)}. Invite them first, or correct the address.").AsException();
        return await Do(room, command with { Act = FloorAct.List, Table = table, People = [.. here] });
    }

    /// <summary>
    /// Says a line to those at the viewer's table. It is told and not kept: what is said at a table stays there. Refused: not-seated, too-many-requests, invalid-input.
    /// </summary>
    public async Task Say(Viewer viewer, Guid table, Guid id, string text, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var room = await RoomOf(db, table, cancellation);
        var pass = await Require(db, viewer, room, cancellation);
        var line = Input.Line(text, "text", LongestLine);
        await rules.Require(pass, line, cancellation);
        var seated = await db.Set<Seat>().Where(s => s.TableId == table).Select(s => s.PersonId).ToListAsync(cancellation);
        if (!seated.Contains(person)) TableRefusals.NotSeated.Throw();
        if (!chatPace.Take(person)) Refusal.TooMany.Throw();
        var data = JsonSerializer.Serialize(new { table, id, person, name = pass.Name, text = line, at = clock.GetUtcNow().ToUnixTimeMilliseconds() }, JsonSerializerOptions.Web);
        await Task.WhenAll(seated.Select(one => rooms.Tell(room, one, ChatAbout, data)));
    }

    /// <summary>Two people are to be kept apart: whoever was blocked stands up, should they sit together.</summary>
    internal async Task Part(Guid by, Guid whom, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var floors = await db.Set<Seat>().Where(s => s.PersonId == whom).Select(s => s.RoomId).Union(
            from place in db.Set<TablePlace>() where place.PersonId == whom join table in db.Set<Table>() on place.TableId equals table.Id select table.RoomId).ToListAsync(cancellation);
        foreach (var room in floors) await grains.GetGrain<IFloorGrain>(room).Part(by, whom);
    }

    private async Task<FloorNow> AtTable(Viewer viewer, Guid table, FloorAct act, Func<FloorCommand, FloorCommand> with, CancellationToken cancellation, bool staff = false)
    {
        viewer.RequirePerson();
        Guid room;
        await using (var db = await dbs.CreateDbContextAsync(cancellation)) room = await RoomOf(db, table, cancellation);
        var command = staff ? await Staff(viewer, room, cancellation) : await Pass(viewer, room, cancellation);
        return await Do(room, with(command with { Act = act, Table = table }));
    }

    private static async Task<Guid> RoomOf(Db db, Guid table, CancellationToken cancellation) =>
        await db.Set<Table>().Where(t => t.Id == table).Select(t => (Guid?)t.RoomId).SingleOrDefaultAsync(cancellation) ?? throw Refusal.NotFound.AsException();

    private async Task<FloorCommand> Pass(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var pass = await Require(db, viewer, room, cancellation);
        if (!pass.IsCrew && pass.Status is EventStatus.Ended or EventStatus.Cancelled) TableRefusals.EventOver.Throw();
        if (!pace.Take(person)) Refusal.TooMany.Throw();
        return new(FloorAct.Stand, person, pass.Roles.Overlaps(EventAccess.Staff));
    }

    private async Task<FloorCommand> Staff(Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var command = await Pass(viewer, room, cancellation);
        return command.Staff ? command : throw Refusal.Forbidden.AsException();
    }

    private static async Task<RoomPass> Require(Db db, Viewer viewer, Guid room, CancellationToken cancellation)
    {
        var pass = await db.RoomPassOf(viewer, room, cancellation) ?? throw Refusal.NotFound.AsException();
        if (pass.Room.Kind != RoomKind.Networking) TableRefusals.NotAFloor.Throw();
        return pass;
    }

    /// <summary>Somebody of the event, by id or by e-mail address. Refused: invalid-input.</summary>
    private async Task<Guid> OfEvent(Guid room, string idOrAddress, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var at = await db.Set<Room>().Where(r => r.Id == room).Select(r => r.EventId).SingleAsync(cancellation);
        var key = idOrAddress.Trim().ToUpperInvariant();
        var id = Guid.TryParse(key, out var given) ? given : await db.Set<Person>().Where(p => p.NormalizedEmail == key).Select(p => p.Id).SingleOrDefaultAsync(cancellation);
        return await db.IsOf(at, id, cancellation) ? id : throw Refusal.Invalid("host", "This person is not of the event. Invite them first, or correct the address.").AsException();
    }

    private async Task<FloorNow> Do(Guid room, FloorCommand command)
    {
        var answer = await Ask(room, floor => floor.Do(command));
        return answer.Document is { } document ? FloorNow.Read(document) : throw new Refusal(answer.Code!, answer.Status, answer.Message!, answer.Field).AsException();
    }

    /// <summary>Every command is harmless to repeat: it says how things are to be, not how they change.</summary>
    private async Task<T> Ask<T>(Guid room, Func<IFloorGrain, Task<T>> ask)
    {
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            try { return await ask(grains.GetGrain<IFloorGrain>(room)); }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException && clock.GetElapsedTime(started) < Patience) { }
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }

    private static int Size(int seats) => seats is >= Table.FewestSeats and <= Table.MostSeats ? seats
        : throw Refusal.Invalid("seats", $"A table has {Table.FewestSeats} to {Table.MostSeats} seats.").AsException();
}
