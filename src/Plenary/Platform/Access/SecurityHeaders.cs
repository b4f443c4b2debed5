using Microsoft.Net.Http.Headers;
using Plenary.Platform.Surge;

namespace Plenary.Platform.Access;

/// <summary>What every answer tells a browser about how little it may do with it.</summary>
internal static class SecurityHeaders
{
    private const string Connect = "connect-src 'self'";
    private const string Media = "media-src 'self' blob:";

    // Style attributes are allowed because pages that the server renders carry the event's accent colour in one; style sheets are our own.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob: https:; " + Media + "; "
        + Connect + "; font-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    // Their addresses are tickets: no other page may be told them.
    private static readonly PathString[] Tickets = ["/j", "/sign-in/link", "/setup"];

    public static Task Add(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path; // an error page runs under another one
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.TryAdd(HeaderNames.ContentSecurityPolicy, PolicyFor(
                [.. http.RequestServices.GetRequiredService<Gateways>().Addresses, .. http.RequestServices.GetServices<ConnectSource>().Select(source => source.Address.ToString())],
                [.. http.RequestServices.GetServices<StreamSource>().Select(source => source.Address)]));
            headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
            headers.TryAdd("Referrer-Policy", Tickets.Any(ticket => path.StartsWithSegments(ticket)) ? "no-referrer" : "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self), geolocation=()");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>The policy that lets pages connect to these processes and servers too: <c>'self'</c> is one host and port only.</summary>
    /// <param name="processes">Addresses, <c>http</c> or <c>https</c>; pages get there by WebSocket.</param>
    /// <param name="streams">Where players fetch streams, besides our own.</param>
    internal static string PolicyFor(IReadOnlyCollection<string> processes, IReadOnlyCollection<Uri> streams)
    {
        var sockets = processes.Select(address => new Uri(address)).Select(uri => $"{(uri.Scheme == Uri.UriSchemeHttps ? "wss" : "ws")}://{uri.Authority}").Distinct();
        var origins = streams.Select(uri => uri.GetLeftPart(UriPartial.Authority)).Distinct().ToArray();
        return ContentSecurityPolicy
            .Replace(Connect, string.Join(' ', [Connect, .. sockets, .. origins]), StringComparison.Ordinal)
            .Replace(Media, string.Join(' ', [Media, .. origins]), StringComparison.Ordinal);
    }
}

/// <summary>A server besides our own that pages may connect to by WebSocket; register one for each.</summary>
/// <param name="Address">Its address, <c>http</c> or <c>https</c>.</param>
public sealed record ConnectSource(Uri Address);

/// <summary>A server besides our own from which players fetch streams: a cache or a CDN. Register one for each.</summary>
/// <param name="Address">Its address, <c>http</c> or <c>https</c>.</param>
public sealed record StreamSource(Uri Address);
