using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Cluster;

/// <summary>Three processes that were started at once, on a PostgreSQL that has no database yet.</summary>
public sealed class ThreeProcesses : IAsyncLifetime
{
    private PostgresServer? postgres;
    private ClusterOfProcesses? cluster;

    public PostgresServer Postgres => postgres!;

    public ClusterOfProcesses Cluster => cluster!;

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is not null) return;
        postgres = await PostgresServer.StartAsync();
        cluster = await ClusterOfProcesses.StartAsync(postgres.NoDatabaseYet(), 3, "--Demo=true");
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null) await postgres.DisposeAsync();
    }
}

/// <summary>Several processes are one installation, and go on when one of them is lost.</summary>
[Trait("Speed", "Slow")]
public sealed class ClusterFacts(ThreeProcesses three, ITestOutputHelper output) : IClassFixture<ThreeProcesses>
{
    private const int People = 12;

    /// <summary>What is measured is 2 to 4 s; a machine that is busy with other tests gets its time.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private string? cookie;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ProcessesThatStartTogetherOnNothingAreOneInstallation()
    {
        var cluster = Here();
        await using var db = cluster.OpenDb();
        Assert.Equal(1, await db.Set<Organization>().CountAsync(o => o.Slug == "keel-foundation", Cancellation));
        Assert.Single(await db.DataProtectionKeys.ToListAsync(Cancellation));
        Assert.All(cluster.Processes, process => Assert.DoesNotContain(process.Said, said => said.Line.Contains("unhandled", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task WhatIsSaidInOneProcessIsHeardInAllAndPeopleAreCountedTogether()
    {
        var cluster = Here();
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var people = await scene.Attendees(3);
        var clients = new List<LiveClient>();
        for (var i = 0; i < 3; i++) clients.Add(await cluster.Enter(scene.Sessions.Cookie(people[i].Id), scene.Stage.Id, i));
        foreach (var client in clients) await client.Until(() => client.Present == 3, "three people present");
        var posted = await clients[0].Post("hello");
        foreach (var client in clients)
        {
            await client.Reaches(posted.Seq);
            Assert.Equal("hello", client.Log[^1].Text);
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task ASessionIsGoodInEveryProcessAndEndsInEveryProcess()
    {
        var cluster = Here();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() });
        async Task<JsonNode> Graph(int process, string query)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cluster[process].Url, "/graphql")) { Content = JsonContent.Create(new { query }) };
            request.Headers.Add("Origin", cluster[process].Url.GetLeftPart(UriPartial.Authority));
            using var response = await browser.SendAsync(request, Cancellation);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
            Assert.True(answer["errors"] is null, answer.ToJsonString());
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies)) cookie = cookies.First().Split(';')[0];
            return answer["data"]!;
        }
        await Graph(0, """mutation { enterDemo(key: "attendee") { goTo } }""");
        var session = cookie!;
        for (var process = 0; process < 3; process++) Assert.Equal("Hana Novak", (string?)(await Graph(process, "{ viewer { name } }"))["viewer"]!["name"]);

