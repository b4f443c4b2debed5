using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plenary.Calls;
using Plenary.Events;
using Plenary.Platform.Live;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Calls;

/// <summary>
/// What Plenary says to a LiveKit server, held to the documented messages: those of LiveKit's server SDK, recorded once against a stub, as this one is. No real
/// server takes part.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class LiveKitFacts
{
    private const string Key = "APIkey";
    private const string Secret = "secret-secret-secret-secret-secret-1";

    private readonly ConcurrentQueue<(string Path, JsonObject Claims, JsonObject Body)> asked = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACallMakesItsRoomLetsPeopleInChangesWhatTheyMayAndTidiesUp()
    {
        await using var stub = await Stub();
        await using var server = await ServerProcess.StartAsync(null, $"--Media:LiveKit={stub.Urls.Single()}", $"--Media:LiveKitKey={Key}", $"--Media:LiveKitSecret={Secret}");
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var (room, ben) = (scene.Stage.Id.ToString(), await scene.Attendee("Ben"));
        await scene.Save(new EventRoleGrant { EventId = scene.Event.Id, PersonId = ben.Id, Role = EventRole.Speaker });
        await using var caller = new Caller(await scene.Enter(ben));
        var entered = await caller.Enter();
        Assert.Equal(("livekit", true), (entered.Engine, entered.Publishes));

        // The room: POST /twirp/livekit.RoomService/CreateRoom with { "video": { "roomCreate": true } }.
        var made = await Asked("CreateRoom");
        Assert.True((bool)made.Claims["video"]!["roomCreate"]!);
        Assert.Equal(room, (string?)made.Body["name"]);

        // The browser's token: { name, sub, iss, nbf, exp, video: { roomJoin, room, canPublish, canSubscribe, canPublishData } }.
        var access = JsonNode.Parse(entered.Access!)!;
        Assert.Equal(stub.Urls.Single().Replace("http://", "ws://", StringComparison.Ordinal), (string?)access["url"]);
        var token = Claims((string)access["token"]!);
        Assert.Equal((Key, caller.Peer.ToString(), "Ben"), ((string?)token["iss"], (string?)token["sub"], (string?)token["name"]));
        Assert.Equal("""{"roomJoin":true,"room":"ROOM","canPublish":true,"canSubscribe":true,"canPublishData":false,"canPublishSources":["camera","microphone","screen_share","screen_share_audio"]}"""
            .Replace("ROOM", room, StringComparison.Ordinal), token["video"]!.ToJsonString());
        Assert.InRange((long)token["exp"]! - (long)token["nbf"]!, 30, 120);

        // The right is taken: UpdateParticipant with { "video": { "roomAdmin": true, "room" } }, and nothing is said through our server.
        Assert.Equal("not-between-peers", await LiveClient.Refused(() => caller.Offer(caller.Peer)));
        Assert.Equal("not-through-server", await LiveClient.Refused(() => caller.Say(null, "offer", new { sdp = Caller.Sends })));
        await using (var db = server.OpenDb())
        {
            db.RemoveRange(db.Set<EventRoleGrant>().Where(g => g.PersonId == ben.Id));
            db.AddAccessChanged(scene.Event.Id, ben.Id, TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync(Cancellation);
        }
        var changed = await Asked("UpdateParticipant");
        Assert.Equal(("true", room), (changed.Claims["video"]!["roomAdmin"]!.ToJsonString(), (string?)changed.Claims["video"]!["room"]));
        Assert.Equal((room, caller.Peer.ToString()), ((string?)changed.Body["room"], (string?)changed.Body["identity"]));
        Assert.Equal("""{"canSubscribe":true,"canPublish":false,"canPublishData":false,"canPublishSources":[]}""", changed.Body["permission"]!.ToJsonString());

        // Leaving: RemoveParticipant, which the stub does not know of, and DeleteRoom after the last.
        await caller.Leave();
        var removed = await Asked("RemoveParticipant");
        Assert.Equal((room, caller.Peer.ToString()), ((string?)removed.Body["room"], (string?)removed.Body["identity"]));
        var deleted = await Asked("DeleteRoom");
        Assert.Equal((room, "true"), ((string?)deleted.Body["room"], deleted.Claims["video"]!["roomCreate"]!.ToJsonString()));
    }

    private async Task<WebApplication> Stub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var stub = builder.Build();
        stub.Urls.Add("http://127.0.0.1:0");
        stub.MapPost("/twirp/livekit.RoomService/{method}", async (string method, HttpRequest request) =>
        {
            Assert.StartsWith("application/json", request.ContentType);
            var header = request.Headers.Authorization.ToString();
            Assert.StartsWith("Bearer ", header);
            var body = (await JsonNode.ParseAsync(request.Body))!.AsObject();
            asked.Enqueue((method, Claims(header["Bearer ".Length..]), body));
            return method is "RemoveParticipant" ? Results.Json(new { code = "not_found", msg = "participant does not exist" }, statusCode: 404) : Results.Json(new { });
        });
        await stub.StartAsync(Cancellation);
        return stub;
    }

    private async Task<(string Path, JsonObject Claims, JsonObject Body)> Asked(string method)
    {
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(90); await Task.Delay(20, Cancellation))
            if (asked.FirstOrDefault(a => a.Path == method) is { Path: not null } found) return found;
        throw new TimeoutException($"{method} was never asked; asked was {string.Join(", ", asked.Select(a => a.Path))}");
    }

    /// <summary>What a token claims, if it is signed with our secret and not over.</summary>
    private static JsonObject Claims(string token)
    {
        var parts = token.Split('.');
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Equal(Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}"))), parts[2]);
        var claims = JsonSerializer.Deserialize<JsonObject>(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.True((long)claims["exp"]! > TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        return claims;
    }
}
