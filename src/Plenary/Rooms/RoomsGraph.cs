using GraphQL;
using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Graph;

namespace Plenary.Rooms;

/// <summary>What rooms add to the graph.</summary>
internal sealed class RoomsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<RoomType>("room")
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
            .ResolveAsync(async context => context.Source is Room { Kind: RoomKind.Stage } room && RoomAccess.MayBroadcast(await RolesAt(context, room.EventId)));
    }

    /// <summary>Rooms shown together are of one event, mostly: its roles are read once per request.</summary>
    private static Task<IReadOnlySet<EventRole>> RolesAt(IResolveFieldContext context, Guid eventId)
    {
        var (bag, key) = (context.UserContext, $"rolesAt:{eventId}");
        lock (bag)
        {
            if (bag.TryGetValue(key, out var read)) return (Task<IReadOnlySet<EventRole>>)read!;
            var reading = Read();
            bag[key] = reading;
            return reading;
        }

        async Task<IReadOnlySet<EventRole>> Read()
        {
            await using var db = await context.OpenDb();
            return await db.RolesAt(context.Viewer(), eventId, context.CancellationToken);
        }
    }
}
