using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>What is behind a stage, in the graph: its plan and its room for those who may be there, and the commands.</summary>
internal sealed class BackstageGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        var stage = graph.Type<StageType>();
        stage.Field<StagePlanType>("plan").Description("What is on stage and what comes next; only for those who may be backstage.")
            .ResolveAsync(async context => await PassOf(context) is null ? null : await Plan(context, context.Source.Room));
        stage.Field<RoomType>("backstage").Description("The room behind the stage; only for those who may be there.")
            .ResolveAsync(async context => (await PassOf(context))?.Pass.Room);
        stage.Field<NonNullGraphType<BooleanGraphType>>("viewerMayDirect").Description("The viewer may change everything of the plan.")
            .ResolveAsync(async context => (await PassOf(context))?.Standing == Standing.Director);
        stage.Field<NonNullGraphType<BooleanGraphType>>("viewerMayModerate").Description("The viewer may bring attendees on stage and back, mute, and show questions.")
            .ResolveAsync(async context => (await PassOf(context))?.Standing >= Standing.Moderator);
        stage.Field<NonNullGraphType<BooleanGraphType>>("viewerConsented").Description("The viewer agreed to be recorded on this stage.").ResolveAsync(async context => await Consented(context));
        graph.Mutation.Field<NonNullGraphType<StagePlanType>>("directStage")
            .Description("Gives a command to a stage and answers the plan as it is then. The id is made by the client: trying again is harmless.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<StageCommandInput>>("command")
            .ResolveAsync(async context => (await context.Service<Directing>().Direct(
                context.Viewer(), context.Id("room"), context.Id("id"), context.GetArgument<StageCommand>("command"), context.CancellationToken)).Now);
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("consentToRecording")
            .Description("The viewer agrees that what they say and show on this stage is recorded and may be watched afterwards. Nobody is brought on stage without.")
            .Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context =>
            {
                await context.Service<Consents>().Give(context.Viewer(), context.Id("room"), context.CancellationToken);
                return true;
            });
    }

    /// <summary>Asked once for each stage of a request.</summary>
    private static Task<BackstagePass?> PassOf(IResolveFieldContext<StageSeen> context)
    {
        var (bag, room) = (context.UserContext, context.Source.Room);
        var key = $"backstage:{room}";
        lock (bag)
        {
            if (bag.TryGetValue(key, out var known)) return (Task<BackstagePass?>)known!;
            var asked = Ask();
            bag[key] = asked;
            return asked;
        }

        async Task<BackstagePass?> Ask()
        {
            await using var db = await context.OpenDb();
            return await db.BackstagePassOf(context.Viewer(), room, context.CancellationToken);
        }
    }

    private static async Task<PlanNow> Plan(IResolveFieldContext context, Guid room)
    {
        await using var db = await context.OpenDb();
        var plan = await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == room, context.CancellationToken);
        return plan?.Now ?? new(0, (await context.Service<PlanChanges>().First(db, room, context.CancellationToken)).ToJson());
    }

    private static async Task<bool> Consented(IResolveFieldContext<StageSeen> context)
    {
        if (context.Viewer().PersonId is not { } person) return false;
        await using var db = await context.OpenDb();
        return await db.Set<RecordingConsent>().AnyAsync(c => c.RoomId == context.Source.Room && c.PersonId == person, context.CancellationToken);
    }
}

/// <summary>A plan in the graph; given only to those who may be backstage.</summary>
public sealed class StagePlanType : ObjectGraphType<PlanNow>
{
    public StagePlanType()
    {
        Name = "StagePlan";
        Field(p => p.Version).Description("Of two plans of a stage the higher is true; 0 before the first command.");
        Field(p => p.Document).Description("JSON, as docs/develop/stage.md describes it; the same as the entries of the backstage's log carry.");
    }
}
