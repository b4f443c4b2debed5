using System.Text;
using System.Text.Json;
using Plenary.Platform.Live;
using Plenary.Platform.Live.Transport;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Live;

/// <summary>What is sent to many reaches each of them, in order and whole, however slow, lost or short-lived others are.</summary>
public sealed class LaneFacts
{
    private static readonly string Padding = new('x', 8_000);

    private sealed record Told(string Crowd, int Number, string Padding);

    [Fact]
    public async Task AReaderThatNeverReadsCostsABoundedAmountAndNobodyElseAnything()
    {
        await using var host = await LiveHost.Start();
        await using var slow = await RawWebSocket.Connect(host.Url, receiveBuffer: RawWebSocket.Small);
        await using var quick = await RawWebSocket.Connect(host.Url);
        foreach (var one in new[] { slow, quick }) await Enter(one, "a");
        const int frames = 2_000; // of 8 KB: far more than the kernel takes
        using var pace = new SemaphoreSlim(16);
        var reading = Task.Run(async () =>
        {
            for (var n = 1; n <= frames; n++)
            {
                Assert.Equal(n, (await Next(quick)).Number);
                pace.Release();
            }
        }, TestContext.Current.CancellationToken);
        var crowd = host.Crowds["a"];
        var most = 0;
        for (var n = 1; n <= frames; n++)
        {
            crowd.Send(new("Told", new Told("a", n, Padding)), FrameClass.Entries);
            await pace.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
            most = Math.Max(most, host.Lanes.All.Cast<SocketLane>().Max(lane => lane.Waiting));
        }
        await reading;
        Assert.InRange(most, 1, Backlog.Most);

        // It reads again: what was written of a frame is whole, numbers only go up, and the last one tells that others are missing.
        var (last, missing) = (0, 0);
        while (last < frames)
        {
            var told = await Next(slow);
            Assert.Equal(Padding, told.Padding);
            Assert.True(told.Number > last);
            missing += told.Number - last - 1;
            last = told.Number;
        }
        Assert.NotEqual(0, missing);
    }

    [Fact]
    public async Task OfWhatMayBeLostOnlySomeWaits()
    {
        await using var host = await LiveHost.Start();
        await using var slow = await RawWebSocket.Connect(host.Url, receiveBuffer: RawWebSocket.Small);
        await Enter(slow, "a");
        var (crowd, lane) = (host.Crowds["a"], (SocketLane)Assert.Single(host.Lanes.All));
        for (var n = 1; n <= 2_000; n++) crowd.Send(new("Told", new Told("a", n, Padding)), n % 2 == 0 ? FrameClass.State : FrameClass.Ephemeral);
        while (crowd.Lag > TimeSpan.FromSeconds(1)) await Task.Yield();
        await Until(() => lane.IsBehind);
        Assert.InRange(lane.Waiting, 1, Backlog.Crowded + 3 * Padding.Length);
        var last = 0;
        while (last < 2_000) last = (await Next(slow)).Number; // of the states, the latest arrives
    }

