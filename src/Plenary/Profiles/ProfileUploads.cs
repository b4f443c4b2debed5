using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;

namespace Plenary.Profiles;

/// <summary>
/// <c>POST /profiles/picture</c>, <c>POST /profiles/intro</c> and <c>GET /profiles/{person}/picture</c>, <c>…/intro</c>: what people show of
/// themselves. Only those who may see the person at the event get it, asked anew each time.
/// </summary>
public sealed class ProfileUploads(IDbContextFactory<Db> dbs, PrivateFiles files, IntroVideos intros, ProfileEditing editing, ProfileReading reading)
{
    /// <summary>Pixels: twice what the largest view of a person shows.</summary>
    private const int LongestSide = 1280;

    /// <summary>Body: a picture. It is decoded and encoded anew. Refused as uploads of pictures are; sign-in-required.</summary>
    internal async Task<IResult> UploadPicture(HttpContext http)
    {
        var cancellation = http.RequestAborted;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var person = await ProfileEditing.RequireEditor(db, Viewer.Of(http.User), cancellation);
        var contentType = TypeOf(http);
        if (!Pictures.Accepts(contentType)) Pictures.WrongType.Throw();
        var picture = await Pictures.Read(await RequestBodies.ReadAll(http, Pictures.LargestUpload, Pictures.TooManyBytes), contentType!, cancellation, LongestSide);
        var profile = await Keep(db, person.Id, await files.Put(picture.Content, cancellation), profile => profile.PictureFile, (profile, file) => (profile.PictureFile, profile.PictureType) = (file, picture.ContentType), cancellation);
        return Results.Json(new { url = ProfileFiles.PictureOf(Guid.Empty, profile) });
    }

    /// <summary>Body: a WebM or MP4 video. Refused: unsupported-intro, broken-intro, intro-too-long, intro-too-large, sign-in-required.</summary>
    internal async Task<IResult> UploadIntro(HttpContext http)
    {
        var cancellation = http.RequestAborted;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var person = await ProfileEditing.RequireEditor(db, Viewer.Of(http.User), cancellation);
        var contentType = TypeOf(http);
        var file = await intros.Take(http, contentType, cancellation);
        var profile = await Keep(db, person.Id, file, profile => profile.IntroFile, (profile, kept) => (profile.IntroFile, profile.IntroType) = (kept, contentType), cancellation);
        return Results.Json(new { url = ProfileFiles.IntroOf(Guid.Empty, profile) });
    }

    /// <summary>Takes the picture away, so that initials are shown. Refused: sign-in-required.</summary>
    public Task RemovePicture(Viewer viewer, CancellationToken cancellation) =>
        Remove(viewer, profile => profile.PictureFile, profile => (profile.PictureFile, profile.PictureType, profile.Portrait) = (null, null, null), cancellation);

    /// <summary>Takes the intro video away. Refused: sign-in-required.</summary>
    public Task RemoveIntro(Viewer viewer, CancellationToken cancellation) =>
        Remove(viewer, profile => profile.IntroFile, profile => (profile.IntroFile, profile.IntroType) = (null, null), cancellation);

    /// <param name="http">Who asks.</param>
    /// <param name="person">Whose it is.</param>
    /// <param name="at">The event at which they meet; one's own may be asked for without.</param>
    /// <param name="of">Which file, and its type.</param>
    internal async Task<IResult> Download(HttpContext http, Guid person, Guid at, Func<Profile, (Guid? File, string? Type)> of)
    {
        var viewer = Viewer.Of(http.User);
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        var allowed = viewer.PersonId == person || (viewer.At(at) is { } me && await reading.Card(db, at, me, person, http.RequestAborted) is not null);
        var profile = allowed ? await db.Set<Profile>().AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == person, http.RequestAborted) : null;
        if (profile is null || of(profile) is not ({ } id, { } type) || files.Open(id) is not { } file) throw Refusal.NotFound.AsException();
        http.Response.Headers.CacheControl = "private, max-age=600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return Results.Stream(file, type, entityTag: new($"\"{id:N}\""), enableRangeProcessing: true);
    }

    private static string? TypeOf(HttpContext http) => http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Writes the file into the profile; of the two, the one that is not in it any more goes.</summary>
    private async Task<Profile> Keep(Db db, Guid person, Guid file, Func<Profile, Guid?> had, Action<Profile, Guid> set, CancellationToken cancellation)
    {
        Guid? before = null;
        try
        {
            var profile = await editing.Change(db, person, profile => { before = had(profile); set(profile, file); }, cancellation);
            if (before is { } old) files.Delete(old);
            return profile;
        }
        catch
        {
            files.Delete(file);
            throw;
        }
    }

    private async Task Remove(Viewer viewer, Func<Profile, Guid?> had, Action<Profile> clear, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var person = await ProfileEditing.RequireEditor(db, viewer, cancellation);
        Guid? before = null;
        await editing.Change(db, person.Id, profile => { before = had(profile); clear(profile); }, cancellation);
        if (before is { } old) files.Delete(old);
    }
}

/// <summary>The addresses of pictures and intro videos.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfileFiles(this IEndpointRouteBuilder app)
    {
        app.MapPost("/profiles/picture", (HttpContext http, ProfileUploads uploads) => uploads.UploadPicture(http)).RequireRateLimiting(RateLimit.Upload.Name);
        app.MapPost("/profiles/intro", (HttpContext http, ProfileUploads uploads) => uploads.UploadIntro(http)).RequireRateLimiting(RateLimit.Upload.Name);
        app.MapGet("/profiles/{person:guid}/picture", (HttpContext http, Guid person, Guid at, ProfileUploads uploads) => uploads.Download(http, person, at, p => (p.PictureFile, p.PictureType)));
        app.MapGet("/profiles/{person:guid}/intro", (HttpContext http, Guid person, Guid at, ProfileUploads uploads) => uploads.Download(http, person, at, p => (p.IntroFile, p.IntroType)));
    }
}
