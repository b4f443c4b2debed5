using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Rooms;
using Plenary.Stage.Backstage;
using Plenary.Stage.External;
using Plenary.Stage.Ingest;

namespace Plenary.Stage;

/// <summary>The life of a broadcast: opened, live, interrupted, live again, ended. Every step is in the database before anybody is told.</summary>
public sealed class Broadcasting(IDbContextFactory<Db> dbs, StageNews news, Directing directing, TimeProvider clock)
{
    /// <summary>A session may begin a little early.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Opens the stage of a room, or answers the open broadcast to its own host, to the crew and to whoever makes the picture. Refused: sign-in-required, not-found,
    /// forbidden without the role, not-a-stage, event-over, stage-busy.
    /// </summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="roomId">The stage.</param>
    /// <param name="goesOn">The broadcast that is to go on, and no other; refused with broadcast-ended when it is over, so that nobody who takes over begins a new one.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public async Task<Broadcast> GoLiveAsync(Viewer viewer, Guid roomId, Guid? goesOn, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.RoomPassOf(viewer, roomId, cancellation) is not { } pass) throw Refusal.NotFound.AsException();
        if (pass.Room.Kind != RoomKind.Stage) StageRefusals.NotAStage.Throw();
        if (!pass.MayBroadcast) Refusal.Forbidden.Throw();
        if (pass.Status is EventStatus.Ended or EventStatus.Cancelled) StageRefusals.EventOver.Throw();
        if (goesOn is { } id && (await OpenAsync(db, roomId, cancellation))?.Id != id) StageRefusals.Ended.Throw();
        return await OpenAsync(db, pass.Room, person, pass.Name, async () => pass.IsCrew || await db.ComposesAsync(pass, cancellation), cancellation);
    }

    /// <summary>Opens the stage with a stream from elsewhere, live at once. Refused: as <see cref="GoLiveAsync(Viewer, Guid, Guid?, CancellationToken)"/>; stage-busy whoever asks.</summary>
    internal async Task<Broadcast> GoLiveAsync(Viewer viewer, Guid roomId, ExternalSource source, CancellationToken cancellation)
    {
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            if (await OpenAsync(db, roomId, cancellation) is { } open) throw StageRefusals.Busy(open.SpeakerName).AsException();
        var broadcast = await GoLiveAsync(viewer, roomId, goesOn: null, cancellation);
        await MoveAsync(broadcast.Id, null, opened =>
        {
            opened.External = source.Url;
            opened.State = BroadcastState.Live;
            opened.LiveAt ??= clock.GetUtcNow();
            opened.QuietSince = null;
        }, cancellation);
        await using (var db = await dbs.CreateDbContextAsync(cancellation)) return await db.Set<Broadcast>().AsNoTracking().SingleAsync(b => b.Id == broadcast.Id, cancellation);
    }

    /// <summary>Opens the stage for an encoder. Refused: not-found, event-over, stage-busy.</summary>
    internal async Task<Broadcast> GoLiveAsync(StreamKey key, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<Room>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == key.RoomId && r.Kind == RoomKind.Stage, cancellation) is not { } room) throw Refusal.NotFound.AsException();
        var status = await db.Set<Event>().Where(e => e.Id == room.EventId).Select(e => e.Status).SingleAsync(cancellation);
        if (status is EventStatus.Ended or EventStatus.Cancelled) StageRefusals.EventOver.Throw();
        return await OpenAsync(db, room, key.PersonId, key.Name, () => Task.FromResult(false), cancellation);
    }

    private async Task<Broadcast> OpenAsync(Db db, Room room, Guid person, string name, Func<Task<bool>> mayJoin, CancellationToken cancellation)
    {
        if (await OpenAsync(db, room.Id, cancellation) is { } open) return await Resume(open);
        var now = clock.GetUtcNow();
        var broadcast = new Broadcast
        {
            EventId = room.EventId,
            RoomId = room.Id,
            PersonId = person,
            SpeakerName = name,
            Title = await TitleAsync(db, room, now, cancellation),
            StartedAt = now,
            QuietSince = now,
            ReplayKey = MediaKey.New(),
        };
        db.Add(broadcast);
        db.AddJob(EndAbandoned.JobKind, broadcast.Id, now + Broadcast.AbandonedAfter);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return broadcast;
        }
        catch (DbUpdateException)
        {
            // Somebody else was first; the index of open broadcasts says so.
            db.ChangeTracker.Clear();
            if (await OpenAsync(db, room.Id, cancellation) is not { } other) throw;
            return await Resume(other);
        }

        async Task<Broadcast> Resume(Broadcast open)
        {
            if (open.IsSimulive) StageRefusals.PlaysRecording.Throw();
            return open.PersonId == person || await mayJoin() ? open : throw StageRefusals.Busy(open.SpeakerName).AsException();
        }
    }

    /// <summary>The first segment is there, or segments come again.</summary>
    /// <param name="id">Of the broadcast.</param>
    /// <param name="playlist">Path of the live playlist.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <returns>False when the broadcast has ended meanwhile.</returns>
    public Task<bool> LiveAsync(Guid id, string playlist, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return MoveAsync(id, playlist, broadcast =>
        {
            broadcast.State = BroadcastState.Live;
            broadcast.LiveAt ??= now;
            broadcast.QuietSince = null;
        }, cancellation);
    }

    /// <summary>The picture stopped arriving. Nothing happens unless the broadcast was live.</summary>
    /// <param name="id">Of the broadcast.</param>
    /// <param name="isLost">What was live is gone with its process: nothing is left to be played.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public Task<bool> InterruptedAsync(Guid id, bool isLost, CancellationToken cancellation) => MoveAsync(id, null, broadcast =>
    {
        if (broadcast.State != BroadcastState.Live) return;
        if (isLost) broadcast.Playlist = null;
        broadcast.State = BroadcastState.Interrupted;
        broadcast.QuietSince = clock.GetUtcNow();
    }, cancellation);

    /// <summary>Ends it for good; its replay is made afterwards. False when it had ended already.</summary>
    public async Task<bool> EndAsync(Guid id, CancellationToken cancellation)
    {
        if (!await MoveAsync(id, null, End, cancellation)) return false;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var room = await db.Set<Broadcast>().Where(b => b.Id == id).Select(b => b.RoomId).SingleAsync(cancellation);
        // Whoever made its picture may not make that of the next.
        if (await db.Set<StagePlan>().AnyAsync(p => p.RoomId == room, cancellation))
            await directing.Change(room, Guid.CreateVersion7(), "", (_, plan) => Task.FromResult(plan.Host is null ? plan : plan with { Host = null }), cancellation);
        return true;

        void End(Broadcast broadcast)
        {
            broadcast.State = BroadcastState.Ended;
            broadcast.EndedAt = clock.GetUtcNow();
            broadcast.Playlist = null;
            broadcast.QuietSince = null;
        }
    }

    private async Task<bool> MoveAsync(Guid id, string? playlist, Action<Broadcast> move, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            var broadcast = await db.Set<Broadcast>().SingleOrDefaultAsync(b => b.Id == id, cancellation);
            if (broadcast is null or { State: BroadcastState.Ended }) return false;
            var before = broadcast.State;
            move(broadcast);
            if (playlist is not null) broadcast.Playlist = playlist;
            // Live again with another playlist is news too.
            if (broadcast.State == before && playlist is null) return true;
            var now = clock.GetUtcNow();
            var written = StageNews.Write(db, broadcast.RoomId, now);
            if (broadcast.State == BroadcastState.Ended) db.AddJob(MakeReplay.JobKind, id, now + MakeReplay.Grace);
            if (broadcast.QuietSince is { } since) db.AddJob(EndAbandoned.JobKind, id, since + Broadcast.AbandonedAfter);
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateConcurrencyException) when (attempt < 5)
            {
                continue; // Somebody else moved it; look again.
            }
            await news.TellAsync(written, cancellation);
            return true;
        }
    }

    private static Task<Broadcast?> OpenAsync(Db db, Guid room, CancellationToken cancellation) =>
        db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.RoomId == room && b.State != BroadcastState.Ended, cancellation);

    private static async Task<string> TitleAsync(Db db, Room room, DateTimeOffset now, CancellationToken cancellation)
    {
        var soon = now + Early;
        return await db.Set<Session>().Where(s => s.RoomId == room.Id && s.StartsAt <= soon && s.EndsAt > now).OrderByDescending(s => s.StartsAt)
            .Select(s => s.Title).FirstOrDefaultAsync(cancellation) ?? room.Name;
    }
}

/// <summary>Random parts of media paths: the path is the permission, so it must not be guessed.</summary>
internal static class MediaKey
{
    /// <summary>128 random bits in 32 hexadecimal digits.</summary>
    public static string New() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
