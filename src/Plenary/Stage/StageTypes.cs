using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Graph;
using Plenary.Rooms;

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
            .ResolveAsync(async context => context.Source.Broadcast is { } latest && await MayWatch(context, latest) ? latest : null);
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

    /// <summary>Asked once for each event of a request: all rooms of an event let in the same people.</summary>
    private static Task<bool> MayWatch(IResolveFieldContext context, Broadcast broadcast)
    {
        var key = "mayWatch:" + broadcast.EventId;
        lock (context.UserContext)
        {
            if (context.UserContext.TryGetValue(key, out var known)) return (Task<bool>)known!;
            var asked = Ask();
            context.UserContext[key] = asked;
            return asked;
        }

        async Task<bool> Ask()
        {
            await using var db = await context.OpenDb();
            return await db.RoomPassOf(context.Viewer(), broadcast.RoomId, context.CancellationToken) is { } pass && pass.MayWatch();
        }
    }
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
            .Resolve(context => context.Source.State is BroadcastState.Live or BroadcastState.Interrupted ? context.Service<OnAir>().PlaylistOf(context.Source.Id) : null);
    }
}

/// <summary>A replay in the graph; given only to those who may watch it.</summary>
public sealed class ReplayType : ObjectGraphType<Broadcast>
{
    private const int LongestChat = 5000;

    public ReplayType()
    {
        Name = "Replay";
        Field("id", b => b.Id, type: typeof(NonNullGraphType<IdGraphType>)).Description("The same as its broadcast's.");
        Field(b => b.Title);
        Field<NonNullGraphType<RoomType>>("room").Resolve(context => context.RoomById(context.Source.RoomId));
        Field(b => b.SpeakerName);
        Field<NonNullGraphType<DateTimeOffsetGraphType>>("startedAt").Resolve(context => context.Source.LiveAt ?? context.Source.StartedAt);
        Field<NonNullGraphType<FloatGraphType>>("durationSeconds").Resolve(context => context.Source.ReplaySeconds ?? 0);
        Field<NonNullGraphType<StringGraphType>>("playlistUrl").Resolve(context => Path(context.Source, "replay.m3u8"));
        Field<NonNullGraphType<StringGraphType>>("downloadUrl").Resolve(context =>
        {
            var broadcast = context.Source;
            return File.Exists(context.Service<Replays>().Joined(broadcast.Id))
                ? Path(broadcast, "replay.mp4?download")
                : Takes(context).Then(takes => (object)Path(broadcast, $"{takes.Select(t => (int?)t.Number).Min() ?? 1}.mp4?download"));
        });
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReplayMessageType>>>>("chat").Description("Chat of the room while it was live, oldest first.")
            .Resolve(context => Takes(context).Then(takes => Said(context).Then(said =>
                said.Select(one => new ReplayMessage(one.Entry.EntryId, one.Entry.Name, one.Entry.Text!, BroadcastTake.SecondsAt([.. takes], one.Entry.At))).ToList())));
    }

    private static string Path(Broadcast broadcast, string file) => $"/replays/{broadcast.Id}/{broadcast.ReplayKey}/{file}";

    /// <summary>What can be played, in order.</summary>
    private static IDataLoaderResult<IReadOnlyList<BroadcastTake>> Takes(IResolveFieldContext<Broadcast> context) =>
        context.Batch<Guid, BroadcastTake>("takesByBroadcast", (db, ids) => db.Set<BroadcastTake>().Where(t => ids.Contains(t.BroadcastId) && t.Seconds > 0).OrderBy(t => t.Number), t => t.BroadcastId)
            .Many(context.Source.Id);

    private static IDataLoaderResult<IReadOnlyList<SaidLive>> Said(IResolveFieldContext<Broadcast> context) =>
        context.Batch<Guid, SaidLive>("chatByBroadcast", (db, ids) => (from b in db.Set<Broadcast>()
                                                                       where ids.Contains(b.Id)
                                                                       from e in db.Set<RoomEntry>()
                                                                       where e.RoomId == b.RoomId && e.Kind == EntryKind.Chat && e.Text != null && e.At >= b.LiveAt && e.At <= b.EndedAt
                                                                       orderby e.Seq
                                                                       select new SaidLive(b.Id, e)).Take(LongestChat), said => said.Broadcast)
            .Many(context.Source.Id);

    /// <summary>A message and the broadcast it was said in.</summary>
    private sealed record SaidLive(Guid Broadcast, RoomEntry Entry);
}

/// <summary>Something said in the room while the replay was live.</summary>
/// <param name="Id">Of the message.</param>
/// <param name="Author">Name, as it was then.</param>
/// <param name="Text">The words.</param>
/// <param name="AtSeconds">Where in the replay.</param>
public sealed record ReplayMessage(Guid Id, string Author, string Text, double AtSeconds);

/// <summary>A message of a replay in the graph.</summary>
public sealed class ReplayMessageType : ObjectGraphType<ReplayMessage>
{
    public ReplayMessageType()
    {
        Name = "ReplayMessage";
        Field("id", m => m.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(m => m.Author);
        Field(m => m.Text);
        Field(m => m.AtSeconds).Description("Seconds after the start of the broadcast.");
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
