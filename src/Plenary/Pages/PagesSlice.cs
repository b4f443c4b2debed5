using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Stage.External;

namespace Plenary.Pages;

/// <summary>The addresses people see: the client's shell everywhere, with an event's words in it where there is an event.</summary>
public static class PagesSlice
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Shell>();
        builder.Services.AddSingleton<LandingAnswer>();
    }

    /// <summary>The client's build puts a hash of the content into the names under <c>/assets</c>: such a file never changes.</summary>
    public static void UsePages(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/assets"))
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent or StatusCodes.Status304NotModified)
                    http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            });
        return next(http);
    });

    /// <summary>Comes last: it answers whatever nobody else does.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapCalendarFiles();
        app.MapSearchFiles();
        app.MapMethods("/e/{slug}", Reading, Landing);
        app.MapMethods("/e/{slug}/{**page}", Reading, Inside);
        app.MapMethods("/external/{broadcast:guid}", Reading, External);
        // An address with a file's ending that nobody answered is a missing file, not a page.
        app.MapFallback("{*path:nonfile}", (HttpContext http, Shell shell) => Shell.Send(http, shell.Page()));
    }

    private static async Task<IResult> Landing(string slug, HttpContext http, Shell shell, LandingAnswer landing, IDbContextFactory<Db> dbs, PublicUrl site)
    {
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        if (await Find(db, http, slug) is not { } found) return Missing(http, shell);
        var page = await EventPage.Read(db, found, site, http.RequestAborted);
        return Shell.Send(http, shell.Page(page.Title, page.Head(), page.Body(), await landing.For(http, slug)));
    }

    /// <summary>Rooms, studio and replays are for people who are in, not for search engines.</summary>
    private static async Task<IResult> Inside(string slug, HttpContext http, Shell shell, IDbContextFactory<Db> dbs)
    {
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        return await Find(db, http, slug) is { } found ? Shell.Send(http, shell.Page(found.Name, "<meta name=\"robots\" content=\"noindex\" />")) : Missing(http, shell);
    }

    /// <summary>A page of its own for streams from elsewhere, framed by the room: it alone may reach the site that the stream comes from.</summary>
    private static async Task<IResult> External(Guid broadcast, HttpContext http, Shell shell, ExternalStages externals)
    {
        if (await externals.FindAsync(Viewer.Of(http.User), broadcast, http.RequestAborted) is not { } source) return Missing(http, shell);
        http.Response.Headers.ContentSecurityPolicy = source.Policy();
        return Shell.Send(http, shell.Page("Plenary", "<meta name=\"robots\" content=\"noindex\" />"));
    }

    private static Task<Event?> Find(Db db, HttpContext http, string slug) => db.FindVisible(Viewer.Of(http.User), e => e.Slug == slug, http.RequestAborted);

    /// <summary>The client says it in the visitor's language; the status says it to everybody else.</summary>
    private static IResult Missing(HttpContext http, Shell shell) =>
        Shell.Send(http, shell.Page("Not found", "<meta name=\"robots\" content=\"noindex\" />"), StatusCodes.Status404NotFound);
}
