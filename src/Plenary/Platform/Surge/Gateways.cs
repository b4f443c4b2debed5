using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Cluster;
using Plenary.Platform.Database;

namespace Plenary.Platform.Surge;

/// <summary>
/// The processes of the installation: tells the others about this one and knows what they told. Without a cluster there are no others, and
/// nothing is written.
/// </summary>
public sealed class Gateways(
    IDbContextFactory<Db> dbs, Occupancy occupancy, SurgeSettings settings, ClusterSettings cluster, TimeProvider clock, ILogger<Gateways> logger) : BackgroundService
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>Whose beat has not risen for this long is gone: three beats.</summary>
    public static readonly TimeSpan Stale = 3 * Beat;

    /// <summary>Above this part of its capacity a process gets nobody sent.</summary>
    private const double Roomy = 0.9;

    private readonly Gateway own = new() { Name = $"{Environment.MachineName}/{Environment.ProcessId}", Address = HubAddress(settings.Address) };
    private readonly Dictionary<Guid, (long Beat, long RoseAt)> heard = [];
    private readonly SemaphoreSlim gate = new(1, 1);
    private bool draining;

    /// <summary>The other processes that are there and not going away.</summary>
    public IReadOnlyList<Gateway> Siblings { get; private set; } = [];

    /// <summary>Live connections of the other processes, as they said last: also of those that are going away.</summary>
    public int ConnectionsElsewhere { get; private set; }

    /// <summary>How many processes share what the installation does, this one included.</summary>
    public int Count => Siblings.Count + 1;

    /// <summary>Addresses of all processes that have one, for browsers to be allowed there.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>Where one more connection finds room: one of the siblings that have an address, by what is free there; null when none has.</summary>
    public string? PickSibling()
    {
        var roomy = Siblings.Where(g => g.Address is not null && g.Connections < g.Capacity * Roomy).ToList();
        var at = Random.Shared.NextInt64(Math.Max(1, roomy.Sum(Free)));
        foreach (var one in roomy)
            if ((at -= Free(one)) < 0) return one.Address;
        return null;
    }

    /// <summary>Tells the others that this process is going away; returns when they can know.</summary>
    public async Task Leave(CancellationToken cancellation)
    {
        draining = true;
        await Once(cancellation);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (cluster.Enabled) await Quietly(async db => await db.Set<Gateway>().Where(g => g.Id == own.Id).ExecuteDeleteAsync(cancellationToken));
    }

    public override void Dispose()
    {
        gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            do await Once(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) { }
    }

    private static int Free(Gateway one) => Math.Max(1, one.Capacity - one.Connections);

    /// <summary>With the hub's path, and in http: every client makes a WebSocket address of that by itself.</summary>
    private static string? HubAddress(Uri? address) => address is null
        ? null
        : new UriBuilder(address) { Scheme = address.Scheme.Replace("ws", "http", StringComparison.Ordinal), Path = LiveDoor.Path }.Uri.ToString();

    private async Task Once(CancellationToken cancellation)
    {
        if (!cluster.Enabled) return;
        await gate.WaitAsync(cancellation);
        try
        {
            await Quietly(async db =>
            {
                await Tell(db, cancellation);
                await Listen(db, cancellation);
            });
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task Tell(Db db, CancellationToken cancellation)
    {
        (own.Connections, own.Capacity, own.Draining, own.HeardAt) = (occupancy.Connections, occupancy.Capacity, draining, clock.GetUtcNow());
        own.Beat++;
        var told = await db.Set<Gateway>().Where(g => g.Id == own.Id).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.Connections, own.Connections).SetProperty(g => g.Capacity, own.Capacity).SetProperty(g => g.Draining, own.Draining)
            .SetProperty(g => g.Beat, own.Beat).SetProperty(g => g.HeardAt, own.HeardAt), cancellation);
        if (told > 0) return;
        db.Add(own);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task Listen(Db db, CancellationToken cancellation)
    {
        var all = await db.Set<Gateway>().AsNoTracking().Where(g => g.Id != own.Id).ToListAsync(cancellation);
        var now = clock.GetTimestamp();
        foreach (var one in all)
            // One seen for the first time may be long gone: it counts once its beat has risen.
            if (!heard.TryGetValue(one.Id, out var known)) heard[one.Id] = (one.Beat, 0);
            else if (known.Beat != one.Beat) heard[one.Id] = (one.Beat, now);
        foreach (var id in heard.Keys.Except(all.Select(g => g.Id)).ToList()) heard.Remove(id);
        var there = all.Where(g => heard[g.Id].RoseAt is > 0 and var rose && clock.GetElapsedTime(rose, now) < Stale).ToList();
        Siblings = [.. there.Where(g => !g.Draining)];
        ConnectionsElsewhere = there.Sum(g => g.Connections);
        Addresses = [.. there.Append(own).Select(g => g.Address).OfType<string>()];
        var lost = clock.GetUtcNow() - TimeSpan.FromHours(1);
        if (all.Exists(g => g.HeardAt < lost)) await db.Set<Gateway>().Where(g => g.HeardAt < lost && g.Id != own.Id).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Without the database nobody is known to be there, and the next beat says it again.</summary>
    private async Task Quietly(Func<Db, Task> work)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync();
            await work(db);
        }
        catch (OperationCanceledException) { }
        catch (Exception error)
        {
            logger.LogInformation(error, "The other processes could not be asked");
        }
    }
}
