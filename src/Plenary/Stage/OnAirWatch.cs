using Microsoft.EntityFrameworkCore;
using Plenary.Stage.Origin;

namespace Plenary.Stage;

// The watch: a few times each second every broadcast of this process is looked after and moved between live and interrupted.
public sealed partial class OnAir
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250), Silence = TimeSpan.FromSeconds(5), Loose = TimeSpan.FromSeconds(2), Stuck = TimeSpan.FromSeconds(20), Aged = TimeSpan.FromSeconds(4), Missed = TimeSpan.FromMinutes(1);

    /// <summary>A crowd ends a little below the number at which it begins, so that players are not told one thing and then the other.</summary>
    private const double CrowdEnds = 0.8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long? tendedAt = null;
        using var beat = new PeriodicTimer(Beat, clock);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            if (tendedAt is not { } at || clock.GetElapsedTime(at) > Owners.Renewal)
            {
                if (await TendAsync(stoppingToken)) tendedAt = clock.GetTimestamp();
            }
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

    /// <summary>
    /// Renews what is ours, lets go of what another process has claimed or ended meanwhile, and interrupts what was live in a process that is
    /// gone: its host must come back. False when it has to be tried again.
    /// </summary>
    private async Task<bool> TendAsync(CancellationToken cancellation)
    {
        try
        {
            var mine = broadcasts.Values.Where(b => b.IsClaimed).ToList();
            var ids = mine.Select(b => b.Id).ToList();
            var kept = await owners.RenewAsync(ids, cancellation);
            foreach (var one in mine.Where(b => !kept.Contains(b.Id))) await LoseAsync(one, cancellation);
            if (ids.Count > 0)
            {
                List<Guid> ended;
                await using (var db = await dbs.CreateDbContextAsync(cancellation))
                    ended = await db.Set<Broadcast>().Where(b => ids.Contains(b.Id) && b.State == BroadcastState.Ended).Select(b => b.Id).ToListAsync(cancellation);
                foreach (var id in ended) await EndHereAsync(id);
            }
            foreach (var one in mine.Where(b => b.Told is not null)) await CountAsync(one);
            foreach (var id in await owners.OrphansAsync(cancellation))
                if (!broadcasts.TryGetValue(id, out var here) || !here.IsClaimed) await broadcasting.InterruptedAsync(id, isLost: true, cancellation);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "The broadcasts of this process could not be looked after");
            return false;
        }
    }

    /// <summary>Another process receives the upload now; it tells the audience, we do not.</summary>
    private async Task LoseAsync(OneBroadcast one, CancellationToken cancellation)
    {
        await one.Gate.WaitAsync(cancellation);
        try
        {
            one.IsClaimed = false;
            one.Told = null;
            if (one.Take is { } take) _ = Retire(one, take, StageRefusals.TakenOver);
        }
        finally
        {
            one.Gate.Release();
        }
    }

    private async Task CountAsync(OneBroadcast one)
    {
        try
        {
            var watching = (await rooms.Audience(one.Room)).Watching;
            one.IsCrowded = watching > settings.LowLatencyViewers * (one.IsCrowded ? CrowdEnds : 1);
        }
        catch (Exception error)
        {
            log.LogDebug(error, "The audience of broadcast {Broadcast} is not known", one.Id);
        }
    }

    private async Task WatchAsync(OneBroadcast one, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var (epoch, (_, until)) in one.Streams)
            if (until <= now) one.Streams.TryRemove(epoch, out _);
        if (one.HasEnded)
        {
            if (!one.Streams.IsEmpty) return;
            if (one.IsClaimed) await owners.ReleaseAsync(one.Id, cancellation);
            broadcasts.TryRemove(one.Id, out _);
            return;
        }
        // One that is busy ending must not hold up the others: the next beat looks again.
        if (!await one.Gate.WaitAsync(0, cancellation)) return;
        try
        {
            if (one.HasEnded || !one.IsClaimed) return;
            if (one.Take is { } stuck && stuck.OnDisk > 0 && stuck.LastByteAt - (stuck.Stream.NewestPartAt ?? stuck.Row.StartedAt) > Stuck) stuck.Fail(StageRefusals.NewTake);
            if (one.Take is { Failed.IsCompleted: true } failed) _ = Retire(one, failed, await failed.Failed);
            var playable = one.Take is { Stream.HasSegment: true } take && now - LastSignOf(take) < Silence && !(now - take.LooseSince > Loose) ? take : null;
            if (playable is { Stream.NewestPartAt: { } newest }) StageMetrics.PartAge.Record((now - newest).TotalSeconds);
            Look(one, playable);
            if (playable == one.Told) return;
            // Only the owner speaks; whether that is still us, the next renewal would say too late.
            if (!await owners.IsOursAsync(one.Id, cancellation)) return;
            if (playable is null)
            {
                await broadcasting.InterruptedAsync(one.Id, isLost: false, cancellation);
                StageMetrics.Stalls.Add(1);
                one.BrokenOffAt = clock.GetTimestamp();
            }
            else await broadcasting.LiveAsync(one.Id, PlaylistOf(playable), cancellation);
            one.Told = playable;
        }
        finally
        {
            one.Gate.Release();
        }
    }

    /// <summary>
    /// Counts what viewers have of a broadcast at this moment. One that broke off counts for a minute: a host who does not come back has stopped, and no operator
    /// can do anything about it.
    /// </summary>
    private void Look(OneBroadcast one, LiveTake? playable)
    {
        if (playable is { Stream.NewestPartAt: { } newest }) StageMetrics.Looks.Add(1, clock.GetUtcNow() - newest > Aged ? StageMetrics.Behind : StageMetrics.Healthy);
        else if (one.Told is not null || (one.BrokenOffAt != 0 && clock.GetElapsedTime(one.BrokenOffAt) < Missed)) StageMetrics.Looks.Add(1, StageMetrics.BrokenOff);
    }

    /// <summary>When something last arrived from the host or came out of the conversion, which on a busy machine is a good while later.</summary>
    private static DateTimeOffset LastSignOf(LiveTake take) =>
        take.Stream.NewestPartAt is { } newest && newest > take.LastByteAt ? newest : take.LastByteAt;
}
