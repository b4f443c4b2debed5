using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Rooms;
using Plenary.Rooms.Chat;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What has become of messages when the server is killed: whatever was acknowledged, and counts that are those of the rows.</summary>
[Trait("Speed", "Slow")]
public abstract class ChatCrashFacts
{
    private const int People = 8;

    protected abstract Task<string?> NewDatabase();

    [Fact]
    public async Task AcknowledgedEditsAndReactionsSurviveAKillAndEverybodySeesTheSame()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await ServerProcess.StartAsync(await NewDatabase());
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var people = await scene.Attendees(People);
        var clients = new List<LiveClient>();
        foreach (var person in people) clients.Add((await scene.Enter(person)).ComesBack());
        for (var n = 0; n < People; n++) await clients[n].Post($"first {n}");
        var done = new ConcurrentBag<string>();
        var midway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var work = clients.Select(async (client, who) =>
        {
            var edit = Guid.CreateVersion7();
            await UntilDone(() => client.Edits(who + 1, $"second {who}", edit));
            for (var message = 1; message <= People; message++)
            {
                await UntilDone(() => client.Reacts(message, "👍"));
                if (message % 2 == who % 2) await UntilDone(() => client.Reacts(message, "👍", on: false));
            }
        }).ToList();
        await midway.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
        await server.Kill();
        await server.StartAgain();
        await Task.WhenAll(work).WaitAsync(TimeSpan.FromSeconds(90), cancellation);

        await using var db = server.OpenDb();
        var last = await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).MaxAsync(e => e.Seq, cancellation);
        var rows = (await db.Set<MessageReaction>().Where(r => r.RoomId == scene.Stage.Id).ToListAsync(cancellation)).CountBy(r => r.Message).ToDictionary(c => c.Key, c => c.Value);
        foreach (var client in clients) await client.Reaches(last);
        for (var message = 1; message <= People; message++)
        {
            Assert.Equal(People / 2, rows[message]);
            foreach (var client in clients)
                Assert.Equal(($"second {message - 1}", People / 2), (client.Shows(message).Text, client.Shows(message).Now!.Reactions!["👍"]));
        }
        foreach (var client in clients) await client.DisposeAsync();

        async Task UntilDone(Func<Task> act)
        {
            while (true)
            {
                try
                {
                    await act();
                    done.Add("");
                    if (done.Count >= People * 4) midway.TrySetResult();
                    return;
                }
                catch (Exception lost) when (lost is not OperationCanceledException || !cancellation.IsCancellationRequested)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200)), cancellation); // as somebody's client would
                }
            }
        }
    }
}

public sealed class ChatCrashFactsOnSqlite : ChatCrashFacts
{
    protected override Task<string?> NewDatabase() => Task.FromResult<string?>(null);
}

public sealed class ChatCrashFactsOnPostgres(PostgresApp app) : ChatCrashFacts
{
    protected override async Task<string?> NewDatabase()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        return await app.CreateDatabaseAsync();
    }
}
