using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage.Captions;

namespace Plenary.Stage.Recordings;

/// <summary>
/// Recordings as plain HTTP. Under <c>/replays/</c> the random part of the path is the permission, and only what the trim leaves can be had, so
/// that caches need no cookie; under <c>/recordings/</c> the event's crew has all of it, by its session.
/// </summary>
internal static class RecordingEndpoints
{
    private const string PlaylistType = "application/vnd.apple.mpegurl", MediaType = "video/mp4", CaptionType = "text/vtt";
    private const string Forever = "public, max-age=3600, immutable", Private = "private, no-cache";

    public static void MapRecordings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/replays/{id:guid}/{key}/replay.m3u8", ReplayList);
        app.MapGet("/replays/{id:guid}/{key}/live.m3u8", LiveList);
        app.MapGet("/replays/{id:guid}/{key}/{take:int}-init.mp4", ReplayInit);
        app.MapGet("/replays/{id:guid}/{key}/{take:int}-{number:int}.m4s", ReplaySegment);
        app.MapGet("/replays/{id:guid}/{key}/{language}.vtt", ReplayCaptions);
        app.MapGet("/recordings/{id:guid}/recording.m3u8", WholeList);
        app.MapGet("/recordings/{id:guid}/{take:int}-init.mp4", WholeInit);
        app.MapGet("/recordings/{id:guid}/{take:int}-{number:int}.m4s", WholeSegment);
        app.MapGet("/recordings/{id:guid}/download.mp4", Download);
    }

    private static async Task<IResult> ReplayList(HttpContext http, Guid id, string key, RecordingStore recordings)
    {
        if (await FindAsync(http, recordings, id, key) is not { Replay.State: BroadcastState.Ended } found) return NotFound(http);
        http.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Text(Recording.Playlist(found.Recording.Between(found.Start, found.End)), PlaylistType, Encoding.UTF8);
    }

    private static async Task<IResult> LiveList(HttpContext http, Guid id, string key, RecordingStore recordings, TimeProvider clock)
    {
        if (await FindAsync(http, recordings, id, key) is not { Replay.IsSimulive: true } found) return NotFound(http);
        http.Response.Headers.CacheControl = "public, max-age=1";
        return Results.Text(SimuliveStream.Playlist(found, clock.GetUtcNow()), PlaylistType, Encoding.UTF8);
    }

    private static async Task ReplayInit(HttpContext http, Guid id, string key, int take, RecordingStore recordings) =>
        await SendAsync(http, await FindAsync(http, recordings, id, key) is { } found ? found.Recording.Init(take) : null, Forever);

    private static async Task ReplaySegment(HttpContext http, Guid id, string key, int take, int number, RecordingStore recordings, TimeProvider clock)
    {
        FilePart? part = null;
        if (await FindAsync(http, recordings, id, key) is { } found && found.Recording.Find(take, number) is { } segment
            && segment.Start >= found.Start - 0.001 && segment.End <= found.End + 0.001 && SimuliveStream.HasCome(found, segment, clock.GetUtcNow()))
            part = found.Recording.Segment(take, number);
        await SendAsync(http, part, Forever);
    }

    private static async Task<IResult> ReplayCaptions(HttpContext http, Guid id, string key, string language, RecordingStore recordings, Db db)
    {
        if (await FindAsync(http, recordings, id, key) is not { Replay.State: BroadcastState.Ended } found) return NotFound(http);
        var cues = await CaptionEndpoints.CuesAsync(db, found.Replay, CaptionLine.Tag(language), http.RequestAborted);
        if (cues.Count == 0) return NotFound(http);
        // Corrections are seen soon.
        http.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Text(WebVtt.Write(cues.Select(c => c.Cue)), CaptionType, Encoding.UTF8);
    }

    private static async Task<IResult> WholeList(HttpContext http, Guid id, RecordingStore recordings, Db db)
    {
        var broadcast = await RequireCrewAsync(http, db, id);
        var recording = await recordings.OfAsync(broadcast.RecordingId ?? id, http.RequestAborted);
        http.Response.Headers.CacheControl = Private;
        return Results.Text(Recording.Playlist(recording.Segments), PlaylistType, Encoding.UTF8);
    }

    private static async Task WholeInit(HttpContext http, Guid id, int take, RecordingStore recordings, Db db)
    {
        var broadcast = await RequireCrewAsync(http, db, id);
        await SendAsync(http, (await recordings.OfAsync(broadcast.RecordingId ?? id, http.RequestAborted)).Init(take), Private);
    }

    private static async Task WholeSegment(HttpContext http, Guid id, int take, int number, RecordingStore recordings, Db db)
    {
        var broadcast = await RequireCrewAsync(http, db, id);
        await SendAsync(http, (await recordings.OfAsync(broadcast.RecordingId ?? id, http.RequestAborted)).Segment(take, number), Private);
    }

    private static async Task<IResult> Download(HttpContext http, Guid id, Replays replays, RecordingStore recordings, Db db)
    {
        var broadcast = await RequireCrewAsync(http, db, id);
        http.Response.Headers.CacheControl = Private;
        var name = FileName(broadcast.Title);
        if (await replays.DownloadAsync(broadcast, http.RequestAborted) is { } file) return Results.File(file, MediaType, name, enableRangeProcessing: true);
        // Without ffmpeg: the segments of the first take as they are, which most players take for a whole file.
        var playable = await recordings.PlayableAsync(id, http.RequestAborted) ?? throw Refusal.NotFound.AsException();
        var segments = playable.Recording.Between(playable.Start, playable.End);
        if (segments.Count == 0) return NotFound(http);
        var first = segments[0].Take;
        http.Response.ContentType = MediaType;
        http.Response.Headers.ContentDisposition = new System.Net.Mime.ContentDisposition { FileName = name }.ToString();
        IEnumerable<FilePart?> parts = [playable.Recording.Init(first), .. segments.Where(s => s.Take == first).Select(s => playable.Recording.Segment(first, s.Number))];
        foreach (var part in parts)
            if (part is { } p) await http.Response.SendFileAsync(p.Path, p.Offset, p.Length, http.RequestAborted);
        return Results.Empty;
    }

    private static async Task<Playable?> FindAsync(HttpContext http, RecordingStore recordings, Guid id, string key) =>
        await recordings.PlayableAsync(id, http.RequestAborted) is { } found
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(found.Replay.ReplayKey), Encoding.ASCII.GetBytes(key)) ? found : null;

    /// <summary>The replay, when the session is of its event's crew. Refused: sign-in-required, not-found.</summary>
    private static async Task<Broadcast> RequireCrewAsync(HttpContext http, Db db, Guid id)
    {
        var viewer = Viewer.Of(http.User);
        viewer.RequirePerson();
        var broadcast = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.State == BroadcastState.Ended && b.ReplaySeconds > 0, http.RequestAborted);
        return broadcast is not null && await db.RoomPassOf(viewer, broadcast.RoomId, http.RequestAborted) is { IsCrew: true } ? broadcast : throw Refusal.NotFound.AsException();
    }

    private static async Task SendAsync(HttpContext http, FilePart? part, string cache)
    {
        if (part is not { } file || !File.Exists(file.Path))
        {
            await NotFound(http).ExecuteAsync(http);
            return;
        }
        http.Response.Headers.CacheControl = cache;
        http.Response.ContentType = MediaType;
        http.Response.ContentLength = file.Length;
        await http.Response.SendFileAsync(file.Path, file.Offset, file.Length, http.RequestAborted);
    }

    private static IResult NotFound(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Problem(Refusal.NotFound.Message, statusCode: Refusal.NotFound.Status, extensions: new Dictionary<string, object?> { ["code"] = Refusal.NotFound.Code });
    }

    /// <summary>A title that every file system takes.</summary>
    private static string FileName(string title)
    {
        var name = string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Trim();
        return (name.Length == 0 ? "replay" : name) + ".mp4";
    }
}
