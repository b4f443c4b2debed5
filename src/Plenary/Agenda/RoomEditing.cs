using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Agenda;

/// <summary>What the crew says about a room; without an id it is a new one.</summary>
public sealed record RoomWish(string? Id, string Event, string Name, RoomKind Kind, string? Format);

/// <summary>Adds, changes and removes rooms of an event.</summary>
public sealed partial class RoomEditing
{
    public const int MostRooms = 40;
    public static readonly Refusal OneLobby = new("one-lobby", 409, "An event has exactly one lobby, where people arrive. Choose another kind for this room.", "kind");
    public static readonly Refusal NoBackstage = Refusal.Invalid("kind", "A backstage comes and goes with its stage. Add or remove the stage.");
    public static readonly Refusal HasSessions = new("room-in-use", 409, "Sessions of the agenda take place in this room. Move or remove them first.");
    public static readonly Refusal HasHistory = new("room-in-use", 409, "People have already been talking in this room, and removing it would lose what they wrote. Rename it instead.");

    public static async Task<Room> Save(Db db, Viewer viewer, RoomWish wish, CancellationToken cancellation)
    {
        var @event = await db.RequireCrew(viewer, GraphContext.ParseId(wish.Event, "event"), cancellation);
        var name = Input.Line(wish.Name, "name", 80);
        if (wish.Kind == RoomKind.Backstage) NoBackstage.Throw();
        var all = await db.Set<Room>().Where(r => r.EventId == @event.Id).ToListAsync(cancellation);
        var rooms = all.FindAll(r => r.Kind != RoomKind.Backstage);
        var id = wish.Id is { } text ? GraphContext.ParseId(text, "id") : (Guid?)null;
        var room = id is null ? null : rooms.Find(r => r.Id == id) ?? throw Refusal.NotFound.AsException();
        if (rooms.Exists(r => r != room && string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw Refusal.Invalid("name", $"This event already has a room called “{name}”. People tell rooms apart by their names; choose another.").AsException();
        var lobbies = rooms.Count(r => r != room && r.Kind == RoomKind.Lobby) + (wish.Kind == RoomKind.Lobby ? 1 : 0);
        if (lobbies != 1) OneLobby.Throw();
        if (room is null)
        {
            if (rooms.Count >= MostRooms) throw Refusal.Invalid("event", $"An event may have at most {MostRooms} rooms. Remove one first.").AsException();
            var slug = Slugs.Free(Slugs.Of(name, 60, "room"), 60, all.Select(r => r.Slug).ToHashSet());
            room = new Room { EventId = @event.Id, Slug = slug, Name = name, Position = rooms.Count == 0 ? 0 : rooms.Max(r => r.Position) + 1 };
            db.Add(room);
        }
        // The address stays when the name changes: people have it in their mails.
        (room.Name, room.Kind, room.Format) = (name, wish.Kind, Format(wish, room));
        // Kept when a stage becomes something else: what the crew wrote is theirs still, and it may become a stage again.
        if (room.Kind == RoomKind.Stage && !all.Exists(r => r.StageId == room.Id)) db.Add(Room.Behind(room));
        await db.SaveChangesAsync(cancellation);
        return room;
    }

    public static async Task Remove(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequireAccount(); // before the room is looked for: strangers need not learn which ids there are
        var room = await db.Set<Room>().SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await db.RequireCrew(viewer, room.EventId, cancellation);
        if (room.Kind == RoomKind.Lobby) OneLobby.Throw();
        if (room.Kind == RoomKind.Backstage) NoBackstage.Throw();
        if (await db.Set<Session>().AnyAsync(s => s.RoomId == id, cancellation)) HasSessions.Throw();
        // Broadcasts are announced in the log too, so an empty log means that nothing was recorded either.
        var backstage = await db.Set<Room>().Where(r => r.StageId == id).Select(r => (Guid?)r.Id).SingleOrDefaultAsync(cancellation);
        if (await db.Set<RoomEntry>().AnyAsync(e => e.RoomId == id || (e.RoomId == backstage && e.Kind == EntryKind.Chat), cancellation)) HasHistory.Throw();
        db.Remove(room);
        await db.SaveChangesAsync(cancellation);
    }

    private static string Format(RoomWish wish, Room room)
    {
        if (wish.Format is not { } format) return room.Format.Length > 0 ? room.Format : wish.Kind switch { RoomKind.Lobby => "lobby", RoomKind.Stage => "keynote", _ => "roundtable" };
        return FormatName().IsMatch(format) && format.Length <= 40 ? format
            : throw Refusal.Invalid("format", "A format is written in lower-case letters and hyphens, such as keynote or cocktail-party.").AsException();
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex FormatName();
}
