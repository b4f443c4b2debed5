using GraphQL;
using GraphQL.Types;
using Plenary.Conduct;
using Plenary.Platform.Graph;

namespace Plenary.Moderation;

/// <summary>Moderation in the graph.</summary>
internal sealed class ModerationGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        var query = graph.Query;
        query.Field<NonNullGraphType<ModerationQueueType>>("moderation").Description("Everything that waits for the moderators of an event, and who is restricted. Staff only; refused as not-found otherwise.")
            .Argument<NonNullGraphType<IdGraphType>>("event")
            .ResolveAsync(async context => await context.Service<ModerationQueue>().Of(context.Viewer(), context.Id("event"), context.CancellationToken));
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<ModerationActType>>>>("moderationLog").Description("The audit log, newest first, 100 lines at once. Organizers and producers only.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<IdGraphType>("before", "The last line that was read.")
            .ResolveAsync(async context => await context.Service<ModerationQueue>().Log(context.Viewer(), context.Id("event"), context.OptionalId("before"), context.CancellationToken));
        query.Field<NonNullGraphType<PersonBeforeType>>("moderationPerson").Description("What is known about a person before something is decided about them. Staff only.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IdGraphType>>("person")
            .ResolveAsync(async context => await context.Service<ModerationQueue>().Before(context.Viewer(), context.Id("event"), context.Id("person"), context.CancellationToken));
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<RestrictionType>>>>("conduct").Description("What holds against the viewer at an event; also for who was banned from it.")
            .Argument<NonNullGraphType<IdGraphType>>("event")
            .ResolveAsync(async context => await context.Service<ModerationQueue>().Mine(context.Viewer(), context.Id("event"), context.CancellationToken));
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<HeldMessageType>>>>("heldMessages").Description("What the viewer wrote in a room and others do not see yet.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context => await context.Service<ModerationQueue>().MineHeld(context.Viewer(), context.Id("room"), context.CancellationToken));
        query.Field<NonNullGraphType<RoomRulesType>>("roomRules").Description("How a room is written in. Refused as not-found for who may not be there.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context => await context.Service<Ruling>().Of(context.Viewer(), context.Id("room"), context.CancellationToken));

        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<IdGraphType>>("restrictPerson").Description("Restricts a person of the event, at once and everywhere; answers the restriction's id. Staff, on those below them.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IdGraphType>>("person").Argument<NonNullGraphType<RestrictionKindType>>("kind")
            .Argument<IdGraphType>("room", "In one room only; a removal needs it.").Argument<IntGraphType>("minutes", "Without end when it is left out.").Argument<StringGraphType>("reason", "As the person is told it.")
            .ResolveAsync(async context => (await context.Service<Restricting>().Restrict(context.Viewer(),
                new(context.Id("event"), context.OptionalId("room"), context.Id("person"), context.GetArgument<RestrictionKind>("kind"), context.GetArgument<int?>("minutes"), context.GetArgument<string?>("reason")), context.CancellationToken)).Id);
        Done(mutation.Field<NonNullGraphType<BooleanGraphType>>("liftRestriction").Description("Takes a restriction back.").Argument<NonNullGraphType<IdGraphType>>("id").Argument<StringGraphType>("reason"),
            context => context.Service<Restricting>().Lift(context.Viewer(), context.Id("id"), context.GetArgument<string?>("reason"), context.CancellationToken));
        mutation.Field<NonNullGraphType<RoomRulesType>>("setRoomRules").Description("Says how a room, or every room of its event, is written in. Staff only.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<RoomRulesInput>>("input").Argument<BooleanGraphType>("everywhere", "In all rooms of the event.")
            .ResolveAsync(async context => await context.Service<Ruling>().Set(context.Viewer(), context.GetArgument<RulesWish>("input") with { Room = context.Id("room"), Everywhere = context.GetArgument<bool?>("everywhere") ?? false }, context.CancellationToken));
        Done(mutation.Field<NonNullGraphType<BooleanGraphType>>("decideHeld").Description("Lets a held message through, or declines it. Staff only.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<BooleanGraphType>>("through").Argument<StringGraphType>("reason"),
            context => context.Service<Ruling>().Decide(context.Viewer(), context.Id("room"), context.Id("id"), context.GetArgument<bool>("through"), context.GetArgument<string?>("reason"), context.CancellationToken));
        Done(mutation.Field<NonNullGraphType<BooleanGraphType>>("closeReport").Description("A report is dealt with. Staff only.").Argument<NonNullGraphType<IdGraphType>>("id").Argument<StringGraphType>("reason"),
            context => context.Service<Ruling>().CloseReport(context.Viewer(), context.Id("id"), context.GetArgument<string?>("reason"), context.CancellationToken));
        Done(mutation.Field<NonNullGraphType<BooleanGraphType>>("appeal").Description("The person concerned says, once, what they have to say about their restriction.")
            .Argument<NonNullGraphType<IdGraphType>>("restriction").Argument<NonNullGraphType<StringGraphType>>("note"),
            context => context.Service<Ruling>().Appeal(context.Viewer(), context.Id("restriction"), context.GetArgument<string>("note"), context.CancellationToken));
        Done(mutation.Field<NonNullGraphType<BooleanGraphType>>("answerAppeal").Description("Answers what somebody said about their restriction, and lifts it or not. Staff, about those below them.")
            .Argument<NonNullGraphType<IdGraphType>>("restriction").Argument<NonNullGraphType<StringGraphType>>("answer").Argument<NonNullGraphType<BooleanGraphType>>("lift"),
            context => context.Service<Ruling>().AnswerAppeal(context.Viewer(), context.Id("restriction"), context.GetArgument<string>("answer"), context.GetArgument<bool>("lift"), context.CancellationToken));
    }

    private static void Done(GraphQL.Builders.FieldBuilder<object?, object> field, Func<IResolveFieldContext, Task> act) =>
        field.ResolveAsync(async context =>
        {
            await act(context);
            return true;
        });
}
