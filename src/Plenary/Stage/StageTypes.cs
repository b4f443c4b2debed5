using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Graph;
using Plenary.Rooms;
using Plenary.Stage.Recordings;

namespace Plenary.Stage;

/// <summary>A room's stage as one viewer sees it.</summary>
/// <param name="Room">The room's id.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Broadcast">The latest broadcast, if any.</param>
public sealed record StageSeen(Guid Room, StageState State, Broadcast? Broadcast);

/// <summary>A stage in the graph.</summary>
public sealed class StageType : ObjectGraphType<StageSeen>
{
    public StageType()
    {
        Name = "Stage";
        Field<NonNullGraphType<EnumerationGraphType<StageState>>>("state").Resolve(context => context.Source.State);
        Field<BroadcastType>("broadcast").Description("The latest broadcast of this stage.")
            // Anyone who sees the room sees whether somebody is live; who and where is for those who may watch.
            .ResolveAsync(async context => context.Source.Broadcast is { } latest && await StageViewer.MayWatch(context, latest) ? latest : null);
        Field<NonNullGraphType<StringGraphType>>("container").Description("What a host's browser should record: video/webm when the server can remux, else video/mp4.")
            .Resolve(context => context.Service<MediaSettings>().Container);
    }

    /// <summary>What an audience sees of a broadcast.</summary>
    public static StageState StateOf(BroadcastState? state) => state switch
    {
        BroadcastState.Live => StageState.Live,
        BroadcastState.Interrupted => StageState.Interrupted,
        BroadcastState.Ended => StageState.Ended,
        _ => StageState.Dark,
    };
}

/// <summary>A broadcast in the graph; given only to those who may watch it.</summary>
public sealed class BroadcastType : ObjectGraphType<Broadcast>
{
    public BroadcastType()
    {
        Name = "Broadcast";
        Field("id", b => b.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field<NonNullGraphType<EnumerationGraphType<StageState>>>("state").Resolve(context => StageType.StateOf(context.Source.State));
        Field(b => b.SpeakerName);
        Field<NonNullGraphType<DateTimeOffsetGraphType>>("startedAt").Resolve(context => context.Source.LiveAt ?? context.Source.StartedAt);
        Field(b => b.EndedAt, nullable: true);
        Field<StringGraphType>("playlistUrl").Description("Path of the live playlist; null until the first segment is there.")
            .Resolve(context => context.Source switch
            {
                { State: not (BroadcastState.Live or BroadcastState.Interrupted) } => null,
                { IsSimulive: true } simulive => Simulives.PlaylistOf(simulive),
                var broadcast => broadcast.Playlist,
            });
    }
}

/// <summary>What a host needs to begin.</summary>
public sealed class GoLiveReplyType : ObjectGraphType<Broadcast>
{
    public GoLiveReplyType()
    {
        Name = "GoLiveReply";
        Field<NonNullGraphType<BroadcastType>>("broadcast").Resolve(context => context.Source);
        Field<NonNullGraphType<StringGraphType>>("uploadUrl").Description("Path of the upload WebSocket.").Resolve(context => $"/stage/{context.Source.Id}/upload");
        Field<NonNullGraphType<StringGraphType>>("container").Description("What to record: video/webm or video/mp4.").Resolve(context => context.Service<MediaSettings>().Container);
    }
}
