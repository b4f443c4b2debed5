using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Calls.Janus;
using Plenary.Load.Media;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>The connection to a real Janus: kept up, and honest about what it has lost.</summary>
public sealed class JanusNodeFacts : IAsyncLifetime
{
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim news = new(0);
    private JanusServer janus = null!;
    private JanusNode node = null!;
    private Task running = Task.CompletedTask;
    private int lost;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        janus = await JanusServer.StartAsync();
        node = Make(JanusServer.Secret);
        running = node.Run(stop.Token);
        await Becomes(NodeState.Up);
    }

    public async ValueTask DisposeAsync()
    {
        if (janus is null) return;
        await stop.CancelAsync();
        await running;
        await janus.DisposeAsync();
    }

    [Fact]
    public async Task ARoomIsMadeOnceAndItsFeedsAreKnownOnlyToThoseWithTheSecret()
    {
        var call = Guid.CreateVersion7();
        await new VideoRoom(Settings(), call).Ensure(node.Control);
        await new VideoRoom(Settings(), call).Ensure(node.Control);
        Assert.Equal(0, (await VideoRoom.List(node.Control, Settings()))[call.ToString()]);
        var other = new VideoRoom(Settings(roomsKey: "another"), call);
        var no = await Assert.ThrowsAsync<JanusException>(() => other.Destroy(node.Control));
        Assert.Equal(433, no.Code);
        await new VideoRoom(Settings(), call).Destroy(node.Control);
        await new VideoRoom(Settings(), call).Destroy(node.Control);
        Assert.DoesNotContain(call.ToString(), await VideoRoom.List(node.Control, Settings()));
    }

    [Fact]
    public async Task AnEarInARoomKeepsItsSeatsUntilTheRoomIsDestroyed()
    {
        var room = new JanusRoom(node, Settings(), Guid.CreateVersion7());
        await room.Open();
        await room.Open();
        Assert.Equal(1, (await VideoRoom.List(node.Control, Settings()))[room.Room.Id]);
        await room.Room.Destroy(node.Control);
        for (var began = TimeProvider.System.GetTimestamp(); !room.Over; await Task.Delay(10, TestContext.Current.CancellationToken))
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "nobody noticed");
    }

    [Fact]
    public async Task AJanusThatIsKilledAndStartedAgainIsBackAndSaysWhatWasLost()
    {
        var session = node.Session;
        await janus.Kill();
        await Becomes(NodeState.Down);
        Assert.Throws<JanusLostException>(() => node.Session);
        Assert.Equal(0, lost);
        await janus.StartAgain();
        await Becomes(NodeState.Up);
        Assert.Equal(1, lost);
        Assert.NotSame(session, node.Session);
    }

    [Fact]
    public async Task ALostConnectionIsMadeAgainAndNothingIsLost()
    {
        var socket = await JanusSocket.Connect(new(janus.Url), JanusServer.Secret, TimeProvider.System, CancellationToken.None);
        var session = await JanusSession.Create(socket);
        var handle = await session.Attach(_ => { });
        var room = new VideoRoom(Settings(), Guid.CreateVersion7());
        await room.Ensure(handle);
        await handle.Ask(room.JoinAsPublisher("somebody"));
        await socket.DisposeAsync();
        await Assert.ThrowsAsync<JanusLostException>(() => handle.Ask(new() { ["request"] = "list" }));
        await using var again = await JanusSocket.Connect(new(janus.Url), JanusServer.Secret, TimeProvider.System, CancellationToken.None);
        Assert.True(await session.Claim(again));
        Assert.Equal(1, (await VideoRoom.List(handle, Settings()))[room.Id]);
        Assert.Equal(425, (await Assert.ThrowsAsync<JanusException>(() => handle.Ask(room.JoinAsPublisher("somebody")))).Code); // it is in already
    }

    [Fact]
    public async Task AJanusThatIsBeingEmptiedSaysSoAndGoesOn()
    {
        await janus.Drain();
        await Becomes(NodeState.Draining);
        var room = new VideoRoom(Settings(), Guid.CreateVersion7());
        await room.Ensure(node.Control); // what is there goes on
        Assert.Equal(0, lost);
    }

    [Fact]
    public async Task AWrongSecretIsNoConnection()
    {
        using var ending = new CancellationTokenSource();
        var stranger = Make("wrong");
        var trying = stranger.Run(ending.Token);
        var no = await Assert.ThrowsAsync<JanusException>(async () =>
        {
            await using var socket = await JanusSocket.Connect(new(janus.Url), "wrong", TimeProvider.System, CancellationToken.None);
            await JanusSession.Create(socket);
        });
        Assert.Equal(403, no.Code);
        Assert.Equal(NodeState.Down, stranger.State);
        await ending.CancelAsync();
        await trying;
    }

    private static JanusSettings Settings(string roomsKey = JanusServer.RoomsKey, string secret = JanusServer.Secret) => new(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { ["Media:Janus"] = "ws://unused", ["Media:JanusSecret"] = secret, ["Media:JanusRoomsKey"] = roomsKey }).Build());

    private JanusNode Make(string secret) => new(new(janus.Url), Settings(secret: secret), TimeProvider.System, NullLogger.Instance)
    {
        Lost = () => Interlocked.Increment(ref lost),
        Changed = () => news.Release(),
    };

    private async Task Becomes(NodeState state)
    {
        while (node.State != state)
            Assert.True(await news.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), $"it is {node.State} and never was {state}");
    }
}
