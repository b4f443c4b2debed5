using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Platform.Time;
using Plenary.Polls;
using Plenary.Questions;
using Plenary.Registration;
using Plenary.Rooms;
using Plenary.Shows;
using Plenary.Tables;

namespace Plenary.Templates;

/// <summary>
/// An event read as a template: words, look, rooms with their rules and tables, agenda, polls, run of show and kinds of places. No people, messages or votes, and nothing that was uploaded:
/// those are the event's own.
/// </summary>
internal sealed class EventTemplate
{
    private const int LongestKey = 40;

    private readonly TimeZoneInfo zone;
    private readonly DateTime day;
    private readonly Dictionary<Guid, string> rooms;
    private readonly Dictionary<Guid, string> sessionKeys;
    private readonly Dictionary<Guid, string> pollKeys;
    private readonly Dictionary<Guid, string> cueKeys;

    private EventTemplate(Event original, List<Room> rooms, List<Session> sessions, List<Poll> polls, List<Cue> cues)
    {
        zone = WallClock.Zone(original.TimeZone);
        day = sessions.Min(s => zone.ToWallClock(s.StartsAt)).Date;
        this.rooms = Keys(rooms.Select(r => (r.Id, r.Name)), "room");
        sessionKeys = Keys(sessions.Where(s => cues.Exists(c => c.SessionId == s.Id)).Select(s => (s.Id, s.Title)), "session");
        pollKeys = Keys(polls.Where(p => cues.Exists(c => c.Detail.Poll == p.Id)).Select(p => (p.Id, p.Question)), "poll");
        cueKeys = Keys(cues.Where(c => cues.Exists(o => o.AfterId == c.Id)).Select(c => (c.Id, c.Title.Length > 0 ? c.Title : c.Kind.ToString())), "cue");
    }

    /// <summary>Reads it. Refused: invalid-input for an event without an agenda.</summary>
    public static async Task<Template> Of(Db db, Event original, TemplateCatalogue known, CancellationToken cancellation)
    {
        var sessions = await db.Set<Session>().AsNoTracking().Where(s => s.EventId == original.Id).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).ToListAsync(cancellation);
        if (sessions.Count == 0) throw Refusal.Invalid("event", "This event has no agenda yet. Add a session first.").AsException();
        var rooms = await db.Set<Room>().AsNoTracking().Where(r => r.EventId == original.Id && r.Kind != RoomKind.Backstage).OrderBy(r => r.Position).ToListAsync(cancellation);
        Guid[] ids = [.. rooms.Select(r => r.Id)];
        var polls = await db.Set<Poll>().AsNoTracking().Where(p => ids.Contains(p.RoomId)).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(cancellation);
        var tables = (await db.Set<Table>().AsNoTracking().Where(t => ids.Contains(t.RoomId) && !t.Passing).OrderBy(t => t.Number).ToListAsync(cancellation)).ToLookup(t => t.RoomId);
        var rules = await db.Set<RoomRules>().AsNoTracking().Where(r => r.EventId == original.Id).ToDictionaryAsync(r => r.RoomId, cancellation);
        var moderated = (await db.Set<QuestionBoard>().AsNoTracking().Where(b => ids.Contains(b.RoomId) && b.Moderated).Select(b => b.RoomId).ToListAsync(cancellation)).ToHashSet();
        var tickets = await db.Set<TicketType>().AsNoTracking().Where(t => t.EventId == original.Id).OrderBy(t => t.Position).ToListAsync(cancellation);
        // A video is a file of the event.
        var cues = await db.Set<Cue>().AsNoTracking().Where(c => c.EventId == original.Id && c.Kind != CueKind.PlayVideo).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync(cancellation);

