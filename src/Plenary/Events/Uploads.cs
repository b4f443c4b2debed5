using Microsoft.EntityFrameworkCore;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;

namespace Plenary.Events;

/// <summary><c>POST /files</c> and <c>GET /files/{id}</c>: pictures of events and speakers, and the pages of speakers' slides.</summary>
internal static class Uploads
{
    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        app.MapPost("/files", Upload).RequireRateLimiting(RateLimit.Upload.Name);
        app.MapGet("/files/{id:guid}", Download);
    }

    private static async Task<IResult> Upload(HttpContext http, IDbContextFactory<Db> dbs, FileStore files)
    {
        var cancellation = http.RequestAborted;
        await RequireCrewOrSpeaker(dbs, Viewer.Of(http.User), cancellation);
        var contentType = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (!Pictures.Accepts(contentType)) Pictures.WrongType.Throw();
        var picture = await Pictures.Read(await RequestBodies.ReadAll(http, Pictures.LargestUpload, Pictures.TooManyBytes), contentType!, cancellation);
        await files.Put(picture.Id, picture.ContentType, picture.Content, cancellation);
        return Results.Json(new { id = picture.Id, url = $"/files/{picture.Id}", width = picture.Width, height = picture.Height });
    }

    private static IResult Download(HttpContext http, Guid id, FileStore files)
    {
        if (files.Open(id) is not { } file) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return Results.Stream(file.Content, file.ContentType, entityTag: new($"\"{id:N}\""), enableRangeProcessing: true);
    }

    /// <summary>Lets on whoever is of any crew, with their whole account, and who speaks at an event, with a personal link to it too.</summary>
    private static async Task RequireCrewOrSpeaker(IDbContextFactory<Db> dbs, Viewer viewer, CancellationToken cancellation)
    {
        var (person, only) = (viewer.RequirePerson(), viewer.EventId);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<EventRoleGrant>().AnyAsync(g => g.PersonId == person && g.Role == EventRole.Speaker && (only == null || g.EventId == only), cancellation)) return;
        viewer.RequireAccount();
        if (!await db.Set<Membership>().AnyAsync(m => m.PersonId == person && m.Role != OrganizationRole.Moderator, cancellation)
            && !await db.Set<EventRoleGrant>().AnyAsync(g => g.PersonId == person && (g.Role == EventRole.Organizer || g.Role == EventRole.Producer), cancellation))
            Refusal.Forbidden.Throw();
    }
}
