using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plenary.Events;
using Plenary.Platform.Time;
using Plenary.Rooms;

namespace Plenary.Agenda.Exchange;

/// <summary>A session of the file beside what the event has of it.</summary>
/// <param name="Id">Its id at this event.</param>
/// <param name="Was">What there is already; null when it is new.</param>
/// <param name="Wished">What the file says.</param>
/// <param name="Speakers">Ids at this event, in order.</param>
/// <param name="Changes">What differs: <c>time</c>, <c>room</c>, <c>title</c>, <c>summary</c>, <c>speakers</c>; empty for a new one.</param>
internal sealed record PlannedSession(Guid Id, WrittenSession? Was, FileSession Wished, IReadOnlyList<Guid> Speakers, IReadOnlyList<string> Changes);

/// <summary>
/// What taking a file over would do to an agenda. The same file finds the same sessions and people again, because their ids at the event are made
/// from the event's and the file's own (RFC 9562, version 8), or because the file came from this very event.
/// </summary>
internal sealed class AgendaPlan
{
    private readonly Event @event;
    private readonly TimeZoneInfo zone;
    private readonly Dictionary<Guid, Speaker> known;
    private readonly Dictionary<Guid, Speaker> speakers;

    private AgendaPlan(WrittenAgenda agenda, IReadOnlyList<Speaker> speakers, AgendaFile file)
    {
        (@event, zone, File, Agenda) = (agenda.Event, agenda.Zone, file, agenda);
        known = speakers.ToDictionary(s => s.Id);
        this.speakers = new(known);
    }

    public WrittenAgenda Agenda { get; }

    public AgendaFile File { get; }

    public List<PlannedSession> Sessions { get; } = [];

    public List<WrittenSession> Removed { get; } = [];

    /// <summary>Names of rooms that there are not yet, in the order of the file.</summary>
    public List<string> NewRooms { get; } = [];

    public IEnumerable<Speaker> NewSpeakers => speakers.Values.Where(s => !known.ContainsKey(s.Id));

    /// <summary>Plans it. What cannot be becomes a mistake of the file.</summary>
    /// <param name="agenda">The agenda as it is.</param>
    /// <param name="speakers">Everybody who speaks at the event.</param>
    /// <param name="file">What was read.</param>
    /// <param name="removeOthers">Whether sessions that the file does not have are removed.</param>
    /// <param name="ontoEvent">Whether all sessions move by whole days, so that the first is on the event's first day.</param>
    public static AgendaPlan Of(WrittenAgenda agenda, IReadOnlyList<Speaker> speakers, AgendaFile file, bool removeOthers, bool ontoEvent)
    {
        var plan = new AgendaPlan(agenda, speakers, file);
        if (file.Mistakes.Count > 0) return plan;
        if (file.Sessions.Count == 0)
        {
            file.Mistake(0, "There is no session in this file.");
            return plan;
        }
        if (file.Sessions.Count > SessionEditing.MostSessions)
        {
            file.Mistake(0, $"The file has {file.Sessions.Count} sessions, and an agenda may have at most {SessionEditing.MostSessions}. Split it over several events.");
            return plan;
        }
        plan.Match(ontoEvent);
        if (removeOthers) plan.Removed.AddRange(agenda.Sessions.Where(s => !plan.Sessions.Exists(p => p.Id == s.Session.Id)));
        plan.Check();
        return plan;
    }

