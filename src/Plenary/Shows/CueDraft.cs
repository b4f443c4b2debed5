using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Platform.Database;
using Plenary.Polls;
using Plenary.Rooms;

namespace Plenary.Shows;

/// <summary>Makes the cues that an agenda suggests, as a draft for the crew to change.</summary>
internal static class CueDraft
{
    private const string PartyFormat = "cocktail-party";
    private static readonly TimeSpan Doors = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Doors before the first session, each session's start and end, a Cocktail Party at the start of a session in a room for one, a move where a programme of one track goes on in another room, the
    /// drafted polls of each stage by hand, and doors after the last. What has its cue already gets no second one.
    /// </summary>
    public static async Task<IReadOnlyList<Cue>> Of(Db db, Guid eventId, IReadOnlyList<Cue> known, CrewMember by)
    {
        var sessions = await db.Set<Session>().AsNoTracking().Where(s => s.EventId == eventId).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).ToListAsync();
        var rooms = await db.Set<Room>().AsNoTracking().Where(r => r.EventId == eventId).ToDictionaryAsync(r => r.Id);
        Guid[] ids = [.. rooms.Keys];
        var polls = await db.Set<Poll>().AsNoTracking().Where(p => ids.Contains(p.RoomId) && p.State == PollState.Draft).OrderBy(p => p.Position).ToListAsync();
        var made = new List<Cue>();
        if (sessions.Count > 0) Add(CueKind.DoorsOpen, CueAnchor.SessionStart, sessions[0].Id, -(int)Doors.TotalSeconds, new());
        Session? before = null;
        foreach (var session in sessions)
        {
            if (before is not null && before.RoomId != session.RoomId && IsAlone(session) && IsAlone(before)) Add(CueKind.Move, CueAnchor.SessionStart, session.Id, -30, new(session.RoomId, before.RoomId, Seconds: 30));
            Add(CueKind.StartSession, CueAnchor.SessionStart, session.Id, 0, new());
            if (rooms[session.RoomId].Format == PartyFormat) Add(CueKind.StartParty, CueAnchor.SessionStart, session.Id, 0, new(session.RoomId));
            foreach (var poll in polls.Where(p => p.RoomId == session.RoomId).ToList())
            {
                polls.Remove(poll); // with the first session in its room
                Add(CueKind.OpenPoll, CueAnchor.Hand, null, 0, new(Poll: poll.Id));
            }
            Add(CueKind.EndSession, CueAnchor.SessionEnd, session.Id, 0, new());
            before = session;
        }
        if (sessions.Count > 0) Add(CueKind.DoorsClose, CueAnchor.SessionEnd, sessions.MaxBy(s => s.EndsAt)!.Id, 5 * 60, new());
        return made;

        bool IsAlone(Session session) => sessions.TrueForAll(s => s.Id == session.Id || s.EndsAt <= session.StartsAt || s.StartsAt >= session.EndsAt);

        void Add(CueKind kind, CueAnchor anchor, Guid? session, int offset, CueDetail detail)
        {
            var single = kind is CueKind.DoorsOpen or CueKind.DoorsClose;
            if (known.Any(c => c.Kind == kind && (single || (c.SessionId == session && c.Detail.Poll == detail.Poll)))) return;
            made.Add(new() { EventId = eventId, Kind = kind, Anchor = anchor, SessionId = session, Offset = offset, Detail = detail, AuthorId = by.Id, Author = by.Name });
        }
    }
}
