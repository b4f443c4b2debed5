using GraphQL;
using GraphQL.Types;
using Plenary.Platform;
using Plenary.Platform.Graph;

namespace Plenary.Rooms.Notices;

/// <summary>Announcements and moves in the graph.</summary>
internal sealed class NoticesGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<RoomNoticesType>>("notices")
            .Description("What the staff says now to the people of a room or, without one, to everybody at an event. Refused as not-found for who may not be there.")
            .Argument<IdGraphType>("room").Argument<IdGraphType>("event")
            .ResolveAsync(async context => (context.OptionalId("room"), context.OptionalId("event")) switch
            {
                ({ } room, _) => await context.Service<Announcing>().NoticesOf(context.Viewer(), room, context.CancellationToken),
                (_, { } at) => await context.Service<Announcing>().NoticesOfEvent(context.Viewer(), at, context.CancellationToken),
                _ => throw Refusal.Invalid("room", "Name a room or an event.").AsException(),
            });
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<AnnouncementType>>>>("announcements")
            .Description("What is said at an event now, to everybody or to one room, newest first. Staff only.").Argument<NonNullGraphType<IdGraphType>>("event")
            .ResolveAsync(async context => await context.Service<Announcing>().Current(context.Viewer(), context.Id("event"), context.CancellationToken));
        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<AnnouncementType>>("announce").Description("Says a line to everybody in a room or, without one, in all rooms of an event. Staff only.")
            .Argument<IdGraphType>("event").Argument<IdGraphType>("room").Argument<NonNullGraphType<StringGraphType>>("text")
            .Argument<IntGraphType>("minutes", "How long it is shown; 5 when it is not said.")
            .ResolveAsync(async context => new AnnouncementNow(await context.Service<Announcing>().Announce(context.Viewer(), context.OptionalId("event"), context.OptionalId("room"),
                context.GetArgument<string>("text"), context.GetArgument<int?>("minutes") ?? 5, context.CancellationToken)));
        mutation.Field<NonNullGraphType<BooleanGraphType>>("withdrawAnnouncement").Description("Takes an announcement back. Staff only.")
            .Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
            {
                await context.Service<Announcing>().Withdraw(context.Viewer(), context.Id("id"), context.CancellationToken);
                return true;
            });
        mutation.Field<NonNullGraphType<RoomMoveType>>("moveEveryone")
            .Description("Brings everybody from a room, or from all others of the event, to a room. Each is shown a countdown and may stay. Staff only.")
            .Argument<IdGraphType>("from").Argument<NonNullGraphType<IdGraphType>>("to").Argument<IntGraphType>("inSeconds", "15 when it is not said.")
            .ResolveAsync(async context => await context.Service<Announcing>().MoveEveryone(context.Viewer(), context.OptionalId("from"), context.Id("to"),
                context.GetArgument<int?>("inSeconds") ?? 15, context.CancellationToken));
        mutation.Field<NonNullGraphType<BooleanGraphType>>("cancelMove").Description("Nobody is brought anywhere after all. Staff only.")
            .Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
            {
                await context.Service<Announcing>().CancelMove(context.Viewer(), context.Id("id"), context.CancellationToken);
                return true;
            });
    }
}

/// <summary>What is said in a room, in the graph: the same as rooms are told as <c>notices</c>. Times are Unix milliseconds of the server's clock.</summary>
public sealed class RoomNoticesType : ObjectGraphType<RoomNotices>
{
    public RoomNoticesType()
    {
        Name = "RoomNotices";
        Field("room", n => n.Room, type: typeof(IdGraphType));
        Field("now", n => (double)n.Now).Description("The server's clock in Unix milliseconds, by which the other times count.");
        Field("announcements", n => n.Announcements, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<AnnouncementType>>>)).Description("Newest first; at most three.");
        Field("move", n => n.Move, type: typeof(RoomMoveType)).Description("Where everybody is brought, while that is ahead.");
    }
}

/// <summary>An announcement in the graph.</summary>
public sealed class AnnouncementType : ObjectGraphType<AnnouncementNow>
{
    public AnnouncementType()
    {
        Name = "Announcement";
        Field("id", a => a.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(a => a.Text);
        Field(a => a.By).Description("Name of who says it.");
        Field("at", a => (double)a.At).Description("Unix milliseconds.");
        Field("until", a => (double)a.Until).Description("Unix milliseconds; then it is over.");
        Field("room", a => a.Room, type: typeof(IdGraphType)).Description("The one room it is for; null for all rooms.");
    }
}

/// <summary>A move in the graph.</summary>
public sealed class RoomMoveType : ObjectGraphType<MoveNow>
{
    public RoomMoveType()
    {
        Name = "RoomMove";
        Field("id", m => m.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("to", m => m.To, type: typeof(NonNullGraphType<IdGraphType>)).Description("The room.");
        Field(m => m.Slug);
        Field(m => m.Name);
        Field(m => m.Kind).Description("lobby, stage or networking.");
        Field(m => m.By).Description("Name of who said it.");
        Field("goesAt", m => (double)m.GoesAt).Description("Unix milliseconds.");
    }
}
