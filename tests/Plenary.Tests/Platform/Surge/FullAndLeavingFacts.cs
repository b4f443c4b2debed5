using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Platform.Surge;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Surge;

/// <summary>What people meet at a process that is full, and at one that goes away.</summary>
[Trait("Speed", "Slow")]
public sealed class FullAndLeavingFacts(PostgresApp app)
{
    private const string Public = "https://events.example.org";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFullProcessSendsPeopleToASiblingAndThenRefusesBeforeItAsksWhoTheyAre()
    {
        await using var pair = await Siblings.Start(app, 2, addresses: true, "--Live:MaxConnections=20");
        var (first, second) = (pair[0], pair[1]);
        var scene = await Scene.Arrange(first.OpenDb, first.Url, first.Keys);
        var ann = scene.Sessions.Cookie((await scene.Attendee()).Id);
        var filling = await Task.WhenAll(Enumerable.Range(0, 19).Select(_ => Open(first, ann)));
        // Until the sibling was heard of there is nowhere to go.
        await Until(async () => await Upgrade(first, ann, null) == HttpStatusCode.SwitchingProtocols);
        await Until(() => Task.FromResult(filling.Count(socket => socket.State == WebSocketState.Open) == 19));

        var moving = new MovingClient(first.Url, ann, scene.Stage.Id);
        // The question just asked counts as a connection until the process has noticed its end.
        await Until(() => moving.Enter().ContinueWith(entered => entered.Exception?.InnerException is not WebSocketException, TaskScheduler.Default));
        await Until(() => Task.FromResult(moving.Moves == 1));
        Assert.Equal(new Uri(second.Url, "/live").ToString(), moving.MovedTo);
        Assert.Equal(1, await moving.Post("from the other process", Guid.CreateVersion7()));
        Assert.Equal(0, moving.Losses);
        await moving.DisposeAsync();

        var stays = new LiveClient(first.Url, ann);
        var cutOff = new TaskCompletionSource();
        stays.Hub.Closed += _ => Task.FromResult(cutOff.TrySetResult());
        await Until(async () =>
        {
            await stays.Start().ContinueWith(_ => { }, TaskScheduler.Default);
            return stays.Hub.State == HubConnectionState.Connected;
        });
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) });
        using var refused = await http.SendAsync(Handshake(first, null, null), Cancellation); // without any cookie
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 15);
        await cutOff.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        foreach (var socket in filling) socket.Dispose();
    }

    [Fact]
    public async Task APageOfThisInstallationMayConnectToASiblingAndNoOtherMay()
    {
        await using var pair = await Siblings.Start(app, 2, addresses: true, $"--Public:Url={Public}");
        var scene = await Scene.Arrange(pair[0].OpenDb, pair[0].Url, pair[0].Keys);
        var ann = scene.Sessions.Cookie((await scene.Attendee()).Id);
        foreach (var process in new[] { pair[0], pair[1] })
        {
            Assert.Equal(HttpStatusCode.SwitchingProtocols, await Upgrade(process, ann, Public));
            foreach (var other in new[] { "https://evil.example", "http://events.example.org", "https://events.example.org.evil.example", "https://g1.events.example.org", "https://events.example.org:8443", "null" })
                Assert.Equal(HttpStatusCode.Forbidden, await Upgrade(process, ann, other));
        }
        using var http = new HttpClient();
        await Until(async () =>
        {
            using var page = await http.GetAsync(new Uri(pair[0].Url, "/schema.graphql"), Cancellation);
            return page.Headers.GetValues("Content-Security-Policy").Single().Contains($"ws://localhost:{pair[1].Url.Port}", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task AProcessThatGoesAwayIsNotReadyTakesNobodyAndEndsWhenItsPeopleHaveMoved()
    {
        await using var pair = await Siblings.Start(app, 2, addresses: true, "--Live:NoticeSeconds=1", "--Live:DrainSeconds=120");
        var (first, second) = (pair[0], pair[1]);
        var scene = await Scene.Arrange(first.OpenDb, first.Url, first.Keys);
        var ann = scene.Sessions.Cookie((await scene.Attendee()).Id);
        var bob = scene.Sessions.Cookie((await scene.Attendee("Bob")).Id);
        using var http = new HttpClient();
        await Until(async () => // it has heard of the other
        {
            using var page = await http.GetAsync(new Uri(first.Url, "/schema.graphql"), Cancellation);
            return page.Headers.GetValues("Content-Security-Policy").Single().Contains($":{second.Url.Port}", StringComparison.Ordinal);
        });
        using var here = await Open(first, ann);
        var end = first.Terminate();
        await Until(async () => (await http.GetAsync(new Uri(first.Url, "/health/ready"), Cancellation)).StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Upgrade(first, bob, null));
        using (var answer = await http.GetAsync(new Uri(first.Url, "/schema.graphql"), Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.ConnectionClose);
        }
        Assert.Equal(WebSocketState.Open, here.State);
        Assert.False(end.IsCompleted);
        here.Dispose(); // it has moved
        var began = Stopwatch.StartNew();
        Assert.Equal(0, await end);
        Assert.InRange(began.Elapsed.TotalSeconds, 0, 40); // not the whole drain

        // The other one is alone now: it need not wait for anybody.
        using var last = await Open(second, ann);
        began.Restart();
        Assert.Equal(0, await second.Terminate());
        Assert.InRange(began.Elapsed.TotalSeconds, 0, 40);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var began = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(90), "waited in vain");
            await Task.Delay(50, Cancellation);
        }
    }

    /// <summary>A live connection that says nothing.</summary>
    private static async Task<ClientWebSocket> Open(ServerProcess at, string cookie)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(new UriBuilder(at.Url) { Scheme = "ws", Path = "/live" }.Uri, Cancellation);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        return socket;
    }

    /// <summary>How a handshake is answered.</summary>
    private static async Task<HttpStatusCode> Upgrade(ServerProcess at, string cookie, string? origin)
    {
        using var http = new HttpClient();
        using var answer = await http.SendAsync(Handshake(at, cookie, origin), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return answer.StatusCode;
    }

    private static HttpRequestMessage Handshake(ServerProcess at, string? cookie, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(at.Url, "/live"));
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(Guid.CreateVersion7().ToByteArray()));
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        return request;
    }
}
