using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Stage;

/// <summary>Ends a broadcast whose host has not come back.</summary>
public sealed class EndAbandoned(IDbContextFactory<Db> dbs, OnAir onAir, TimeProvider clock) : IJobHandler
{
    internal const string JobKind = "end-abandoned-broadcast";

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var id = JsonSerializer.Deserialize<Guid>(payload);
        var latest = clock.GetUtcNow() - Broadcast.AbandonedAfter;
        bool abandoned;
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            abandoned = await db.Set<Broadcast>().AnyAsync(b => b.Id == id && b.State != BroadcastState.Ended && b.QuietSince <= latest, cancellation);
        // Every interruption writes a job of its own, so one that finds the host back has nothing more to do.
        if (abandoned) await onAir.EndAsync(id, cancellation);
    }
}

/// <summary>Makes the replay of an ended broadcast, should the process that ended it not have come to it.</summary>
public sealed class MakeReplay(Replays replays) : IJobHandler
{
    internal const string JobKind = "make-replay";

    /// <summary>Usually the replay is made at once; this is how long that has.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public string Kind => JobKind;

    public Task Handle(string payload, CancellationToken cancellation) => replays.MakeAsync(JsonSerializer.Deserialize<Guid>(payload), cancellation);
}