        await using var db = cluster.OpenDb();
        var room = await (from r in db.Set<Room>() join e in db.Set<Event>() on r.EventId equals e.Id where e.Slug == "groundwork" && r.Slug == "main-stage" select r.Id).SingleAsync(Cancellation);
        var closed = new List<Task>();
        for (var process = 0; process < 3; process++)
        {
            var client = await new LiveClient(cluster[process].Url, session).Start();
            await client.Join(room);
            var end = new TaskCompletionSource();
            client.Hub.Closed += _ =>
            {
                end.TrySetResult();
                return Task.CompletedTask;
            };
            closed.Add(end.Task);
        }
        await Graph(1, "mutation { signOut }");
        await Task.WhenAll(closed).WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
    }

    [Fact]
    public async Task WhateverDiesNothingThatWasAcknowledgedIsLostOrDoubled()
    {
        var cluster = Here();
        using var clocks = new FakeClocks();
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var room = scene.Stage.Id;
        var clients = new List<LiveClient>();
        foreach (var person in await scene.Attendees(People))
            clients.Add(await cluster.Enter(scene.Sessions.Cookie(person.Id), room, clients.Count % 3, json: clients.Count % 4 == 0));
        await using var talk = Conversation.Among(clients, TimeSpan.FromMilliseconds(200));
        await talk.GoesOn(50);

        async Task Step(string name, Func<Task> fault)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                await fault();
                await talk.GoesOn(40);
            }
            catch
            {
                output.WriteLine($"{name}: {cluster.LastWords()}");
                throw;
            }
            var silence = talk.SilenceSince(began);
            output.WriteLine($"{name}: silence {silence.TotalSeconds:0.0} s, {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s in all");
            Assert.True(silence < LongestSilence, $"{name}: nothing for {silence.TotalSeconds:0.0} s");
        }
        ServerProcess Leader() => cluster.HostOf(room);
        ServerProcess Relay() => cluster.Processes.First(p => p.IsRunning && p != Leader());
        async Task AllAgain()
        {
            await Task.WhenAll(cluster.Processes.Where(p => !p.IsRunning).Select(p => p.StartAgain()));
            await cluster.Settles();
            foreach (var client in clients) await client.GoHome();
            await talk.GoesOn(20);
        }

        await Step("SIGKILL of the room's process", () => Leader().Kill());
        await Step("SIGKILL of a relaying process", () => Relay().Kill());
        await AllAgain();

        var frozen = Leader();
        await Step("SIGSTOP of the room's process until it is declared dead", async () =>
        {
            var began = Stopwatch.GetTimestamp();
            frozen.Freeze();
            await cluster.Processes.First(p => p != frozen).Says("was declared dead", began);
        });
        await Step("SIGCONT of the process that was declared dead", async () =>
        {
            frozen.Thaw();
            Assert.NotEqual(0, await frozen.Ended());
        });
        await Step("SIGSTOP of a relaying process for a moment", async () =>
        {
            var relay = Relay();
            relay.Freeze();
            await talk.GoesOn(20);
            relay.Thaw();
        });
        await AllAgain();

        await Step("SIGTERM of the room's process", async () =>
        {
            var ending = Leader();
            Assert.Equal(0, await ending.Terminate());
            clocks.Wind(ending);
        });
        await Step("SIGTERM of a relaying process", async () =>
        {
            var ending = Relay();
            Assert.Equal(0, await ending.Terminate());
            clocks.Wind(ending);
        });
        await AllAgain();

        await Step("PostgreSQL restarted", () => three.Postgres.RestartAsync("fast"));
        await Step("PostgreSQL crashed", () => three.Postgres.RestartAsync("immediate"));
        await Step("a disk that hangs for two seconds", async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await using var connection = new NpgsqlConnection(cluster.Database);
            await connection.OpenAsync(Cancellation);
            await using var command = new NpgsqlCommand("""BEGIN; LOCK TABLE "RoomEntries" IN EXCLUSIVE MODE; SELECT pg_sleep(2); COMMIT""", connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        });
        if (FakeClocks.Missing is { } missing) output.WriteLine(missing);
        else await Step("clocks that jump an hour ahead, and two hours back", async () =>
        {
            clocks.Jump(TimeSpan.FromHours(1));
            await talk.GoesOn(50);
            using var http = new HttpClient();
            var now = TimeProvider.System.GetUtcNow();
            var dates = await Task.WhenAll(cluster.Processes.Select(async p => (await http.GetAsync(new Uri(p.Url, "/health/live"), Cancellation)).Headers.Date - now));
            Assert.Equal(2, dates.Count(d => d > TimeSpan.FromMinutes(50)));
            clocks.Jump(TimeSpan.FromHours(-1));
            await talk.GoesOn(50);
            for (var process = 0; process < 3; process++)
            {
                await using var newcomer = await new LiveClient(cluster[process].Url, scene.Sessions.Cookie((await scene.Attendee()).Id)).Start();
                await newcomer.Join(room);
            }
            clocks.Jump(TimeSpan.Zero); // the other facts are about clocks that are right
        });
        await talk.EndsWithNothingLost(cluster, room);
        output.WriteLine($"{talk.Acknowledged} posts; memory {string.Join(", ", cluster.Processes.Select(p => $"{p.WorkingSet >> 20} MiB"))}");
    }

    private ClusterOfProcesses Here()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        return three.Cluster;
    }
}
