using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Plenary.Calls.LiveKit;

/// <summary>LiveKit's room service over HTTP (Twirp with JSON): as much of it as calls need. What a server that is reached refuses is thrown as <see cref="HttpRequestException"/>.</summary>
internal sealed class LiveKitRooms(HttpClient http, LiveKitSettings settings, LiveKitTokens tokens)
{
    private static readonly string[] EverySource = ["CAMERA", "MICROPHONE", "SCREEN_SHARE", "SCREEN_SHARE_AUDIO"];

    /// <summary>What somebody may send, as LiveKit names it.</summary>
    public static string[] SourcesOf(bool mayPublish, bool silenced) => !mayPublish ? [] : silenced ? [.. EverySource.Except(["MICROPHONE"])] : EverySource;

    /// <summary>Harmless when it is there.</summary>
    public Task Create(string room, int most, CancellationToken cancellation) =>
        Call("CreateRoom", tokens.ForRooms(), new { name = room, emptyTimeout = 300, departureTimeout = 20, maxParticipants = most }, cancellation);

    public Task Permit(string room, string identity, bool mayPublish, bool silenced, CancellationToken cancellation) => Call("UpdateParticipant", tokens.ForPeople(room), new
    {
        room,
        identity,
        permission = new { canSubscribe = true, canPublish = mayPublish, canPublishData = false, canPublishSources = SourcesOf(mayPublish, silenced) },
    }, cancellation);

    /// <summary>Harmless when they are not there.</summary>
    public Task Remove(string room, string identity, CancellationToken cancellation) => Call("RemoveParticipant", tokens.ForPeople(room), new { room, identity }, cancellation);

    /// <summary>Harmless when it is not there.</summary>
    public Task Delete(string room, CancellationToken cancellation) => Call("DeleteRoom", tokens.ForRooms(), new { room }, cancellation);

    private async Task Call(string method, string token, object body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Address!, $"twirp/livekit.RoomService/{method}"))
        {
            Content = JsonContent.Create(body, body.GetType()),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        using var answer = await http.SendAsync(request, cancellation);
        // Twirp's "not_found": whoever is to be removed or changed is not there, or not yet, and comes with a token of today's rights.
        if (answer.StatusCode != HttpStatusCode.NotFound) answer.EnsureSuccessStatusCode();
    }
}
