using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Plenary.Platform.Database;

namespace Plenary.Platform.Cluster;

/// <summary>
/// The cluster's member list in the database that the installation has anyway: Orleans' membership protocol with its extended ordering. Every
/// change of a member moves the list's version in the same transaction, by an update that is guarded by the version it was decided on; of two
/// processes that decide at once, one is told that it lost and looks again. Trouble with the database is thrown: Orleans tries again, and a
/// cluster that is running goes on without its list meanwhile.
/// </summary>
/// <remarks>
/// Its times are the database's: Orleans compares a member's sign of life with the clock of whoever looks, and a machine whose clock is wrong
/// would take everybody else for dead.
/// </remarks>
internal sealed class MembershipTable(IDbContextFactory<Db> dbs, IOptions<ClusterOptions> cluster, TimeProvider clock) : IMembershipTable
{
    /// <summary>Clocks that differ by less than this agree.</summary>
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(1);

    /// <summary>How far the clock of this process is ahead of the database's; negative when it is behind.</summary>
    private TimeSpan ahead;

    private readonly string clusterId = cluster.Value.ClusterId;

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        if (!tryInitTableVersion) return;
        await using var db = await dbs.CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "ClusterVersions" ("ClusterId", "Version") VALUES ({clusterId}, 0) ON CONFLICT DO NOTHING""");
    }

    public Task<MembershipTableData> ReadAll() => Read(null);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Read(key.ToParsableString());

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Change(tableVersion, async db =>
    {
        var member = ClusterMember.From(clusterId, entry, ahead);
        // Nobody else inserts before this transaction is over: whoever tried would wait for the version.
        if (await db.Set<ClusterMember>().AnyAsync(m => m.ClusterId == clusterId && m.Address == member.Address)) return false;
        db.Add(member);
        await db.SaveChangesAsync();
        return true;
    });

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Change(tableVersion, async db =>
    {
        var (member, revision) = (ClusterMember.From(clusterId, entry, ahead), Number(etag));
        return await db.Set<ClusterMember>().Where(m => m.ClusterId == clusterId && m.Address == member.Address && m.Revision == revision)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, member.Status).SetProperty(m => m.Suspicions, member.Suspicions)
                .SetProperty(m => m.AliveAt, member.AliveAt).SetProperty(m => m.Revision, revision + 1)) == 1;
    });

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        await using var db = await dbs.CreateDbContextAsync();
        await CompareClocks(db);
        var (address, alive) = (entry.SiloAddress.ToParsableString(), ClusterMember.Utc(entry.IAmAliveTime) - ahead);
        await db.Set<ClusterMember>().Where(m => m.ClusterId == clusterId && m.Address == address).ExecuteUpdateAsync(set => set.SetProperty(m => m.AliveAt, alive));
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        beforeDate -= ahead;
        await using var db = await dbs.CreateDbContextAsync();
        var dead = await db.Set<ClusterMember>().AsNoTracking().Where(m => m.ClusterId == clusterId && m.Status == SiloStatus.Dead && m.AliveAt < beforeDate).ToListAsync();
        var defunct = dead.Where(m => m.KnownAt < beforeDate).Select(m => m.Address).ToList();
        if (defunct.Count > 0) // the dead stay dead: no guard needed
            await db.Set<ClusterMember>().Where(m => m.ClusterId == clusterId && defunct.Contains(m.Address)).ExecuteDeleteAsync();
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await using var db = await dbs.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Set<ClusterMember>().Where(m => m.ClusterId == clusterId).ExecuteDeleteAsync();
        await db.Set<ClusterVersion>().Where(v => v.ClusterId == clusterId).ExecuteDeleteAsync();
        await transaction.CommitAsync();
    }

    /// <summary>One statement, so that the members and the version are of one moment.</summary>
    private async Task<MembershipTableData> Read(string? address)
    {
        await using var db = await dbs.CreateDbContextAsync();
        await CompareClocks(db);
        var asked = db.Set<ClusterMember>().Where(m => address == null || m.Address == address);
        var rows = await (from version in db.Set<ClusterVersion>()
                          where version.ClusterId == clusterId
                          join one in asked on version.ClusterId equals one.ClusterId into members
                          from member in members.DefaultIfEmpty()
                          select new { version.Version, Member = member }).AsNoTracking().ToListAsync();
        var at = rows.Count == 0 ? 0 : rows[0].Version;
        return new(rows.Where(row => row.Member is not null).Select(row => Tuple.Create(row.Member.ToEntry(ahead), Text(row.Member.Revision))).ToList(), new(at, Text(at)));
    }

    private async Task CompareClocks(Db db)
    {
        if (!db.Database.IsNpgsql()) return; // its clock is this machine's
        var asked = clock.GetTimestamp();
        var there = await db.Database.SqlQuery<DateTime>($"""SELECT clock_timestamp() AS "Value" """).SingleAsync();
        var difference = clock.GetUtcNow() - ClusterMember.Utc(there);
        // An answer that was long on its way, or that a frozen process takes late, says nothing.
        if (clock.GetElapsedTime(asked) < Agreement) ahead = difference.Duration() < Agreement ? TimeSpan.Zero : difference;
    }

    /// <summary>Moves the list on by one version and changes one member, or neither when it had moved on already.</summary>
    private async Task<bool> Change(TableVersion next, Func<Db, Task<bool>> change)
    {
        var expected = Number(next.VersionEtag);
        await using var db = await dbs.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        // A process that freezes right here must not keep the others from declaring it dead.
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = 1000");
        var moved = await db.Set<ClusterVersion>().Where(v => v.ClusterId == clusterId && v.Version == expected)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.Version, next.Version));
        if (moved != 1 || !await change(db)) return false;
        await transaction.CommitAsync();
        return true;
    }

    private static int Number(string etag) => int.Parse(etag, CultureInfo.InvariantCulture);

    private static string Text(int etag) => etag.ToString(CultureInfo.InvariantCulture);
}
