using System.Text.RegularExpressions;
using Plenary.Platform;

namespace Plenary.Stage.External;

/// <summary>Where a stream from elsewhere comes from.</summary>
public enum ExternalKind
{
    Hls,
    YouTube,
    Vimeo,
}

/// <summary>
/// A stream that somebody else serves. What was typed in is taken apart and put together anew, so that nothing but the numbers of a video,
/// or the address of a playlist, gets into a page.
/// </summary>
/// <param name="Kind">Whose player it needs.</param>
/// <param name="Url">What to play: the address of a frame, or of a playlist.</param>
public sealed partial record ExternalSource(ExternalKind Kind, string Url)
{
    private const int Longest = 2000;

    /// <summary>The site that a page needs to reach for it, and nothing else.</summary>
    public string Origin => new Uri(Url).GetLeftPart(UriPartial.Authority);

    /// <summary>What an address means. Refused: external-unsupported.</summary>
    /// <param name="text">As copied from a browser's address line or a streaming service.</param>
    /// <param name="mayBePlain">Hosts of the operator, which need no https.</param>
    public static ExternalSource Read(string text, IReadOnlySet<string> mayBePlain)
    {
        if (text.Length > Longest || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && mayBePlain.Contains(uri.Host)))) throw StageRefusals.External.AsException();
        var host = uri.Host.ToLowerInvariant();
        if (host is "youtu.be" || Of("youtube.com") || Of("youtube-nocookie.com"))
        {
            var id = host == "youtu.be" ? uri.AbsolutePath[1..] : YouTubePath().Match(uri.AbsolutePath) is { Success: true } path ? path.Groups[1].Value
                : System.Web.HttpUtility.ParseQueryString(uri.Query)["v"];
            return id is not null && YouTubeId().IsMatch(id) ? new(ExternalKind.YouTube, $"https://www.youtube-nocookie.com/embed/{id}?autoplay=1&playsinline=1&rel=0") : throw StageRefusals.External.AsException();
        }
        if (Of("vimeo.com"))
        {
            if (VimeoEvent().Match(uri.AbsolutePath) is { Success: true } happening) return new(ExternalKind.Vimeo, $"https://vimeo.com/event/{happening.Groups[1].Value}/embed");
            if (VimeoVideo().Match(uri.AbsolutePath) is not { Success: true } video) throw StageRefusals.External.AsException();
            var hash = video.Groups[2].Success ? video.Groups[2].Value : System.Web.HttpUtility.ParseQueryString(uri.Query)["h"];
            return new(ExternalKind.Vimeo, $"https://player.vimeo.com/video/{video.Groups[1].Value}?autoplay=1&dnt=1{(hash is not null && Hex().IsMatch(hash) ? "&h=" + hash : "")}");
        }
        // Only a path that says it is a playlist: a page would play nothing.
        if (!uri.AbsolutePath.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase)) throw StageRefusals.External.AsException();
        return new(ExternalKind.Hls, uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));

        bool Of(string domain) => host == domain || host.EndsWith("." + domain, StringComparison.Ordinal);
    }

    /// <summary>What was stored.</summary>
    internal static ExternalSource Stored(string url) => new(
        url.StartsWith("https://www.youtube-nocookie.com/embed/", StringComparison.Ordinal) ? ExternalKind.YouTube
        : url.StartsWith("https://player.vimeo.com/video/", StringComparison.Ordinal) || url.StartsWith("https://vimeo.com/event/", StringComparison.Ordinal) ? ExternalKind.Vimeo : ExternalKind.Hls, url);

    /// <summary>
    /// The policy of the page that plays it: its own, so that no page of the site itself has to trust anybody else. Framed only by this site.
    /// </summary>
    public string Policy()
    {
        const string Common = "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; ";
        return Common + (Kind == ExternalKind.Hls
            ? $"connect-src 'self' {Origin}; media-src 'self' blob: {Origin}; frame-src 'none'; worker-src 'self' blob:"
            : $"connect-src 'self'; media-src 'none'; frame-src {Origin}");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{11}$")]
    private static partial Regex YouTubeId();

    [GeneratedRegex("^/(?:live|embed|shorts)/([^/]+)/?$")]
    private static partial Regex YouTubePath();

    [GeneratedRegex("^/(?:video/)?([0-9]{4,12})(?:/([0-9a-f]{6,20}))?/?$")]
    private static partial Regex VimeoVideo();

    [GeneratedRegex("^/event/([0-9]{4,12})(?:/.*)?$")]
    private static partial Regex VimeoEvent();

    [GeneratedRegex("^[0-9a-f]{6,20}$")]
    private static partial Regex Hex();
}
