using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Time;
using Plenary.Rooms;

namespace Plenary.Agenda.Exchange;

/// <summary>One session with everything a file says about it.</summary>
internal sealed record WrittenSession(Session Session, Room Room, IReadOnlyList<Speaker> Speakers);

/// <summary>An event's agenda, read for a file: what everybody who sees the event's page may read, and nothing more.</summary>
internal sealed record WrittenAgenda(Event Event, IReadOnlyList<Room> Rooms, IReadOnlyList<WrittenSession> Sessions)
{
    /// <summary>The zone whose wall clock the agenda follows.</summary>
    public TimeZoneInfo Zone { get; } = WallClock.Find(Event.TimeZone) ?? TimeZoneInfo.Utc;

    public static async Task<WrittenAgenda> Read(Db db, Event @event, CancellationToken cancellation)
    {
        var rooms = await db.Set<Room>().AsNoTracking().Where(r => r.EventId == @event.Id && r.Kind != RoomKind.Backstage).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(cancellation);
        var sessions = await db.Set<Session>().AsNoTracking().Where(s => s.EventId == @event.Id).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).ToListAsync(cancellation);
        var speakers = await (from at in db.Set<SessionSpeaker>()
                              join speaker in db.Set<Speaker>() on at.SpeakerId equals speaker.Id
                              where speaker.EventId == @event.Id
                              orderby at.Position
                              select new { at.SessionId, Speaker = speaker }).AsNoTracking().ToListAsync(cancellation);
        var bySession = speakers.ToLookup(at => at.SessionId, at => at.Speaker);
        var byId = rooms.ToDictionary(room => room.Id);
        return new(@event, rooms, [.. sessions.Where(s => byId.ContainsKey(s.RoomId)).Select(s => new WrittenSession(s, byId[s.RoomId], [.. bySession[s.Id]]))]);
    }
}
