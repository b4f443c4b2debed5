using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Stage.Media;

namespace Plenary.Stage.Recordings;

/// <summary>
/// What a request for a replay's media may have: decided from the replay's row. Kept for a moment, so that thousands who watch the
/// same thing at the same time do not each ask the database.
/// </summary>
/// <param name="Replay">The row.</param>
/// <param name="Recording">What it plays.</param>
/// <param name="Until">From when on the row is read again: a timestamp of the clock.</param>
public sealed record Playable(Broadcast Replay, Recording Recording, long Until)
{
    /// <summary>Second of the recording at which it begins.</summary>
    public double Start => Replay.TrimStart ?? 0;

    /// <summary>Second of the recording at which it ends.</summary>
    public double End => Replay.TrimEnd ?? Recording.Seconds;
}

/// <summary>The recordings on this machine's disk.</summary>
public sealed class RecordingStore(IDbContextFactory<Db> dbs, MediaSettings settings, TimeProvider clock)
{
    /// <summary>An hour of recording takes about 100 KB here.</summary>
    private const int MostKept = 200;

    /// <summary>How long a changed trim or a hidden replay may go unnoticed by a request.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, Recording> recordings = [];
    private readonly ConcurrentDictionary<Guid, Playable> playables = [];

    /// <summary>The recording of a broadcast whose replay was made.</summary>
    public async Task<Recording> OfAsync(Guid broadcastId, CancellationToken cancellation)
    {
        if (recordings.TryGetValue(broadcastId, out var known)) return known;
        List<BroadcastTake> takes;
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            takes = await db.Set<BroadcastTake>().AsNoTracking().Where(t => t.BroadcastId == broadcastId && t.Seconds > 0).OrderBy(t => t.Number).ToListAsync(cancellation);
        var read = new List<(int, string, SegmentIndex)>();
        foreach (var take in takes)
        {
            var files = TakeFiles.Of(settings, take);
            read.Add((take.Number, files.Media, await SegmentIndex.ReadAsync(files.Media, files.Journal, files.Pace, cancellation)));
        }
        var recording = new Recording(read);
        if (recording.Segments.Count == 0) return recording;
        if (recordings.Count >= MostKept) recordings.Clear();
        return recordings[broadcastId] = recording;
    }

    /// <summary>What can be played under this id now: a replay, or a recording that is played as if live. Null when there is nothing.</summary>
    public async Task<Playable?> PlayableAsync(Guid id, CancellationToken cancellation)
    {
        var now = clock.GetTimestamp();
        if (playables.TryGetValue(id, out var known) && known.Until > now) return known;
        Broadcast? row;
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            row = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && (b.ReplaySeconds > 0 || b.RecordingId != null), cancellation);
        if (row is null)
        {
            playables.TryRemove(id, out _);
            return null;
        }
        if (playables.Count >= MostKept) playables.Clear();
        return playables[id] = new(row, await OfAsync(row.RecordingId ?? id, cancellation), now + (long)(Fresh.TotalSeconds * clock.TimestampFrequency));
    }

    /// <summary>The replay was changed here: the next request reads it again.</summary>
    public void Forget(Guid id) => playables.TryRemove(id, out _);
}
