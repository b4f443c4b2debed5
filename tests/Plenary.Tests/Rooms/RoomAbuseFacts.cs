using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Plenary.Platform.Live;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What nobody can do to a room, by accident or on purpose.</summary>
public abstract class RoomAbuseFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BadInputIsRefusedByNameAndTheConnectionGoesOn()
    {
        var scene = await Scene.Arrange(app);
        await using var ann = await scene.Enter(await scene.Attendee());
        var room = scene.Stage.Id.ToString();
        async Task Refused(string method, object? argument) =>
            Assert.Equal("invalid-input", await LiveClient.Refused(() => ann.Hub.InvokeAsync<object?>(method, argument, Cancellation)));
        var id = Guid.CreateVersion7().ToString();

        await Refused("Post", new PostRequest(room, id, null));
        await Refused("Post", new PostRequest(room, id, " \n\t\u0000 "));
        await Refused("Post", new PostRequest(room, id, new string('x', ChatText.Longest + 1)));
        await Refused("Post", new PostRequest(room, "1", "text"));
        await Refused("Post", new PostRequest(room, null, "text"));
        await Refused("Post", new PostRequest("main stage", id, "text"));
        await Refused("Post", null);
        await Refused("Join", new JoinRequest(null));
        await Refused("React", new ReactRequest(room, null));
        await Refused("Watching", new WatchingRequest(room, double.NaN));
        foreach (var wrong in new object[] { 42, "text", new[] { 1, 2 }, new Dictionary<string, object> { ["room"] = 7, ["id"] = true } })
            await Assert.ThrowsAsync<HubException>(() => ann.Hub.InvokeAsync<object?>("Post", wrong, Cancellation));
        await Assert.ThrowsAsync<HubException>(() => ann.Hub.InvokeAsync<object?>("Drop", room, Cancellation));

        Assert.Equal(1, (await ann.Post(new string('x', ChatText.Longest))).Seq);
    }

    [Fact]
    public async Task TooMuchAtOnceIsRefusedAndNotKept()
    {
        var scene = await Scene.Arrange(app);
        await using var fast = await scene.Enter(await scene.Attendee("Fast"));
        await using var calm = await scene.Enter(await scene.Attendee("Calm"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(async n =>
        {
            try
            {
                await fast.Post($"{n}");
                return true;
            }
            catch (HubException e) when (e.Message.Contains("\"too-many-requests\"", StringComparison.Ordinal))
            {
                return false;
            }
        }));
        var kept = outcomes.Count(o => o);
        Assert.InRange(kept, 10, 59);
        Assert.Equal(kept + 1, (await calm.Post("my turn")).Seq);
    }

    [Fact]
    public async Task NobodyIsInMoreThanEightRooms()
    {
        var scene = await Scene.Arrange(app);
        var rooms = Enumerable.Range(1, 9).Select(n => new Room { EventId = scene.Event.Id, Slug = $"r{n}", Name = $"R{n}" }).ToArray();
        await scene.Save(rooms);
        await using var ann = await scene.Connect(await scene.Attendee());
        foreach (var room in rooms.Take(8)) await ann.Join(room.Id);
        Assert.Equal("too-many-rooms", await LiveClient.Refused(() => ann.Join(rooms[8].Id)));
        await ann.Hub.InvokeAsync("Leave", rooms[0].Id.ToString(), Cancellation);
        await ann.Join(rooms[8].Id);
    }

    [Fact]
    public async Task JunkOnTheSocketEndsThatSocketOnly()
    {
        var scene = await Scene.Arrange(app);
        var (ann, eve) = (await scene.Attendee("Ann"), await scene.Attendee("Eve"));
        await using var healthy = await scene.Enter(ann);
        var random = new Random(7);
        byte[] Noise(int length)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
        byte[][] handshakes = [Noise(40), "{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray(), "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray()];
        byte[][] messages = [Noise(200), Noise(20_000), [0xff, 0xff, 0xff, 0xff, 0x7f, 1, 2], "{\"type\":1,\"target\":\"Post\",\"arguments\":[{\"room\":{}}]}\u001e"u8.ToArray(), Encoding.UTF8.GetBytes(new string('[', 9_000) + "\u001e")];
        foreach (var handshake in handshakes)
            foreach (var message in messages)
            {
                using var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("Cookie", scene.Sessions.Cookie(eve.Id));
                await socket.ConnectAsync(new UriBuilder(app.Url) { Scheme = "ws", Path = "/live" }.Uri, Cancellation);
                try
                {
                    await socket.SendAsync(handshake, WebSocketMessageType.Binary, true, Cancellation);
                    await socket.SendAsync(message, WebSocketMessageType.Binary, true, Cancellation);
                }
                catch (WebSocketException) { } // it was faster in closing
            }
        await using var tooLong = await scene.Enter(eve);
        await Assert.ThrowsAnyAsync<Exception>(() => tooLong.Post(new string('x', LiveServices.LargestMessage)));

        await healthy.Post("still here");
        await healthy.Reaches(1);
        Assert.Equal(HubConnectionState.Connected, healthy.Hub.State);
        Assert.Equal("still here", Assert.Single(healthy.Log).Text);
    }
}

public sealed class RoomAbuseFactsOnSqlite(SqliteApp app) : RoomAbuseFacts(app);

public sealed class RoomAbuseFactsOnPostgres(PostgresApp app) : RoomAbuseFacts(app);
