using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Graph;
using Plenary.Stage.Recordings;

namespace Plenary.Stage.Captions;

/// <summary>What captions add to the graph.</summary>
internal sealed class CaptionGraph : IGraphPart
{
    /// <summary>Lines that somebody who comes in the middle is told.</summary>
    private const int Latest = 50;

    public void Add(GraphBuilder graph)
    {
        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<BooleanGraphType>>("caption")
            .Description("Tells what is being said on a stage that is live. Final lines are durable when this answers; others are told, never kept. False: dropped, because there were too many.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<CaptionInput>>("line")
            .ResolveAsync(async context => await Say(context));
        mutation.Field<NonNullGraphType<StringGraphType>>("openCaptionFeed")
            .Description("An address for a captioning service; shown once. The room's earlier address ends.")
            .Argument<NonNullGraphType<IdGraphType>>("room").Argument<NonNullGraphType<StringGraphType>>("language", "Of lines that do not name theirs.")
            .ResolveAsync(async context => await context.Service<CaptionFeeds>().OpenAsync(context.Viewer(), context.Id("room"), context.GetArgument<string>("language"), context.CancellationToken));
        mutation.Field<NonNullGraphType<BooleanGraphType>>("closeCaptionFeed").Argument<NonNullGraphType<IdGraphType>>("room").ResolveAsync(async context =>
        {
            await context.Service<CaptionFeeds>().CloseAsync(context.Viewer(), context.Id("room"), context.CancellationToken);
            return true;
        });
        mutation.Field<NonNullGraphType<CaptionLineType>>("correctCaption").Argument<NonNullGraphType<IdGraphType>>("id").Argument<NonNullGraphType<StringGraphType>>("text").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await CaptionEditing.CorrectAsync(db, context.Viewer(), context.Id("id"), context.GetArgument<string>("text"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<BooleanGraphType>>("removeCaption").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            await CaptionEditing.RemoveAsync(db, context.Viewer(), context.Id("id"), context.CancellationToken);
            return true;
        });
        mutation.Field<NonNullGraphType<BooleanGraphType>>("removeCaptions").Description("Takes a language out of a replay.")
            .Argument<NonNullGraphType<IdGraphType>>("replay").Argument<NonNullGraphType<StringGraphType>>("language").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            await CaptionEditing.RemoveLanguageAsync(db, context.Viewer(), context.Id("replay"), context.GetArgument<string>("language"), context.CancellationToken);
            return true;
        });
        mutation.Field<NonNullGraphType<BooleanGraphType>>("shiftCaptions").Description("Moves all lines of a language; below zero is earlier.")
            .Argument<NonNullGraphType<IdGraphType>>("replay").Argument<NonNullGraphType<StringGraphType>>("language").Argument<NonNullGraphType<FloatGraphType>>("seconds").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            await CaptionEditing.ShiftAsync(db, context.Viewer(), context.Id("replay"), context.GetArgument<string>("language"), context.GetArgument<double>("seconds"), context.CancellationToken);
            return true;
        });
        var broadcast = graph.Type<BroadcastType>();
        broadcast.Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("captionLanguages").Description("Languages it has been captioned in so far.")
            .Resolve(context => Languages(context, context.Source is Broadcast b ? b : null!).Then(tags => tags));
        broadcast.Field<NonNullGraphType<ListGraphType<NonNullGraphType<CaptionLineType>>>>("captions").Description("The latest lines in a language, oldest first; what comes next is told in frames of the room.")
            .Argument<NonNullGraphType<StringGraphType>>("language").ResolveAsync(async context => await Recent(context, (Broadcast)context.Source!));
        var replay = graph.Type<ReplayType>();
        replay.Field<NonNullGraphType<ListGraphType<NonNullGraphType<CaptionTrackType>>>>("captionTracks").Description("The languages it has captions in.")
            .Resolve(context => Languages(context, (Broadcast)context.Source!).Then(tags => tags.Select(tag => new CaptionTrack((Broadcast)context.Source!, tag)).ToList()));
        replay.Field<NonNullGraphType<BooleanGraphType>>("viewerMayCorrect").Description("The viewer may correct its captions.")
            .ResolveAsync(async context => await StageViewer.PassOf(context, (Broadcast)context.Source!) is { } pass && Captioning.MayCorrect(pass));
        replay.Field<NonNullGraphType<ListGraphType<NonNullGraphType<ReplayCaptionType>>>>("captions").Description("Everything that was said, in one language.")
            .Argument<NonNullGraphType<StringGraphType>>("language").ResolveAsync(async context => await Transcript(context, (Broadcast)context.Source!));
    }

    private static async Task<object?> Say(IResolveFieldContext context)
    {
        var line = context.GetArgument<CaptionFields>("line");
        var wish = new CaptionWish(GraphContext.ParseId(line.Id, "id"), line.Language, line.Text, line.AgoMs, line.ForMs, line.Final, line.Speaker);
        return await context.Service<Captioning>().SayAsync(context.Viewer(), context.Id("room"), wish, line.Recognised ? CaptionSource.Speech : CaptionSource.Typed, context.CancellationToken);
    }

    private static IDataLoaderResult<IReadOnlyList<string>> Languages(IResolveFieldContext context, Broadcast broadcast)
    {
        var batch = context.Batch<Guid, LanguageOf>("captionLanguages", (db, ids) =>
            db.Set<CaptionLine>().Where(c => ids.Contains(c.BroadcastId)).Select(c => new LanguageOf(c.BroadcastId, c.Language)).Distinct(), l => l.Broadcast);
        var own = batch.Many(broadcast.Id);
        var recorded = broadcast.RecordingId is { } recording ? batch.Many(recording) : null;
        return own.ThenAsync<IReadOnlyList<LanguageOf>, IReadOnlyList<string>>(async (found, cancellation) =>
            [.. found.Concat(recorded is null ? [] : await recorded.GetResultAsync(cancellation)).Select(l => l.Language).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static async Task<object?> Recent(IResolveFieldContext context, Broadcast broadcast)
    {
        var (id, language) = (broadcast.Id, CaptionLine.Tag(context.GetArgument<string>("language")));
        await using var db = await context.OpenDb();
        var lines = await db.Set<CaptionLine>().AsNoTracking().Where(c => c.BroadcastId == id && c.Language == language).OrderByDescending(c => c.At).Take(Latest).ToListAsync(context.CancellationToken);
        lines.Reverse();
        return lines;
    }

    private static async Task<object?> Transcript(IResolveFieldContext context, Broadcast replay)
    {
        await using var db = await context.OpenDb();
        var cues = await CaptionEndpoints.CuesAsync(db, replay, CaptionLine.Tag(context.GetArgument<string>("language")), context.CancellationToken);
        return cues.Select(c => new ReplayCaption(c.Line.Id, c.Cue)).ToList();
    }

    private sealed record LanguageOf(Guid Broadcast, string Language);
}

/// <summary>The input of <c>caption</c>, as it is sent.</summary>
public sealed record CaptionFields(string Id, string Language, string Text, int AgoMs, int? ForMs, bool Final, string? Speaker, bool Recognised);

/// <summary>The input of <c>caption</c>.</summary>
public sealed class CaptionInput : InputObjectGraphType<CaptionFields>
{
    public CaptionInput()
    {
        Name = "CaptionInput";
        Field(c => c.Id, type: typeof(NonNullGraphType<IdGraphType>)).Description("Made by the sender: the same again is the same line.");
        Field(c => c.Language);
        Field(c => c.Text);
        Field(c => c.AgoMs).Description("How long ago its first word was said.");
        Field(c => c.ForMs, nullable: true).Description("How long it was said.");
        Field(c => c.Final);
        Field(c => c.Speaker, nullable: true);
        Field<NonNullGraphType<BooleanGraphType>>("recognised").Description("By a program, not written by a person.");
    }
}

/// <summary>A line of captions in the graph.</summary>
public sealed class CaptionLineType : ObjectGraphType<CaptionLine>
{
    public CaptionLineType()
    {
        Name = "CaptionLine";
        Field("id", c => c.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(c => c.Language);
        Field(c => c.Text);
        Field(c => c.Speaker, nullable: true);
        Field(c => c.At);
        Field(c => c.Until);
    }
}

/// <summary>A language of a replay.</summary>
public sealed record CaptionTrack(Broadcast Replay, string Language);

/// <summary>A language of a replay in the graph.</summary>
public sealed class CaptionTrackType : ObjectGraphType<CaptionTrack>
{
    public CaptionTrackType()
    {
        Name = "CaptionTrack";
        Field(t => t.Language);
        Field<NonNullGraphType<StringGraphType>>("name").Description("What the language calls itself.").Resolve(context => CaptionLine.NameOf(context.Source.Language));
        Field<NonNullGraphType<StringGraphType>>("url").Description("WebVTT.").Resolve(context => ReplayType.Path(context.Source.Replay, context.Source.Language + ".vtt"));
    }
}

/// <summary>Something said in a replay.</summary>
public sealed record ReplayCaption(Guid Id, Cue Cue);

/// <summary>Something said in a replay, in the graph.</summary>
public sealed class ReplayCaptionType : ObjectGraphType<ReplayCaption>
{
    public ReplayCaptionType()
    {
        Name = "ReplayCaption";
        Field("id", c => c.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field<NonNullGraphType<FloatGraphType>>("atSeconds").Resolve(context => context.Source.Cue.Start);
        Field<NonNullGraphType<FloatGraphType>>("untilSeconds").Resolve(context => context.Source.Cue.End);
        Field<NonNullGraphType<StringGraphType>>("text").Resolve(context => context.Source.Cue.Text);
        Field<StringGraphType>("speaker").Resolve(context => context.Source.Cue.Speaker);
    }
}
