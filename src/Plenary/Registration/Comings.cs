using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;

namespace Plenary.Registration;

/// <summary>
/// Keeps who came: the first time a registered person enters a room of the event. Nobody waits for it; what is noted is written together a few times a
/// minute. A process that dies loses seconds of it, and its people are noted where they come back.
/// </summary>
public sealed class Comings(IDbContextFactory<Db> dbs, TimeProvider clock, ILogger<Comings> logger) : BackgroundService
{
    /// <summary>Whoever looks in earlier than this before the start has not come yet.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromHours(12);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private const int AtOnce = 500;

    /// <summary>In writings: half a day, after which whoever was noted longest ago is forgotten and at most noted in vain.</summary>
    private const int ForgetEvery = 4320;

    private readonly ConcurrentQueue<(Guid Event, Guid Person, DateTimeOffset At)> waiting = new();
    private readonly SemaphoreSlim writing = new(1);
    private volatile ConcurrentDictionary<(Guid Event, Guid Person), bool> noted = new();
    private volatile ConcurrentDictionary<(Guid Event, Guid Person), bool> before = new();

    /// <summary>This registered person is in a room of the event. Costs a look into memory.</summary>
    public void Note(Guid @event, Guid person)
    {
        if (!before.ContainsKey((@event, person)) && noted.TryAdd((@event, person), true)) waiting.Enqueue((@event, person, clock.GetUtcNow()));
    }

    /// <summary>Writes what was noted. What cannot be written is kept for the next time.</summary>
    public async Task Write(CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        var all = new List<(Guid Event, Guid Person, DateTimeOffset At)>();
        try
        {
            while (waiting.TryDequeue(out var one)) all.Add(one);
            if (all.Count == 0) return;
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var ids = all.Select(one => one.Event).Distinct().ToArray();
            var starts = await db.Set<Event>().Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.StartsAt }).ToDictionaryAsync(e => e.Id, e => e.StartsAt, cancellation);
            foreach (var of in all.GroupBy(one => one.Event))
                foreach (var some in of.Chunk(AtOnce))
                {
                    // Events end, and are removed, while somebody is in them.
                    if (!starts.TryGetValue(of.Key, out var start)) continue;
                    if (some[0].At < start - Early)
                    {
                        foreach (var one in some) noted.TryRemove((one.Event, one.Person), out _);
                        continue;
                    }
                    var people = Array.ConvertAll(some, one => one.Person);
                    await db.Set<Registration>().Where(r => r.EventId == of.Key && people.Contains(r.PersonId) && r.CancelledAt == null && r.CameAt == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(r => r.CameAt, some[0].At), cancellation);
                }
        }
        catch
        {
            foreach (var one in all) waiting.Enqueue(one); // writing it twice changes nothing
            throw;
        }
        finally
        {
            writing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Quietly(cancellationToken);
    }

    public override void Dispose()
    {
        writing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            for (var turn = 1; await timer.WaitForNextTickAsync(stoppingToken); turn++)
            {
                await Quietly(stoppingToken);
                if (turn % ForgetEvery == 0) (before, noted) = (noted, new());
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task Quietly(CancellationToken cancellation)
    {
        try
        {
            await Write(cancellation);
        }
#pragma warning disable CA1031 // The database is away for a while; what was noted waits.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.LogWarning(error, "Who came could not be written; trying again");
        }
#pragma warning restore CA1031
    }
}
