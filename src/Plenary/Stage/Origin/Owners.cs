using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Platform.Cluster;
using Plenary.Platform.Database;

namespace Plenary.Stage.Origin;

/// <summary>
/// Who has which live stream, in the database. Whoever receives an upload claims its broadcast and renews the claim; the latest claim counts, so a
/// process that was cut off for a while finds out that it is not the owner any more before it tells anybody anything.
/// </summary>
public sealed class Owners(IDbContextFactory<Db> dbs, ILocalSiloDetails self, IClusterMembershipService membership, ClusterSettings cluster, TimeProvider clock) : IDisposable
{
    /// <summary>How long a claim lasts, and how often it is renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(12), Renewal = TimeSpan.FromSeconds(3);

    /// <summary>A list this old is read anew before it is believed; and not more often than that, whoever asks for whatever.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), Least = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim reading = new(1);
    private Dictionary<Guid, string> known = [];
    private long? readAt;

    /// <summary>This process.</summary>
    public string Self { get; } = self.SiloAddress.ToParsableString();

    /// <summary>Makes this process the owner, whoever was it before.</summary>
    public async Task ClaimAsync(Guid broadcast, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var until = clock.GetUtcNow() + Lease;
        if (await UpdateAsync() > 0) return;
        db.Add(new BroadcastOwner { BroadcastId = broadcast, Process = Self, Until = until });
        try { await db.SaveChangesAsync(cancellation); }
        catch (DbUpdateException)
        {
            // Another process claimed it for the first time at the same moment; the latest counts.
            if (await UpdateAsync() == 0) throw;
        }

        Task<int> UpdateAsync() => db.Set<BroadcastOwner>().Where(o => o.BroadcastId == broadcast)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Process, Self).SetProperty(o => o.Until, until), cancellation);
    }

    /// <summary>Renews the claims to these; answers those that are still ours.</summary>
    public async Task<HashSet<Guid>> RenewAsync(IReadOnlyCollection<Guid> broadcasts, CancellationToken cancellation)
    {
        if (broadcasts.Count == 0) return [];
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var until = clock.GetUtcNow() + Lease;
        await db.Set<BroadcastOwner>().Where(o => broadcasts.Contains(o.BroadcastId) && o.Process == Self).ExecuteUpdateAsync(set => set.SetProperty(o => o.Until, until), cancellation);
        return [.. await db.Set<BroadcastOwner>().Where(o => broadcasts.Contains(o.BroadcastId) && o.Process == Self).Select(o => o.BroadcastId).ToListAsync(cancellation)];
    }

    /// <summary>Whether nobody else has claimed it.</summary>
    public async Task<bool> IsOursAsync(Guid broadcast, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return await db.Set<BroadcastOwner>().AnyAsync(o => o.BroadcastId == broadcast && o.Process == Self, cancellation);
    }

    /// <summary>Nothing of it is here any more.</summary>
    public async Task ReleaseAsync(Guid broadcast, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await db.Set<BroadcastOwner>().Where(o => o.BroadcastId == broadcast && o.Process == Self).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Broadcasts that are said to be live and whose owner is gone.</summary>
    public async Task<List<Guid>> OrphansAsync(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var live = await (from b in db.Set<Broadcast>()
                          where b.State == BroadcastState.Live && b.External == null && b.RecordingId == null
                          join owner in db.Set<BroadcastOwner>() on b.Id equals owner.BroadcastId into owners
                          from o in owners.DefaultIfEmpty()
                          select new { b.Id, Owner = o }).ToListAsync(cancellation);
        return [.. live.Where(b => b.Owner is null || (b.Owner.Process != Self && IsGone(b.Owner))).Select(b => b.Id)];
    }

    /// <summary>The other process that has a broadcast's stream now, or null. Costs the database at most four questions a second.</summary>
    public async Task<SiloAddress?> OtherAsync(Guid broadcast, CancellationToken cancellation)
    {
        if (!cluster.Enabled) return null;
        if (Age() is not { } age || age > Fresh || (age > Least && !known.ContainsKey(broadcast))) await ReadAsync(cancellation);
        return known.TryGetValue(broadcast, out var process) && process != Self ? SiloAddress.FromParsableString(process) : null;
    }

    public void Dispose() => reading.Dispose();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            if (Age() <= Least) return; // Somebody else has just read it.
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            known = (await db.Set<BroadcastOwner>().AsNoTracking().ToListAsync(cancellation))
                .Where(o => !IsGone(o)).ToDictionary(o => o.BroadcastId, o => o.Process);
            readAt = clock.GetTimestamp();
        }
        finally
        {
            reading.Release();
        }
    }

    private TimeSpan? Age() => readAt is { } at ? clock.GetElapsedTime(at) : null;

    /// <summary>Alone, any other process is one that was. In a cluster its members know who lives, whatever their clocks say; the lease is for who is not known.</summary>
    private bool IsGone(BroadcastOwner owner) => owner.Process != Self && (!cluster.Enabled || membership.CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(owner.Process)) switch
    {
        SiloStatus.Active => false,
        SiloStatus.Dead => true,
        _ => owner.Until <= clock.GetUtcNow(),
    });
}
