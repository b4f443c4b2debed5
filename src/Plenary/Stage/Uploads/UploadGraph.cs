using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Stage.Uploads;

/// <summary>What finished videos add to the graph.</summary>
internal sealed class UploadGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Mutation.Field<NonNullGraphType<RecordingUploadType>>("beginRecordingUpload")
            .Description("Announces a finished video. Its bytes go to uploadUrl, by the core of tus 1.0.0; then it is a replay that only the crew sees, to be played as live or shown.")
            .Argument<NonNullGraphType<RecordingUploadInput>>("input")
            .ResolveAsync(async context => await context.Service<RecordingUploads>().BeginAsync(context.Viewer(), context.GetArgument<RecordingUploadWish>("input"), context.CancellationToken));
        graph.Mutation.Field<NonNullGraphType<BooleanGraphType>>("removeRecordingUpload").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await context.Service<RecordingUploads>().RemoveAsync(context.Viewer(), context.Id("id"), context.CancellationToken);
            return true;
        });
        graph.Type<EventType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<RecordingUploadType>>>>("recordingUploads").Description("Finished videos on their way; only for the crew.")
            .ResolveAsync(async context => await OnTheirWay(context, ((Event)context.Source!).Id));
    }

    private static async Task<object?> OnTheirWay(IResolveFieldContext context, Guid eventId)
    {
        await using var db = await context.OpenDb();
        var roles = await db.RolesAt(context.Viewer(), eventId, context.CancellationToken);
        if (!roles.Overlaps(EventAccess.Crew)) return Array.Empty<RecordingUpload>();
        return await db.Set<RecordingUpload>().AsNoTracking().Where(u => u.EventId == eventId).OrderBy(u => u.StartedAt).ToListAsync(context.CancellationToken);
    }
}

/// <summary>A finished video on its way, in the graph.</summary>
public sealed class RecordingUploadType : ObjectGraphType<RecordingUpload>
{
    public RecordingUploadType()
    {
        Name = "RecordingUpload";
        Field("id", u => u.Id, type: typeof(NonNullGraphType<IdGraphType>)).Description("Later the same as its replay's.");
        Field(u => u.Title);
        Field<NonNullGraphType<RoomType>>("room").Resolve(context => context.RoomById(context.Source.RoomId));
        Field<NonNullGraphType<EnumerationGraphType<UploadState>>>("state").Resolve(context => context.Source.State);
        Field<NonNullGraphType<FloatGraphType>>("bytes").Description("Length of the file.").Resolve(context => (double)context.Source.Bytes);
        Field<NonNullGraphType<FloatGraphType>>("received").Description("How many of them are on the server's disk.").Resolve(context => (double)context.Service<RecordingUploads>().OffsetOf(context.Source));
        Field<NonNullGraphType<StringGraphType>>("uploadUrl").Resolve(context => $"/recordings/uploads/{context.Source.Id}");
        Field<StringGraphType>("problem").Description("Why it cannot be used.")
            .Resolve(context => context.Source.Problem is { } code ? UploadRefusals.Sentence(code, context.Service<MediaSettings>().Ffmpeg is not null) : null);
    }
}

/// <summary>The input of <c>beginRecordingUpload</c>.</summary>
public sealed class RecordingUploadInput : InputObjectGraphType<RecordingUploadWish>
{
    public RecordingUploadInput()
    {
        Name = "RecordingUploadInput";
        Field(u => u.Room, type: typeof(NonNullGraphType<IdGraphType>)).Description("The stage it is kept with.");
        Field(u => u.Title);
        Field(u => u.SpeakerName, nullable: true).Description("Who speaks in it; else whoever brings it.");
        Field(u => u.ContentType).Description("video/mp4 or video/webm.");
        Field(u => u.Bytes).Description("Length of the file.");
    }
}
