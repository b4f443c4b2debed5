using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Plenary.Load.Media;

/// <summary>An audience that plays a stage as hls.js does, without decoding: with parts and blocking reload, or segment by segment.</summary>
internal sealed partial class Viewers(string playlist, bool plain) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 20_000, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(20) };
    private long asked, failed, bytes;

    public long Asked => Volatile.Read(ref asked);

    public long Failed => Volatile.Read(ref failed);

    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>So many watch until the end is wanted; they come over a second.</summary>
    public Task Watch(int people, CancellationToken end) => Task.WhenAll(Enumerable.Range(0, people).Select(async n =>
    {
        await Task.Delay(n * 1000 / people, CancellationToken.None);
        while (!end.IsCancellationRequested)
        {
            try
            {
                await (plain ? Segments(end) : Parts(end));
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
            {
                if (end.IsCancellationRequested) return;
                Interlocked.Increment(ref failed);
                await Task.Delay(1000, CancellationToken.None);
            }
        }
    }));

    public void Dispose() => http.Dispose();

    private async Task Parts(CancellationToken end)
    {
        var seen = new HashSet<string>();
        var text = await Text(playlist, end);
        foreach (Match part in EveryPart().Matches(text)) seen.Add(part.Groups[1].Value);
        while (true)
        {
            var open = text[text.LastIndexOf("#EXT-X-PROGRAM", StringComparison.Ordinal)..];
            var number = long.Parse(First().Match(text).Groups[1].Value, CultureInfo.InvariantCulture) + Whole().Count(text);
            var next = open.Contains("#EXTINF", StringComparison.Ordinal) ? 0 : EveryPart().Count(open);
            text = await Text(string.Create(CultureInfo.InvariantCulture, $"{playlist}?_HLS_msn={number}&_HLS_part={next}"), end);
            foreach (Match part in EveryPart().Matches(text))
                if (seen.Add(part.Groups[1].Value)) await Data(part.Groups[1].Value, end);
        }
    }

    private async Task Segments(CancellationToken end)
    {
        var seen = new HashSet<string>();
        var first = true;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (Match segment in EverySegment().Matches(await Text(playlist + "?plain", end)))
                if (seen.Add(segment.Value) && !first) await Data(segment.Value, end);
            first = false;
            var wait = TimeSpan.FromSeconds(2) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, end);
        }
    }

    private async Task<string> Text(string url, CancellationToken end)
    {
        Interlocked.Increment(ref asked);
        var text = await http.GetStringAsync(url, end);
        Interlocked.Add(ref bytes, text.Length);
        return text;
    }

    private async Task Data(string file, CancellationToken end)
    {
        Interlocked.Increment(ref asked);
        using var answer = await http.GetAsync(playlist[..(playlist.LastIndexOf('/') + 1)] + file, HttpCompletionOption.ResponseHeadersRead, end);
        answer.EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null, end);
        Interlocked.Add(ref bytes, answer.Content.Headers.ContentLength ?? 0);
    }

    [GeneratedRegex("#EXT-X-PART:DURATION=[0-9.]+,URI=\"(p[0-9]+\\.m4s)\"")]
    private static partial Regex EveryPart();

    [GeneratedRegex("^s[0-9]+\\.m4s$", RegexOptions.Multiline)]
    private static partial Regex EverySegment();

    [GeneratedRegex("#EXTINF")]
    private static partial Regex Whole();

    [GeneratedRegex("MEDIA-SEQUENCE:([0-9]+)")]
    private static partial Regex First();
}
