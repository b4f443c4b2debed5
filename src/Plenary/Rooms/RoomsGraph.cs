using GraphQL;
using GraphQL.Types;
using Plenary.Platform;
using Plenary.Platform.Graph;

namespace Plenary.Rooms;

/// <summary>What rooms add to the graph.</summary>
internal sealed class RoomsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<RoomType>>("room")
            .Description("A room the viewer may enter; refused as not-found otherwise.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var pass = await db.RoomPassOf(context.Viewer(), context.Id("id"), context.CancellationToken);
                return pass?.Room ?? throw Refusal.NotFound.AsException();
            });
        graph.Type<RoomType>().Field<NonNullGraphType<BooleanGraphType>>("viewerMayBroadcast")
            .Description("The viewer may open the stage of this room.")
            .ResolveAsync(async context =>
            {
                if (context.Source is not Room { Kind: RoomKind.Stage } room) return false;
                await using var db = await context.OpenDb();
                return (await db.RoomPassOf(context.Viewer(), room.Id, context.CancellationToken))?.MayBroadcast ?? false;
            });
    }
}
