using Microsoft.AspNetCore.Http.Features;
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
        var picture = await Pictures.Read(await Body(http), contentType!, cancellation);
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

    private static async Task<byte[]> Body(HttpContext http)
    {
        if (http.Request.ContentLength > Pictures.LargestUpload) Pictures.TooManyBytes.Throw();
        // Whoever does not say how much is coming is cut off by the server a byte later.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Pictures.LargestUpload + 1;
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            Pictures.TooManyBytes.Throw();
        }
        return body.Length > Pictures.LargestUpload ? throw Pictures.TooManyBytes.AsException() : body.ToArray();
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
