using System.Diagnostics;
using Plenary.Platform.Surge;

namespace Plenary.Platform.Telemetry;

/// <summary>One line per request: what was asked, how it ended, how long it took. Never who, and never a key that stands in an address.</summary>
internal sealed class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> log)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext http)
    {
        var began = clock.GetTimestamp();
        var path = http.Request.Path.Value; // as it was asked for: what comes next may change it
        try
        {
            await next(http);
        }
        finally
        {
            var took = clock.GetElapsedTime(began);
            var level = http.Response.StatusCode >= 500 && !IsTurnedAway(http) ? LogLevel.Error : LevelOf(http, took);
            if (log.IsEnabled(level)) log.Log(level, "{Method} {Path} answered {Status} in {Milliseconds:0} ms, trace {Trace}",
                Method(http.Request.Method), PrivatePaths.Redact(path), http.Response.StatusCode, took.TotalMilliseconds, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
        }
    }

    /// <summary>A full process turns away thousands in a second, and counts them.</summary>
    private static bool IsTurnedAway(HttpContext http) => http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable && http.Request.Path.StartsWithSegments(LiveDoor.Path);

    /// <summary>Long-lived connections and blocking playlists are slow by design; files and probes would drown everything else.</summary>
    private static LogLevel LevelOf(HttpContext http, TimeSpan took)
    {
        var path = http.Request.Path;
        if (http.WebSockets.IsWebSocketRequest || path.StartsWithSegments("/live") || path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics") || path.StartsWithSegments("/assets"))
            return LogLevel.Debug;
        return took > Slow ? LogLevel.Warning : LogLevel.Information;
    }

    private static string Method(string method) => HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method) ? method : "OTHER";
}
