using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Messages;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Messages;

/// <summary>What people have written when a process is killed, and whom they reach in another one.</summary>
[Trait("Speed", "Slow")]
public sealed class MessageCrashFacts(PostgresApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAcknowledgedMessageSurvivesAKillOnSqlite() => await Survives(null);

    [Fact]
    public async Task AnAcknowledgedMessageSurvivesAKillOnPostgres()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await Survives(await app.CreateDatabaseAsync());
    }

    [Fact]
    public async Task APersonIsReachedInAnotherProcess()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await app.CreateDatabaseAsync(), count: 2);
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        using var ada = new Correspondent(scene, cluster[0].Url, await scene.Attendee("Ada"));
        var ben = await scene.Attendee("Ben");
        await using var there = await new LiveClient(cluster[1].Url, scene.Sessions.Cookie(ben.Id)).Start();
        await there.Attend(scene.Event.Id);
        for (var n = 1; n <= 5; n++) await ada.Write(ben.Id, $"line {n}");
        await there.Until(() => there.Told.Count(t => t.About == "message") == 5, "five messages from the other process");
    }

    private static async Task Survives(string? database)
    {
        await using var server = await ServerProcess.StartAsync(database);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var people = await scene.Attendees(6);
        var acknowledged = new ConcurrentDictionary<Guid, int>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = people.Select((person, n) => Task.Run(async () =>
        {
            using var writer = new Correspondent(scene, server.Url, person);
            for (var line = 0; line < 12; line++)
            {
                var id = Guid.CreateVersion7();
                while (true)
                {
                    try
                    {
                        acknowledged[id] = (int)(await writer.Write(people[n ^ 1].Id, $"{n}.{line}", id))["number"]!;
                        break;
                    }
                    catch (HttpRequestException)
                    {
                        await Task.Delay(100, Cancellation); // what a browser does: a little later, the same again
                    }
                }
                if (acknowledged.Count >= 20) enough.TrySetResult();
            }
        }, Cancellation)).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await server.Kill();
        var before = acknowledged.Keys.ToList();
        await server.StartAgain();
        await Task.WhenAll(writing).WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
        await using var db = server.OpenDb();
        var kept = await db.Set<Message>().ToListAsync(Cancellation);
        Assert.Subset(kept.Select(m => m.Id).ToHashSet(), before.ToHashSet());
        Assert.Equal(acknowledged.Keys.Order(), kept.Select(m => m.Id).Order());
        Assert.All(kept, m => Assert.Equal(acknowledged[m.Id], m.Number));
        Assert.All(kept.GroupBy(m => m.ConversationId), c => Assert.Equal(Enumerable.Range(1, 24).Select(n => (long)n), c.Select(m => m.Number).Order()));
    }
}
