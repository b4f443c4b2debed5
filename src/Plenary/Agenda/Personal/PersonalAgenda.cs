using Microsoft.EntityFrameworkCore;
using Plenary.Agenda.Exchange;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Agenda.Personal;

/// <summary>What people pick from an agenda for themselves, and the private address at which their calendar program reads it.</summary>
internal static class PersonalAgenda
{
    /// <summary>Where the addresses begin; what follows is a secret and is written into no log.</summary>
    public const string Path = "/my-agenda/";

    /// <summary>Stars a session for the viewer, or no more; twice is once. Refused: sign-in-required; not-found for whoever does not see the event.</summary>
    public static async Task<Session> Star(Db db, Viewer viewer, Guid id, bool starred, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        var person = await RequireSees(db, viewer, session.EventId, cancellation);
        var held = db.Set<StarredSession>().Where(s => s.PersonId == person && s.SessionId == id);
        if (!starred) await held.ExecuteDeleteAsync(cancellation);
        else if (!await held.AnyAsync(cancellation))
        {
            db.Add(new StarredSession { PersonId = person, SessionId = id });
            await SaveOnce(db, cancellation);
        }
        return session;
    }

    /// <summary>A new address; the one before stops. It is told this once.</summary>
    public static async Task<string> MakeLink(Db db, Viewer viewer, Guid eventId, PublicUrl site, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var person = await RequireSees(db, viewer, eventId, cancellation);
        var secret = Secret.New();
        await db.Set<AgendaLink>().Where(l => l.PersonId == person && l.EventId == eventId).ExecuteDeleteAsync(cancellation);
        db.Add(new AgendaLink { PersonId = person, EventId = eventId, SecretHash = Secret.Hash(secret) });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (Db.IsTaken(e))
        {
            Refusal.Changed.Throw(); // in another tab, in this moment: whose address it is to be is theirs to say
        }
        return site.Link($"{Path}{secret}.ics");
    }

    /// <summary>The address stops, if there is one.</summary>
    public static async Task RemoveLink(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var person = await RequireSees(db, viewer, eventId, cancellation);
        await db.Set<AgendaLink>().Where(l => l.PersonId == person && l.EventId == eventId).ExecuteDeleteAsync(cancellation);
    }

    public static void MapPersonalAgenda(this IEndpointRouteBuilder app) =>
        app.MapGet(Path + "{secret}.ics", async (string secret, HttpContext http, IDbContextFactory<Db> dbs, PublicUrl site, TimeProvider clock) =>
        {
            await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
            var hash = Secret.Hash(secret);
            var link = await db.Set<AgendaLink>().AsNoTracking().SingleOrDefaultAsync(l => l.SecretHash == hash, http.RequestAborted);
            // As the public sees it: a calendar program is nobody of the crew, whoever gave it the address.
            if (link is null || await db.FindVisible(Viewer.Stranger, e => e.Id == link.EventId, http.RequestAborted) is not { } found) return Results.NotFound();
            var starred = await db.Set<StarredSession>().Where(s => s.PersonId == link.PersonId).Select(s => s.SessionId).ToListAsync(http.RequestAborted);
            var agenda = await WrittenAgenda.Read(db, found, http.RequestAborted);
            http.Response.Headers.CacheControl = "private, no-store";
            return Results.File(CalendarText.Write(agenda with { Sessions = [.. agenda.Sessions.Where(s => starred.Contains(s.Session.Id))] }, site, clock), "text/calendar; charset=utf-8", "my-agenda.ics");
        });

    private static async Task<Guid> RequireSees(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation) =>
        viewer.At(eventId) is { } person && await db.FindVisible(viewer, e => e.Id == eventId, cancellation) is not null ? person : throw Refusal.NotFound.AsException();

    private static async Task SaveOnce(Db db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (Db.IsTaken(e))
        {
            // Starred in another tab in the same moment: it is starred.
        }
    }
}
