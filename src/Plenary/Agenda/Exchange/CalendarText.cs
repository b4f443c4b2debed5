using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Plenary.Platform;
using EventStatus = Plenary.Events.EventStatus;

namespace Plenary.Agenda.Exchange;

/// <summary>Writes an agenda as one calendar (RFC 5545): the same entries whenever it is fetched again, in UTC, which every calendar shows in its reader's zone.</summary>
internal static class CalendarText
{
    /// <summary>What follows the session's id in an entry's UID.</summary>
    public const string UidEnd = "@plenary";

    public static byte[] Write(WrittenAgenda agenda, PublicUrl site, TimeProvider clock)
    {
        var off = agenda.Event.Status is EventStatus.Cancelled;
        var calendar = new Calendar { Method = off ? CalendarMethods.Cancel : CalendarMethods.Publish, ProductId = "-//Plenary//Agenda//EN" };
        calendar.AddProperty("X-WR-CALNAME", agenda.Event.Name);
        calendar.AddProperty("X-WR-TIMEZONE", agenda.Event.TimeZone);
        foreach (var (session, room, speakers) in agenda.Sessions)
        {
            var entry = new CalendarEvent
            {
                Uid = session.Id + UidEnd,
                Sequence = agenda.Event.Version,
                DtStamp = Utc(clock.GetUtcNow()),
                Summary = session.Title,
                Description = session.Summary,
                Location = room.Name,
                Url = new Uri(site.Link("/e/" + agenda.Event.Slug)),
                Start = Utc(session.StartsAt),
                End = Utc(session.EndsAt),
                Status = off ? "CANCELLED" : "CONFIRMED",
            };
            // No address of anybody: the form that conference tools have used for years for names alone.
            foreach (var speaker in speakers) entry.Attendees.Add(new Attendee(new Uri("invalid:nomail")) { CommonName = speaker.Name, Role = "REQ-PARTICIPANT" });
            calendar.Events.Add(entry);
        }
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar could not be written."));
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, "UTC");
}
