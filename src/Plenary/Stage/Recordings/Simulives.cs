using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;
using Plenary.Platform.Time;
using Plenary.Rooms;

namespace Plenary.Stage.Recordings;

/// <summary>What the crew says about a recording that is to be played: with a session, at a time of its own, or at once.</summary>
public sealed record SimuliveWish(string Room, string Recording, string? Session, string? StartsAtLocal);

/// <summary>
/// Plays recordings as if they were live. A job begins each at its time; from then on it is a broadcast like any other, whose picture comes
/// from <see cref="SimuliveStream"/>, and a job ends it.
/// </summary>
public sealed class Simulives(IDbContextFactory<Db> dbs, StageNews news, TimeProvider clock)
{
    internal const string StartJob = "start-simulive", EndJob = "end-simulive";

    /// <summary>When it begins this late, it begins at its beginning; later, in the middle, so that the day's plan holds.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromSeconds(30);

    /// <summary>How soon to look again whether the stage is free.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    /// <summary>Refused: sign-in-required, not-found for anyone but the crew, not-a-stage, invalid-input, event-over.</summary>
    public async Task<Simulive> ScheduleAsync(Viewer viewer, SimuliveWish wish, CancellationToken cancellation)
    {
        var person = viewer.RequirePerson();
        var (roomId, recordingId) = (GraphContext.ParseId(wish.Room, "room"), GraphContext.ParseId(wish.Recording, "recording"));
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.RoomPassOf(viewer, roomId, cancellation) is not { IsCrew: true } pass) throw Refusal.NotFound.AsException();
        if (pass.Room.Kind != RoomKind.Stage) StageRefusals.NotAStage.Throw();
        if (pass.Status is EventStatus.Ended or EventStatus.Cancelled) StageRefusals.EventOver.Throw();
        if (!await db.Set<Broadcast>().AnyAsync(b => b.Id == recordingId && b.EventId == pass.EventId && b.State == BroadcastState.Ended && b.ReplaySeconds > 0, cancellation))
            throw Refusal.Invalid("recording", "This event has no such recording. Choose one of its replays.").AsException();
        if (await db.Set<Simulive>().CountAsync(s => s.RoomId == roomId, cancellation) >= Simulive.MostOfRoom)
            throw Refusal.Invalid("room", $"At most {Simulive.MostOfRoom} recordings may be planned on one stage.").AsException();
        var now = clock.GetUtcNow();
        var (session, startsAt) = await WhenAsync(db, wish, pass, now, cancellation);
        if (startsAt < now - OnTime) throw Refusal.Invalid("startsAtLocal", "This time is over. Choose one that is to come.").AsException();
        var simulive = new Simulive { EventId = pass.EventId, RoomId = roomId, RecordingId = recordingId, SessionId = session, StartsAt = startsAt, PersonId = person };
        db.Add(simulive);
        db.AddJob(StartJob, simulive.Id, startsAt);
        await db.SaveChangesAsync(cancellation);
        return simulive;
    }

    /// <summary>Takes it off the plan. One that has begun is ended as every broadcast is. Refused: sign-in-required, not-found.</summary>
    public async Task CancelAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var simulive = await db.Set<Simulive>().SingleOrDefaultAsync(s => s.Id == id, cancellation);
        if (simulive is null || await db.RoomPassOf(viewer, simulive.RoomId, cancellation) is not { IsCrew: true }) throw Refusal.NotFound.AsException();
        db.Remove(simulive);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Where the picture of a broadcast that plays a recording is.</summary>
    internal static string PlaylistOf(Broadcast broadcast) => ReplayType.Path(broadcast, "live.m3u8");

    /// <summary>The session it belongs to was moved.</summary>
    internal async Task MoveAsync(Guid sessionId, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId, cancellation) is not { } session) return;
        foreach (var simulive in await db.Set<Simulive>().Where(s => s.SessionId == sessionId).ToListAsync(cancellation))
        {
            simulive.StartsAt = session.StartsAt;
            db.AddJob(StartJob, simulive.Id, session.StartsAt);
        }
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Its time has come, or it was moved meanwhile and another job will find it.</summary>
    internal async Task StartAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        if (await db.Set<Simulive>().SingleOrDefaultAsync(s => s.Id == id, cancellation) is not { } simulive || simulive.StartsAt > now + TimeSpan.FromSeconds(1)) return;
        var recording = await db.Set<Broadcast>().AsNoTracking().SingleAsync(b => b.Id == simulive.RecordingId, cancellation);
        var over = await db.Set<Event>().AnyAsync(e => e.Id == simulive.EventId && (e.Status == EventStatus.Ended || e.Status == EventStatus.Cancelled), cancellation);
        var (from, end) = (recording.TrimStart ?? 0, recording.TrimEnd ?? recording.ReplaySeconds ?? 0);
        var liveAt = now - simulive.StartsAt < OnTime ? now : simulive.StartsAt;
        var endsAt = liveAt + TimeSpan.FromSeconds(end - from);
        if (over || endsAt <= now)
        {
            db.Remove(simulive); // Nobody was there to begin it in its time.
            await db.SaveChangesAsync(cancellation);
            return;
        }
        if (await db.Set<Broadcast>().AnyAsync(b => b.RoomId == simulive.RoomId && b.State != BroadcastState.Ended, cancellation))
        {
            db.AddJob(StartJob, id, now + Busy); // People come before recordings.
            await db.SaveChangesAsync(cancellation);
            return;
        }
        var broadcast = new Broadcast
        {
            Id = id,
            EventId = simulive.EventId,
            RoomId = simulive.RoomId,
            PersonId = simulive.PersonId,
            SpeakerName = recording.SpeakerName,
            Title = await TitleAsync(db, simulive, recording, cancellation),
            State = BroadcastState.Live,
            StartedAt = now,
            LiveAt = liveAt,
            ReplayKey = MediaKey.New(),
            RecordingId = recording.RecordingId ?? recording.Id,
            RecordingFrom = from,
            TrimStart = recording.TrimStart,
            TrimEnd = recording.TrimEnd,
            Chapters = recording.Chapters,
        };
        db.Remove(simulive);
        db.Add(broadcast);
        db.AddJob(EndJob, id, endsAt);
        broadcast.Playlist = PlaylistOf(broadcast);
        var written = StageNews.Write(db, broadcast.RoomId, now);
        await db.SaveChangesAsync(cancellation);
        await news.TellAsync(written, cancellation);
    }

    private static async Task<string> TitleAsync(Db db, Simulive simulive, Broadcast recording, CancellationToken cancellation) =>
        simulive.SessionId is { } session
            ? await db.Set<Session>().Where(s => s.Id == session).Select(s => s.Title).FirstOrDefaultAsync(cancellation) ?? recording.Title
            : recording.Title;

    private static async Task<(Guid? Session, DateTimeOffset StartsAt)> WhenAsync(Db db, SimuliveWish wish, RoomPass pass, DateTimeOffset now, CancellationToken cancellation)
    {
        if (wish.Session is { } text)
        {
            var id = GraphContext.ParseId(text, "session");
            var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.RoomId == pass.Room.Id, cancellation);
            return session is null ? throw Refusal.Invalid("session", "There is no such session on this stage. Choose one of its sessions.").AsException() : (id, session.StartsAt);
        }
        if (wish.StartsAtLocal is not { } local) return (null, now);
        var zone = await db.Set<Event>().Where(e => e.Id == pass.EventId).Select(e => e.TimeZone).SingleAsync(cancellation);
        return (null, WallClock.Zone(zone).ToInstant(WallClock.Parse(local, "startsAtLocal")));
    }
}

/// <summary>Begins a recording at its time.</summary>
internal sealed class StartSimulive(Simulives simulives) : IJobHandler
{
    public string Kind => Simulives.StartJob;

    public Task Handle(string payload, CancellationToken cancellation) => simulives.StartAsync(JsonSerializer.Deserialize<Guid>(payload), cancellation);
}

/// <summary>Ends it when it has been played.</summary>
internal sealed class EndSimulive(OnAir onAir) : IJobHandler
{
    public string Kind => Simulives.EndJob;

    public Task Handle(string payload, CancellationToken cancellation) => onAir.EndAsync(JsonSerializer.Deserialize<Guid>(payload), cancellation);
}

/// <summary>Moves it with its session.</summary>
internal sealed class MoveSimulive(Simulives simulives) : IJobHandler
{
    public string Kind => SessionMoved.Job;

    public Task Handle(string payload, CancellationToken cancellation) => simulives.MoveAsync(JsonSerializer.Deserialize<Guid>(payload), cancellation);
}
