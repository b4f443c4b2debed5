using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Networking.Meetings;

/// <summary><c>/meetings/{id}.ics</c>: the entry of a meeting for the calendars of the two; nobody else gets it.</summary>
internal static class MeetingFiles
{
    public static void MapMeetingFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/meetings/{id:guid}.ics", async (Guid id, HttpContext http, IDbContextFactory<Db> dbs, PublicUrl site) =>
        {
            await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
            if (await db.Set<Meeting>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, http.RequestAborted) is not { } meeting) return Results.NotFound();
            if (Viewer.Of(http.User).At(meeting.EventId) is not { } person || !meeting.IsFor(person)) return Results.NotFound();
            if (meeting.State is not (MeetingState.Accepted or MeetingState.Cancelled)) return Results.NotFound();
            var @event = await db.Set<Event>().AsNoTracking().SingleAsync(e => e.Id == meeting.EventId, http.RequestAborted);
            var other = meeting.Other(person);
            var name = await db.Users.Where(p => p.Id == other).Select(p => p.Name).SingleAsync(http.RequestAborted);
            http.Response.Headers.CacheControl = "private, no-store";
            return Results.File(Encoding.UTF8.GetBytes(Entry(meeting, @event, name, site).Text), "text/calendar; charset=utf-8", $"{id:N}.ics");
        });

    /// <summary>Where a meeting is seen: beside the messages with the other.</summary>
    public static string PageOf(Event @event, Meeting meeting, Guid reader) => $"/e/{@event.Slug}/messages?with={meeting.Other(reader)}";

    /// <summary>The calendar entry as one of the two has it, and the method it is sent by (RFC 5546).</summary>
    public static (string Method, string Text) Entry(Meeting meeting, Event @event, string other, PublicUrl site)
    {
        var method = meeting.State is MeetingState.Cancelled ? CalendarMethods.Cancel : CalendarMethods.Publish;
        var page = site.Link($"/e/{@event.Slug}/messages");
        var entry = new CalendarEvent
        {
            // The same entry in every mail, with a growing sequence: calendars change it instead of adding another.
            Uid = $"{meeting.Id}@{new Uri(site.Root).Host}",
            Sequence = meeting.State is MeetingState.Cancelled ? 2 : 1,
            DtStamp = new CalDateTime(meeting.AskedAt.UtcDateTime, "UTC"),
            Summary = $"{other} · {@event.Name}",
            Description = meeting.Note,
            Location = page,
            Url = new Uri(page),
            Start = new CalDateTime(meeting.StartsAt.UtcDateTime, "UTC"),
            End = new CalDateTime(meeting.EndsAt.UtcDateTime, "UTC"),
            Status = meeting.State is MeetingState.Cancelled ? "CANCELLED" : "CONFIRMED",
        };
        var calendar = new Calendar { Method = method, ProductId = "-//Plenary//Events//EN" };
        calendar.Events.Add(entry);
        return (method, new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar could not be written."));
    }
}
