using GraphQL.DataLoader;
using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform.Graph;

namespace Plenary.Rooms;

/// <summary>A room in the graph; slices above add their fields.</summary>
public sealed class RoomType : ObjectGraphType<Room>
{
    public RoomType()
    {
        Name = "Room";
        Field("id", r => r.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.Slug);
        Field(r => r.Name);
        Field(r => r.Kind);
        Field(r => r.Format);
        Field<NonNullGraphType<EventType>>("event").Resolve(context => context.EventById(context.Source.EventId));
    }
}

/// <summary>Fields of types above that lead to a room.</summary>
public static class RoomBatches
{
    /// <summary>The room of this id, together with those that sibling fields ask for.</summary>
    public static IDataLoaderResult<Room?> RoomById(this GraphQL.IResolveFieldContext context, Guid id) =>
        context.Batch<Guid, Room>("roomById", (db, ids) => db.Set<Room>().Where(r => ids.Contains(r.Id)), r => r.Id).One(id);
}