        var read = new EventTemplate(original, rooms, sessions, polls, cues);
        var like = known.Find(original.TemplateKey);
        var places = (int)Math.Clamp(tickets.Sum(t => (long)t.Capacity), 1, 1_000_000);
        return new(
            Slugs.Of(original.Name, LongestKey, "event"), Cut(original.Name, 60), Cut(like?.Tagline ?? "Saved from an event", 80), like?.Category ?? TemplateCategory.Meeting,
            Cut(original.Tagline is { Length: > 0 } tagline ? tagline : like?.Description ?? original.Name, 600), like?.Audience ?? $"1 – {places:N0}", like?.Art ?? "town-hall", original.Accent, original.CoverArt,
            new(original.Tagline, original.Description),
            [.. rooms.Select(r => new TemplateRoom(read.rooms[r.Id], r.Name, r.Kind, r.Format)
            {
                SlowSeconds = rules.GetValueOrDefault(r.Id)?.SlowSeconds ?? 0,
                Links = rules.GetValueOrDefault(r.Id)?.Links ?? RulePolicy.Allow,
                ModeratedQuestions = moderated.Contains(r.Id),
                Tables = r.Kind == RoomKind.Networking ? [.. tables[r.Id].Select(t => new TemplateTable(t.Topic, t.Seats))] : [],
            })],
            [.. sessions.Select(read.Session)],
            [.. tickets.Select(t => new TemplateTicket(t.Name, t.Description, t.Capacity, t.Price > 0 ? new(t.Price, t.Currency, t.TaxRate) : null))],
            like?.Emails ?? ["confirmation", "reminder", "speaker-invitation"])
        {
            People = like?.People ?? new(1, places),
            Polls = [.. polls.Select(read.Poll)],
            Cues = [.. cues.Where(read.IsWhole).Select(read.Cue)],
        };
    }

    /// <summary>What the cue names is still there.</summary>
    private bool IsWhole(Cue cue) =>
        (cue.SessionId is not { } session || sessionKeys.ContainsKey(session)) && (cue.Detail.Poll is not { } poll || pollKeys.ContainsKey(poll))
        && (cue.Detail.Room is not { } room || rooms.ContainsKey(room)) && (cue.Detail.From is not { } from || rooms.ContainsKey(from));

    private TemplateSession Session(Session session)
    {
        var (at, start) = Wall(session.StartsAt);
        return new(at, start, (int)Math.Round((session.EndsAt - session.StartsAt).TotalMinutes), session.Title, session.Summary, rooms[session.RoomId]) { Key = sessionKeys.GetValueOrDefault(session.Id) };
    }

    private TemplatePoll Poll(Poll poll) => new(rooms[poll.RoomId], poll.Question, poll.Kind)
    {
        Key = pollKeys.GetValueOrDefault(poll.Id),
        Options = poll.Options,
        Anonymous = poll.Anonymous,
        Live = poll.Live,
        Most = poll.Kind is PollKind.Multiple or PollKind.Rating or PollKind.Words ? poll.Most : null,
        Right = poll.Right,
        BonusSeconds = poll.Kind == PollKind.Quiz ? poll.BonusSeconds : null,
        ClosesAfter = poll.ClosesAfter,
        Series = poll.Series.Length > 0 ? poll.Series : null,
    };

    private TemplateCue Cue(Cue cue)
    {
        var after = cue.AfterId is { } id ? cueKeys.GetValueOrDefault(id) : null;
        // What waited for a cue that does not come along waits for a hand.
        var anchor = cue.Anchor == CueAnchor.Cue && after is null ? CueAnchor.Hand : cue.Anchor;
        (int Day, string Start)? time = anchor == CueAnchor.Time && cue.At is { } at ? Wall(at) : null;
        if (time is { Day: < 0 or > 30 }) (anchor, time) = (CueAnchor.Hand, null);
        return new(cue.Kind, anchor)
        {
            Key = cueKeys.GetValueOrDefault(cue.Id),
            Title = cue.Title.Length > 0 ? cue.Title : null,
            Day = time?.Day,
            Start = time?.Start,
            Session = cue.SessionId is { } session ? sessionKeys[session] : null,
            After = anchor == CueAnchor.Cue ? after : null,
            OffsetSeconds = anchor is CueAnchor.Hand or CueAnchor.Time ? 0 : cue.Offset,
            Room = Room(cue.Detail.Room),
            From = Room(cue.Detail.From),
            Poll = cue.Detail.Poll is { } poll ? pollKeys[poll] : null,
            Text = cue.Detail.Text,
            Minutes = cue.Detail.Minutes,
            Seconds = cue.Detail.Seconds,
            Rounds = cue.Detail.Rounds,
            Groups = cue.Detail.Groups,
        };
    }

    private string? Room(Guid? id) => id is { } known ? rooms.GetValueOrDefault(known) : null;

    private (int Day, string Start) Wall(DateTimeOffset instant)
    {
        var local = zone.ToWallClock(instant);
        return ((local.Date - day).Days, local.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    private static Dictionary<Guid, string> Keys(IEnumerable<(Guid Id, string Name)> things, string otherwise)
    {
        var keys = new Dictionary<Guid, string>();
        var taken = new HashSet<string>();
        foreach (var (id, name) in things)
        {
            var key = Slugs.Free(Slugs.Of(name, LongestKey, otherwise), LongestKey, taken);
            taken.Add(key);
            keys.Add(id, key);
        }
        return keys;
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
