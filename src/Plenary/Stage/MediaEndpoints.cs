using System.Globalization;
using Microsoft.Extensions.Primitives;
using Plenary.Platform;
using Plenary.Stage.Media;

namespace Plenary.Stage;

/// <summary>
/// Media down, as plain HTTP: the live origin. The random part of the path is the permission, so that caches need
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
