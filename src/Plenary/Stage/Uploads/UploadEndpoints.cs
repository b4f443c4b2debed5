using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Plenary.Platform;
using Plenary.Platform.Access;

namespace Plenary.Stage.Uploads;

/// <summary>
/// <c>HEAD</c> and <c>PATCH /recordings/uploads/{id}</c>: the core of the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload), so that any of its
/// clients can send a file that was announced by <c>beginRecordingUpload</c>.
/// </summary>
internal static class UploadEndpoints
{
    private const string Version = "1.0.0", ChunkType = "application/offset+octet-stream";

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/recordings/uploads/{id:guid}", [HttpMethods.Head], Stand);
        app.MapMethods("/recordings/uploads/{id:guid}", [HttpMethods.Patch], Append);
    }

    private static async Task<IResult> Stand(HttpContext http, Guid id, RecordingUploads uploads)
    {
        var (upload, offset) = await uploads.StandAsync(Viewer.Of(http.User), id, http.RequestAborted);
        http.Response.Headers["Upload-Length"] = upload.Bytes.ToString(CultureInfo.InvariantCulture);
        return Say(http, offset, StatusCodes.Status200OK);
    }

    private static async Task<IResult> Append(HttpContext http, Guid id, RecordingUploads uploads, MediaSettings settings)
    {
        var viewer = Viewer.Of(http.User);
        viewer.RequirePerson();
        if (http.Request.ContentType != ChunkType) throw new Refusal("unsupported-type", 415, $"Send the bytes as {ChunkType}.").AsException();
        if (!long.TryParse(http.Request.Headers["Upload-Offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            throw Refusal.Invalid("Upload-Offset", "Say in Upload-Offset where the bytes belong.").AsException();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = settings.LargestTake;
        return Say(http, await uploads.AppendAsync(viewer, id, offset, http.Request.Body, http.RequestAborted), StatusCodes.Status204NoContent);
    }

    private static IResult Say(HttpContext http, long offset, int status)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(status);
    }
}
