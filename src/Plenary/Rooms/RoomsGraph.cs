using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;

namespace Plenary.Rooms;

/// <summary>What rooms add to the graph.</summary>
internal sealed class RoomsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<RoomType>("room")
            .Description("A room the viewer may enter, by its id or by its event's slug and its own; refused as not-found otherwise.")
            .Argument<IdGraphType>("id")
            .Argument<StringGraphType>("event")
            .Argument<StringGraphType>("slug")
            .ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                var pass = await IdOf(context, db) is { } id ? await db.RoomPassOf(context.Viewer(), id, context.CancellationToken) : null;
                return pass?.Room ?? throw Refusal.NotFound.AsException();
            });
        graph.Type<RoomType>().Field<NonNullGraphType<BooleanGraphType>>("viewerMayBroadcast")
            .Description("The viewer may open the stage of this room.")
            .ResolveAsync(async context => context.Source is Room { Kind: RoomKind.Stage } room && RoomAccess.MayBroadcast(await RolesAt(context, room.EventId)));
    }

    private static async Task<Guid?> IdOf(IResolveFieldContext context, Db db)
    {
        if (context.OptionalId("id") is { } id) return id;
        var (at, slug) = (context.GetArgument<string?>("event"), context.GetArgument<string?>("slug"));
        if (at is null || slug is null) Refusal.Invalid("id", "Name a room by its id, or by its event's slug and its own.").Throw();
        return await (from room in db.Set<Room>()
                      join e in db.Set<Event>() on room.EventId equals e.Id
                      where e.Slug == at && room.Slug == slug
                      select (Guid?)room.Id).FirstOrDefaultAsync(context.CancellationToken);
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