    [Fact]
    public async Task WhoAsksAndAsksWithoutReadingTheAnswersIsGivenUp()
    {
        await using var host = await LiveHost.Start(options => options.KeepAliveInterval = TimeSpan.FromMilliseconds(200));
        await using var client = await RawWebSocket.Connect(host.Url, receiveBuffer: RawWebSocket.Small);
        var call = RawWebSocket.Frame(WebSocketOpcode.Text, RawWebSocket.Call("1", "Echo", Padding));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (true) await client.SendRaw(call);
        });
        await Until(() => host.Lanes.Count == 0);
    }

    [Fact]
    public async Task AClientThatIsGoneWithoutAWordIsNoticed()
    {
        await using var host = await LiveHost.Start(options =>
            (options.KeepAliveInterval, options.ClientTimeoutInterval) = (TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(5)));
        await using var silent = await RawWebSocket.Connect(host.Url);
        await using var alive = await RawWebSocket.Connect(host.Url);
        var connected = host.Lanes.All.Select(lane => lane.ConnectionId).ToHashSet();
        var pings = 0;
        while (await silent.Receive() is { Opcode: WebSocketOpcode.Text } frame)
        {
            Assert.Equal("{\"type\":6}\u001e", Encoding.UTF8.GetString(frame.Payload));
            pings++;
            await alive.Send(WebSocketOpcode.Text, Encoding.UTF8.GetBytes("{\"type\":6}\u001e"));
        }
        Assert.InRange(pings, 2, 40);
        await Until(() => host.Lanes.Count == 1);
        await alive.Send(WebSocketOpcode.Text, RawWebSocket.Call("1", "Echo", "still here"));
        Assert.Equal("still here", (await alive.Completion("1")).GetProperty("result").GetString());
    }

    [Fact]
    public async Task WhoDoesNotShakeHandsIsLetGo()
    {
        await using var host = await LiveHost.Start(options => options.HandshakeTimeout = TimeSpan.FromMilliseconds(200));
        await using var client = await RawWebSocket.Open(host.Url);
        Assert.Contains("error", Encoding.UTF8.GetString(await client.Next(WebSocketOpcode.Text)), StringComparison.Ordinal);
        await client.Next(WebSocketOpcode.Close);
    }

    [Fact]
    public async Task WhenTheServerStopsItSaysGoodbye()
    {
        await using var host = await LiveHost.Start();
        await using var client = await RawWebSocket.Connect(host.Url);
        await using var half = await RawWebSocket.Open(host.Url);
        var stopping = host.Stop();
        using var message = JsonDocument.Parse((await client.Next(WebSocketOpcode.Text)).AsMemory()[..^1]);
        Assert.Equal(7, message.RootElement.GetProperty("type").GetInt32());
        Assert.True(message.RootElement.GetProperty("allowReconnect").GetBoolean());
        Assert.Equal([3, 0xE9], await client.Next(WebSocketOpcode.Close)); // 1001
        await client.Send(WebSocketOpcode.Close, [3, 0xE9]);
        Assert.Null(await client.Receive());
        Assert.Equal([3, 0xE9], await half.Next(WebSocketOpcode.Close));
        await half.Send(WebSocketOpcode.Close, []);
        await stopping;
    }

    [Fact]
    public async Task NobodyGetsWhatWasMeantForTheOneWhoHadTheSocketBefore()
    {
        await using var host = await LiveHost.Start();
        using var ending = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            for (var n = 1; !ending.IsCancellationRequested; n++)
            {
                for (var crowd = 0; crowd < 4; crowd++) host.Crowds[$"{crowd}"].Send(new("Told", new Told($"{crowd}", n, "")), FrameClass.Entries);
                await Task.Delay(1);
            }
        }, TestContext.Current.CancellationToken);
        // Each of them comes, reads a little and goes without a word, over and over: descriptors are taken again at once.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async who =>
        {
            for (var turn = 0; turn < 40; turn++)
            {
                var mine = $"{(who + turn) % 4}";
                await using var client = await RawWebSocket.Connect(host.Url);
                await Enter(client, mine);
                var last = 0;
                for (var n = 0; n < 5; n++)
                {
                    var told = await Next(client);
                    Assert.Equal(mine, told.Crowd);
                    Assert.True(last == 0 || told.Number == last + 1, $"{told.Number} after {last}");
                    last = told.Number;
                }
            }
        }));
        await ending.CancelAsync();
        await sending;
        await Until(() => host.Lanes.Count == 0);
        Assert.Equal(0, host.Crowds["0"].Count);
    }

    private static async Task Enter(RawWebSocket client, string crowd)
    {
        await client.Send(WebSocketOpcode.Text, RawWebSocket.Json(new { type = 1, target = "Enter", arguments = new[] { crowd } }));
        await client.Send(WebSocketOpcode.Text, RawWebSocket.Call("in", "Echo", ""));
        while (!Encoding.UTF8.GetString(await client.Next(WebSocketOpcode.Text)).Contains("\"in\"", StringComparison.Ordinal)) { }
    }

    private static async Task<Told> Next(RawWebSocket client)
    {
        using var message = JsonDocument.Parse((await client.Next(WebSocketOpcode.Text)).AsMemory()[..^1]);
        return message.RootElement.GetProperty("arguments")[0].Deserialize<Told>(JsonSerializerOptions.Web)!;
    }

    /// <summary>For what nobody tells: asks until it is so.</summary>
    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!holds()) await Task.Delay(5, patience.Token);
    }
}
