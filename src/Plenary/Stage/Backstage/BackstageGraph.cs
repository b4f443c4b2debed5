using System.Linq.Expressions;
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
        stage.Field<NonNullGraphType<BooleanGraphType>>("handsOpen").Description("Attendees may raise their hands.").ResolveAsync(async context => (await Read(context))?.HandsClosed != true);
        stage.Field<RaisedHandType>("hand").Description("The viewer's own hand, while it is up.").ResolveAsync(async context =>
            context.Viewer().PersonId is { } person ? (await Read(context))?.HandOf(person) : null);
        stage.Field<ListGraphType<NonNullGraphType<SlideDeckType>>>("decks").Description("Slides for this stage; only for those who may be backstage.")
            .ResolveAsync(async context => await Kept<SlideDeck>(context, d => d.RoomId == context.Source.Room, d => d.Name));
        stage.Field<ListGraphType<NonNullGraphType<StageClipType>>>("clips").Description("Videos and music for this stage, uploaded to /stage/{room}/clips; only for those who may be backstage.")
            .ResolveAsync(async context => await Kept<StageClip>(context, c => c.RoomId == context.Source.Room, c => c.Name));
        stage.Field<StringGraphType>("notes").Description("The viewer's own notes for this stage; nobody else reads them. Only for those who may be backstage.").ResolveAsync(async context =>
        {
            if (await PassOf(context) is not { } who) return null;
            await using var db = await context.OpenDb();
            return await Notes.Of(db, context.Source.Room, who.Pass.Person, context.CancellationToken);
        });
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("saveNotes").Description("Keeps the viewer's own notes for a stage.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<StringGraphType>>("text")
            .ResolveAsync(async context =>
            {
                await context.Service<Notes>().Save(context.Viewer(), context.Id("room"), context.GetArgument<string>("text"), context.CancellationToken);
                return true;
            });
        AddHands(graph.Mutation);
        graph.Mutation.Field<NonNullGraphType<SlideDeckType>>("addSlides").Description("Adds slides to a stage: pictures that were uploaded to /files, in order.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<StringGraphType>>("name").Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("pages")
            .ResolveAsync(async context => await context.Service<Decks>().Add(context.Viewer(), context.Id("room"), context.GetArgument<string>("name"), context.GetArgument<List<string>>("pages"), context.CancellationToken));
        Remove(graph.Mutation, "removeSlides", (context, id) => context.Service<Decks>().Remove(context.Viewer(), id, context.CancellationToken));
        Remove(graph.Mutation, "removeClip", (context, id) => context.Service<Clips>().Remove(context.Viewer(), id, context.CancellationToken));
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

    private static void AddHands(ObjectGraphType mutation)
    {
        mutation.Field<NonNullGraphType<RaisedHandType>>("raiseHand").Description("The viewer wants to come on stage.").Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context => await context.Service<Hands>().Raise(context.Viewer(), context.Id("room"), context.CancellationToken));
        mutation.Field<NonNullGraphType<BooleanGraphType>>("lowerHand").Description("The viewer does not want to any more; who is backstage already goes back to the audience.").Argument<NonNullGraphType<IdGraphType>>("room")
            .ResolveAsync(async context =>
            {
                await context.Service<Hands>().Lower(context.Viewer(), context.Id("room"), context.CancellationToken);
                return true;
            });
        mutation.Field<RaisedHandType>("answerHand").Description("The viewer, who was asked on stage, comes or does not. Whoever comes agrees to be recorded and may go backstage.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<BooleanGraphType>>("accept").Argument<BooleanGraphType>("recording")
            .ResolveAsync(async context => await context.Service<Hands>().Answer(
                context.Viewer(), context.Id("room"), context.GetArgument<bool>("accept"), context.GetArgument<bool?>("recording") == true, context.CancellationToken));
    }

    private static void Remove(ObjectGraphType mutation, string name, Func<IResolveFieldContext, Guid, Task> remove) =>
        mutation.Field<NonNullGraphType<BooleanGraphType>>(name).Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await remove(context, context.Id("id"));
            return true;
        });

    private static async Task<List<T>?> Kept<T>(IResolveFieldContext<StageSeen> context, Expression<Func<T, bool>> which, Expression<Func<T, string>> by) where T : class
    {
        if (await PassOf(context) is not { Pass.IsGuest: false }) return null;
        await using var db = await context.OpenDb();
        return await db.Set<T>().AsNoTracking().Where(which).OrderBy(by).ToListAsync(context.CancellationToken);
    }

    private static async Task<StagePlanDocument?> Read(IResolveFieldContext<StageSeen> context)
    {
        await using var db = await context.OpenDb();
        return (await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == context.Source.Room, context.CancellationToken))?.Read();
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
        return plan?.Now ?? new(0, (await PlanChanges.First(db, room, context.CancellationToken)).ToJson());
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

/// <summary>A raised hand in the graph; given only to whose it is.</summary>
public sealed class RaisedHandType : ObjectGraphType<RaisedHand>
{
    public RaisedHandType()
    {
        Name = "RaisedHand";
        Field<NonNullGraphType<EnumerationGraphType<HandState>>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<DateTimeOffsetGraphType>>("at").Resolve(context => DateTimeOffset.FromUnixTimeMilliseconds(context.Source.At));
        Field(h => h.By, nullable: true).Description("Who asked them on stage.");
        Field(h => h.Text, nullable: true).Description("What for, such as their question.");
    }
}
