using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Rooms;
using Plenary.Stage.Backstage;

namespace Plenary.Stage;

/// <summary>
/// Tells the people in a room what their stage does, through the room's log. Written as a job in the transaction of the change and told at
/// once; the job is only for the case that telling failed. The entry's id makes telling twice harmless.
/// </summary>
public sealed class StageNews(IDbContextFactory<Db> dbs, LiveRooms rooms, LiveCalls calls, ILogger<StageNews> log) : IJobHandler
{
    /// <summary>How long the first try has before the job tries again.</summary>
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(30);

    private const string JobKind = "stage-news";

    public string Kind => JobKind;

    internal sealed record Message(Guid Entry, Guid Room);

    /// <summary>A message and the job that makes sure of it.</summary>
    internal sealed record Written(Message Message, Job Job);

    internal static Written Write(Db db, Guid room, DateTimeOffset now)
    {
        var message = new Message(Guid.CreateVersion7(), room);
        return new(message, db.AddJob(JobKind, message, now + FirstTry));
    }

    internal async Task TellAsync(Written written, CancellationToken cancellation)
    {
        try
        {
            await TellAsync(written.Message, cancellation);
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            await db.Set<Job>().Where(j => j.Id == written.Job.Id).ExecuteDeleteAsync(cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "Room {Room} was not told of its stage; it will be", written.Message.Room);
        }
    }

    public Task Handle(string payload, CancellationToken cancellation) => TellAsync(JsonSerializer.Deserialize<Message>(payload, JsonSerializerOptions.Web)!, cancellation);

    /// <summary>
    /// Tells what stands in the database. Two who tell at once may overtake each other, so whoever told looks again, and tells again
    /// what has changed meanwhile.
    /// </summary>
    private async Task TellAsync(Message message, CancellationToken cancellation)
    {
        var told = await NowAsync(message.Room, cancellation);
        for (var entry = message.Entry; ; entry = Guid.CreateVersion7())
        {
            try { await rooms.AppendStage(message.Room, told, entry); }
            catch (RefusalException refused) when (refused.Refusal.Code == Refusal.NotFound.Code) { return; } // The room is gone; nobody is there to be told.
            var now = await NowAsync(message.Room, cancellation);
            if (JsonSerializer.Serialize(now) == JsonSerializer.Serialize(told)) return;
            told = now;
        }
    }

    private async Task<StageNow> NowAsync(Guid room, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var broadcast = await db.Set<Broadcast>().AsNoTracking().Where(b => b.RoomId == room && !b.IsBrought).OrderByDescending(b => b.StartedAt).FirstOrDefaultAsync(cancellation);
        var stage = broadcast is null or { State: BroadcastState.Starting } ? StageNow.Dark : new StageNow(
            StageType.StateOf(broadcast.State), broadcast.Id, broadcast.State == BroadcastState.Live ? broadcast.Playlist : null, broadcast.SpeakerName,
            (broadcast.LiveAt ?? broadcast.StartedAt).ToUnixTimeMilliseconds(),
            External: broadcast.External is null ? null : $"/external/{broadcast.Id}",
            Seats: broadcast is { State: BroadcastState.Live, External: null } && calls.Audience > 0 ? calls.Audience : null);
        var plan = await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == room, cancellation);
        return plan is null ? stage : plan.Read().AudienceOf(stage);
    }
}
