using Microsoft.Net.Http.Headers;

namespace Plenary.Platform.Access;

/// <summary>
/// Refuses what another site makes a visitor's browser send (CSRF): requests that change something and WebSocket handshakes, which browsers
/// let through with cookies. A browser always tells where such a request comes from; what tells nothing is no browser and carries no
/// visitor's cookie by accident.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next, PublicUrl site)
{
    public Task Invoke(HttpContext http) =>
        ChangesSomething(http.Request) && IsFromAnotherSite(http.Request) ? Refusals.Answer(http, Refusal.CrossSite) : next(http);

    private static bool ChangesSomething(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Headers.ContainsKey(HeaderNames.SecWebSocketKey)
        || request.Headers.Upgrade.Any(value => value?.Contains("websocket", StringComparison.OrdinalIgnoreCase) == true);

    private bool IsFromAnotherSite(HttpRequest request)
    {
        if (string.Equals(request.Headers["Sec-Fetch-Site"], "cross-site", StringComparison.OrdinalIgnoreCase)) return true;
        if (request.Headers.Origin is not [{ } text, ..]) return false;
        // "null" and anything else that is no address (a sandboxed frame, a file) is another site too.
        return request.Headers.Origin.Count > 1 || !Uri.TryCreate(text, UriKind.Absolute, out var origin) || !IsOurs(origin, request);
    }

    private bool IsOurs(Uri origin, HttpRequest request) =>
        (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
        && (string.Equals(origin.Authority, AuthorityOf(origin.Scheme, request.Host), StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(site.Root, UriKind.Absolute, out var ours) && origin.GetLeftPart(UriPartial.Authority) == ours.GetLeftPart(UriPartial.Authority)));

    /// <summary>The host the browser asked for, without a port that goes without saying. A proxy may have taken TLS off, so the scheme is the origin's.</summary>
    private static string? AuthorityOf(string scheme, HostString host) =>
        Uri.TryCreate($"{scheme}://{host.Value}", UriKind.Absolute, out var address) ? address.Authority : null;
}
