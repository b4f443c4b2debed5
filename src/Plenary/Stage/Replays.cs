using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Stage.Media;

namespace Plenary.Stage;

/// <summary>Makes a broadcast that has ended watchable, take by take.</summary>
public sealed class Replays(IDbContextFactory<Db> dbs, MediaSettings settings, TimeProvider clock, ILogger<Replays> log) : IDisposable
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

    /// <summary>The playlist of a replay: byte ranges of the takes' files.</summary>
    internal async Task<string> PlaylistAsync(IReadOnlyList<BroadcastTake> takes, CancellationToken cancellation)
    {
        var indexes = new List<(int, SegmentIndex)>();
        foreach (var take in takes.Where(t => t.Seconds > 0).OrderBy(t => t.Number))
        {
            var files = TakeFiles.Of(settings, take);
            indexes.Add((take.Number, await SegmentIndex.ReadAsync(files.Media, files.Journal, files.Pace, cancellation)));
        }
        return ReplayPlaylist.Write(indexes);
    }
}
