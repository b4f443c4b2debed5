using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Text;
using Plenary.Rooms;

namespace Plenary.Stage.Recordings;

/// <summary>What the crew makes of a recording afterwards. Nothing is thrown away: every cut can be taken back.</summary>
public sealed class ReplayEditing(IDbContextFactory<Db> dbs, RecordingStore recordings)
{
    /// <summary>What a replay keeps at least, in seconds.</summary>
    private const double Shortest = 1;

    /// <summary>
    /// Has the replay begin and end at these seconds of the recording, at the borders of segments next to them. Refused: sign-in-required,
    /// not-found for anyone but the crew, invalid-input.
    /// </summary>
    public async Task<Broadcast> TrimAsync(Viewer viewer, Guid id, double start, double end, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        if (!double.IsFinite(start) || !double.IsFinite(end) || start < 0 || end - start < Shortest)
            throw Refusal.Invalid("endSeconds", "A replay ends at least a second after it begins.").AsException();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var replay = await RequireAsync(db, viewer, id, cancellation);
        var recording = await recordings.OfAsync(replay.RecordingId ?? id, cancellation);
        if (start >= recording.Seconds) throw Refusal.Invalid("startSeconds", "The recording is shorter than that.").AsException();
        var (from, to) = (recording.BorderBefore(start), recording.BorderAfter(Math.Min(end, recording.Seconds)));
        (replay.TrimStart, replay.TrimEnd) = (from <= 0 ? null : from, to >= recording.Seconds - 0.001 ? null : to);
        // Whoever kept the old address must not find there what was cut away.
        replay.ReplayKey = MediaKey.New();
        return await SaveAsync(db, replay, cancellation);
    }

    /// <summary>Chapters on the replay's clock; null has the agenda make them again.</summary>
    public async Task<Broadcast> SetChaptersAsync(Viewer viewer, Guid id, IReadOnlyList<Chapter>? chapters, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var replay = await RequireAsync(db, viewer, id, cancellation);
        replay.Chapters = chapters is null ? null : Chapter.Write(chapters, new ReplayTimeline(replay, []));
        return await SaveAsync(db, replay, cancellation);
    }

    /// <summary>Shows the replay to everybody who may be in its room, or to the crew only.</summary>
    public async Task<Broadcast> SetVisibleAsync(Viewer viewer, Guid id, bool visible, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var replay = await RequireAsync(db, viewer, id, cancellation);
        if (replay.IsReplayHidden == !visible) return replay;
        replay.IsReplayHidden = !visible;
        if (!visible) replay.ReplayKey = MediaKey.New();
        return await SaveAsync(db, replay, cancellation);
    }

    public async Task<Broadcast> RenameAsync(Viewer viewer, Guid id, string title, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var replay = await RequireAsync(db, viewer, id, cancellation);
        replay.Title = Input.Line(title, "title", 160);
        return await SaveAsync(db, replay, cancellation);
    }

    private async Task<Broadcast> SaveAsync(Db db, Broadcast replay, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Refusal.Changed.AsException();
        }
        recordings.Forget(replay.Id);
        return replay;
    }

    private static async Task<Broadcast> RequireAsync(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var replay = await db.Set<Broadcast>().SingleOrDefaultAsync(b => b.Id == id && b.State == BroadcastState.Ended && b.ReplaySeconds > 0, cancellation);
        return replay is not null && await db.RoomPassOf(viewer, replay.RoomId, cancellation) is { IsCrew: true } ? replay : throw Refusal.NotFound.AsException();
    }
}
