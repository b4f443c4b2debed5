using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What people keep when the server is killed.</summary>
[Trait("Speed", "Slow")]
public abstract class RoomCrashFacts
{
    private const int People = 12;
    private const int PostsEach = 15;

    protected abstract Task<string?> NewDatabase();

    [Fact]
    public async Task AnAcknowledgedMessageSurvivesTheKillOfTheServerAndNobodySeesAGapOrADouble()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await ServerProcess.StartAsync(await NewDatabase());
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var clients = new List<LiveClient>();
        foreach (var person in await scene.Attendees(People)) clients.Add((await scene.Enter(person, json: clients.Count % 3 == 0)).ComesBack());
        var acknowledged = new ConcurrentDictionary<Guid, Posted>();
        var midBurst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var burst = clients.SelectMany((client, who) => Enumerable.Range(0, PostsEach).Select(async n =>
        {
            var id = Guid.CreateVersion7();
            var posted = await client.PostUntilKept($"{who}.{n}", id);
            Assert.True(acknowledged.TryAdd(id, posted));
            if (acknowledged.Count >= People * PostsEach / 4) midBurst.TrySetResult();
        })).ToList();
        await midBurst.Task.WaitAsync(TimeSpan.FromSeconds(90), cancellation);
        await server.Kill();
        var beforeTheKill = acknowledged.Keys.ToHashSet();
        Assert.True(beforeTheKill.Count < burst.Count, "the kill came after the burst");
        await server.StartAgain();
        await Task.WhenAll(burst).WaitAsync(TimeSpan.FromSeconds(60), cancellation);

        await using var db = server.OpenDb();
        var kept = await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).OrderBy(e => e.Seq).ToListAsync(cancellation);
        Assert.Equal(Enumerable.Range(1, kept.Count).Select(n => (long)n), kept.Select(e => e.Seq));
        Assert.Equal(acknowledged.Keys.Order(), kept.Select(e => e.EntryId).Order());
        Assert.Subset(kept.Select(e => e.EntryId).ToHashSet(), beforeTheKill);
        Assert.All(kept, e => Assert.Equal(acknowledged[e.EntryId].Seq, e.Seq));
        foreach (var client in clients)
        {
            await client.Reaches(kept.Count);
            Assert.Equal(kept.Select(e => (e.Seq, e.EntryId, e.Text)), client.Lines);
            await client.DisposeAsync();
        }
    }
}

public sealed class RoomCrashFactsOnSqlite : RoomCrashFacts
{
    protected override Task<string?> NewDatabase() => Task.FromResult<string?>(null);
}

public sealed class RoomCrashFactsOnPostgres(PostgresApp app) : RoomCrashFacts
{
    protected override async Task<string?> NewDatabase()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        return await app.CreateDatabaseAsync();
    }
}
