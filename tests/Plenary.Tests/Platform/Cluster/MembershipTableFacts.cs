using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Plenary.Platform.Cluster;
using Plenary.Platform.Database;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Cluster;

/// <summary>What Orleans' membership protocol relies on (the cases that its own providers are held to).</summary>
public abstract class MembershipTableFacts(App app)
{
    private static int generation;

    private readonly string clusterId = $"test-{Guid.CreateVersion7()}";

    [Fact]
    public async Task AnEmptyTableHasNoMembersAndVersionZero()
    {
        var table = await Table();
        await table.InitializeMembershipTable(true); // again, as every process does
        var data = await table.ReadAll();
        Assert.Empty(data.Members);
        Assert.Equal((0, true), (data.Version.Version, data.Version.VersionEtag is { Length: > 0 }));
        Assert.Empty((await table.ReadRow(NewAddress())).Members);
    }

    [Fact]
    public async Task AllProcessesMayMakeTheTableAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Table()));
        var data = await (await Table()).ReadAll();
        Assert.Equal(0, data.Version.Version);
    }

    [Fact]
    public async Task AMemberIsInsertedOnceAndOnlyAtTheCurrentVersion()
    {
        var table = await Table();
        var first = (await table.ReadAll()).Version.Next();
        var entry = NewEntry();
        Assert.True(await table.InsertRow(entry, first));
        Assert.False(await table.InsertRow(entry, first), "the same at the old version");
        Assert.False(await table.InsertRow(NewEntry(), first), "another at the old version");
        var data = await table.ReadAll();
        Assert.Equal((1, 1), (data.Version.Version, data.Members.Count));
        Assert.NotEqual(first.VersionEtag, data.Version.VersionEtag);
        Assert.False(await table.InsertRow(entry, data.Version.Next()), "the same again");
        data = await table.ReadRow(entry.SiloAddress);
        Assert.Equal(1, data.Version.Version);
        Assert.Equal(Full(entry), Full(Assert.Single(data.Members).Item1));
    }

    [Fact]
    public async Task AMemberIsUpdatedOnlyWithItsEtagAndTheCurrentVersion()
    {
        var table = await Table();
        for (var i = 1; i < 6; i++)
        {
            var entry = NewEntry();
            entry.SuspectTimes = [Tuple.Create(NewAddress(), Now().AddSeconds(1)), Tuple.Create(NewAddress(), Now().AddSeconds(2))];
            var old = (await table.ReadAll()).Version.Next();
            Assert.True(await table.InsertRow(entry, old));
            var etag = (await Row(table, entry)).Item2;
            Assert.False(await table.UpdateRow(entry, etag, old), "the right etag at the old version");

            entry.Status = SiloStatus.Active;
            entry.SuspectTimes.RemoveAt(0);
            var next = (await table.ReadAll()).Version.Next();
            Assert.False(await table.UpdateRow(NewEntry(), etag, next), "a member that does not exist");
            Assert.True(await table.UpdateRow(entry, etag, next));
            Assert.False(await table.UpdateRow(entry, etag, next), "the old etag at the old version");
            Assert.False(await table.UpdateRow(entry, etag, (await table.ReadAll()).Version.Next()), "the old etag at the current version");

            var row = await Row(table, entry);
            Assert.NotEqual(etag, row.Item2);
            Assert.Equal(Full(entry), Full(row.Item1));
            Assert.False(await table.UpdateRow(entry, row.Item2, next), "the right etag at the old version");
            var data = await table.ReadAll();
            Assert.Equal((next.Version, i, row.Item2), (data.Version.Version, data.Members.Count, (await Row(table, entry)).Item2));
        }
    }

    [Fact]
    public async Task OfManyThatChangeItAtOnceExactlyOneWinsEachVersion()
    {
        var table = await Table();
        var version = (await table.ReadAll()).Version.Next();
        var entry = NewEntry();
        var inserted = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Tried(() => table.InsertRow(entry, version))));
        Assert.Single(inserted, won => won);

        var turns = 0;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            do
            {
                Interlocked.Increment(ref turns);
                var data = await table.ReadAll();
                var (row, etag) = Assert.Single(data.Members);
                if (await Tried(() => table.UpdateRow(row, etag, data.Version.Next()))) return;
            }
            while (turns < 2_000);
            Assert.Fail("nobody wins");
        }));
        Assert.Equal(11, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task EveryReadSeesMembersAndVersionOfOneMoment()
    {
        var table = await Table();
        var done = false;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () => // SQLite answers at once: without a thread of its own the first would never end
        {
            while (!Volatile.Read(ref done))
            {
                var data = await table.ReadAll();
                // Each version inserted one member.
                Assert.Equal(data.Version.Version, data.Members.Count);
                await Task.Yield();
            }
        })).ToList();
        for (var i = 0; i < 20; i++) Assert.True(await table.InsertRow(NewEntry(), (await table.ReadAll()).Version.Next()));
        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task ASignOfLifeChangesNeitherEtagNorVersion()
    {
        var table = await Table();
        var entry = NewEntry();
        Assert.True(await table.InsertRow(entry, (await table.ReadAll()).Version.Next()));
        var before = await table.ReadAll();
        var alive = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1);
        // Orleans sends only the address and the time.
        await table.UpdateIAmAlive(new() { SiloAddress = entry.SiloAddress, IAmAliveTime = alive });
        var after = await table.ReadAll();
        Assert.Equal((before.Version.Version, before.Version.VersionEtag, before.Members[0].Item2), (after.Version.Version, after.Version.VersionEtag, after.Members[0].Item2));
        Assert.True((alive - after.Members[0].Item1.IAmAliveTime).Duration() < TimeSpan.FromMilliseconds(1));
        Assert.Equal((entry.Status, entry.SiloName), (after.Members[0].Item1.Status, after.Members[0].Item1.SiloName));
        Assert.True(await table.UpdateRow(entry, before.Members[0].Item2, before.Version.Next()));
    }

    [Fact]
    public async Task OnlyDeadMembersOfWhichNothingWasHeardSinceAreCleanedUp()
    {
        var table = await Table();
        async Task<SiloAddress> Add(SiloStatus status, int days, int? suspectedDays = null)
        {
            var entry = NewEntry();
            (entry.Status, entry.StartTime, entry.IAmAliveTime) = (status, Now().AddDays(-days), Now().AddDays(-days));
            if (suspectedDays is { } ago) entry.SuspectTimes = [Tuple.Create(NewAddress(), Now().AddDays(-ago))];
            Assert.True(await table.InsertRow(entry, (await table.ReadAll()).Version.Next()));
            return entry.SiloAddress;
        }
        var gone = await Add(SiloStatus.Dead, 10);
        SiloAddress[] stay = [await Add(SiloStatus.Dead, 1), await Add(SiloStatus.Dead, 10, suspectedDays: 1), await Add(SiloStatus.Active, 10), await Add(SiloStatus.Joining, 10), await Add(SiloStatus.ShuttingDown, 10)];
        var before = await table.ReadAll();
        await table.CleanupDefunctSiloEntries(TimeProvider.System.GetUtcNow().AddDays(-5));
        var after = await table.ReadAll();
        Assert.Equal(stay.ToHashSet(), after.Members.Select(m => m.Item1.SiloAddress).ToHashSet());
        Assert.Contains(gone, before.Members.Select(m => m.Item1.SiloAddress));
        Assert.Equal(before.Version.VersionEtag, after.Version.VersionEtag);
    }

    [Fact]
    public async Task ClustersInOneDatabaseDoNotMeet()
    {
        var (table, other) = (await Table(), await Table(clusterId + "-other"));
        var entry = NewEntry();
        Assert.True(await table.InsertRow(entry, (await table.ReadAll()).Version.Next()));
        Assert.True(await other.InsertRow(entry, (await other.ReadAll()).Version.Next()));
        await other.DeleteMembershipTableEntries(clusterId);
        Assert.Empty((await table.ReadAll()).Members);
        Assert.Single((await other.ReadAll()).Members);
        Assert.Equal(1, (await other.ReadAll()).Version.Version);
    }

    /// <summary>A database may refuse one of two that write at once instead of telling it that it lost.</summary>
    private static async Task<bool> Tried(Func<Task<bool>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception error) when (error is DbUpdateException or System.Data.Common.DbException)
        {
            return false;
        }
    }

    private static async Task<Tuple<MembershipEntry, string>> Row(MembershipTable table, MembershipEntry entry) => Assert.Single((await table.ReadRow(entry.SiloAddress)).Members);

    private static string Full(MembershipEntry entry) => string.Create(CultureInfo.InvariantCulture,
        $"{entry.SiloAddress} {entry.SiloName} {entry.HostName} {entry.Status} {entry.ProxyPort} {entry.StartTime:O} {entry.IAmAliveTime:O} {string.Join(' ', (entry.SuspectTimes ?? []).Select(s => $"{s.Item1} {s.Item2:O}"))}");

    private protected static MembershipEntry NewEntry()
    {
        var address = NewAddress();
        return new()
        {
            SiloAddress = address,
            HostName = "host",
            SiloName = "silo",
            Status = SiloStatus.Joining,
            ProxyPort = address.Endpoint.Port,
            StartTime = Now(),
            IAmAliveTime = Now(),
        };
    }

    private protected static SiloAddress NewAddress() => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 12345), Interlocked.Increment(ref generation));

    private protected static DateTime Now()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    private protected async Task<MembershipTable> Table(string? id = null, TimeProvider? clock = null)
    {
        using var _ = app.Visitor(); // skips when there is no such database
        var table = new MembershipTable(app.Services.GetRequiredService<IDbContextFactory<Db>>(), Options.Create(new ClusterOptions { ClusterId = id ?? clusterId }), clock ?? TimeProvider.System);
        await table.InitializeMembershipTable(true);
        return table;
    }
}

