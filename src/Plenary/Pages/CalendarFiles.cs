using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using EventStatus = Plenary.Events.EventStatus;

namespace Plenary.Pages;

/// <summary><c>/e/{slug}/event.ics</c> and <c>/e/{slug}/sessions/{id}.ics</c>: entries for the visitor's own calendar.</summary>
internal static class CalendarFiles
{
    public static void MapCalendarFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/e/{slug}/event.ics", async (string slug, HttpContext http, IDbContextFactory<Db> dbs, PublicUrl site, TimeProvider clock) =>
        {
            await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
            if (await db.FindVisible(Viewer.Of(http.User), e => e.Slug == slug, http.RequestAborted) is not { } found) return Results.NotFound();
            return File(slug, found, Entry(found, found.Id, found.Name, found.Tagline, found.StartsAt, found.EndsAt, site, clock));
        });
        app.MapGet("/e/{slug}/sessions/{id:guid}.ics", async (string slug, Guid id, HttpContext http, IDbContextFactory<Db> dbs, PublicUrl site, TimeProvider clock) =>
        {
            await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
            if (await db.FindVisible(Viewer.Of(http.User), e => e.Slug == slug, http.RequestAborted) is not { } found) return Results.NotFound();
            if (await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.EventId == found.Id, http.RequestAborted) is not { } session) return Results.NotFound();
            return File(id.ToString("N"), found, Entry(found, session.Id, $"{session.Title} · {found.Name}", session.Summary, session.StartsAt, session.EndsAt, site, clock));
        });
    }

    private static CalendarEvent Entry(Event of, Guid id, string title, string text, DateTimeOffset start, DateTimeOffset end, PublicUrl site, TimeProvider clock) => new()
    {
        // The same entry whenever it is fetched again; a higher sequence moves it.
        Uid = $"{id}@plenary",
        Sequence = of.Version,
        DtStamp = new CalDateTime(clock.GetUtcNow().UtcDateTime, "UTC"),
        Summary = title,
        Description = text,
        Location = site.Link("/e/" + of.Slug),
        Url = new Uri(site.Link("/e/" + of.Slug)),
        Start = new CalDateTime(start.UtcDateTime, "UTC"),
        End = new CalDateTime(end.UtcDateTime, "UTC"),
        Status = of.Status is EventStatus.Cancelled ? "CANCELLED" : "CONFIRMED",
    };

    private static IResult File(string name, Event of, CalendarEvent entry)
    {
        var calendar = new Calendar { Method = of.Status is EventStatus.Cancelled ? CalendarMethods.Cancel : CalendarMethods.Publish, ProductId = "-//Plenary//Events//EN" };
        calendar.Events.Add(entry);
        var text = new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar could not be written.");
        return Results.File(Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", $"{name}.ics");
    }
}
