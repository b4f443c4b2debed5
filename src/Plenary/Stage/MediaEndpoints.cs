using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Stage.Media;

namespace Plenary.Stage;

/// <summary>
/// Media down, as plain HTTP: the live origin and the replays' files. The random part of the path is the permission, so that caches need
/// no cookie; what must be asked anew is said by Cache-Control alone.
/// </summary>
internal static class MediaEndpoints
{
    private const string PlaylistType = "application/vnd.apple.mpegurl";
    private const string Forever = "public, max-age=3600, immutable";

    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        app.MapGet("/live/{broadcast:guid}/{epoch}/live.m3u8", Playlist);
        app.MapGet("/live/{broadcast:guid}/{epoch}/{file}", LiveFile);
        app.MapGet("/replays/{id:guid}/{key}/replay.m3u8", ReplayList);
        app.MapMethods("/replays/{id:guid}/{key}/{file}.mp4", [HttpMethods.Get, HttpMethods.Head], ReplayFile);
    }

    private static async Task<IResult> Playlist(HttpContext http, Guid broadcast, string epoch, OnAir onAir, IHostApplicationLifetime life)
    {
        if (onAir.Stream(broadcast, epoch) is not { } stream) return NotFound(http);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var (cache, there) = ("public, max-age=1", true);
        if (!TryNumber(http.Request.Query["_HLS_msn"], out var segment) || !TryNumber(http.Request.Query["_HLS_part"], out var part) || (part is not null && segment is null))
            return Bad(http, "_HLS_msn and _HLS_part are whole numbers, and a part is one of a segment.");
        if (segment is { } number)
        {
            if (stream.IsTooFarAhead(number)) return Bad(http, "That segment is too far ahead; ask for the playlist without _HLS_msn.");
            there = await stream.WaitForAsync(number, part, stop.Token);
            cache = "public, max-age=6";
        }
        else if (!stream.HasSegment) there = await stream.WaitForAsync(0, null, stop.Token);
        // An answer that came too late is true now only: no cache may keep it under an address that promises more.
        http.Response.Headers.CacheControl = there ? cache : "no-store";
        return Results.Bytes(stream.Playlist(), PlaylistType);
    }

    private static async Task<IResult> LiveFile(HttpContext http, Guid broadcast, string epoch, string file, OnAir onAir, IHostApplicationLifetime life)
    {
        if (onAir.Stream(broadcast, epoch) is not { } stream) return NotFound(http);
        byte[]? data = null;
        if (file == "init.mp4") data = stream.Init;
        else if (file.Length > 5 && file.EndsWith(".m4s", StringComparison.Ordinal) && TryNumber(file[1..^4], out var number) && number is { } n)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
            data = file[0] switch { 'p' => await stream.PartAsync(n, stop.Token), 's' => stream.SegmentData(n), _ => null };
        }
        if (data is null) return NotFound(http);
        StageMetrics.PartsServed.Add(1);
        http.Response.Headers.CacheControl = Forever;
        return Results.Bytes(data, "video/mp4");
    }

    private static async Task<IResult> ReplayList(HttpContext http, Guid id, string key, Db db, Replays replays, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, key, cancellation) is null) return NotFound(http);
        var takes = await db.Set<BroadcastTake>().AsNoTracking().Where(t => t.BroadcastId == id).ToListAsync(cancellation);
        http.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Text(await replays.PlaylistAsync(takes, cancellation), PlaylistType, Encoding.UTF8);
    }

    private static async Task<IResult> ReplayFile(HttpContext http, Guid id, string key, string file, Db db, Replays replays, MediaSettings settings, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, key, cancellation) is not { } broadcast) return NotFound(http);
        string? path = null;
        if (file == "replay") path = replays.Joined(id);
        else if (TryNumber(file, out var number) && number is { } n && await db.Set<BroadcastTake>().AsNoTracking().SingleOrDefaultAsync(t => t.BroadcastId == id && t.Number == n, cancellation) is { } take)
            path = TakeFiles.Of(settings, take).Media;
        if (path is null || !File.Exists(path)) return NotFound(http);
        http.Response.Headers.CacheControl = Forever;
        var name = http.Request.Query.ContainsKey("download") ? FileName(broadcast.Title) : null;
        return Results.File(path, "video/mp4", name, enableRangeProcessing: true);
    }

    private static async Task<Broadcast?> FindAsync(Db db, Guid id, string key, CancellationToken cancellation)
    {
        var broadcast = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.ReplaySeconds > 0, cancellation);
        return broadcast is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(broadcast.ReplayKey), Encoding.ASCII.GetBytes(key)) ? broadcast : null;
    }

    /// <summary>A title that every file system takes.</summary>
    private static string FileName(string title)
    {
        var name = string.Concat(title.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Trim();
        return (name.Length == 0 ? "replay" : name) + ".mp4";
    }

    /// <summary>True with null when there is none; false when it is not a number.</summary>
    private static bool TryNumber(StringValues text, out long? number)
    {
        number = null;
        if (text.Count == 0) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
        number = value;
        return true;
    }

    private static IResult NotFound(HttpContext http) => Problem(http, Refusal.NotFound);

    private static IResult Bad(HttpContext http, string message) => Problem(http, new Refusal("invalid-input", 400, message));

    private static IResult Problem(HttpContext http, Refusal refusal)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Problem(refusal.Message, statusCode: refusal.Status, extensions: new Dictionary<string, object?> { ["code"] = refusal.Code });
    }
}
