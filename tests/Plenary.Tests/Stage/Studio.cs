using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage.Media;

namespace Plenary.Tests.Stage;

/// <summary>A person at the studio page, without the browser: goes live, uploads, ends.</summary>
internal sealed class Studio : IDisposable
{
    private readonly Uri site;
    private readonly string? cookie;

    /// <param name="site">The server.</param>
    /// <param name="scene">Seals the session.</param>
    /// <param name="person">Null for a stranger.</param>
    /// <param name="onlyEvent">For a session of a personal link.</param>
    public Studio(Uri site, Scene scene, Person? person, Guid? onlyEvent = null)
    {
        (this.site, cookie) = (site, person is null ? null : scene.Sessions.Cookie(person.Id, onlyEvent));
        Http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = site };
        if (cookie is not null) Http.DefaultRequestHeaders.Add("Cookie", cookie);
    }

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<JsonNode> Answer(string query, object? variables = null)
    {
        using var response = await Http.PostAsJsonAsync("/graphql", new { query, variables }, JsonSerializerOptions.Web, Cancellation);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    public async Task<JsonNode> Graph(string query, object? variables = null)
    {
        var answer = await Answer(query, variables);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    /// <summary>The code of the refusal.</summary>
    public async Task<string> Refused(string query, object? variables = null)
    {
        var answer = await Answer(query, variables);
        Assert.True(answer["errors"] is not null, answer.ToJsonString());
        return (string)answer["errors"]![0]!["extensions"]!["code"]!;
    }

    public const string GoLiveDocument = "mutation($room: ID!) { goLive(room: $room) { uploadUrl container broadcast { id state playlistUrl speakerName } } }";

    public async Task<JsonNode> GoLive(Room room) => (await Graph(GoLiveDocument, new { room = room.Id }))["goLive"]!;

    /// <summary>Goes live; answers the broadcast and a recording of the type the server asks for.</summary>
    public async Task<(Guid Broadcast, string Container, byte[] Recording)> Begin(Room room)
    {
        var reply = await GoLive(room);
        var webm = (string)reply["container"]! == "video/webm";
        return (Guid.Parse((string)reply["broadcast"]!["id"]!), webm ? "video/webm;codecs=h264,opus" : "video/mp4;codecs=avc1.42E01E,opus", webm ? Samples.WebM : Samples.Recorder);
    }

    public Task<JsonNode> End(Guid broadcast) => Graph("mutation($id: ID!) { endBroadcast(id: $id) { id state endedAt } }", new { id = broadcast });

    /// <summary>The replay, as soon as it is made.</summary>
    public async Task<JsonNode> Replay(Guid broadcast)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        while (true)
        {
            var answer = await Answer("query($id: ID!) { replay(id: $id) { id title speakerName durationSeconds playlistUrl downloadUrl room { name } chat { author text atSeconds } } }", new { id = broadcast });
            if (answer["errors"] is null) return answer["data"]!["replay"]!;
            await Task.Delay(50, patience.Token);
        }
    }

    public async Task<Uplink> Connect(Guid broadcast)
    {
        var socket = new ClientWebSocket();
        socket.Options.UseDefaultCredentials = false;
        if (cookie is not null) socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", site.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(site) { Scheme = "ws", Path = $"/stage/{broadcast}/upload" }.Uri, Cancellation);
        return new Uplink(socket);
    }

    /// <summary>Uploads a whole recording as one take and closes as a host's browser does.</summary>
    public async Task Upload(Guid broadcast, string container, byte[] recording)
    {
        using var uplink = await Connect(broadcast);
        Assert.Equal(0, await uplink.Hello(Guid.CreateVersion7(), container, 0));
        foreach (var chunk in recording.Chunk(3000)) await uplink.Send(chunk);
        await uplink.Acknowledged(recording.Length);
        await uplink.Close();
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>The upload socket of a host's browser.</summary>
internal sealed class Uplink(ClientWebSocket socket) : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Says which take this is; answers how much of it is on disk.</summary>
    public async Task<long> Hello(Guid take, string container, long offset)
    {
        await Say(new { take, container, offset });
        var told = await Told();
        Assert.True(told["error"] is null, told.ToJsonString());
        return (long)told["offset"]!;
    }

    public Task Say(object what) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(what, JsonSerializerOptions.Web), WebSocketMessageType.Text, true, Cancellation);

    public Task Send(byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, true, Cancellation);

    /// <summary>Waits until that much is on disk.</summary>
    public async Task Acknowledged(long offset)
    {
        for (long told = 0; told < offset;)
        {
            var message = await Told();
            Assert.True(message["error"] is null, message.ToJsonString());
            Assert.InRange((long)message["offset"]!, told, offset);
            told = (long)message["offset"]!;
        }
    }

    /// <summary>Waits for the refusal; answers its code. The close that follows says the same.</summary>
    public async Task<string> Refused()
    {
        while (true)
        {
            var message = await Told();
            if (message["error"] is not { } error) continue;
            Assert.NotEmpty((string)error["message"]!);
            var close = await socket.ReceiveAsync(new byte[100], Cancellation);
            Assert.Equal(WebSocketMessageType.Close, close.MessageType);
            Assert.Equal(WebSocketCloseStatus.PolicyViolation, close.CloseStatus);
            return (string)error["code"]!;
        }
    }

    public Task Close() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

    /// <summary>As when the network is gone.</summary>
    public void Cut() => socket.Abort();

    public void Dispose() => socket.Dispose();

    private async Task<JsonNode> Told()
    {
        var buffer = new byte[4096];
        var got = await socket.ReceiveAsync(buffer, Cancellation);
        Assert.True(got.MessageType == WebSocketMessageType.Text, $"closed: {got.CloseStatus} {got.CloseStatusDescription}");
        return JsonNode.Parse(buffer.AsSpan(0, got.Count))!;
    }
}

/// <summary>What ffprobe makes of a file or an address.</summary>
internal static class Probe
{
    public const string Program = "/usr/bin/ffprobe";

    public static string? Missing => File.Exists(Program) ? null : "ffprobe is not installed (Debian: ffmpeg)";

    /// <summary>The length in seconds and the codecs; fails the test when ffprobe complains.</summary>
    public static async Task<(double Seconds, string Codecs)> Read(string what)
    {
        var start = new ProcessStartInfo(Program, ["-v", "error", "-show_entries", "format=duration:stream=codec_name", "-of", "json", what]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await complaints);
        var found = JsonNode.Parse(text)!;
        return (double.Parse((string)found["format"]!["duration"]!, System.Globalization.CultureInfo.InvariantCulture),
            string.Join('+', found["streams"]!.AsArray().Select(s => (string)s!["codec_name"]!).Distinct().Order()));
    }
}
