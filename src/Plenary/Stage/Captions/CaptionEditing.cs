using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage.Recordings;

namespace Plenary.Stage.Captions;

/// <summary>What is done to captions afterwards: corrections, a language moved in time, languages brought in or taken out as files.</summary>
public static class CaptionEditing
{
    /// <summary>Cues of one file; a long day has fewer.</summary>
    public const int MostCues = 10_000;

    /// <summary>Other words for a line. Refused: sign-in-required, not-found for anyone but the event's staff, invalid-input.</summary>
    public static async Task<CaptionLine> CorrectAsync(Db db, Viewer viewer, Guid id, string text, CancellationToken cancellation)
    {
        var words = CaptionLine.Words(text);
        var line = await FindAsync(db, viewer, id, cancellation);
        (line.Text, line.PersonId) = (words, viewer.PersonId);
        await db.SaveChangesAsync(cancellation);
        return line;
    }

    public static async Task RemoveAsync(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        db.Remove(await FindAsync(db, viewer, id, cancellation));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Takes a language out of a replay.</summary>
    public static async Task RemoveLanguageAsync(Db db, Viewer viewer, Guid replayId, string language, CancellationToken cancellation)
    {
        var (replay, tag) = (await db.RequireStaffOfAsync(viewer, replayId, cancellation), CaptionLine.Tag(language));
        var ids = SourcesOf(replay);
        await db.Set<CaptionLine>().Where(c => ids.Contains(c.BroadcastId) && c.Language == tag).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Moves all lines of a language, later or, below zero, earlier: whoever typed them heard the stage late.</summary>
    public static async Task ShiftAsync(Db db, Viewer viewer, Guid replayId, string language, double seconds, CancellationToken cancellation)
    {
        if (!double.IsFinite(seconds) || Math.Abs(seconds) > 600) throw Refusal.Invalid("seconds", "Captions may be moved by at most ten minutes at once.").AsException();
        var (replay, tag) = (await db.RequireStaffOfAsync(viewer, replayId, cancellation), CaptionLine.Tag(language));
        var ids = SourcesOf(replay);
        var lines = await db.Set<CaptionLine>().Where(c => ids.Contains(c.BroadcastId) && c.Language == tag).ToListAsync(cancellation);
        foreach (var line in lines) (line.At, line.Until) = (line.At.AddSeconds(seconds), line.Until.AddSeconds(seconds));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Puts a file's cues in place of what a replay had in this language. Refused besides: not-webvtt, too-many-languages.</summary>
    /// <returns>How many cues there are now.</returns>
    public static async Task<int> ImportAsync(Db db, Viewer viewer, Guid replayId, string language, string file, CancellationToken cancellation)
    {
        var (replay, tag) = (await db.RequireStaffOfAsync(viewer, replayId, cancellation), CaptionLine.Tag(language));
        var cues = WebVtt.Read(file) ?? throw StageRefusals.NotWebVtt.AsException();
        if (cues.Count > MostCues) throw Refusal.Invalid("vtt", $"A file may have at most {MostCues} cues.").AsException();
        // What a recording has, every playing of it has.
        var owner = replay.RecordingId ?? replay.Id;
        var takes = await db.Set<BroadcastTake>().AsNoTracking().Where(t => t.BroadcastId == owner && t.Seconds > 0).OrderBy(t => t.Number).ToListAsync(cancellation);
        var timeline = new ReplayTimeline(replay, takes);
        var ids = SourcesOf(replay);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<CaptionLine>().Where(c => ids.Contains(c.BroadcastId) && c.Language == tag).ExecuteDeleteAsync(cancellation);
        await Captioning.RequireRoomForLanguageAsync(db, owner, cancellation);
        db.AddRange(cues.Select(cue => new CaptionLine
        {
            Id = Guid.CreateVersion7(),
            BroadcastId = owner,
            Language = tag,
            At = timeline.MomentAt(cue.Start),
            Until = timeline.MomentAt(cue.Start) + TimeSpan.FromSeconds(cue.End - cue.Start),
            Text = CaptionLine.Words(cue.Text.Length > CaptionLine.LongestText ? cue.Text[..CaptionLine.LongestText] : cue.Text),
            Speaker = cue.Speaker is { Length: > 80 } long80 ? long80[..80] : cue.Speaker,
            Source = CaptionSource.File,
            PersonId = viewer.PersonId,
        }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return cues.Count;
    }

    /// <summary>The broadcasts whose lines a replay shows: its own, and those of the recording it plays.</summary>
    internal static Guid[] SourcesOf(Broadcast replay) => replay.RecordingId is { } recording ? [replay.Id, recording] : [replay.Id];

    private static async Task<CaptionLine> FindAsync(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var line = await db.Set<CaptionLine>().SingleOrDefaultAsync(c => c.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await db.RequireStaffOfAsync(viewer, line.BroadcastId, cancellation);
        return line;
    }

    private static async Task<Broadcast> RequireStaffOfAsync(this Db db, Viewer viewer, Guid broadcastId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var broadcast = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == broadcastId, cancellation);
        if (broadcast is null || await db.RoomPassOf(viewer, broadcast.RoomId, cancellation) is not { } pass || !Captioning.MayCorrect(pass)) throw Refusal.NotFound.AsException();
        return broadcast;
    }
}
