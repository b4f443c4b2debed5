using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Surge;

/// <summary>Three processes behind a proxy are exchanged one after the other, and nobody notices.</summary>
[Trait("Speed", "Slow")]
public sealed class RollingRestartFacts(PostgresApp app)
{
    private const int People = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoRequestFailsNoMessageIsLostOrDoubledAndNobodyIsCutOff()
    {
        Assert.SkipWhen(Haproxy.Missing is not null, Haproxy.Missing ?? "");
        await using var proxy = new Haproxy();
        await using var cluster = await Siblings.Start(app, 3, addresses: false,
            $"--Public:Url={proxy.Url}", "--Proxy:Trusted=127.0.0.1", "--Live:NoticeSeconds=1", "--Live:DrainSeconds=2");
        await proxy.Start([.. cluster.Urls]);
        var scene = await Scene.Arrange(cluster[0].OpenDb, proxy.Url, cluster[0].Keys);
        var clients = await Task.WhenAll((await scene.Attendees(People)).Select(person => new MovingClient(proxy.Url, scene.Sessions.Cookie(person.Id), scene.Stage.Id).Enter()));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var (posted, slowest) = (new ConcurrentDictionary<Guid, string>(), TimeSpan.Zero);

        var posting = clients.Select((client, who) => Task.Run(async () =>
        {
            for (var n = 0; !over.IsCancellationRequested; n++)
            {
                var (id, began) = (Guid.CreateVersion7(), Stopwatch.StartNew());
                await client.Post($"{who}.{n}", id);
                posted[id] = $"{who}.{n}";
                if (began.Elapsed > slowest) slowest = began.Elapsed;
                await Task.Delay(300, Cancellation);
            }
        })).ToList();
        var (requests, failures) = (0, new ConcurrentQueue<string>());
        var asking = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using var http = new HttpClient { BaseAddress = proxy.Url };
            while (!over.IsCancellationRequested)
            {
                Interlocked.Increment(ref requests);
                try
                {
                    using var answer = await http.PostAsJsonAsync("/graphql", new { query = "{ installation { version } }" }, Cancellation);
                    if (!answer.IsSuccessStatusCode || !(await answer.Content.ReadAsStringAsync(Cancellation)).Contains("\"version\"", StringComparison.Ordinal))
                        failures.Enqueue($"{answer.StatusCode}");
                }
                catch (HttpRequestException error)
                {
                    failures.Enqueue(error.Message);
                }
                await Task.Delay(60, Cancellation); // together fewer than one address may ask of the process that is left (RateLimit.Graph)
            }
        })).ToList();

        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(0, await cluster[n].Terminate());
            await cluster[n].StartAgain();
            await proxy.Sees(n, "UP");
        }
        await over.CancelAsync();
        await Task.WhenAll([.. posting, .. asking]);

        await using var db = cluster[0].OpenDb();
        var kept = await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).OrderBy(e => e.Seq).ToListAsync(Cancellation);
        TestContext.Current.SendDiagnosticMessage($"{requests} requests, {posted.Count} posts, slowest {slowest.TotalMilliseconds:0} ms, {clients.Sum(c => c.Moves)} moves");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {requests} requests failed: {string.Join(", ", failures.Take(5))}");
        Assert.Equal(posted.Keys.Order(), kept.Select(e => e.EntryId).Order());
        foreach (var client in clients)
        {
            while (client.Log.Length < kept.Count) await Task.Delay(20, Cancellation);
            Assert.Equal(kept.Select(e => (e.Seq, e.EntryId)), client.Log.Select(e => (e.Seq, e.Id)));
            Assert.Equal((0, 0), (client.Losses, client.Gaps));
            await client.DisposeAsync();
        }
        Assert.True(clients.Sum(c => c.Moves) >= People, "everybody was somewhere that went away");
    }
}
