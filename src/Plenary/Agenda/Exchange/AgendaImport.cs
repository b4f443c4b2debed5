using System.Data;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Agenda.Exchange;

/// <summary>What to do with a file.</summary>
/// <param name="Format"><c>json</c>, <c>ics</c> or <c>csv</c>.</param>
/// <param name="RemoveOthers">Whether sessions that the file does not have are removed.</param>
/// <param name="OntoEvent">Whether all sessions move by whole days, so that the first is on the event's first day.</param>
/// <param name="Confirm">The fingerprint of the preview that is to be written; null to look only.</param>
internal sealed record ImportWish(string? Format, bool RemoveOthers, bool OntoEvent, string? Confirm);

/// <summary>Takes an agenda over from a file: looked at first, then written whole or not at all.</summary>
internal static class AgendaImport
{
    public const long LargestFile = 4 * 1024 * 1024;
    public static readonly Refusal TooLarge = new("too-large", 413, "A file with an agenda has at most 4 MB. Leave out pictures and everything that is no agenda.");
    public static readonly Refusal UnknownFormat = Refusal.Invalid("format", "Say which format it is: json for a schedule.json, ics for a calendar, csv for a table.");
    public static readonly Refusal NotText = Refusal.Invalid("file", "This is no text in UTF-8. Export the file again as text.");
    public static readonly Refusal ChangedMeanwhile = Refusal.Changed with { Message = "The agenda was changed after this preview. Nothing was written; look at it again." };
    public static readonly Refusal HasMistakes = Refusal.Invalid("file", "There are mistakes in this file, so nothing of it was taken over.");

    /// <summary>What it would do, or did. Refused besides: sign-in-required, not-found, changed-meanwhile.</summary>
    public static async Task<(AgendaPlan Plan, string Fingerprint, bool Written)> Run(Db db, Viewer viewer, Guid eventId, byte[] content, ImportWish wish, CancellationToken cancellation)
    {
        try
        {
            // Serializable: whoever changes the agenda between the comparison and the writing makes this one give way.
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
            var @event = await db.RequireCrew(viewer, eventId, cancellation);
            var agenda = await WrittenAgenda.Read(db, @event, cancellation);
            var speakers = await db.Set<Speaker>().AsNoTracking().Where(s => s.EventId == eventId).ToListAsync(cancellation);
            var plan = AgendaPlan.Of(agenda, speakers, Read(content, wish.Format, agenda.Zone), wish.RemoveOthers, wish.OntoEvent);
            var fingerprint = plan.Fingerprint(content, wish.RemoveOthers, wish.OntoEvent);
            if (wish.Confirm is null) return (plan, fingerprint, false);
            if (wish.Confirm != fingerprint) ChangedMeanwhile.Throw();
            if (plan.File.Mistakes.Count > 0) HasMistakes.Throw();
            await Write(db, @event, plan, cancellation);
            await transaction.CommitAsync(cancellation);
            return (plan, fingerprint, true);
        }
        catch (Exception e) when (GaveWay(e))
        {
            throw ChangedMeanwhile.AsException();
        }
    }

    private static bool GaveWay(Exception e) =>
        (e as PostgresException ?? e.InnerException as PostgresException ?? e.InnerException?.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.SerializationFailure || (e is DbUpdateException taken && Db.IsTaken(taken));

    private static AgendaFile Read(byte[] content, string? format, TimeZoneInfo zone)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw NotText.AsException();
        }
        return format switch
        {
            "json" => ScheduleReader.Read(text, zone),
            "ics" => CalendarReader.Read(text, zone),
            "csv" => AgendaTable.Read(text, zone),
            _ => throw UnknownFormat.AsException(),
        };
    }

    private static async Task Write(Db db, Event @event, AgendaPlan plan, CancellationToken cancellation)
    {
        var rooms = plan.Agenda.Rooms.ToDictionary(r => r.Name, r => r.Id, StringComparer.OrdinalIgnoreCase);
        var slugs = (await db.Set<Room>().Where(r => r.EventId == @event.Id).Select(r => r.Slug).ToListAsync(cancellation)).ToHashSet();
        var position = plan.Agenda.Rooms.Select(r => r.Position).DefaultIfEmpty(-1).Max();
        foreach (var name in plan.NewRooms)
        {
            var room = new Room { EventId = @event.Id, Slug = Slugs.Free(Slugs.Of(name, 60, "room"), 60, slugs), Name = name, Kind = RoomKind.Stage, Format = "keynote", Position = ++position };
            slugs.Add(room.Slug);
            rooms[name] = room.Id;
            db.AddRoom(room);
        }
        db.AddRange(plan.NewSpeakers);
        var gone = plan.Removed.Select(s => s.Session.Id).ToList();
        var held = await db.Set<Session>().Where(s => s.EventId == @event.Id).ToDictionaryAsync(s => s.Id, cancellation);
        db.RemoveRange(held.Values.Where(s => gone.Contains(s.Id)));
        foreach (var planned in plan.Sessions) await Place(db, @event, planned, held, rooms[planned.Wished.Room], cancellation);
        await db.SaveChangesAsync(cancellation);
        await AgendaShift.Widen(db, @event.Id, plan.Sessions.Min(s => s.Wished.StartsAt), plan.Sessions.Max(s => s.Wished.EndsAt), cancellation);
    }

    private static async Task Place(Db db, Event @event, PlannedSession planned, Dictionary<Guid, Session> held, Guid room, CancellationToken cancellation)
    {
        var (wished, known) = (planned.Wished, held.GetValueOrDefault(planned.Id));
        if (known is not null && planned.Changes.Count == 0) return;
        var session = known ?? new Session { Id = planned.Id, EventId = @event.Id, Title = wished.Title };
        if (known is null) db.Add(session);
        else if (known.StartsAt != wished.StartsAt) db.AddJob(SessionMoved.Job, session.Id, DateTimeOffset.UnixEpoch);
        (session.Title, session.Summary, session.RoomId, session.StartsAt, session.EndsAt) = (wished.Title, wished.Summary, room, wished.StartsAt, wished.EndsAt);
        var speaking = known is null ? [] : await db.Set<SessionSpeaker>().Where(s => s.SessionId == session.Id).ToListAsync(cancellation);
        db.RemoveRange(speaking.Where(s => !planned.Speakers.Contains(s.SpeakerId)));
        foreach (var (order, id) in planned.Speakers.Index())
            if (speaking.Find(s => s.SpeakerId == id) is { } stays) stays.Position = order;
            else db.Add(new SessionSpeaker { SessionId = session.Id, SpeakerId = id, Position = order });
    }
}
