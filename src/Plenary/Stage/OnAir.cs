using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage.Media;
using Plenary.Stage.Origin;

namespace Plenary.Stage;

/// <summary>
/// The broadcasts whose uploads this process receives. What is here may be lost with the process: the recordings, and what the database says, are not.
/// </summary>
public sealed partial class OnAir(IDbContextFactory<Db> dbs, Broadcasting broadcasting, Replays replays, Owners owners, OriginEars ears, LiveRooms rooms, MediaSettings settings, TimeProvider clock, ILogger<OnAir> log)
    : BackgroundService
{
    private const int MostTakes = 500;
    private static readonly TimeSpan Farewell = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, OneBroadcast> broadcasts = [];

    private sealed class OneBroadcast(Guid id)
    {
        public Guid Id { get; } = id;

        /// <summary>Held while its takes or its state change.</summary>
        public SemaphoreSlim Gate { get; } = new(1);

        public LiveTake? Take { get; set; }

        /// <summary>The take whose playlist the audience was told; null while it is not live.</summary>
        public LiveTake? Told
        {
            get;
            set
            {
                StageMetrics.Live.Add((value is null ? 0 : 1) - (field is null ? 0 : 1));
                field = value;
            }
        }

        /// <summary>When it was last live and then was not: a timestamp of the clock; 0 when that never was.</summary>
        public long BrokenOffAt { get; set; }

        /// <summary>Everything a player may still ask for, with the moment from which it no longer may.</summary>
        public ConcurrentDictionary<string, (LiveTake Take, DateTimeOffset? Until)> Streams { get; } = [];

        public Guid Room { get; set; }

        /// <summary>True since the database says that this process has it.</summary>
        public bool IsClaimed { get; set; }

        /// <summary>More people watch than players with parts are good for.</summary>
        public bool IsCrowded { get; set; }

        public bool HasEnded { get; set; }
    }

    /// <summary>
    /// The take that an uploader means: the current one, or a new one if it was never heard of. Refused: new-take when it cannot be
    /// continued, container-unsupported, broadcast-ended, storage-failed.
    /// </summary>
    internal async Task<LiveTake> TakeAsync(Guid broadcastId, Guid takeId, string container, long offset, CancellationToken cancellation)
    {
        var one = broadcasts.GetOrAdd(broadcastId, id => new(id));
        await one.Gate.WaitAsync(cancellation);
        try
        {
            if (one.Take is { } current && current.Row.Id == takeId && !current.Failed.IsCompleted && current.Row.Container == container)
            {
                // The client threw away what we lost: nothing can fill the gap.
                if (offset > current.OnDisk) StageRefusals.NewTake.Throw();
                return current;
            }
            if (offset != 0) StageRefusals.NewTake.Throw();
            var row = await BeginAsync(one, takeId, container, cancellation);
            if (one.Take is { } before) _ = Retire(one, before, StageRefusals.TakenOver);
            var take = LiveTake.Open(row, settings, clock, log);
            one.Take = take;
            one.Streams[row.Epoch] = (take, null);
            StageMetrics.Takes.Add(1);
            return take;
        }
        finally
        {
            one.Gate.Release();
        }
    }

    private async Task<BroadcastTake> BeginAsync(OneBroadcast one, Guid takeId, string container, CancellationToken cancellation)
    {
        var broadcastId = one.Id;
        var mp4 = container.StartsWith("video/mp4", StringComparison.OrdinalIgnoreCase);
        var webm = container.StartsWith("video/webm", StringComparison.OrdinalIgnoreCase) || container.StartsWith("video/x-matroska", StringComparison.OrdinalIgnoreCase);
        var flv = container == Ingest.Flv.Container;
        if (!mp4 && !((webm || flv) && settings.Ffmpeg is not null)) throw StageRefusals.Container(settings.Container).AsException();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == broadcastId && b.State != BroadcastState.Ended, cancellation) is not { } broadcast) throw StageRefusals.Ended.AsException();
        if (broadcast.External is not null) throw StageRefusals.Busy(broadcast.SpeakerName).AsException();
        if (await db.Set<BroadcastTake>().AnyAsync(t => t.Id == takeId, cancellation)) StageRefusals.NewTake.Throw();
        var number = 1 + (await db.Set<BroadcastTake>().Where(t => t.BroadcastId == broadcastId).MaxAsync(t => (int?)t.Number, cancellation) ?? 0);
        if (number > MostTakes) StageRefusals.TooManyTakes.Throw();
        var row = new BroadcastTake { Id = takeId, BroadcastId = broadcastId, Number = number, Container = container, Epoch = MediaKey.New(), StartedAt = clock.GetUtcNow() };
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        await owners.ClaimAsync(broadcastId, cancellation);
        (one.Room, one.IsClaimed) = (broadcast.RoomId, true);
        return row;
    }

    /// <summary>What a player may have at an address, or null when nothing is there.</summary>
    internal (LiveStream Stream, Renditions Renditions, bool IsCrowded)? Find(Guid broadcast, string epoch) =>
        broadcasts.TryGetValue(broadcast, out var one) && one.Streams.TryGetValue(epoch, out var found) ? (found.Take.Stream, found.Take.Renditions, one.IsCrowded) : null;

    /// <summary>Where players find a take: the choice of pictures where there is one.</summary>
    private string PlaylistOf(LiveTake take) => settings.AddressOf($"/live/{take.Row.BroadcastId}/{take.Row.Epoch}/{(take.Renditions.HasLadder ? "master" : "live")}.m3u8");

    /// <summary>Ends a broadcast: for its people at once, its replay soon after.</summary>
    public async Task EndAsync(Guid id, CancellationToken cancellation)
    {
        if (!await broadcasting.EndAsync(id, cancellation)) return;
        if (await owners.OtherAsync(id, CancellationToken.None) is { } owner)
        {
            try
            {
                await ears.Of(owner).End(id);
                return;
            }
            catch (Exception error)
            {
                // It looks after its broadcasts and will see; should it be gone, a job makes the replay.
                log.LogWarning(error, "Process {Silo} was not told that broadcast {Broadcast} has ended", owner, id);
                return;
            }
        }
        await EndHereAsync(id);
    }

    /// <summary>What this process has to do once the database says that a broadcast has ended.</summary>
    internal async Task EndHereAsync(Guid id)
    {
        var one = broadcasts.GetOrAdd(id, key => new(key));
        await one.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (one.HasEnded) return;
            one.HasEnded = true;
            one.Told = null;
            var closed = one.Take is { } take ? Retire(one, take, StageRefusals.Ended) : Task.CompletedTask;
            _ = FinishAsync(id, closed);
        }
        finally
        {
            one.Gate.Release();
        }
    }

    private async Task FinishAsync(Guid id, Task closed)
    {
        try
        {
            await closed;
            await replays.MakeAsync(id, CancellationToken.None);
        }
        catch (Exception error)
        {
            log.LogError(error, "The replay of broadcast {Broadcast} was not made; a job will try again", id);
        }
    }

    /// <summary>A take is over; players have a moment to see its end.</summary>
    private Task Retire(OneBroadcast one, LiveTake take, Refusal why)
    {
        if (one.Take == take) one.Take = null;
        one.Streams[take.Row.Epoch] = (take, clock.GetUtcNow() + Farewell);
        return CloseAsync(take, why);
    }

    private async Task CloseAsync(LiveTake take, Refusal why)
    {
        try
        {
            await take.CloseAsync(why);
        }
        catch (Exception error)
        {
            log.LogError(error, "Take {Take} of broadcast {Broadcast} was not closed well", take.Row.Number, take.Row.BroadcastId);
        }
    }
}
