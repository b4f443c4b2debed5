using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage.Backstage;

namespace Plenary.Stage.Composition;

/// <summary>
/// Sees to it that somebody makes the picture of every open broadcast. When nothing has arrived for some seconds, the next who can is put into the plan
/// as its host: the same person's new window, a composer of this process, the crew, speakers on stage. Each process looks; the plan's version decides who
/// was first. Broadcasts that come from elsewhere (a plan without a host) are left alone.
/// </summary>
public sealed class HandOver(IDbContextFactory<Db> dbs, LiveCalls calls, Directing directing, Composers composers, TimeProvider clock, ILogger<HandOver> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a browser takes to come back over a lost connection, shorter than an audience waits.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(3);

    /// <summary>Who was put in has this long until there is a picture; a composer starts a browser first.</summary>
    private static readonly TimeSpan WindowChance = TimeSpan.FromSeconds(10), WorkerChance = TimeSpan.FromSeconds(30);

    /// <summary>Who goes live waits for the first picture, and so do we.</summary>
    private static readonly TimeSpan FirstPicture = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, Watched> watched = [];

    private sealed record OpenStage(Guid Broadcast, Guid Stage, Guid Backstage, BroadcastState State, DateTimeOffset? QuietSince, StagePlanDocument Plan)
    {
        public PlanHost Host => Plan.Host!;
    }

    private sealed class Watched
    {
        public Guid Host { get; set; }

        /// <summary>When this process first saw this host in the plan.</summary>
        public DateTimeOffset Since { get; set; }

        /// <summary>Who had their chance since there was last a picture.</summary>
        public HashSet<Guid> Tried { get; } = [];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var beat = new PeriodicTimer(Beat, clock);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogWarning(error, "It could not be seen who makes the pictures of the stages");
            }
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        var stages = await Open(cancellation);
        foreach (var gone in watched.Keys.Except(stages.Select(s => s.Broadcast)).ToList()) watched.Remove(gone);
        var heard = new HashSet<Guid>();
        foreach (var stage in stages)
        {
            var peers = stage.State == BroadcastState.Live && stage.Host.Worker != composers.Name ? [] : await calls.Peers(stage.Backstage);
            heard.UnionWith(peers.Select(p => p.Peer));
            await Watch(stage, peers, cancellation);
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

    private async Task Watch(OpenStage stage, CallPeer[] peers, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!watched.TryGetValue(stage.Broadcast, out var seen)) watched[stage.Broadcast] = seen = new();
        if (seen.Host != stage.Host.Peer) (seen.Host, seen.Since) = (stage.Host.Peer, now);
        seen.Tried.Add(stage.Host.Peer);
        if (stage.State == BroadcastState.Live)
        {
            seen.Tried.RemoveWhere(peer => peer != stage.Host.Peer);
            return;
        }
        // Asked for by the crew: the first that has room takes it.
        if (stage.Host.Worker == "" && composers.HasRoom)
        {
            await Put(stage, stage.Host with { Worker = composers.Name }, cancellation);
            return;
        }
        var chance = stage.Host.Worker is null ? WindowChance : WorkerChance;
        var patience = stage.State == BroadcastState.Starting ? FirstPicture : Lost;
        if (now - stage.QuietSince < patience || now - seen.Since < chance) return;
        if (Next(stage, peers, seen.Tried) is { } next) await Put(stage, next, cancellation);
        else seen.Tried.Clear();
    }

    private PlanHost? Next(OpenStage stage, CallPeer[] peers, HashSet<Guid> tried)
    {
        var fresh = peers.Where(p => !tried.Contains(p.Peer)).ToList();
        var again = stage.Host.Worker is null ? fresh.Find(p => p.Person == stage.Host.Person) : null;
        if (again is null && stage.Host.Worker is null && composers.HasRoom) return PlanHost.Asked(stage.Host.Person) with { Worker = composers.Name };
        again ??= fresh.Find(p => p.Role is "producer" or "organizer" or "moderator") ?? fresh.Find(p => p.Role == "speaker" && stage.Plan.IsOn(p.Person));
        return again is null ? null : new(again.Peer, again.Person, again.Name);
    }

    private async Task Put(OpenStage stage, PlanHost next, CancellationToken cancellation)
    {
        log.LogInformation("The picture of stage {Stage} is now made by {Name}", stage.Stage, next.Name);
        await directing.Change(stage.Stage, Guid.CreateVersion7(), next.Name,
            (_, plan) => Task.FromResult(plan.Host == stage.Host ? plan with { Host = next } : plan), cancellation);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await composers.DisposeAsync();
    }
}
