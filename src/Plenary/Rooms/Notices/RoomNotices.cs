using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;

namespace Plenary.Rooms.Notices;

/// <summary>What the staff says to the people of a room at one moment: what a client is told as <c>notices</c>, and may ask for.</summary>
/// <param name="Room">The room; null for what is said to everybody at the event, wherever they are.</param>
/// <param name="Now">The server's clock, in Unix milliseconds; the other times count by it.</param>
/// <param name="Announcements">Those that are shown now, newest first; at most three.</param>
/// <param name="Move">Where everybody is brought, while that is ahead or was a moment ago.</param>
public sealed record RoomNotices(Guid? Room, long Now, IReadOnlyList<AnnouncementNow> Announcements, MoveNow? Move)
{
    /// <summary>The name under which rooms are told them.</summary>
    public const string About = "notices";

    private const int MostShown = 3;

    /// <summary>Whoever was just away when it was time is still brought along.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    /// <summary>What is said in a room of an event at this moment.</summary>
    internal static async Task<RoomNotices> Of(Db db, Guid eventId, Guid? room, DateTimeOffset now, CancellationToken cancellation)
    {
        var said = await db.Set<Announcement>().AsNoTracking().Where(a => a.EventId == eventId && a.Until > now && (a.RoomId == null || a.RoomId == room))
            .OrderByDescending(a => a.Id).Take(MostShown).ToListAsync(cancellation);
        var move = await db.Set<RoomMove>().AsNoTracking().Where(m => m.EventId == eventId && m.CancelledAt == null && m.GoesAt > now - Late && (m.FromId == null || m.FromId == room) && (room == null || m.ToId != room))
            .OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancellation);
        var to = move is null ? null : await db.Set<Room>().AsNoTracking().SingleAsync(r => r.Id == move.ToId, cancellation);
        return new(room, now.ToUnixTimeMilliseconds(), said.ConvertAll(a => new AnnouncementNow(a)), to is null ? null : new(move!.Id, to, move.By, move.GoesAt.ToUnixTimeMilliseconds()));
    }
}

/// <summary>A line that is shown now.</summary>
/// <param name="Id">Of the announcement.</param>
/// <param name="Text">Its words.</param>
/// <param name="By">Who says it.</param>
/// <param name="At">When it was said, in Unix milliseconds.</param>
/// <param name="Until">When it is over.</param>
/// <param name="Room">The one room it is for; null for all.</param>
public sealed record AnnouncementNow(Guid Id, string Text, string By, long At, long Until, Guid? Room = null)
{
    internal AnnouncementNow(Announcement said) : this(said.Id, said.Text, said.By, said.At.ToUnixTimeMilliseconds(), said.Until.ToUnixTimeMilliseconds(), said.RoomId) { }
}

/// <summary>Where everybody is brought.</summary>
/// <param name="Id">Of the move: who stays, stays for this one.</param>
/// <param name="To">The room's id.</param>
/// <param name="Slug">Its part of an address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">lobby, stage or networking.</param>
/// <param name="By">Who said it.</param>
/// <param name="GoesAt">When it is time, in Unix milliseconds.</param>
public sealed record MoveNow(Guid Id, Guid To, string Slug, string Name, string Kind, string By, long GoesAt)
{
    internal MoveNow(Guid id, Room to, string by, long goesAt) : this(id, to.Id, to.Slug, to.Name, to.Kind.ToString().ToLowerInvariant(), by, goesAt) { }
}
