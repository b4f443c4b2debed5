using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using Orleans.Runtime;
using Plenary.Stage.Media;

namespace Plenary.Stage.Origin;

/// <summary>
/// Answers players, whichever process they came to: from the streams that are here, else by asking the process that has them. What was fetched for
/// one player is there for all others of this process, so the owner is asked once by each process.
/// </summary>
public sealed class LiveOrigin(OnAir onAir, Owners owners, OriginEars ears, LiveCaptions captions, ILogger<LiveOrigin> log) : IDisposable
{
    internal const string PlaylistType = "application/vnd.apple.mpegurl";
    private const string MediaType = "video/mp4";

    /// <summary>Bytes of other processes' streams that are kept.</summary>
    private const long LargestCache = 128 << 20;

    /// <summary>Parts and segments that may be kept for long are kept here as long as players at the live edge ask for them.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30), Brief = TimeSpan.FromMilliseconds(300);

    private const int Forever = 3600;
    private static readonly MediaAnswer NotFound = new(404, "", []), Unreachable = new(503, "", [], Wrong: "The process that has this stream does not answer; ask again.");
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = LargestCache });
    private readonly ConcurrentDictionary<MediaAsk, Lazy<Task<MediaAnswer>>> fetching = [];

    /// <summary>Answers from here or from the owner.</summary>
    public async Task<MediaAnswer> AnswerAsync(MediaAsk ask, CancellationToken cancellation)
    {
        if (onAir.Find(ask.Broadcast, ask.Epoch) is not null) return await HereAsync(ask, cancellation);
        if (await owners.OtherAsync(ask.Broadcast, cancellation) is not { } owner) return NotFound;
        if (cache.TryGetValue(ask, out MediaAnswer? known)) return known!;
        var fetch = fetching.GetOrAdd(ask, asked => new(() => FetchAsync(asked, owner)));
        return await fetch.Value.WaitAsync(cancellation);
    }

    public void Dispose() => cache.Dispose();

    private async Task<MediaAnswer> FetchAsync(MediaAsk ask, SiloAddress owner)
    {
        try
        {
            var answer = await ears.Of(owner).Answer(ask);
            if (answer.Status == 200 && answer.Seconds > 0)
            {
                // Playlists without a number change under their address: hardly kept, so that delays do not add up.
                var kept = answer.Seconds <= 1 ? Brief : TimeSpan.FromSeconds(Math.Min(answer.Seconds, Kept.TotalSeconds));
                cache.Set(ask, answer, new MemoryCacheEntryOptions { Size = answer.Data.Length + 200, AbsoluteExpirationRelativeToNow = kept });
            }
            return answer;
        }
        catch (Exception error)
        {
            log.LogWarning(error, "Process {Silo} did not answer for broadcast {Broadcast}", owner, ask.Broadcast);
            return Unreachable;
        }
        finally
        {
            fetching.TryRemove(ask, out _);
        }
    }

    /// <summary>Answers from the streams of this process.</summary>
    internal async Task<MediaAnswer> HereAsync(MediaAsk ask, CancellationToken cancellation)
    {
        if (onAir.Find(ask.Broadcast, ask.Epoch) is not { } found) return NotFound;
        if (ask is { File: "master.m3u8", Rendition: null })
        {
            if (!found.Stream.HasSegment) await found.Stream.WaitForAsync(0, null, cancellation);
            return found.Stream.HasSegment ? new(200, PlaylistType, found.Renditions.Master(ask.IsPlain, await captions.LanguagesAsync(ask.Broadcast)), 1) : NotFound;
        }
        if (ask.Rendition?.StartsWith(LiveCaptions.Prefix, StringComparison.Ordinal) == true)
            return await captions.AnswerAsync(ask.Broadcast, found.Stream, ask.Rendition[LiveCaptions.Prefix.Length..], ask.File) ?? NotFound;
        if ((ask.Rendition is null ? found.Stream : found.Renditions.Find(ask.Rendition)) is not { } stream) return NotFound;
        if (ask.File == "live.m3u8") return await PlaylistAsync(stream, ask, found.IsCrowded, cancellation);
        byte[]? data = null;
        if (ask.File == "init.mp4") data = stream.Init;
        else if (ask.File.Length > 5 && ask.File.EndsWith(".m4s", StringComparison.Ordinal) && long.TryParse(ask.File.AsSpan(1..^4), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            data = ask.File[0] switch { 'p' => await stream.PartAsync(number, cancellation), 's' => stream.SegmentData(number), _ => null };
        return data is null ? NotFound : new(200, MediaType, data, Forever);
    }

    private static async Task<MediaAnswer> PlaylistAsync(LiveStream stream, MediaAsk ask, bool isCrowded, CancellationToken cancellation)
    {
        var (seconds, there) = (1, true);
        if (ask.Segment is { } segment)
        {
            if (stream.IsTooFarAhead(segment)) return new(400, "", [], Wrong: "That segment is too far ahead; ask for the playlist without _HLS_msn.");
            there = await stream.WaitForAsync(segment, ask.Part, cancellation);
            seconds = 6;
        }
        else if (!stream.HasSegment) there = await stream.WaitForAsync(0, null, cancellation);
        // Whoever plays with parts asks with numbers; in a crowd only newcomers are told of segments alone, and nobody's player is upset.
        var plain = ask.IsPlain || (isCrowded && ask.Segment is null);
        // An answer that came too late is true now only: no cache may keep it under an address that promises more.
        return new(200, PlaylistType, stream.Playlist(plain), there ? seconds : 0);
    }
}
