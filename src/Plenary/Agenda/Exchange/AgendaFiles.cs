using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;

namespace Plenary.Agenda.Exchange;

/// <summary><c>/e/{slug}/schedule.json</c>, <c>.ics</c> and <c>.csv</c> for whoever sees the event, and <c>POST /events/{id}/agenda</c> for its crew, which takes such a file over.</summary>
internal static class AgendaFiles
{
    private const int MostShown = 100;

    public static void MapAgendaFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/e/{slug}/schedule.json", (string slug, HttpContext http, IDbContextFactory<Db> dbs, PublicUrl site) => Send(slug, http, dbs, "application/json", "json", agenda => ScheduleJson.Write(agenda, site)));
        app.MapGet("/e/{slug}/schedule.ics", (string slug, HttpContext http, IDbContextFactory<Db> dbs, PublicUrl site, TimeProvider clock) => Send(slug, http, dbs, "text/calendar; charset=utf-8", "ics", agenda => CalendarText.Write(agenda, site, clock)));
        app.MapGet("/e/{slug}/schedule.csv", (string slug, HttpContext http, IDbContextFactory<Db> dbs) => Send(slug, http, dbs, "text/csv; charset=utf-8", "csv", AgendaTable.Write));
        app.MapPost("/events/{id:guid}/agenda", Take).RequireRateLimiting(RateLimit.Upload.Name);
    }

    private static async Task<IResult> Send(string slug, HttpContext http, IDbContextFactory<Db> dbs, string type, string ending, Func<WrittenAgenda, byte[]> write)
    {
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        if (await db.FindVisible(Viewer.Of(http.User), e => e.Slug == slug, http.RequestAborted) is not { } found) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        return Results.File(write(await WrittenAgenda.Read(db, found, http.RequestAborted)), type, $"{slug}.{ending}");
    }

    private static async Task<IResult> Take(Guid id, HttpContext http, IDbContextFactory<Db> dbs, string? format, bool? removeOthers, bool? ontoEvent, string? confirm)
    {
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        await db.RequireCrew(Viewer.Of(http.User), id, http.RequestAborted); // before anything of the file is read
        db.ChangeTracker.Clear();
        var content = await RequestBodies.ReadAll(http, AgendaImport.LargestFile, AgendaImport.TooLarge);
        var (plan, fingerprint, written) = await AgendaImport.Run(db, Viewer.Of(http.User), id, content, new(format, removeOthers ?? false, ontoEvent ?? false, confirm), http.RequestAborted);
        var sound = plan.File.Mistakes.Count == 0;
        return Results.Json(new
        {
            fingerprint,
            written,
            added = sound ? plan.Sessions.Where(s => s.Was is null).Select(Shown) : [],
            changed = sound ? plan.Sessions.Where(s => s.Changes.Count > 0).Select(Shown) : [],
            removed = sound ? plan.Removed.Select(s => new { line = 0, title = s.Session.Title, room = s.Room.Name, startsAt = s.Session.StartsAt, endsAt = s.Session.EndsAt, changes = Array.Empty<string>() }) : [],
            unchanged = sound ? plan.Sessions.Count(s => s.Was is not null && s.Changes.Count == 0) : 0,
            rooms = plan.NewRooms,
            speakers = sound ? plan.NewSpeakers.Select(s => s.Name) : [],
            mistakes = plan.File.Mistakes.OrderBy(m => m.Line).Take(MostShown),
            mistakeCount = plan.File.Mistakes.Count,
            notes = plan.File.Notes.OrderBy(m => m.Line).Take(MostShown),
        });
    }

    private static object Shown(PlannedSession planned) => new { line = planned.Wished.Line, title = planned.Wished.Title, room = planned.Wished.Room, startsAt = planned.Wished.StartsAt, endsAt = planned.Wished.EndsAt, changes = planned.Changes };
}
