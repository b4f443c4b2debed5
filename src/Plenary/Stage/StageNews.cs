using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Rooms;

namespace Plenary.Stage;

/// <summary>
/// Tells the people in a room what their stage does, through the room's log. Written as a job in the transaction of the change and told at
/// once; the job is only for the case that telling failed. The entry's id makes telling twice harmless.
/// </summary>
public sealed class StageNews(IDbContextFactory<Db> dbs, LiveRooms rooms, ILogger<StageNews> log) : IJobHandler
{
    /// <summary>How long the first try has before the job tries again.</summary>
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(30);

    private const string JobKind = "stage-news";

    public string Kind => JobKind;

    internal sealed record Message(Guid Entry, Guid Room, Guid Broadcast, BroadcastState State, string? Playlist, string Speaker, DateTimeOffset StartedAt);

    internal static Message Of(Broadcast broadcast, string? playlist) =>
        new(Guid.CreateVersion7(), broadcast.RoomId, broadcast.Id, broadcast.State, playlist, broadcast.SpeakerName, broadcast.LiveAt ?? broadcast.StartedAt);

    internal static Job Write(Db db, Message message, DateTimeOffset now) => db.AddJob(JobKind, message, now + FirstTry);

    internal async Task TellAsync(Message message, Job job, CancellationToken cancellation)
    {
        try
        {
            await TellAsync(message);
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            await db.Set<Job>().Where(j => j.Id == job.Id).ExecuteDeleteAsync(cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "Room {Room} was not told of its stage; it will be", message.Room);
        }
    }

    public Task Handle(string payload, CancellationToken cancellation) => TellAsync(JsonSerializer.Deserialize<Message>(payload, JsonSerializerOptions.Web)!);

    private async Task TellAsync(Message message)
    {
        var stage = new StageNow(StageType.StateOf(message.State), message.Broadcast, message.Playlist, message.Speaker, message.StartedAt.ToUnixTimeMilliseconds());
        try { await rooms.AppendStage(message.Room, stage, message.Entry); }
        catch (RefusalException refused) when (refused.Refusal.Code == Refusal.NotFound.Code) { } // The room is gone; nobody is there to be told.
    }
}