    /// <summary>Stands for the file, the choices and the agenda they were compared with: what was shown is written, or nothing.</summary>
    public string Fingerprint(byte[] content, bool removeOthers, bool ontoEvent)
    {
        var state = new StringBuilder().Append(removeOthers).Append(ontoEvent).Append(Convert.ToHexString(SHA256.HashData(content))).Append(@event.TimeZone).Append(@event.StartsAt.UtcTicks);
        foreach (var (s, room, people) in Agenda.Sessions)
            state.Append(CultureInfo.InvariantCulture, $"\n{s.Id}{room.Id}{s.StartsAt.UtcTicks}/{s.EndsAt.UtcTicks}{s.Title}\t{s.Summary}\t{string.Join(',', people.Select(p => p.Id))}");
        foreach (var room in Agenda.Rooms) state.Append('\n').Append(room.Id).Append(room.Name);
        foreach (var speaker in known.Values.OrderBy(s => s.Id)) state.Append('\n').Append(speaker.Id).Append(speaker.Name);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.ToString())));
    }

    private void Match(bool ontoEvent)
    {
        var days = ontoEvent ? (zone.ToWallClock(@event.StartsAt).Date - zone.ToWallClock(File.Sessions.Min(s => s.StartsAt)).Date).Days : 0;
        var claimed = new HashSet<Guid>();
        var lines = new Dictionary<Guid, int>();
        foreach (var read in File.Sessions)
        {
            var wished = days == 0 ? read : Moved(read, days);
            if (wished.Room.Length == 0) wished = wished with { Room = DefaultRoom() };
            var was = Known(read, claimed);
            var id = was?.Session.Id ?? (read.Key is { } key ? Derived(@event.Id, "session", key) : Guid.CreateVersion7());
            if (!claimed.Add(id))
            {
                File.Mistake(read.Line, $"“{read.Title}” has the same id as the session on line {lines[id]}. Give each session its own.");
                continue;
            }
            lines[id] = read.Line;
            var people = wished.Speakers.Select(PersonOf).Distinct().ToList();
            Sessions.Add(new(id, was, wished, people, was is null ? [] : [.. Differences(was, wished, people)]));
        }
    }

    /// <summary>The same wall clock on another day: across a clock change it stays at nine, and as long as it was.</summary>
    private FileSession Moved(FileSession session, int days)
    {
        var start = zone.ToInstant(zone.ToWallClock(session.StartsAt).AddDays(days));
        return session with { StartsAt = start, EndsAt = start + (session.EndsAt - session.StartsAt) };
    }

    private WrittenSession? Known(FileSession read, HashSet<Guid> claimed)
    {
        if (read.Key is { } key)
        {
            var derived = Derived(@event.Id, "session", key);
            return Agenda.Sessions.FirstOrDefault(s => s.Session.Id == derived || (Guid.TryParse(key, out var own) && s.Session.Id == own));
        }
        var named = Agenda.Sessions.Where(s => s.Session.Title == read.Title && !claimed.Contains(s.Session.Id)).ToList();
        return named.Find(s => s.Session.StartsAt == read.StartsAt) ?? (named.Count == 1 ? named[0] : null);
    }

    private Guid PersonOf(FileSpeaker read)
    {
        var derived = Derived(@event.Id, "speaker", read.Key ?? read.Name.ToUpperInvariant());
        if (speakers.ContainsKey(derived)) return derived;
        if (Guid.TryParse(read.Key, out var own) && speakers.ContainsKey(own)) return own;
        var named = known.Values.Where(s => s.Name.Equals(read.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 1) return named[0].Id;
        var last = speakers.Count == 0 ? -1 : speakers.Values.Max(s => s.Position);
        speakers[derived] = new Speaker { Id = derived, EventId = @event.Id, Name = read.Name, Bio = read.Bio, Position = last + 1 };
        return derived;
    }

    private static IEnumerable<string> Differences(WrittenSession was, FileSession wished, List<Guid> people)
    {
        if (was.Session.StartsAt != wished.StartsAt || was.Session.EndsAt != wished.EndsAt) yield return "time";
        if (!was.Room.Name.Equals(wished.Room, StringComparison.OrdinalIgnoreCase)) yield return "room";
        if (was.Session.Title != wished.Title) yield return "title";
        if (was.Session.Summary != wished.Summary) yield return "summary";
        if (!was.Speakers.Select(s => s.Id).SequenceEqual(people)) yield return "speakers";
    }

    /// <summary>What concerns the agenda as a whole, as it would be afterwards.</summary>
    private void Check()
    {
        NewRooms.AddRange(File.Mistakes.Count > 0 ? [] : Sessions.Select(s => s.Wished.Room).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => Agenda.Rooms.All(r => !r.Name.Equals(name, StringComparison.OrdinalIgnoreCase))));
        if (Agenda.Rooms.Count + NewRooms.Count > RoomEditing.MostRooms) File.Mistake(0, $"With the rooms of this file the event would have {Agenda.Rooms.Count + NewRooms.Count}, and it may have at most {RoomEditing.MostRooms}.");
        if (speakers.Count > SpeakerEditing.MostSpeakers) File.Mistake(0, $"With the speakers of this file the event would have {speakers.Count}, and it may have at most {SpeakerEditing.MostSpeakers}.");
        var staying = Agenda.Sessions.Where(s => !Removed.Contains(s) && !Sessions.Exists(p => p.Id == s.Session.Id)).ToList();
        if (staying.Count + Sessions.Count > SessionEditing.MostSessions)
            File.Mistake(0, $"With this file the agenda would have {staying.Count + Sessions.Count} sessions, and it may have at most {SessionEditing.MostSessions}. Remove some first, or let the file replace them.");
        CheckDates();
        var all = Sessions.Select(s => (s.Wished.Line, s.Wished.Title, s.Wished.Room, s.Wished.StartsAt, s.Wished.EndsAt)).Concat(staying.Select(s => (Line: 0, s.Session.Title, Room: s.Room.Name, s.Session.StartsAt, s.Session.EndsAt)));
        foreach (var room in all.GroupBy(s => s.Room, StringComparer.OrdinalIgnoreCase))
        {
            (int Line, string Title, string Room, DateTimeOffset StartsAt, DateTimeOffset EndsAt)? latest = null;
            foreach (var session in room.OrderBy(s => s.StartsAt))
            {
                if (latest is { } before && session.StartsAt < before.EndsAt && (session.Line > 0 || before.Line > 0))
                    File.Mistake(session.Line > 0 ? session.Line : before.Line, $"“{session.Title}” begins in {room.Key} while “{before.Title}” ({(before.Line > 0 ? $"line {before.Line.ToString(CultureInfo.InvariantCulture)}" : "on the agenda already")}) is still on there. A room has one session at a time.");
                if (latest is null || session.EndsAt > latest.Value.EndsAt) latest = session;
            }
        }
    }

    private void CheckDates()
    {
        var (first, last) = (Sessions.Min(s => s.Wished.StartsAt), Sessions.Max(s => s.Wished.EndsAt));
        var (start, end) = (first < @event.StartsAt ? first : @event.StartsAt, last > @event.EndsAt ? last : @event.EndsAt);
        if (first < @event.StartsAt.AddDays(-1) || first > @event.EndsAt.AddDays(1))
            File.Mistake(0, $"The file begins on {Day(first)} and the event on {Day(@event.StartsAt)}. Move the sessions onto the event's first day, or move the event first.");
        else if (end - start > EventEditing.LongestEvent) File.Mistake(0, $"With this file the event would last from {Day(start)} to {Day(end)}, and it may last at most {EventEditing.LongestEvent.Days} days.");
    }

    private string Day(DateTimeOffset instant) => zone.ToWallClock(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string DefaultRoom() => (Agenda.Rooms.FirstOrDefault(r => r.Kind == RoomKind.Stage) ?? Agenda.Rooms[0]).Name;

    private static Guid Derived(Guid @event, string kind, string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{@event:N}/{kind}/{key}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
