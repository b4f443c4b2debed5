using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Stage.Captions;
using Plenary.Stage.Media;

namespace Plenary.Stage.Origin;

/// <summary>
/// The captions of live broadcasts as players read them that know nothing of rooms: a rendition of WebVTT in each language, cut as the stream is (RFC 8216, 3.5). Whoever's player is
/// ours is told of captions by the room, sooner.
/// </summary>
public sealed class LiveCaptions(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>Before the language in paths.</summary>
    public const string Prefix = "captions-";

    /// <summary>A line that comes late is in every later segment that it touches, so a segment is right for as long as a player may still show it.</summary>
    private const int Fresh = 1;

    /// <summary>Above so many, broadcasts that nobody asks about any more are forgotten.</summary>
    private const int Many = 100;

    /// <summary>Players at the live edge ask for nothing that is older.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<Guid, (long ReadAt, Task<Lines> Lines)> known = [];

    private sealed record Lines(IReadOnlyList<string> Languages, IReadOnlyList<CaptionLine> Latest);

    /// <summary>The languages that a broadcast has captions in so far.</summary>
    public async Task<IReadOnlyList<string>> LanguagesAsync(Guid broadcast) => (await ReadAsync(broadcast)).Languages;

    /// <summary>The file of one language's rendition; null when there is none.</summary>
    /// <param name="broadcast">Whose.</param>
    /// <param name="stream">What it belongs to.</param>
    /// <param name="language">Of the path.</param>
    /// <param name="file">The playlist, or <c>c12.vtt</c>: what is said in segment 12.</param>
    internal async Task<MediaAnswer?> AnswerAsync(Guid broadcast, LiveStream stream, string language, string file)
    {
        if (file == "live.m3u8") return new(200, LiveOrigin.PlaylistType, stream.CaptionPlaylist(), Fresh);
        if (file.Length <= 5 || file[0] != 'c' || !file.EndsWith(".vtt", StringComparison.Ordinal) || !long.TryParse(file.AsSpan(1..^4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || stream.SpanOf(number) is not { } span || stream.BeganAt is not { } began) return null;
        var lines = (await ReadAsync(broadcast)).Latest.Where(line => line.Language == language);
        var cues = lines.Select(line => new Cue((line.At - began).TotalSeconds, (line.Until - began).TotalSeconds, line.Text, line.Speaker)).Where(cue => cue.Start < span.End && cue.End > span.Start);
        // Second 0 of the cues is second 0 of the stream (RFC 8216, 3.5).
        var text = WebVtt.Write(cues).Replace("WEBVTT\n", "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n", StringComparison.Ordinal);
        return new(200, "text/vtt", Encoding.UTF8.GetBytes(text), Fresh);
    }

    /// <summary>However many ask, the database is asked once a second for each broadcast.</summary>
    private Task<Lines> ReadAsync(Guid broadcast)
    {
        var now = clock.GetTimestamp();
        if (known.Count > Many)
            foreach (var (old, _) in known.Where(k => clock.GetElapsedTime(k.Value.ReadAt, now) > Window)) known.TryRemove(old, out _);
        return known.AddOrUpdate(broadcast, _ => (now, Load(broadcast)),
            (_, before) => clock.GetElapsedTime(before.ReadAt, now) < TimeSpan.FromSeconds(Fresh) && !before.Lines.IsFaulted ? before : (now, Load(broadcast))).Lines;
    }

    private async Task<Lines> Load(Guid broadcast)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var lines = db.Set<CaptionLine>().AsNoTracking().Where(c => c.BroadcastId == broadcast);
        var since = clock.GetUtcNow() - Window;
        return new(await lines.Select(c => c.Language).Distinct().Order().ToListAsync(), await lines.Where(c => c.At > since).OrderBy(c => c.At).ToListAsync());
    }
}
