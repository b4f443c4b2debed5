using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Stage.Recordings;

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
        Field<NonNullGraphType<FloatGraphType>>("durationSeconds").Resolve(context => new ReplayTimeline(context.Source, []).Duration);
        Field<NonNullGraphType<StringGraphType>>("playlistUrl").Resolve(context => Path(context.Source, "replay.m3u8"));
        Field<StringGraphType>("downloadUrl").Description("The recording as one MP4 file; only for the event's crew.")
            .ResolveAsync(async context => await StageViewer.IsCrewOf(context, context.Source) ? $"/recordings/{context.Source.Id}/download.mp4" : null);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ChapterType>>>>("chapters").Description("Where something begins: made by hand, or by the agenda.")
            .Resolve(context => Takes(context).Then(takes => Sessions(context).Then(sessions => Chapter.Of(context.Source, sessions, new(context.Source, [.. takes])))));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReplayMessageType>>>>("chat").Description("Chat of the room while it was live, oldest first.")
            .Resolve(context => Takes(context).Then(takes => Said(context).Then(said =>
            {
                var timeline = new ReplayTimeline(context.Source, [.. takes]);
                return said.Select(one => new ReplayMessage(one.Entry.EntryId, one.Entry.Name, one.Entry.Text!, timeline.At(one.Entry.At)))
                    .Where(message => timeline.Has(message.AtSeconds)).ToList();
            })));
        Field<ReplayEditingType>("editing").Description("How it was cut, for the event's crew; null for everybody else.")
            .ResolveAsync(async context => await StageViewer.IsCrewOf(context, context.Source) ? context.Source : null);
    }

    internal static string Path(Broadcast broadcast, string file) => $"/replays/{broadcast.Id}/{broadcast.ReplayKey}/{file}";

    /// <summary>What can be played, in order.</summary>
    private static IDataLoaderResult<IReadOnlyList<BroadcastTake>> Takes(IResolveFieldContext<Broadcast> context) =>
        context.Batch<Guid, BroadcastTake>("takesByBroadcast", (db, ids) => db.Set<BroadcastTake>().Where(t => ids.Contains(t.BroadcastId) && t.Seconds > 0).OrderBy(t => t.Number), t => t.BroadcastId)
            .Many(context.Source.RecordingId ?? context.Source.Id);

    private static IDataLoaderResult<IReadOnlyList<Session>> Sessions(IResolveFieldContext<Broadcast> context) =>
        context.Batch<Guid, Session>("sessionsByRoomForChapters", (db, ids) => db.Set<Session>().Where(s => ids.Contains(s.RoomId)), s => s.RoomId).Many(context.Source.RoomId);

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

/// <summary>How a replay was cut, in the graph.</summary>
public sealed class ReplayEditingType : ObjectGraphType<Broadcast>
{
    public ReplayEditingType()
    {
        Name = "ReplayEditing";
        Field<NonNullGraphType<FloatGraphType>>("recordedSeconds").Description("Length of the whole recording.").Resolve(context => context.Source.ReplaySeconds ?? 0);
        Field<NonNullGraphType<FloatGraphType>>("startSeconds").Description("Second of the recording at which the replay begins.").Resolve(context => context.Source.TrimStart ?? 0);
        Field<NonNullGraphType<FloatGraphType>>("endSeconds").Resolve(context => context.Source.TrimEnd ?? context.Source.ReplaySeconds ?? 0);
        Field<NonNullGraphType<StringGraphType>>("recordingUrl").Description("Playlist of the whole recording.").Resolve(context => $"/recordings/{context.Source.Id}/recording.m3u8");
        Field<NonNullGraphType<BooleanGraphType>>("visible").Description("Everybody who may be in the room finds it.").Resolve(context => !context.Source.IsReplayHidden);
        Field<NonNullGraphType<BooleanGraphType>>("chaptersByHand").Resolve(context => context.Source.Chapters is not null);
    }
}

/// <summary>A chapter of a replay in the graph.</summary>
public sealed class ChapterType : ObjectGraphType<Chapter>
{
    public ChapterType()
    {
        Name = "Chapter";
        Field(c => c.AtSeconds);
        Field(c => c.Title);
    }
}

/// <summary>A chapter as it is written.</summary>
public sealed class ChapterInput : InputObjectGraphType<Chapter>
{
    public ChapterInput()
    {
        Name = "ChapterInput";
        Field(c => c.AtSeconds).Description("Second of the replay.");
        Field(c => c.Title);
    }
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
