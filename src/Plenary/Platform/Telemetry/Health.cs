using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Platform.Cluster;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Surge;

namespace Plenary.Platform.Telemetry;

/// <summary>What one check found. The message names a kind of trouble, never a host, a path or a password.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="Ok">It worked; when false, this process should get no visitors.</param>
/// <param name="Message">What an operator should know, also when it worked; null when there is nothing to say.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Late">It works, but people wait longer than they should.</param>
public sealed record HealthCheck(string Name, bool Ok, string? Message, double Milliseconds, bool Late = false);

/// <summary>The answer of a health endpoint.</summary>
public sealed record HealthReport(string Status, IReadOnlyList<HealthCheck> Checks);

/// <summary>
/// Tries what the process needs to serve. An answer is kept for a second, so that asking often costs nothing. Late jobs are said but do not
/// fail: no process becomes better by being taken away.
/// </summary>
public sealed class Health(IDbContextFactory<Db> dbs, IServiceProvider services, IConfiguration configuration, Drain drain, TimeProvider clock) : IDisposable
{
    /// <summary>A check that takes longer has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Jobs that wait longer than this are late.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(5);

    private const long LeastFreeBytes = 200L * 1024 * 1024;

    private readonly SemaphoreSlim gate = new(1, 1);
    private (long At, HealthReport Report)? latest;

    /// <summary>The process itself is in order: a restart would help when not. The database is not part of it.</summary>
    public async Task<HealthReport> Live(CancellationToken cancellation) => Report([await Try("silo", Silo, cancellation)]);

    /// <summary>The process can serve visitors.</summary>
    public async Task<HealthReport> Ready(CancellationToken cancellation)
    {
        if (drain.Begun) return Report([new("drain", false, "This process is going away.", 0)]);
        return await Look(cancellation);
    }

    /// <summary>Everything that is tried, also while the process goes away.</summary>
    public async Task<HealthReport> Look(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (latest is { } known && clock.GetElapsedTime(known.At) < TimeSpan.FromSeconds(1)) return known.Report;
            var report = Report(await Task.WhenAll(Try("silo", Silo, cancellation), Try("database", RoundTrip, cancellation), Try("disk", Disk, cancellation), Try("jobs", LateJobs, cancellation)));
            latest = (clock.GetTimestamp(), report);
            return report;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private static HealthReport Report(IReadOnlyList<HealthCheck> checks) => new(checks.All(c => c.Ok) ? "ok" : "failing", checks);

    private async Task<HealthCheck> Try(string name, Func<CancellationToken, Task<Found>> check, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var found = await Task.Run(() => check(limit.Token), limit.Token).WaitAsync(limit.Token);
            return new(name, true, found.Message, Took(began), found.Late);
        }
        catch (UnhealthyException unhealthy)
        {
            return new(name, false, unhealthy.Message, Took(began));
        }
        catch (OperationCanceledException)
        {
            return new(name, false, $"It took longer than {Patience.TotalSeconds:0} s.", Took(began));
        }
        catch (Exception error)
        {
            // Only the type: messages of drivers hold hosts and user names.
            return new(name, false, error.GetType().Name, Took(began));
        }
    }

    private double Took(long began) => Math.Round(clock.GetElapsedTime(began).TotalMilliseconds, 1);

    private Task<Found> Silo(CancellationToken cancellation)
    {
        var status = services.GetRequiredService<ISiloStatusOracle>().CurrentStatus;
        if (status is not SiloStatus.Active) throw new UnhealthyException($"The silo is {status}.");
        if (!services.GetRequiredService<ClusterSettings>().Enabled) return Task.FromResult(new Found());
        var processes = services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Values.Count(m => m.Status is SiloStatus.Active);
        return Task.FromResult(new Found(processes == 1 ? "One process." : $"One of {processes} processes."));
    }

    /// <summary>Writes a row, reads it back, and takes it back: a database that is full or read-only fails here, not with the first visitor.</summary>
    private async Task<Found> RoundTrip(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var probe = new Job { Kind = "health.probe", Payload = "{}", DueAt = DateTimeOffset.MaxValue.AddDays(-1) };
        db.Add(probe);
        await db.SaveChangesAsync(cancellation);
        if (!await db.Set<Job>().AsNoTracking().AnyAsync(j => j.Id == probe.Id, cancellation)) throw new UnhealthyException("What was written could not be read.");
        await transaction.RollbackAsync(cancellation);
        return default;
    }

    private async Task<Found> Disk(CancellationToken cancellation)
    {
        var folder = DataFolder.Of(configuration);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $".health-{Environment.ProcessId}-{Guid.CreateVersion7():N}");
        try
        {
            await File.WriteAllBytesAsync(file, new byte[4096], cancellation);
        }
        finally
        {
            File.Delete(file);
        }
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free >= LeastFreeBytes ? default(Found) : throw new UnhealthyException($"Only {free / (1024 * 1024)} MiB are free.");
    }

    private async Task<Found> LateJobs(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var oldest = await db.Set<Job>().Where(j => j.FailedAt == null && j.LeasedUntil == null && j.DueAt < now).OrderBy(j => j.DueAt).Select(j => (DateTimeOffset?)j.DueAt).FirstOrDefaultAsync(cancellation);
        var givenUp = await db.Set<Job>().CountAsync(j => j.FailedAt != null, cancellation);
        var late = oldest is { } due && now - due > LateAfter ? $"The oldest job waits since {(now - due).TotalMinutes:0} minutes. " : "";
        return new((late + (givenUp == 0 ? "" : $"{givenUp} jobs were given up.")).Trim() is { Length: > 0 } words ? words : null, late != "");
    }

    private readonly record struct Found(string? Message = null, bool Late = false);

    private sealed class UnhealthyException(string message) : Exception(message);
}
