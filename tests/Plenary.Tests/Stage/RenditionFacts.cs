using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Events;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>One live stream in several qualities, in front of an audience of any size.</summary>
[Trait("Speed", "Slow")]
public sealed partial class RenditionFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A stage that is live; answers where its playlist is.</summary>
    private static async Task<(LiveFeed Feed, Studio Studio, LiveClient Room, Guid Broadcast)> Live(Func<Plenary.Platform.Database.Db> openDb, Uri url, Microsoft.AspNetCore.DataProtection.IDataProtectionProvider keys)
    {
        var scene = await Scene.Arrange(openDb, url, keys);
        var speaker = await scene.Granted(EventRole.Speaker);
        var studio = new Studio(url, scene, speaker);
        var (broadcast, _, _) = await studio.Begin(scene.Stage);
        var feed = await LiveFeed.Start(studio, broadcast);
        var room = await scene.Enter(speaker);
        await room.Until(() => room.Stage is { State: StageState.Live, Playlist: not null }, "live");
        return (feed, studio, room, broadcast);
    }

    [Fact]
    public async Task ASlowNetworkGetsASmallerPictureOrTheSoundAloneOfTheSameMoments()
    {
        Assert.SkipWhen(LiveFeed.Missing is not null, LiveFeed.Missing ?? "");
        await using var server = await ServerProcess.StartAsync(null, "--Media:Ladder", "720,240,144", "--Media:LowLatencyViewers", "0");
        var (feed, studio, room, broadcast) = await Live(server.OpenDb, server.Url, server.Keys);
        await using var feeding = feed;
        using var host = studio;
        await using var seat = room;
        var master = room.Stage.Playlist!;
        Assert.EndsWith("/master.m3u8", master, StringComparison.Ordinal);
        var text = await studio.Http.GetStringAsync(master, Cancellation);
        Assert.Matches("#EXT-X-STREAM-INF:BANDWIDTH=[0-9]+,CODECS=\"avc1\\.[0-9a-f]{6},mp4a\\.40\\.2\",RESOLUTION=640x360\nlive\\.m3u8\n", text);
        Assert.Matches("RESOLUTION=426x240\n240p/live\\.m3u8\n#EXT", text);
        Assert.Matches("RESOLUTION=256x144\n144p/live\\.m3u8\n#EXT", text);
        Assert.Matches(",CODECS=\"mp4a\\.40\\.2\"\nsound/live\\.m3u8\n$", text);
        Assert.DoesNotContain("720p", text, StringComparison.Ordinal); // larger than the source
        Assert.Contains("240p/live.m3u8?plain\n", await studio.Http.GetStringAsync(master + "?plain", Cancellation), StringComparison.Ordinal);
        var folder = master[..master.LastIndexOf('/')];

        // Segments of the same number begin at the same moment, so that a player may change at every one.
        await studio.Http.GetStringAsync($"{folder}/live.m3u8?_HLS_msn=3", Cancellation);
        var source = Starts(await studio.Http.GetStringAsync($"{folder}/live.m3u8?plain", Cancellation));
        foreach (var name in new[] { "240p", "144p", "sound" })
        {
            var list = await studio.Http.GetStringAsync($"{folder}/{name}/live.m3u8?_HLS_msn=3", Cancellation);
            Assert.Contains("CAN-BLOCK-RELOAD=YES", list, StringComparison.Ordinal);
            var starts = Starts(list);
            foreach (var number in starts.Keys.Intersect(source.Keys)) Assert.InRange((starts[number] - source[number]).TotalSeconds, name == "sound" ? -2 : -0.1, name == "sound" ? 2 : 0.1);
        }
        // A crowd, which here begins with the first viewer: newcomers are told of segments alone, players with parts go on.
        await room.Hub.InvokeAsync("Watching", new WatchingRequest(room.Room.ToString(), 900), Cancellation);
        await Eventually(async () => !(await studio.Http.GetStringAsync($"{folder}/live.m3u8", Cancellation)).Contains("EXT-X-PART", StringComparison.Ordinal), "plain");
        var latest = Starts(await studio.Http.GetStringAsync($"{folder}/live.m3u8", Cancellation)).Keys.Max();
        Assert.Contains("EXT-X-PART", await studio.Http.GetStringAsync($"{folder}/live.m3u8?_HLS_msn={latest + 1}&_HLS_part=0", Cancellation), StringComparison.Ordinal);

        await Plays($"{server.Url}{folder[1..]}/240p/live.m3u8?plain", "aac+h264", "240");
        await Plays($"{server.Url}{folder[1..]}/sound/live.m3u8?plain", "aac", "");
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Http.GetAsync($"{folder}/720p/live.m3u8", Cancellation)).StatusCode);
        await studio.End(broadcast);
        Assert.Equal("broadcast-ended", await feed.Listening);
    }

    /// <summary>When each segment begins, by its number.</summary>
    private static Dictionary<long, DateTimeOffset> Starts(string playlist) =>
        Segments().Matches(playlist).ToDictionary(m => long.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture), m => DateTimeOffset.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    private static async Task Plays(string url, string codecs, string height)
    {
        var start = new System.Diagnostics.ProcessStartInfo(Probe.Program, ["-v", "error", "-show_entries", "stream=codec_name,height", "-of", "csv=p=0", url]) { RedirectStandardOutput = true };
        using var probe = System.Diagnostics.Process.Start(start)!;
        var found = (await probe.StandardOutput.ReadToEndAsync(Cancellation)).Split('\n', ',').Where(w => w.Length > 0).ToList();
        Assert.Equal(codecs, string.Join('+', found.Where(w => !char.IsDigit(w[0])).Distinct().Order()));
        if (height.Length > 0) Assert.Contains(height, found);
    }

    private static async Task Eventually(Func<Task<bool>> holds, string what)
    {
        var began = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(90), $"never {what}");
            await Task.Delay(100, Cancellation);
        }
    }

    [Fact]
    public async Task BehindNginxAThousandQuestionsAreOneAtTheOrigin()
    {
        Assert.SkipWhen(LiveFeed.Missing is not null, LiveFeed.Missing ?? "");
        Assert.SkipWhen(Nginx.Missing is not null, Nginx.Missing ?? "");
        const int Viewers = 120;
        await using var server = await ServerProcess.StartAsync();
        await using var nginx = new Nginx();
        await nginx.Start(server.Url);
        var (feed, studio, room, _) = await Live(server.OpenDb, server.Url, server.Keys);
        await using var feeding = feed;
        using var host = studio;
        await using var seat = room;
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { BaseAddress = nginx.Url };
        var parts = await Task.WhenAll(Enumerable.Range(0, Viewers).Select(_ => Watch(http, room.Stage.Playlist!, TimeSpan.FromSeconds(6))));

        Assert.All(parts, seen => Assert.InRange(seen, 8, 40)); // of 0.3 s, from 6 s
        var asked = await nginx.Asked();
        var media = asked.Where(a => a.Path.StartsWith("/live/", StringComparison.Ordinal)).ToList();
        Assert.All(media, a => Assert.Equal(200, a.Status));
        Assert.True(media.Count > Viewers * 20, $"only {media.Count} questions");
        var unique = media.Where(a => a.Path.Contains("_HLS_msn", StringComparison.Ordinal) || a.Path.EndsWith(".m4s", StringComparison.Ordinal)).GroupBy(a => a.Path);
        Assert.All(unique, one => Assert.InRange(one.Count(a => a.Cache is "MISS" or "EXPIRED"), 0, 1));
        var atOrigin = media.Count(a => a.Cache is "MISS" or "EXPIRED" or "BYPASS");
        Assert.InRange(atOrigin, 1, media.Count / 30);
        TestContext.Current.TestOutputHelper!.WriteLine($"{media.Count} questions of {Viewers} viewers, {atOrigin} at the origin");
    }

    /// <summary>Plays with parts as hls.js does; answers how many it got.</summary>
    private static async Task<int> Watch(HttpClient http, string playlist, TimeSpan length)
    {
        var folder = playlist[..playlist.LastIndexOf('/')];
        var began = System.Diagnostics.Stopwatch.StartNew();
        var seen = new HashSet<string>();
        var text = await http.GetStringAsync($"{folder}/live.m3u8", Cancellation);
        foreach (var part in Parts().Matches(text).Select(m => m.Groups[1].Value)) seen.Add(part);
        var before = seen.Count;
        while (began.Elapsed < length)
        {
            // The next part of the open segment; beyond its last it means the first of the next.
            var open = text[(text.LastIndexOf("#EXT-X-PROGRAM", StringComparison.Ordinal))..];
            var whole = Whole().Count(text);
            var number = long.Parse(Media().Match(text).Groups[1].Value, CultureInfo.InvariantCulture) + whole;
            var part = open.Contains("#EXTINF", StringComparison.Ordinal) ? 0 : Parts().Count(open);
            text = await http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"{folder}/live.m3u8?_HLS_msn={number}&_HLS_part={part}"), Cancellation);
            foreach (var fresh in Parts().Matches(text).Select(m => m.Groups[1].Value).Where(seen.Add)) Assert.NotEmpty(await http.GetByteArrayAsync($"{folder}/{fresh}", Cancellation));
        }
        return seen.Count - before;
    }

    [GeneratedRegex("PROGRAM-DATE-TIME:(\\S+)\n(?:#EXT-X-PART:[^\n]*\n)*#EXTINF:[^\n]*\ns([0-9]+)\\.m4s")]
    private static partial Regex Segments();

    [GeneratedRegex("#EXT-X-PART:DURATION=[0-9.]+,URI=\"(p[0-9]+\\.m4s)\"")]
    private static partial Regex Parts();

    [GeneratedRegex("#EXTINF")]
    private static partial Regex Whole();

    [GeneratedRegex("MEDIA-SEQUENCE:([0-9]+)")]
    private static partial Regex Media();
}
