using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Platform.Jobs;

/// <summary>
/// The job table seen from a worker. A claim is a lease: a worker that dies loses it, and another takes the job. Everything a worker
/// writes back is guarded by its claim, so one that lost its lease changes nothing.
/// </summary>
public sealed class JobQueue(IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>How long a worker may be silent before another takes its job. Renewed at a third of it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Wait after the first failure; doubled by each further one.</summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(1);

    /// <summary>With the waits above: given up after about three and a half hours.</summary>
    public const int MostAttempts = 12;

    private const int LongestError = 1000;

    /// <summary>Takes up to <paramref name="most"/> due jobs of these kinds, longest due first. No job is ever taken by two.</summary>
    public async Task<IReadOnlyList<Job>> Claim(string owner, IReadOnlyList<string> kinds, int most, CancellationToken cancellation)
    {
        if (kinds.Count == 0) return [];
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        object[] values = db.Database.IsNpgsql() ? [owner, now + Lease, now, .. kinds] : [owner, Microseconds(now + Lease), Microseconds(now), .. kinds];
        var listed = string.Join(", ", kinds.Select((_, i) => $"{{{i + 3}}}"));
        var due = $"""
            SELECT "Id" FROM "Jobs" WHERE "FailedAt" IS NULL AND "DueAt" <= {"{2}"} AND ("LeasedUntil" IS NULL OR "LeasedUntil" < {"{2}"})
            AND "Kind" IN ({listed}) ORDER BY "DueAt", "Id" LIMIT {most}
            """;
        // PostgreSQL: locked rows are skipped so that workers do not queue behind each other, and ARRAY makes it look once.
        var chosen = db.Database.IsNpgsql() ? $"""= ANY(ARRAY({due} FOR UPDATE SKIP LOCKED))""" : $"IN ({due})";
        var claim = $$"""UPDATE "Jobs" SET "Owner" = {0}, "LeasedUntil" = {1}, "Attempts" = "Attempts" + 1 WHERE "Id" {{chosen}} RETURNING *""";
        var jobs = await db.Set<Job>().FromSqlRaw(claim, values).AsNoTracking().ToListAsync(cancellation);
        return [.. jobs.OrderBy(j => j.DueAt).ThenBy(j => j.Id)];
    }

    /// <summary>When the next job of these kinds is due that nobody has; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextDue(IReadOnlyList<string> kinds, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await db.Set<Job>().Where(j => j.FailedAt == null && j.LeasedUntil == null && kinds.Contains(j.Kind))
            .OrderBy(j => j.DueAt).Select(j => (DateTimeOffset?)j.DueAt).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Holds the job for another lease; false when it was lost to somebody else.</summary>
    public Task<bool> Renew(Job job, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + Lease;
        return Change(job, mine => mine.ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, until), cancellation));
    }

    /// <summary>It is done: the job is gone, or due again when it repeats.</summary>
    public Task<bool> Done(Job job, TimeSpan? every, CancellationToken cancellation)
    {
        if (every is null) return Change(job, mine => mine.ExecuteDeleteAsync(cancellation));
        var due = clock.GetUtcNow() + every.Value;
        return Change(job, mine => mine.ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, due).SetProperty(j => j.Attempts, 0)
            .SetProperty(j => j.Owner, (string?)null).SetProperty(j => j.LeasedUntil, (DateTimeOffset?)null).SetProperty(j => j.LastError, (string?)null), cancellation));
    }

    /// <summary>It failed: due again after a wait, or given up. A given-up job stays in the table with its error for a person to look at.</summary>
    /// <returns>True when it was given up.</returns>
    public async Task<bool> Failed(Job job, Exception error, bool repeats, CancellationToken cancellation)
    {
        var givenUp = !repeats && (error is PermanentFailureException || job.Attempts >= MostAttempts);
        var text = $"{error.GetType().Name}: {error.Message}";
        if (text.Length > LongestError) text = text[..LongestError];
        var now = clock.GetUtcNow();
        var (due, failedAt) = givenUp ? (job.DueAt, (DateTimeOffset?)now) : (now + Backoff(job.Attempts), null);
        await Change(job, mine => mine.ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, due).SetProperty(j => j.FailedAt, failedAt).SetProperty(j => j.LastError, text)
            .SetProperty(j => j.Owner, (string?)null).SetProperty(j => j.LeasedUntil, (DateTimeOffset?)null), cancellation));
        return givenUp;
    }

    /// <summary>Gives the job back untried: this process is stopping.</summary>
    public Task<bool> Release(Job job) =>
        Change(job, mine => mine.ExecuteUpdateAsync(set => set.SetProperty(j => j.Attempts, j => j.Attempts - 1)
            .SetProperty(j => j.Owner, (string?)null).SetProperty(j => j.LeasedUntil, (DateTimeOffset?)null)));

    /// <summary>Between half and the whole of the doubled wait: those that failed together do not come back together.</summary>
    internal static TimeSpan Backoff(int attempts)
    {
        var whole = FirstBackoff * Math.Pow(2, Math.Min(attempts - 1, 20));
        if (whole > LongestBackoff) whole = LongestBackoff;
        return whole * (0.5 + Random.Shared.NextDouble() / 2);
    }

    private async Task<bool> Change(Job job, Func<IQueryable<Job>, Task<int>> change)
    {
        await using var db = await dbs.CreateDbContextAsync();
        return await change(db.Set<Job>().Where(j => j.Id == job.Id && j.Owner == job.Owner && j.Attempts == job.Attempts)) == 1;
    }

    // Raw SQL knows no conversions: this is the one of SqliteDb.
    private static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;
}

/// <summary>Thrown by a handler when trying again cannot help: the job is given up at once.</summary>
public sealed class PermanentFailureException(string message, Exception? cause = null) : Exception(message, cause);
