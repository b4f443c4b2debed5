using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Mail;
using Plenary.Platform.Time;

namespace Plenary.Networking.Meetings;

/// <summary>What somebody is written about a meeting.</summary>
public enum MeetingMail
{
    Asked,
    Accepted,
    Declined,
    CalledOff,
    Reminder,
}

/// <summary>Mails about meetings. Times stand in the reader's own zone, with its name; what goes into a calendar comes along as a file.</summary>
public sealed class MeetingMails(PublicUrl site, TimeProvider clock)
{
    /// <summary>Writes the mails into the unit of work at hand, one to each of the two who is named.</summary>
    internal async Task Add(Db db, MeetingMail kind, Meeting meeting, IReadOnlyList<Guid> to, CancellationToken cancellation)
    {
        var @event = await db.Set<Event>().AsNoTracking().SingleAsync(e => e.Id == meeting.EventId, cancellation);
        var people = await db.Users.AsNoTracking().Where(p => p.Id == meeting.ById || p.Id == meeting.WithId).ToDictionaryAsync(p => p.Id, cancellation);
        var zones = await db.Set<Registration.Registration>().Where(r => r.EventId == meeting.EventId && to.Contains(r.PersonId) && r.CancelledAt == null)
            .Select(r => new { r.PersonId, r.TimeZone }).ToListAsync(cancellation);
        foreach (var reader in to.Select(id => people[id]).Where(p => p.Email is not null))
            db.AddMail(Write(kind, meeting, @event, reader, people[meeting.Other(reader.Id)].Name, zones.Find(z => z.PersonId == reader.Id)?.TimeZone), clock.GetUtcNow());
    }

    /// <summary><c>Thursday 4 March 2027, 15:30 – 15:45 (Africa/Tunis, UTC+01:00)</c></summary>
    internal static string When(Meeting meeting, Event @event, string? zoneName)
    {
        var zone = WallClock.Find(zoneName) ?? WallClock.Find(@event.TimeZone) ?? TimeZoneInfo.Utc;
        var (from, until) = (TimeZoneInfo.ConvertTime(meeting.StartsAt, zone), TimeZoneInfo.ConvertTime(meeting.EndsAt, zone));
        var culture = CultureInfo.InvariantCulture;
        return $"{from.ToString("dddd d MMMM yyyy, HH:mm", culture)} – {until.ToString("HH:mm", culture)} ({zone.Id}, UTC{from.ToString("zzz", culture)})";
    }

    private Mail Write(MeetingMail kind, Meeting meeting, Event @event, Person reader, string other, string? zone)
    {
        var (subject, heading, words) = kind switch
        {
            MeetingMail.Asked => ($"{other} would like to meet you at {@event.Name}", "Would you like to meet?", $"{other} asks for a meeting with you. It is yours when you say yes; until then the time is not kept."),
            MeetingMail.Accepted => ($"You meet {other} at {@event.Name}", "You have a meeting", $"You and {other} meet in a private call. It opens by itself five minutes before."),
            MeetingMail.Declined => ($"{other} cannot meet you then", "Not at this time", $"{other} does not take this time. Perhaps another one suits you both."),
            MeetingMail.CalledOff => ($"Called off: your meeting with {other}", "The meeting is called off", $"Your meeting with {other} will not be. The time is free again."),
            _ => ($"Soon: your meeting with {other}", "Your meeting begins soon", $"You meet {other} in a private call. Nobody else can join it."),
        };
        var body = new MailBody(@event.Accent, @event.Name).Heading(heading).Paragraph($"Hello {reader.Name}. {words}").Fact("When", When(meeting, @event, zone));
        if (WallClock.Find(zone) is { } own && own.Id != @event.TimeZone) body.Fact("At the event", When(meeting, @event, @event.TimeZone));
        if (meeting.Note.Length > 0 && kind is MeetingMail.Asked) body.Fact(other, meeting.Note);
        body.Button(kind is MeetingMail.Asked ? "Answer" : "Open your messages", site.Link(MeetingFiles.PageOf(@event, meeting, reader.Id)));
        MailAttachment[] files = kind switch
        {
            MeetingMail.Accepted => [File(meeting, @event, other)],
            MeetingMail.CalledOff => [File(meeting, @event, other)],
            _ => [],
        };
        var mail = Mail.Compose(reader.Email!, reader.Name, OneLine(subject), body, files);
        // The same mail however often its job is done.
        return mail with { Id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{meeting.Id} {kind} {reader.Id}")).AsSpan(0, 16)) };
    }

    private MailAttachment File(Meeting meeting, Event @event, string other)
    {
        var (method, text) = MeetingFiles.Entry(meeting, @event, other, site);
        return new($"{meeting.Id:N}.ics", $"text/calendar; charset=utf-8; method={method}", Encoding.UTF8.GetBytes(text));
    }

    private static string OneLine(string subject) => string.Concat(subject.Select(c => char.IsControl(c) ? ' ' : c));
}
