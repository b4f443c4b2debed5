using System.Globalization;
using Microsoft.Extensions.Primitives;
using Plenary.Platform;
using Plenary.Stage.Origin;

namespace Plenary.Stage;

/// <summary>
/// Media down, as plain HTTP: the live origin. The random part of the path is the permission, so that caches need
/// no cookie; what must be asked anew is said by Cache-Control alone.
/// </summary>
internal static class MediaEndpoints
{
    private const int LongestName = 64;
    private const string Forever = "public, max-age=3600, immutable";

    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        app.MapGet("/live/{broadcast:guid}/{epoch}/{file}", Live);
        app.MapGet("/live/{broadcast:guid}/{epoch}/{rendition}/{file}", Rendition);
    }

    private static Task<IResult> Live(HttpContext http, Guid broadcast, string epoch, string file, LiveOrigin origin, IHostApplicationLifetime life) =>
        Rendition(http, broadcast, epoch, null, file, origin, life);

    private static async Task<IResult> Rendition(HttpContext http, Guid broadcast, string epoch, string? rendition, string file, LiveOrigin origin, IHostApplicationLifetime life)
    {
        if (epoch.Length > LongestName || rendition?.Length > LongestName || file.Length > LongestName) return NotFound(http);
        var ask = new MediaAsk(broadcast, epoch, rendition, file);
        if (file.EndsWith(".m3u8", StringComparison.Ordinal))
        {
            if (!TryNumber(http.Request.Query["_HLS_msn"], out var segment) || !TryNumber(http.Request.Query["_HLS_part"], out var part) || (part is not null && segment is null))
                return Bad(http, "_HLS_msn and _HLS_part are whole numbers, and a part is one of a segment.");
            ask = ask with { Segment = segment, Part = part, IsPlain = http.Request.Query.ContainsKey("plain") };
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var answer = await origin.AnswerAsync(ask, stop.Token);
        if (answer.Status == StatusCodes.Status503ServiceUnavailable) return Problem(http, new Refusal("unavailable", answer.Status, answer.Wrong!));
        if (answer.Wrong is { } wrong) return Bad(http, wrong);
        if (answer.Status != StatusCodes.Status200OK) return NotFound(http);
        if (answer.Type == "video/mp4") StageMetrics.PartsServed.Add(1);
        http.Response.Headers.CacheControl = answer.Seconds switch { 0 => "no-store", >= 3600 => Forever, var seconds => $"public, max-age={seconds}" };
        // No cookie is asked for, so any page that knows the path may play it: a CDN's, or an organizer's own.
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Bytes(answer.Data, answer.Type);
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
