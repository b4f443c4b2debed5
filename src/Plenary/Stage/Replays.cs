using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Stage.Media;
using Plenary.Stage.Recordings;

namespace Plenary.Stage;

/// <summary>Makes a broadcast that has ended watchable, take by take.</summary>
public sealed class Replays(IDbContextFactory<Db> dbs, MediaSettings settings, RecordingStore recordings, TimeProvider clock, ILogger<Replays> log) : IDisposable
{
    /// <summary>Longest that ffmpeg may work on one file.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>One at a time: it is work for the disk, and nobody waits for it as for a live picture.</summary>
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Makes the replay unless it is there. What was acknowledged but never reached the audience's file, as after a crash, is converted again.</summary>
    public async Task MakeAsync(Guid broadcastId, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var broadcast = await db.Set<Broadcast>().SingleOrDefaultAsync(b => b.Id == broadcastId, cancellation);
            if (broadcast is not { State: BroadcastState.Ended, ReplaySeconds: null }) return;
            if (broadcast.RecordingId is { } played)
            {
                await MakeOfRecordingAsync(broadcast, played, cancellation);
                await db.SaveChangesAsync(cancellation);
                recordings.Forget(broadcastId);
                return;
            }
            var takes = await db.Set<BroadcastTake>().Where(t => t.BroadcastId == broadcastId).OrderBy(t => t.Number).ToListAsync(cancellation);
            foreach (var take in takes) take.Seconds = await MakeAsync(take, cancellation);
            var playable = takes.Where(t => t.Seconds > 0).ToList();
            if (playable.Count > 1 && settings.Ffmpeg is { } ffmpeg) await JoinAsync(ffmpeg, broadcastId, playable, cancellation);
            broadcast.ReplaySeconds = playable.Sum(t => t.Seconds);
            await db.SaveChangesAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>What was played as if live is there already; the replay ends where it was ended.</summary>
    private async Task MakeOfRecordingAsync(Broadcast broadcast, Guid played, CancellationToken cancellation)
    {
        var recording = await recordings.OfAsync(played, cancellation);
        var end = recording.BorderAfter(Math.Min(SimuliveStream.PositionAt(broadcast, broadcast.EndedAt ?? clock.GetUtcNow()), broadcast.TrimEnd ?? recording.Seconds));
        broadcast.TrimEnd = end >= recording.Seconds - 0.001 ? null : end;
        broadcast.ReplaySeconds = recording.Seconds;
    }

    /// <summary>Answers the take's length in seconds.</summary>
    private async Task<double> MakeAsync(BroadcastTake take, CancellationToken cancellation)
    {
        var files = TakeFiles.Of(settings, take);
        var index = await SegmentIndex.ReadAsync(files.Media, files.Journal, files.Pace, cancellation);
        if (index.IsComplete) return index.Duration;
        if (files.IsRemuxed && settings.Ffmpeg is { } ffmpeg && File.Exists(files.Recording))
        {
            var fresh = files.Media + ".new";
            using var remuxer = Remuxer.Whole(ffmpeg, take.Container, files.Recording, fresh, files.Log);
            if (await remuxer.EndAsync(Patience, clock))
            {
                File.Delete(files.Journal);
                File.Move(fresh, files.Media, overwrite: true);
                index = await SegmentIndex.ReadAsync(files.Media, files.Journal, files.Pace, cancellation);
            }
            else log.LogWarning("Take {Take} of broadcast {Broadcast} could not be converted again; its replay has what the audience saw", take.Number, take.BroadcastId);
        }
        Directory.CreateDirectory(files.Folder);
        index.Write(files.Journal);
        return index.Duration;
    }

    private async Task JoinAsync(string ffmpeg, Guid broadcastId, List<BroadcastTake> takes, CancellationToken cancellation)
    {
        var folder = TakeFiles.FolderOf(settings, broadcastId);
        var list = Path.Combine(folder, "replay.txt");
        await File.WriteAllLinesAsync(list, takes.Select(t => $"file '{Path.GetFileName(TakeFiles.Of(settings, t).Media)}'"), cancellation);
        var fresh = Joined(broadcastId) + ".new";
        using var remuxer = Remuxer.Join(ffmpeg, list, fresh, Path.Combine(folder, "replay.log"));
        if (await remuxer.EndAsync(Patience, clock)) File.Move(fresh, Joined(broadcastId), overwrite: true);
        else log.LogWarning("The takes of broadcast {Broadcast} could not be joined; its download is the first of them", broadcastId);
    }

    /// <summary>The file with all takes of a broadcast; it may not be there.</summary>
    internal string Joined(Guid broadcastId) => Path.Combine(TakeFiles.FolderOf(settings, broadcastId), "replay.mp4");

    /// <summary>One MP4 file of what the trim leaves, made when it is asked for; null when that takes ffmpeg and there is none.</summary>
    internal async Task<string?> DownloadAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        var id = broadcast.RecordingId ?? broadcast.Id;
        List<BroadcastTake> takes;
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            takes = await db.Set<BroadcastTake>().AsNoTracking().Where(t => t.BroadcastId == id && t.Seconds > 0).OrderBy(t => t.Number).ToListAsync(cancellation);
        var whole = takes.Count == 1 ? TakeFiles.Of(settings, takes[0]).Media : Joined(id);
        if (!File.Exists(whole)) return null;
        if (broadcast.TrimStart is null && broadcast.TrimEnd is null) return whole;
        if (settings.Ffmpeg is not { } ffmpeg) return null;
        var (start, end) = (broadcast.TrimStart ?? 0, broadcast.TrimEnd ?? takes.Sum(t => t.Seconds ?? 0));
        var folder = TakeFiles.FolderOf(settings, id);
        var cut = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"replay-{start * 1000:0}-{end * 1000:0}.mp4"));
        await turn.WaitAsync(cancellation);
        try
        {
            if (File.Exists(cut)) return cut;
            using var remuxer = Remuxer.Cut(ffmpeg, whole, start, end, cut + ".new", Path.Combine(folder, "replay.log"));
            if (!await remuxer.EndAsync(Patience, clock)) return null;
            File.Move(cut + ".new", cut, overwrite: true);
            return cut;
        }
        finally
        {
            turn.Release();
        }
    }
}
