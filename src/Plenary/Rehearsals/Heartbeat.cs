using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Rehearsals;

/// <summary>Says of a rehearsal that somebody is at it, from when this is made until it is disposed: while the copy is made, while people are there, and while the copy is removed.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private static readonly TimeSpan Every = TidyRehearsals.Silence / 20;

    private readonly CancellationTokenSource over = new();
    private readonly Task beating;

    public Heartbeat(Guid rehearsal, IDbContextFactory<Db> dbs, TimeProvider clock) => beating = Beat(rehearsal, dbs, clock);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await beating;
        over.Dispose();
    }

    private async Task Beat(Guid rehearsal, IDbContextFactory<Db> dbs, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                try
                {
                    await using var db = await dbs.CreateDbContextAsync(over.Token);
                    var now = clock.GetUtcNow();
                    await db.Set<Rehearsal>().Where(r => r.Id == rehearsal && r.Slot != null).ExecuteUpdateAsync(set => set.SetProperty(r => r.BeatAt, now), over.Token);
                }
                catch (Exception away) when (away is DbUpdateException or System.Data.Common.DbException or TimeoutException) { } // said again with the next beat
            }
            while (await timer.WaitForNextTickAsync(over.Token));
        }
        catch (OperationCanceledException) { }
    }
}
