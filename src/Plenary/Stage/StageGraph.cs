using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Graph;
using Plenary.Rooms;
using Plenary.Stage.Recordings;

namespace Plenary.Stage;

/// <summary>What stages add to the graph.</summary>
internal sealed class StageGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<ReplayType>("replay").Description("A replay the viewer may watch.")
            .Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context => await Replay(context));
        graph.Mutation.Field<NonNullGraphType<GoLiveReplyType>>("goLive")
            .Description("Opens a broadcast on a stage: not yet seen by the audience until the upload has its first segment.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .Argument<IdGraphType>("broadcast", "The open broadcast that is to go on, and no other: refused when it has ended.")
            .ResolveAsync(async context => await context.Service<Broadcasting>().GoLiveAsync(context.Viewer(), context.Id("room"), context.OptionalId("broadcast"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<BroadcastType>>("endBroadcast").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context => await End(context));
        graph.Type<RoomType>().Field<StageType>("stage").Description("Only for rooms of kind STAGE.").Resolve(Stage);
        graph.Type<EventType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReplayType>>>>("replays").Resolve(context => ReplaysOf(context));
    }

    private static async Task<Broadcast> Replay(IResolveFieldContext context)
    {
        var id = context.Id("id");
        await using var db = await context.OpenDb();
        var replay = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.State == BroadcastState.Ended && b.ReplaySeconds > 0, context.CancellationToken);
        if (replay is null || await StageViewer.PassOf(context, replay) is not { } pass || !pass.MayWatch() || (replay.IsReplayHidden && !pass.IsCrew)) throw Refusal.NotFound.AsException();
        return replay;
    }

    private static async Task<Broadcast> End(IResolveFieldContext context)
    {
        var id = context.Id("id");
        await using var db = await context.OpenDb();
        await db.RequireHostAsync(context.Viewer(), id, context.CancellationToken);
        await context.Service<OnAir>().EndAsync(id, context.CancellationToken);
        return await db.Set<Broadcast>().AsNoTracking().SingleAsync(b => b.Id == id, context.CancellationToken);
    }

    private static object? Stage(IResolveFieldContext<object> context)
    {
        if (context.Source is not Room { Kind: RoomKind.Stage } room) return null;
        var latest = context.Batch<Guid, Broadcast>("latestBroadcastByRoom", (db, ids) => db.Set<Broadcast>()
            .Where(b => ids.Contains(b.RoomId) && !b.IsBrought && !db.Set<Broadcast>().Any(later => later.RoomId == b.RoomId && !later.IsBrought && later.StartedAt > b.StartedAt)), b => b.RoomId);
        return latest.One(room.Id).Then(found => new StageSeen(room.Id, StageType.StateOf(found?.State), found));
    }

    private static object ReplaysOf(IResolveFieldContext<object?> context)
    {
        var id = ((Event)context.Source!).Id;
        return context.Batch<Guid, Broadcast>("replaysByEvent", (db, ids) => db.Set<Broadcast>().Where(b => ids.Contains(b.EventId) && b.State == BroadcastState.Ended && b.ReplaySeconds > 0).OrderBy(b => b.StartedAt), b => b.EventId)
            .Many(id).ThenAsync<IReadOnlyList<Broadcast>, IReadOnlyList<Broadcast>>(async (replays, _) =>
            {
                if (replays.Count == 0) return replays;
                var pass = await StageViewer.PassOf(context, replays[0]);
                return pass is null || !pass.MayWatch() ? [] : pass.IsCrew ? replays : [.. replays.Where(r => !r.IsReplayHidden)];
            });
    }
}
