using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Files;
using Plenary.Platform.Text;

namespace Plenary.Stage.Backstage;

/// <summary><c>POST /stage/{room}/clips</c> and <c>GET /clips/{id}/{key}</c>: videos and music for a stage, kept as they are uploaded.</summary>
public sealed class ClipUploads(IDbContextFactory<Db> dbs, Clips clips, ClipProbe probe, MediaSettings settings, RateLimits limits)
{
    /// <summary>Bytes at the beginning by which a file is told from another.</summary>
    private const int Signature = 12;

    /// <summary>Body: the file. Query: its name and, for a server without ffprobe, its length in seconds.</summary>
    internal async Task<IResult> Upload(HttpContext http, Guid room)
    {
        var cancellation = http.RequestAborted;
        var viewer = Viewer.Of(http.User);
        StageClip clip;
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
        {
            var who = await db.RequireBackstage(viewer, room, cancellation);
            if (who.Pass.IsGuest) Refusal.Forbidden.Throw();
            limits.Require(RateLimit.Upload, who.Pass.Person.ToString());
            if (await db.Set<StageClip>().CountAsync(c => c.RoomId == room, cancellation) >= Clips.MostClips) BackstageRefusals.TooManyClips.Throw();
            var contentType = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
            if (!Clips.Accepts(contentType)) BackstageRefusals.ClipType.Throw();
            clip = new() { RoomId = room, PersonId = who.Pass.Person, Name = Input.Line(http.Request.Query["name"], "name", 120), ContentType = contentType!, Key = MediaKey.New() };
        }
        var path = clips.PathOf(clip);
        var kept = false;
        try
        {
            var bytes = await Store(http, path, clip.ContentType);
            var seconds = await probe.Check(path, clip.ContentType, Seconds(http), cancellation);
            clip = new() { Id = clip.Id, RoomId = clip.RoomId, PersonId = clip.PersonId, Name = clip.Name, ContentType = clip.ContentType, Key = clip.Key, Bytes = bytes, Seconds = seconds };
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            db.Add(clip);
            await db.SaveChangesAsync(cancellation);
            kept = true;
        }
        finally
        {
            if (!kept) File.Delete(path);
        }
        return Results.Json(new { id = clip.Id, url = clip.Url, seconds = clip.Seconds, video = clip.IsVideo });
    }

    internal async Task<IResult> Download(HttpContext http, Guid id, string key)
    {
        await using var db = await dbs.CreateDbContextAsync(http.RequestAborted);
        var clip = await db.Set<StageClip>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, http.RequestAborted);
        if (clip is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(clip.Key), Encoding.ASCII.GetBytes(key)) || clips.PathOf(clip) is not { } path || !File.Exists(path))
            throw Refusal.NotFound.AsException();
        http.Response.Headers.CacheControl = "public, max-age=3600, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return Results.File(path, clip.ContentType, enableRangeProcessing: true);
    }

    /// <summary>Writes the body to disk; answers its length. Refused: clip-too-large, unsupported-clip, storage-failed.</summary>
    private async Task<long> Store(HttpContext http, string path, string contentType)
    {
        var most = settings.LargestClip;
        var tooLarge = BackstageRefusals.ClipTooLarge(most / 1_000_000);
        if (http.Request.ContentLength > most) tooLarge.Throw();
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most + 1;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            if (file.Length > most) tooLarge.Throw();
            var start = new byte[Signature];
            file.Position = 0;
            var read = await file.ReadAtLeastAsync(start, Signature, throwOnEndOfStream: false, http.RequestAborted);
            if (read < Signature || !Is(contentType, start)) BackstageRefusals.ClipType.Throw();
            file.Flush(flushToDisk: true);
            return file.Length;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw tooLarge.AsException();
        }
        catch (IOException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw StageRefusals.StorageFailed.AsException();
        }
    }

    private static bool Is(string contentType, ReadOnlySpan<byte> start) => contentType switch
    {
        "video/mp4" or "audio/mp4" => start[4..8].SequenceEqual("ftyp"u8),
        "video/webm" => start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]),
        "audio/mpeg" => start.StartsWith("ID3"u8) || (start[0] == 0xFF && (start[1] & 0xE0) == 0xE0),
        _ => start.StartsWith("OggS"u8),
    };

    private static double? Seconds(HttpContext http) =>
        double.TryParse(http.Request.Query["seconds"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}

/// <summary>The addresses of clips.</summary>
internal static class ClipEndpoints
{
    public static void MapClips(this IEndpointRouteBuilder app)
    {
        app.MapPost("/stage/{room:guid}/clips", (HttpContext http, Guid room, ClipUploads uploads) => uploads.Upload(http, room));
        app.MapMethods("/clips/{id:guid}/{key}", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, Guid id, string key, ClipUploads uploads) => uploads.Download(http, id, key));
    }
}

/// <summary>Looks into a clip with ffprobe, where it is installed: that browsers can play it, and how long it is.</summary>
public sealed class ClipProbe(MediaSettings settings, TimeProvider clock)
{
    private const double LongestSeconds = 4 * 3600;
    private const int MostPixels = 3840;
    private const string Entries = "format=duration:stream=codec_type,codec_name,width,height:stream_disposition=attached_pic";
    private static readonly HashSet<string> Video = ["h264", "vp8", "vp9", "av1"], Audio = ["aac", "opus", "mp3", "vorbis"];

    /// <summary>Its length in seconds. Refused: broken-clip; invalid-input without ffprobe when nobody said how long it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="contentType">What it is said to be.</param>
    /// <param name="said">The length that the uploader's browser saw; taken on trust when there is no ffprobe.</param>
    /// <param name="cancellation">Ends ffprobe.</param>
    public async Task<double> Check(string path, string contentType, double? said, CancellationToken cancellation)
    {
        if (settings.Ffprobe is not { } program)
            return said is > 0 and <= LongestSeconds ? said.Value : throw Refusal.Invalid("seconds", "Say how long the clip is, in seconds: this server cannot look into it.").AsException();
        using var found = await new Ffprobe(program, clock).Look(path, contentType, Entries, cancellation) ?? throw BackstageRefusals.BrokenClip.AsException();
        var streams = found.RootElement.TryGetProperty("streams", out var all) ? all.EnumerateArray().ToList() : [];
        var video = streams.FindAll(s => Ffprobe.Text(s, "codec_type") == "video" && !Ffprobe.IsCover(s));
        var audio = streams.FindAll(s => Ffprobe.Text(s, "codec_type") == "audio");
        var seconds = (found.RootElement.TryGetProperty("format", out var format) ? Ffprobe.Seconds(format, "duration") : null) ?? said ?? 0;
        var isVideo = contentType.StartsWith("video/", StringComparison.Ordinal);
        if (seconds is not (> 0 and <= LongestSeconds) || (isVideo ? video.Count == 0 : audio.Count == 0)
            || (isVideo && video.Exists(s => !Video.Contains(Ffprobe.Text(s, "codec_name")) || Ffprobe.Number(s, "width") is not (> 0 and <= MostPixels) || Ffprobe.Number(s, "height") is not (> 0 and <= MostPixels)))
            || audio.Exists(s => !Audio.Contains(Ffprobe.Text(s, "codec_name"))))
            BackstageRefusals.BrokenClip.Throw();
        return seconds;
    }
}
