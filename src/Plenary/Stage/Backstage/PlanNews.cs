using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>
/// Tells those backstage how the plan is now, through the log of their room. Written as a job in the transaction of the change and told at
/// once; the job is only for the case that telling failed. What is told is what stands in the database then: of two that overtake each
/// other the higher version is true.
/// </summary>
public sealed class PlanNews(IDbContextFactory<Db> dbs, LiveRooms rooms, ILogger<PlanNews> log) : IJobHandler
{
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(30);

    private const string JobKind = "plan-news";

    public string Kind => JobKind;

    internal sealed record Message(Guid Entry, Guid Stage, string By);

    /// <summary>A message and the job that makes sure of it.</summary>
    internal sealed record Written(Message Message, Job Job);

    internal static Written Write(Db db, Guid stage, string by, DateTimeOffset now)
    {
        var message = new Message(Guid.CreateVersion7(), stage, by);
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
            log.LogWarning(error, "Those behind stage {Room} were not told of its plan; they will be", written.Message.Stage);
        }
    }

    public Task Handle(string payload, CancellationToken cancellation) => TellAsync(JsonSerializer.Deserialize<Message>(payload, JsonSerializerOptions.Web)!, cancellation);

    private async Task TellAsync(Message message, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var found = await (from plan in db.Set<StagePlan>()
                           where plan.RoomId == message.Stage
                           join backstage in db.Set<Room>() on (Guid?)plan.RoomId equals backstage.StageId
                           select new { backstage.Id, plan.Version, plan.Document }).SingleOrDefaultAsync(cancellation);
        if (found is null) return; // The stage is gone; nobody is there to be told.
        try { await rooms.AppendPlan(found.Id, new(found.Version, found.Document), message.By, message.Entry); }
        catch (RefusalException refused) when (refused.Refusal.Code == Refusal.NotFound.Code) { }
    }
}
