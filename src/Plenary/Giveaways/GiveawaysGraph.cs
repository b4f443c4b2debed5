using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Giveaways;

/// <summary>Giveaways in the graph.</summary>
internal sealed class GiveawaysGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<GiveawayType>>>>("giveaways").Description("Giveaways of an event, for its people; the latest first. Refused: sign-in-required, not-found.").Argument<NonNullGraphType<IdGraphType>>("event")
            .ResolveAsync(async context => await context.Service<GivingAway>().Of(context.Viewer(), context.Id("event"), context.CancellationToken));
        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<GiveawayType>>("makeGiveaway").Description("Commits to a seed. Crew only.").Argument<NonNullGraphType<MakeGiveawayInput>>("input")
            .ResolveAsync(context => Answer(context, context.Service<GivingAway>().Make(context.Viewer(), context.GetArgument<GiveawayWish>("input"), context.CancellationToken)));
        mutation.Field<NonNullGraphType<GiveawayType>>("listGiveaway").Description("Fixes who takes part and publishes the list. Crew only. Refused: giveaway-listed, no-entrants.").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(context => Answer(context, context.Service<GivingAway>().List(context.Viewer(), context.Id("id"), context.CancellationToken)));
        mutation.Field<NonNullGraphType<GiveawayType>>("drawGiveaway").Description("Reveals the seed and draws whoever is next. Crew only. Refused: giveaway-not-listed, giveaway-given, giveaway-exhausted.").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(context => Answer(context, context.Service<GivingAway>().Draw(context.Viewer(), context.Id("id"), context.CancellationToken)));
        mutation.Field<NonNullGraphType<GiveawayType>>("passGiveaway").Description("Whoever was drawn did not answer. Crew only. Refused: giveaway-answered.").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<IntGraphType>>("turn")
            .ResolveAsync(context => Answer(context, context.Service<GivingAway>().Pass(context.Viewer(), context.Id("id"), context.GetArgument<int>("turn"), context.CancellationToken)));
        mutation.Field<NonNullGraphType<GiveawayType>>("answerGiveaway").Description("The viewer, who was drawn, takes the prize or does not. Refused: not-found, giveaway-answered.").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<BooleanGraphType>>("accept")
            .ResolveAsync(context => Answer(context, context.Service<GivingAway>().Answer(context.Viewer(), context.Id("id"), context.GetArgument<bool>("accept"), context.CancellationToken)));
    }

    private static async Task<object?> Answer(IResolveFieldContext context, Task<Giveaway> done)
    {
        var giveaway = await done;
        return (await context.Service<GivingAway>().Of(context.Viewer(), giveaway.EventId, context.CancellationToken)).Single(g => g.Giveaway.Id == giveaway.Id);
    }
}

public sealed class GiveawayType : ObjectGraphType<GiveawayNow>
{
    public GiveawayType()
    {
        Name = "Giveaway";
        Field("id", g => g.Giveaway.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field("prize", g => g.Giveaway.Prize);
        Field("winners", g => g.Giveaway.Winners).Description("So many people get it.");
        Field("eligible", g => g.Giveaway.Eligible, type: typeof(NonNullGraphType<EnumerationGraphType<Eligible>>));
        Field("leastPoints", g => g.Giveaway.LeastPoints);
        Field("state", g => g.Giveaway.State, type: typeof(NonNullGraphType<EnumerationGraphType<GiveawayState>>));
        Field("commitment", g => g.Giveaway.Commitment).Description("SHA-256 of the seed, published before anybody takes part.");
        Field("seed", g => g.Giveaway.State == GiveawayState.Drawn ? g.Giveaway.Seed : null, nullable: true).Description("Once it is drawn.");
        Field("listHash", g => g.Giveaway.ListHash, nullable: true).Description("SHA-256 of the tags, each with a line feed behind it.");
        Field("entrants", g => g.Giveaway.Entrants);
        Field("turns", g => g.Turns, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<GiveawayTurnType>>>)).Description("Who was drawn, in order.");
        Field("myPlace", g => g.MyPlace, nullable: true).Description("The viewer's in the list, from 0; null when they do not take part.");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("tags").Description("The list: one tag for each who takes part, in order; SHA-256 of the giveaway's id, a colon and the person's id.").Resolve(context =>
            context.Batch<Guid, GiveawayEntrant>("tagsOfGiveaways", (db, ids) => db.Set<GiveawayEntrant>().Where(e => ids.Contains(e.GiveawayId)).OrderBy(e => e.Place), e => e.GiveawayId).Many(context.Source.Giveaway.Id).Then(all => all.Select(e => e.Tag)));
    }
}

public sealed class GiveawayTurnType : ObjectGraphType<GiveawayTurn>
{
    public GiveawayTurnType()
    {
        Name = "GiveawayTurn";
        Field(t => t.Turn);
        Field(t => t.Place).Description("In the list, from 0.");
        Field(t => t.Tag);
        Field("person", t => t.Person, type: typeof(IdGraphType));
        Field(t => t.Name).Description("Empty when the person is gone.");
        Field("state", t => t.State, type: typeof(NonNullGraphType<EnumerationGraphType<WinnerState>>));
    }
}

public sealed class MakeGiveawayInput : InputObjectGraphType<GiveawayWish>
{
    public MakeGiveawayInput()
    {
        Name = "MakeGiveawayInput";
        Field("event", w => w.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(w => w.Prize);
        Field(w => w.Winners, nullable: true).Description("1 when it is not said.");
        Field("eligible", w => w.Eligible, type: typeof(NonNullGraphType<EnumerationGraphType<Eligible>>));
        Field("poll", w => w.Poll, type: typeof(IdGraphType));
        Field(w => w.LeastPoints, nullable: true);
    }
}
