using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Points;

/// <summary>Points in the graph.</summary>
internal sealed class PointsGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<PointsType>>("points").Description("Points of an event, for its people. Refused: sign-in-required, not-found.").Argument<NonNullGraphType<IdGraphType>>("event")
            .ResolveAsync(async context => await context.Service<Ledger>().Of(context.Viewer(), context.Id("event"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("keepPoints").Description("Keeps points at an event, or stops it. Crew only.").Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<BooleanGraphType>>("on")
            .ResolveAsync(async context =>
            {
                await context.Service<Ledger>().Keep(context.Viewer(), context.Id("event"), context.GetArgument<bool>("on"), context.CancellationToken);
                return context.GetArgument<bool>("on");
            });
        graph.Mutation.Field<NonNullGraphType<PointsType>>("hideFromLeaderboard").Description("Takes the viewer off an event's leaderboard, or puts them on it again.").Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<BooleanGraphType>>("hidden")
            .ResolveAsync(async context =>
            {
                await context.Service<Ledger>().Hide(context.Viewer(), context.Id("event"), context.GetArgument<bool>("hidden"), context.CancellationToken);
                return await context.Service<Ledger>().Of(context.Viewer(), context.Id("event"), context.CancellationToken);
            });
    }
}

public sealed class PointsType : ObjectGraphType<PointsNow>
{
    public PointsType()
    {
        Name = "Points";
        Field(p => p.Kept).Description("False: this event keeps none.");
        Field(p => p.Mine).Description("The viewer's.");
        Field(p => p.Hidden).Description("The viewer is not on the leaderboard.");
        Field("rules", p => Lines(p), type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<PointsLineType>>>)).Description("What earns how much, and what the viewer earned by it.");
        Field("leaders", p => p.Leaders, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<PointsOfPersonType>>>));
    }

    private static IEnumerable<PointsLine> Lines(PointsNow now) => PointsRules.All.Select(rule => new PointsLine(rule, now.Earned.Count(e => e.Deed == rule.Deed)));
}

/// <summary>A rule, and how often the viewer earned by it.</summary>
public sealed record PointsLine(PointsRule Rule, int Times);

public sealed class PointsLineType : ObjectGraphType<PointsLine>
{
    public PointsLineType()
    {
        Name = "PointsLine";
        Field("deed", l => l.Rule.Deed, type: typeof(NonNullGraphType<EnumerationGraphType<Deed>>));
        Field("points", l => l.Rule.Points);
        Field("most", l => l.Rule.Most).Description("So often it counts at one event.");
        Field(l => l.Times).Description("So often the viewer earned it.");
    }
}

public sealed class PointsOfPersonType : ObjectGraphType<PointsOfPerson>
{
    public PointsOfPersonType()
    {
        Name = "PointsOfPerson";
        Field("person", p => p.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.Name);
        Field(p => p.Points);
        Field(p => p.Place);
    }
}
