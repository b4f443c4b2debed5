using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage.Backstage;

namespace Plenary.Stage.Composition;

/// <summary>
/// Gives stages to the composers of this process: those whose crew asks for one, and those whose picture has stopped and whom no window took over.
/// Each process looks; the plan's version decides who was first. Broadcasts that come from elsewhere (a plan without a host) are left alone.
/// </summary>
public sealed class ComposerWatch(IDbContextFactory<Db> dbs, LiveCalls calls, Directing directing, Composers composers, TimeProvider clock, ILogger<ComposerWatch> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Windows that are there are asked before; so long nothing has arrived.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(6);

    /// <summary>Who goes live waits for the first picture, and so do we.</summary>
    private static readonly TimeSpan FirstPicture = TimeSpan.FromSeconds(30);

    private sealed record OpenStage(Guid Broadcast, Guid Stage, Guid Backstage, BroadcastState State, DateTimeOffset? QuietSince, StagePlanDocument Plan)
    {
        public PlanHost Host => Plan.Host!;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (!composers.AreWanted) return;
        using var beat = new PeriodicTimer(Beat, clock);
        try
        {
            while (await beat.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Look(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    log.LogWarning(error, "It could not be seen which stages want a composer");
                }
            }
        }
        catch (OperationCanceledException) { }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await composers.DisposeAsync();
    }

    private async Task Look(CancellationToken cancellation)
    {
        var stages = await Open(cancellation);
        var heard = new HashSet<Guid>();
        foreach (var stage in stages.Where(s => s.State != BroadcastState.Live || s.Host.Worker == composers.Name))
        {
            var peers = (await calls.Peers(stage.Backstage)).Select(p => p.Peer).ToHashSet();
            heard.UnionWith(peers);
            if (composers.HasRoom && (stage.Host.Worker == "" || (stage.Host.Worker is null && IsLost(stage, peers)))) await Take(stage, cancellation);
        }
        var own = stages.Where(s => s.Host.Worker == composers.Name).ToDictionary(s => new ComposerTask(s.Stage, s.Broadcast), s => s.Host.Peer);
        await composers.Keep(own.Keys, task => heard.Contains(own[task]));
    }

    private async Task<List<OpenStage>> Open(CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var rows = await (from broadcast in db.Set<Broadcast>().AsNoTracking()
                          where broadcast.State != BroadcastState.Ended
                          join plan in db.Set<StagePlan>() on broadcast.RoomId equals plan.RoomId
                          join backstage in db.Set<Room>() on (Guid?)broadcast.RoomId equals backstage.StageId
                          select new { broadcast.Id, broadcast.RoomId, Backstage = backstage.Id, broadcast.State, broadcast.QuietSince, plan.Document }).ToListAsync(cancellation);
        return [.. rows.Select(r => new OpenStage(r.Id, r.RoomId, r.Backstage, r.State, r.QuietSince, StagePlanDocument.FromJson(r.Document))).Where(s => s.Plan.Host is not null)];
    }

    /// <summary>The host's window is gone, and nothing has arrived for too long.</summary>
    private bool IsLost(OpenStage stage, HashSet<Guid> peers) =>
        !peers.Contains(stage.Host.Peer) && clock.GetUtcNow() - stage.QuietSince > (stage.State == BroadcastState.Starting ? FirstPicture : Lost);

    private async Task Take(OpenStage stage, CancellationToken cancellation)
    {
        var host = stage.Host.Worker is null ? PlanHost.Asked(stage.Host.Person) : stage.Host;
        log.LogInformation("The picture of stage {Stage} is made by a composer", stage.Stage);
        await directing.Change(stage.Stage, Guid.CreateVersion7(), PlanHost.WorkerName,
            (_, plan) => Task.FromResult(plan.Host == stage.Host ? plan with { Host = host with { Worker = composers.Name } } : plan), cancellation);
    }
}
