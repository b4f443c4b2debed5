using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Surge;

namespace Plenary.Rooms.Chat;

/// <summary>
/// Says in words what the first link of a message leads to. Only this process asks, only the internet (<see cref="PublicHttp"/>), only https, only pages, and only their beginning; redirects are not
/// followed, and pictures are not shown: readers' addresses are told to nobody. A preview is a nicety: what does not answer has none.
/// </summary>
public sealed partial class LinkPreviews : IDisposable
{
    /// <summary>Bytes of a page that are read: its head stands in them.</summary>
    private const int Looked = 64 * 1024;

    private const int LongestUrl = 500;
    private const int LongestTitle = 140;
    private const int LongestText = 280;

    /// <summary>Pages that are asked for at a time; what comes meanwhile goes without.</summary>
    private const int AtOnce = 8;

    private const int MostKnown = 1_000;

    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(1);

    private readonly LiveRooms rooms;
    private readonly TimeProvider clock;
    private readonly ILogger<LinkPreviews> logger;
    private readonly PublicHttp http;
    private readonly HashSet<string> trusted;
    private readonly bool enabled;
    private readonly Gcra<Guid> byPerson;
    private readonly Gcra<string> byHost;
    private readonly SemaphoreSlim places = new(AtOnce);
    private readonly Dictionary<string, (long At, LinkPreview? Preview)> known = [];

    public LinkPreviews(LiveRooms rooms, IConfiguration configuration, TimeProvider clock, ILogger<LinkPreviews> logger)
    {
        (this.rooms, this.clock, this.logger) = (rooms, clock, logger);
        enabled = configuration["Rooms:LinkPreviews"] != "off";
        trusted = (configuration["Rooms:PreviewHosts"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        http = new(trusted);
        byPerson = new(perSecond: 0.2, burst: 5, clock);
        byHost = new(perSecond: 2, burst: 10, clock);
    }

    /// <summary>Looks where the text's first link leads, and adds it to the message when it leads to a page. Returns at once.</summary>
    internal void Look(Guid room, Guid author, long message, Guid id, string text)
    {
        if (!enabled || FirstLink(text) is not { } link || !byPerson.Take(author)) return;
        _ = Add(room, message, id, link);
    }

    public void Dispose()
    {
        http.Dispose();
        places.Dispose();
    }

    /// <summary>The first https address of a text, as it stands there; null when there is none that may be asked.</summary>
    internal static string? FirstLink(string text)
    {
        foreach (Match match in Link().Matches(text))
        {
            var link = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '"', '>');
            if (link.Length <= LongestUrl && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Host.Length > 0) return link;
        }
        return null;
    }

    /// <summary>What a page says about itself (Open Graph, else its title and description), as plain text; null when it says nothing.</summary>
    internal static LinkPreview? Read(string url, string page)
    {
        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match tag in Meta().Matches(page))
        {
            string? name = null, content = null;
            foreach (Match attribute in Attribute().Matches(tag.Groups[1].Value))
            {
                var value = attribute.Groups[2].Success ? attribute.Groups[2].Value : attribute.Groups[3].Value;
                if (attribute.Groups[1].Value.ToUpperInvariant() is "PROPERTY" or "NAME") name = value;
                else if (attribute.Groups[1].Value.Equals("content", StringComparison.OrdinalIgnoreCase)) content = value;
            }
            if (name is not null && content is not null) said.TryAdd(name, content);
        }
        var title = Plain(said.GetValueOrDefault("og:title") ?? Title().Match(page).Groups[1].Value, LongestTitle);
        if (title is null) return null;
        var site = Plain(said.GetValueOrDefault("og:site_name"), 60);
        var host = new Uri(url).Host;
        // The host is always shown: a page must not call itself somebody else.
        return new(url, site is null || site.Equals(host, StringComparison.OrdinalIgnoreCase) ? host : $"{site} · {host}", title, Plain(said.GetValueOrDefault("og:description") ?? said.GetValueOrDefault("description"), LongestText));
    }

    private async Task Add(Guid room, long message, Guid id, string link)
    {
        try
        {
            if (await PreviewOf(link) is { } preview)
                await rooms.Append(room, new(IdOf(id), EntryKind.Change, null, "", "", null, null, Change: new(Deed.Preview, message, Preview: preview)));
        }
        catch (RefusalException refused)
        {
            logger.LogDebug(refused, "The message of a preview is gone");
        }
#pragma warning disable CA1031 // Nobody waits for it.
        catch (Exception error)
        {
            logger.LogDebug(error, "A link has no preview");
        }
#pragma warning restore CA1031
    }

    private async Task<LinkPreview?> PreviewOf(string link)
    {
        lock (known)
            if (known.TryGetValue(link, out var before) && clock.GetElapsedTime(before.At) < KnownFor) return before.Preview;
        var uri = new Uri(link);
        if ((uri.Port != 443 && !trusted.Contains(uri.Host)) || !byHost.Take(uri.Host) || !await places.WaitAsync(0)) return null;
        LinkPreview? preview = null;
        try
        {
            var (type, bytes) = await http.PageAsync(uri, Looked, CancellationToken.None);
            if (type is "text/html" or "application/xhtml+xml") preview = Read(link, Encoding.UTF8.GetString(bytes));
        }
        catch (HttpRequestException) { } // known not to answer
        finally
        {
            places.Release();
        }
        lock (known)
        {
            if (known.Count >= MostKnown) known.Clear();
            known[link] = (clock.GetTimestamp(), preview);
        }
        return preview;
    }

    /// <summary>The same for the same message, so that it is added once.</summary>
    private static Guid IdOf(Guid message) => new(SHA256.HashData([.. "preview"u8, .. message.ToByteArray()]).AsSpan(0, 16));

    private static string? Plain(string? text, int longest)
    {
        if (text is null) return null;
        var plain = Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(text, " ")), " ").Trim();
        plain = string.Concat(plain.EnumerateRunes().Where(rune => !Rune.IsControl(rune)));
        if (plain.Length <= longest) return plain.Length == 0 ? null : plain;
        return $"{plain[..(char.IsHighSurrogate(plain[longest - 1]) ? longest - 1 : longest)].TrimEnd()}…";
    }

    [GeneratedRegex(@"https://[^\s<>""]{4,}", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Link();

    [GeneratedRegex("<meta\\s([^>]{1,2000})>", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Meta();

    [GeneratedRegex("([a-z:-]{1,20})\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Attribute();

    [GeneratedRegex("<title[^>]{0,200}>([^<]{1,500})", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]{0,500}>", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Spaces();
}