public sealed class MembershipTableFactsOnSqlite(SqliteApp app) : MembershipTableFacts(app);

public sealed class MembershipTableFactsOnPostgres(PostgresApp app) : MembershipTableFacts(app)
{
    [Theory]
    [InlineData(3600)]
    [InlineData(-7200)]
    public async Task AMachineWhoseClockIsWrongTakesNobodyForDeadAndIsNotTakenForDead(int seconds)
    {
        var wrong = new SetClock(TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        var (right, mistaken) = (await Table(), await Table(clock: wrong));
        var (here, there) = (NewEntry(), NewEntry());
        here.SuspectTimes = [Tuple.Create(NewAddress(), Now())];
        Assert.True(await right.InsertRow(here, (await right.ReadAll()).Version.Next()));
        (there.StartTime, there.IAmAliveTime) = (wrong.GetUtcNow().UtcDateTime, wrong.GetUtcNow().UtcDateTime);
        Assert.True(await mistaken.InsertRow(there, (await mistaken.ReadAll()).Version.Next()));
        await mistaken.UpdateIAmAlive(there);
        var patience = TimeSpan.FromSeconds(60);
        foreach (var (member, _) in (await mistaken.ReadAll()).Members)
            Assert.True((wrong.GetUtcNow().UtcDateTime - member.IAmAliveTime).Duration() < patience);
        foreach (var (member, _) in (await right.ReadAll()).Members)
            Assert.True((TimeProvider.System.GetUtcNow().UtcDateTime - member.IAmAliveTime).Duration() < patience);
        var suspicion = Assert.Single((await mistaken.ReadRow(here.SiloAddress)).Members[0].Item1.SuspectTimes!);
        Assert.True((wrong.GetUtcNow().UtcDateTime - suspicion.Item2).Duration() < patience);
    }
}
