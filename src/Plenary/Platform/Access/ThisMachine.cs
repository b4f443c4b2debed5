using System.Net;

namespace Plenary.Platform.Access;

/// <summary>Tells whether a request comes from somebody at this very machine, talking straight to us.</summary>
internal static class ThisMachine
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];

    /// <summary>Loopback alone is not enough: a proxy on this machine is loopback too, and a foreign page may point its name here.</summary>
    public static bool Is(HttpContext http)
    {
        var host = http.Request.Host.Host;
        return http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && (host is "localhost" or "127.0.0.1" or "[::1]" || host.EndsWith(".localhost", StringComparison.Ordinal))
            && !http.Request.Headers.Keys.Any(k => k.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || k.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
                || ProxyHeaders.Contains(k, StringComparer.OrdinalIgnoreCase));
    }
}
