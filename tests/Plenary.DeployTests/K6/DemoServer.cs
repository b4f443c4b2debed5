using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.K6;

/// <summary>The built program as a process, with its demo event, people who registered for it, and a clip to broadcast.</summary>
public sealed partial class DemoServer : IAsyncLifetime
{
    private const int People = 24;

    private readonly TempFolder temp = new();
    private readonly int port = FreePort.Take();
    private Daemon? server;

    public string Url => $"http://localhost:{port}";

    /// <summary>A file with the join links of those who registered.</summary>
    public string Links => temp.At("links.json");

    /// <summary>Something to broadcast; empty when there is no ffmpeg to make it with.</summary>
    public string Clip { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        server = Daemon.Start("dotnet", [Repo.At($"src/Plenary/bin/{configuration}/net10.0/Plenary.dll"), "--urls", $"http://127.0.0.1:{port}", "--Data:Folder", temp.Path, "--Demo=true", "--Metrics:Enabled=true"], temp.Path);
        var clip = MakeClip();
        await server.Answers(new(Url + "/health/ready"));
        await Register();
        Clip = await clip;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        temp.Dispose();
    }

    /// <summary>Strangers register; their links are in the mails that this installation keeps for its own machine.</summary>
    private async Task Register()
    {
        using var http = new HttpClient { BaseAddress = new(Url) };
        var @event = (await Ask("{ event(slug: \"groundwork\") { id ticketTypes { id } } }", new { }))["event"]!;
        var (id, ticket) = ((string)@event["id"]!, (string)@event["ticketTypes"]![0]!["id"]!);
        for (var n = 0; n < People; n++)
            await Ask("mutation($input: RegisterInput!) { register(input: $input) { message } }", new { input = new { @event = id, ticketType = ticket, name = $"Person {n}", email = $"person{n}@example.org" } });
        for (var began = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            var mails = (await http.GetFromJsonAsync<JsonArray>("/mailbox.json"))!;
            string[] links = [.. mails.Select(mail => JoinLink().Match((string?)mail!["text"] ?? "")).Where(link => link.Success).Select(link => link.Value)];
            await File.WriteAllTextAsync(Links, JsonSerializer.Serialize(links));
            if (links.Length >= People) return;
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(60), $"{links.Length} of {People} mails came");
        }

        async Task<JsonNode> Ask(string query, object variables)
        {
            using var response = await http.PostAsJsonAsync("/graphql", new { query, variables });
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.True(answer["errors"] is null, answer.ToJsonString());
            return answer["data"]!;
        }
    }

    private async Task<string> MakeClip()
    {
        if (!File.Exists("/usr/bin/ffmpeg")) return "";
        var file = temp.At("clip.mkv");
        using var ffmpeg = Process.Start(new ProcessStartInfo("/usr/bin/ffmpeg", ["-hide_banner", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
            "-t", "6", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "25", "-keyint_min", "25", "-sc_threshold", "0", "-b:v", "300k", "-c:a", "libopus", "-cluster_time_limit", "200", "-f", "matroska", file]))!;
        await ffmpeg.WaitForExitAsync();
        return ffmpeg.ExitCode == 0 ? file : "";
    }

    [GeneratedRegex(@"https?://\S+/j/\S+")]
    private static partial Regex JoinLink();
}
