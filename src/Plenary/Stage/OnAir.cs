using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Stage.Media;

namespace Plenary.Stage;

/// <summary>
/// The broadcasts whose uploads this process receives. Watches them and moves each between live and interrupted. What is here may be lost
/// with the process: the recordings, and what the database says, are not.
/// </summary>
public sealed class OnAir(IDbContextFactory<Db> dbs, Broadcasting broadcasting, Replays replays, MediaSettings settings, TimeProvider clock, ILogger<OnAir> log)
    : BackgroundService
{
    private const int MostTakes = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250), Silence = TimeSpan.FromSeconds(5), Loose = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(20), Farewell = TimeSpan.FromMinutes(1);
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

        /// <summary>Everything a player may still ask for, with the moment from which it no longer may.</summary>
        public ConcurrentDictionary<string, (LiveStream Stream, DateTimeOffset? Until)> Streams { get; } = [];

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
            var row = await BeginAsync(broadcastId, takeId, container, cancellation);
            if (one.Take is { } before) _ = Retire(one, before, StageRefusals.TakenOver);
            var take = LiveTake.Open(row, settings, clock, log);
            one.Take = take;
            one.Streams[row.Epoch] = (take.Stream, null);
            StageMetrics.Takes.Add(1);
            return take;
        }
        finally
        {
            one.Gate.Release();
        }
    }

    private async Task<BroadcastTake> BeginAsync(Guid broadcastId, Guid takeId, string container, CancellationToken cancellation)
    {
        var mp4 = container.StartsWith("video/mp4", StringComparison.OrdinalIgnoreCase);
        var webm = container.StartsWith("video/webm", StringComparison.OrdinalIgnoreCase) || container.StartsWith("video/x-matroska", StringComparison.OrdinalIgnoreCase);
        if (!mp4 && !(webm && settings.Ffmpeg is not null)) throw StageRefusals.Container(settings.Container).AsException();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<Broadcast>().AnyAsync(b => b.Id == broadcastId && b.State == BroadcastState.Ended, cancellation)) StageRefusals.Ended.Throw();
        if (await db.Set<BroadcastTake>().AnyAsync(t => t.Id == takeId, cancellation)) StageRefusals.NewTake.Throw();
        var number = 1 + (await db.Set<BroadcastTake>().Where(t => t.BroadcastId == broadcastId).MaxAsync(t => (int?)t.Number, cancellation) ?? 0);
        if (number > MostTakes) StageRefusals.TooManyTakes.Throw();
        var row = new BroadcastTake { Id = takeId, BroadcastId = broadcastId, Number = number, Container = container, Epoch = MediaKey.New(), StartedAt = clock.GetUtcNow() };
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        return row;
    }

    /// <summary>A player's stream, or null when there is none at this address.</summary>
    public LiveStream? Stream(Guid broadcast, string epoch) =>
        broadcasts.TryGetValue(broadcast, out var one) && one.Streams.TryGetValue(epoch, out var found) ? found.Stream : null;

    /// <summary>Path of the playlist of a broadcast that can be played now, or null.</summary>
    public string? PlaylistOf(Guid broadcast) =>
        broadcasts.TryGetValue(broadcast, out var one) && !one.HasEnded && one.Take is { Stream.HasSegment: true } take ? PlaylistOf(take) : null;

    private static string PlaylistOf(LiveTake take) => $"/live/{take.Row.BroadcastId}/{take.Row.Epoch}/live.m3u8";

    /// <summary>Ends a broadcast: for its people at once, its replay soon after.</summary>
    public async Task EndAsync(Guid id, CancellationToken cancellation)
    {
        if (!await broadcasting.EndAsync(id, cancellation)) return;
        var one = broadcasts.GetOrAdd(id, key => new(key));
        await one.Gate.WaitAsync(CancellationToken.None);
        try
        {
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
        one.Streams[take.Row.Epoch] = (take.Stream, clock.GetUtcNow() + Farewell);
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var tidied = false;
        using var beat = new PeriodicTimer(Beat, clock);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            if (!tidied) tidied = await InterruptWhatWasLiveAsync(stoppingToken);
            foreach (var one in broadcasts.Values)
            {
                try
                {
                    await WatchAsync(one, stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    log.LogError(error, "Broadcast {Broadcast} could not be looked after", one.Id);
                }
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var closing = broadcasts.Values.Select(b => b.Take).OfType<LiveTake>().Select(take => CloseAsync(take, StageRefusals.NewTake));
        await Task.WhenAll(closing).WaitAsync(TimeSpan.FromSeconds(10), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Broadcasts that were live when this program last ended are not: their hosts must come back. False when it has to be tried again.</summary>
    private async Task<bool> InterruptWhatWasLiveAsync(CancellationToken cancellation)
    {
        try
        {
            List<Guid> live;
            await using (var db = await dbs.CreateDbContextAsync(cancellation))
                live = await db.Set<Broadcast>().Where(b => b.State == BroadcastState.Live && b.RecordingId == null).Select(b => b.Id).ToListAsync(cancellation);
            foreach (var id in live.Where(id => !broadcasts.ContainsKey(id))) await broadcasting.InterruptedAsync(id, cancellation);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "Broadcasts that were live before are not yet interrupted");
            return false;
        }
    }

    private async Task WatchAsync(OneBroadcast one, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var (epoch, (_, until)) in one.Streams)
            if (until <= now) one.Streams.TryRemove(epoch, out _);
        if (one.HasEnded)
        {
            if (one.Streams.IsEmpty) broadcasts.TryRemove(one.Id, out _);
            return;
        }
        // One that is busy ending must not hold up the others: the next beat looks again.
        if (!await one.Gate.WaitAsync(0, cancellation)) return;
        try
        {
            if (one.HasEnded) return;
            if (one.Take is { } stuck && stuck.OnDisk > 0 && stuck.LastByteAt - (stuck.Stream.NewestPartAt ?? stuck.Row.StartedAt) > Stuck) stuck.Fail(StageRefusals.NewTake);
            if (one.Take is { Failed.IsCompleted: true } failed) _ = Retire(one, failed, await failed.Failed);
            var playable = one.Take is { Stream.HasSegment: true } take && now - LastSignOf(take) < Silence && !(now - take.LooseSince > Loose) ? take : null;
            if (playable is { Stream.NewestPartAt: { } newest }) StageMetrics.PartAge.Record((now - newest).TotalSeconds);
            if (playable == one.Told) return;
            if (playable is null)
            {
                await broadcasting.InterruptedAsync(one.Id, cancellation);
                StageMetrics.Stalls.Add(1);
            }
            else await broadcasting.LiveAsync(one.Id, PlaylistOf(playable), cancellation);
            one.Told = playable;
        }
        finally
        {
            one.Gate.Release();
        }
    }

    /// <summary>When something last arrived from the host or came out of the conversion, which on a busy machine is a good while later.</summary>
    private static DateTimeOffset LastSignOf(LiveTake take) =>
        take.Stream.NewestPartAt is { } newest && newest > take.LastByteAt ? newest : take.LastByteAt;
}
