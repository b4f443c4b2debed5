using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Stage.Recordings;

/// <summary>What replays' editing and planned recordings add to the graph.</summary>
internal sealed class RecordingGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<ReplayType>>("trimReplay").Description("Has the replay begin and end at these seconds of the recording, at the nearest borders outside of them. Nothing is thrown away.")
            .Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<FloatGraphType>>("startSeconds").Argument<NonNullGraphType<FloatGraphType>>("endSeconds")
            .ResolveAsync(async context => await context.Service<ReplayEditing>().TrimAsync(context.Viewer(), context.Id("id"), context.GetArgument<double>("startSeconds"), context.GetArgument<double>("endSeconds"), context.CancellationToken));
        mutation.Field<NonNullGraphType<ReplayType>>("setReplayChapters").Description("Chapters on the replay's clock; without any, those of the agenda.")
            .Argument<NonNullGraphType<IdGraphType>>("id").Argument<ListGraphType<NonNullGraphType<ChapterInput>>>("chapters")
            .ResolveAsync(async context => await context.Service<ReplayEditing>().SetChaptersAsync(context.Viewer(), context.Id("id"), context.GetArgument<List<Chapter>?>("chapters"), context.CancellationToken));
        mutation.Field<NonNullGraphType<ReplayType>>("setReplayVisible").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<BooleanGraphType>>("visible")
            .ResolveAsync(async context => await context.Service<ReplayEditing>().SetVisibleAsync(context.Viewer(), context.Id("id"), context.GetArgument<bool>("visible"), context.CancellationToken));
        mutation.Field<NonNullGraphType<ReplayType>>("renameReplay").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<StringGraphType>>("title")
            .ResolveAsync(async context => await context.Service<ReplayEditing>().RenameAsync(context.Viewer(), context.Id("id"), context.GetArgument<string>("title"), context.CancellationToken));
        mutation.Field<NonNullGraphType<SimuliveType>>("scheduleSimulive").Description("Plans a recording to be played on a stage as if it were live.")
            .Argument<NonNullGraphType<SimuliveInput>>("input")
            .ResolveAsync(async context => await context.Service<Simulives>().ScheduleAsync(context.Viewer(), context.GetArgument<SimuliveWish>("input"), context.CancellationToken));
        mutation.Field<NonNullGraphType<BooleanGraphType>>("cancelSimulive").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await context.Service<Simulives>().CancelAsync(context.Viewer(), context.Id("id"), context.CancellationToken);
            return true;
        });
        graph.Type<EventType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<SimuliveType>>>>("simulives").Description("Recordings planned to be played as if live; only for the crew.")
            .ResolveAsync(async context => await Planned(context, ((Event)context.Source!).Id));
    }

    private static async Task<object?> Planned(IResolveFieldContext context, Guid eventId)
    {
        await using var db = await context.OpenDb();
        var roles = await db.RolesAt(context.Viewer(), eventId, context.CancellationToken);
        if (!roles.Overlaps(EventAccess.Crew)) return Array.Empty<Simulive>();
        return await db.Set<Simulive>().AsNoTracking().Where(s => s.EventId == eventId).OrderBy(s => s.StartsAt).ToListAsync(context.CancellationToken);
    }
}

/// <summary>A planned recording in the graph.</summary>
public sealed class SimuliveType : ObjectGraphType<Simulive>
{
    public SimuliveType()
    {
        Name = "Simulive";
        Field("id", s => s.Id, type: typeof(NonNullGraphType<IdGraphType>)).Description("Later the same as its broadcast's.");
        Field(s => s.StartsAt);
        Field<NonNullGraphType<RoomType>>("room").Resolve(context => context.RoomById(context.Source.RoomId));
        Field<NonNullGraphType<ReplayType>>("recording").Resolve(context =>
            context.Batch<Guid, Broadcast>("broadcastById", (db, ids) => db.Set<Broadcast>().Where(b => ids.Contains(b.Id)), b => b.Id).One(context.Source.RecordingId));
        Field<SessionType>("session").Resolve(context => context.Source.SessionId is { } session
            ? context.Batch<Guid, Session>("sessionById", (db, ids) => db.Set<Session>().Where(s => ids.Contains(s.Id)), s => s.Id).One(session)
            : null);
    }
}

/// <summary>The input of <c>scheduleSimulive</c>.</summary>
public sealed class SimuliveInput : InputObjectGraphType<SimuliveWish>
{
    public SimuliveInput()
    {
        Name = "SimuliveInput";
        Field(s => s.Room, type: typeof(NonNullGraphType<IdGraphType>));
        Field(s => s.Recording, type: typeof(NonNullGraphType<IdGraphType>)).Description("A replay of the event.");
        Field(s => s.Session, type: typeof(IdGraphType)).Description("A session of this stage: it begins with it, and moves with it.");
        Field(s => s.StartsAtLocal, nullable: true).Description("Without a session: wall clock in the event's zone, yyyy-MM-ddTHH:mm. Without both it begins at once.");
    }
}
