using Microsoft.EntityFrameworkCore;

namespace Plenary.Shows;

/// <summary>
/// Wakes every show that may have something to do, when this process starts and every few seconds: so the loss of the process that ran one costs seconds, and a session that the agenda moved
/// takes its cues along. It asks the database one thing; most of the time the answer is nothing.
/// </summary>
internal sealed class ShowWatch(ShowStore store, IGrainFactory grains, TimeProvider clock, ILogger<ShowWatch> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do await WakeAll(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) { }
    }

    private async Task WakeAll(CancellationToken stopping)
    {
        try
        {
            foreach (var show in await store.Awake(stopping)) grains.GetGrain<IShowGrain>(show).Wake().Ignore();
        }
#pragma warning disable CA1031 // The database is away for a while; shows wait in it.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "Shows that go on could not be looked up");
        }
#pragma warning restore CA1031
    }
}
