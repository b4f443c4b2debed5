using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Charts;

/// <summary>The scripts that the chart gives media nodes, with the real programs of Debian.</summary>
[SupportedOSPlatform("linux")] // as coturn and Janus
public sealed class MediaNodeFacts
{
    private const string ApiSecret = "the-api-secret-of-tests";

    /// <summary>Janus starts with what the chart writes, serves calls with the secret only, and before it ends takes nothing new and waits for the last connection.</summary>
    [Fact]
    public async Task AJanusThatGoesWaitsForItsCalls()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/janus"), "janus is not installed (Debian: janus); ./test installs it");
        using var folder = new TempFolder();
        var environment = Environment(folder, "janus", out var api, out var admin);
        using var janus = Start(folder, "janus/start.sh", environment);
        try
        {
            Assert.Contains("\"plenary-janus-0\"", await Eventually(() => Get($"http://127.0.0.1:{admin}/admin/info")), StringComparison.Ordinal);

            using var plenary = await Connect(api);
            Assert.Equal("error", (await Ask(plenary, new() { ["janus"] = "create", ["apisecret"] = "guessed" }))["janus"]!.ToString());
            var session = (await Ask(plenary, new() { ["janus"] = "create" }))["data"]!["id"]!.GetValue<long>();
            var handle = (await Ask(plenary, new() { ["janus"] = "attach", ["session_id"] = session, ["plugin"] = "janus.plugin.videoroom" }))["data"]!["id"]!.GetValue<long>();

            using var drain = Start(folder, "janus/drain.sh", environment);
            Assert.Equal("waiting for 1 connections", await drain.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.Equal(472, (await Ask(plenary, new() { ["janus"] = "create" }))["error"]!["code"]!.GetValue<int>());
            Assert.False(drain.HasExited);

            await Ask(plenary, new() { ["janus"] = "detach", ["session_id"] = session, ["handle_id"] = handle });
            await drain.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(0, drain.ExitCode);
        }
        finally
        {
            janus.Kill(entireProcessTree: true);
        }
    }

    /// <summary>coturn starts with what the chart writes, and answers whoever asks which address they have.</summary>
    [Fact]
    public async Task ARelayStartsAndAnswers()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/turnserver"), "coturn is not installed (Debian: coturn); ./test installs it");
        using var folder = new TempFolder();
        var environment = Environment(folder, "turn", out var port, out _);
        using var turn = Start(folder, "turn/start.sh", environment);
        try
        {
            // A binding request of STUN (RFC 8489): type 1, no attributes, the magic cookie, twelve bytes of our own.
            byte[] question = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
            var answer = await Eventually(async () =>
            {
                using var socket = new UdpClient();
                await socket.SendAsync(question, new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
                using var patience = new CancellationTokenSource(500);
                return Convert.ToHexString((await socket.ReceiveAsync(patience.Token)).Buffer);
            });
            Assert.StartsWith("0101", answer, StringComparison.Ordinal);
            var config = await File.ReadAllTextAsync(folder.At("run/turnserver.conf"), TestContext.Current.CancellationToken);
            Assert.Contains("external-ip=203.0.113.7/127.0.0.1", config, StringComparison.Ordinal);
            Assert.DoesNotContain(UnixFileMode.OtherRead.ToString(), File.GetUnixFileMode(folder.At("run/turnserver.conf")).ToString(), StringComparison.Ordinal);
        }
        finally
        {
            turn.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A secret that could end its quotes, and an address that nobody has, stop the start instead of opening a node to everybody.</summary>
    [Theory]
    [InlineData("API_SECRET", "short", "API_SECRET must have")]
    [InlineData("ROOMS_KEY", "a\"; admin_key = \"nothing-at-all", "ROOMS_KEY must have")]
    [InlineData("PUBLIC_ADDRESS", "imds", "no public address")]
    public async Task ANodeThatCannotBeSafeDoesNotStart(string name, string value, string because)
    {
        using var folder = new TempFolder();
        var environment = Environment(folder, "janus", out _, out _);
        environment[name] = value;
        (environment["METADATA_HOST"], environment["METADATA_PORT"]) = ("127.0.0.1", "1");
        (await Tool.RunAsync("bash", [folder.At("janus/start.sh")], environment: environment)).Refused(because);
    }

    /// <summary>On EC2 the public address is asked for with a token, as version 2 of the metadata service wants it.</summary>
    [Fact]
    public async Task AsksEc2ForThePublicAddress()
    {
        using var folder = new TempFolder();
        var environment = Environment(folder, "janus", out _, out _);
        using var service = new TcpListener(IPAddress.Loopback, 0);
        service.Start();
        (environment["PUBLIC_ADDRESS"], environment["METADATA_HOST"], environment["METADATA_PORT"]) = ("imds", "127.0.0.1", $"{((IPEndPoint)service.LocalEndpoint).Port}");
        var asked = Task.Run(async () => new[] { await Answer(service, "the-token"), await Answer(service, "198.51.100.9") });
        var told = await Tool.RunAsync("bash", ["-c", $". {folder.At("janus/address.sh")}; public_address"], environment: environment);
        Assert.Equal("198.51.100.9", told.Succeeded().Trim());
        var questions = await asked;
        Assert.StartsWith("PUT /latest/api/token ", questions[0], StringComparison.Ordinal);
        Assert.StartsWith("GET /latest/meta-data/public-ipv4 ", questions[1], StringComparison.Ordinal);
        Assert.Contains("X-aws-ec2-metadata-token: the-token", questions[1], StringComparison.Ordinal);
    }

    /// <summary>The scripts as the chart's ConfigMap lays them out, and the environment of its container.</summary>
    private static Dictionary<string, string> Environment(TempFolder folder, string kind, out int api, out int admin)
    {
        var scripts = folder.Copy($"deploy/helm/plenary/files/{kind}");
        File.Copy(Repo.At("deploy/helm/plenary/files/address.sh"), Path.Combine(scripts, "address.sh"));
        (api, admin) = (FreePort.Take(), FreePort.Take());
        return new()
        {
            ["API_SECRET"] = ApiSecret,
            ["ROOMS_KEY"] = "the-rooms-key-of-tests",
            ["ADMIN_SECRET"] = "the-admin-secret-of-tests",
            ["TURN_SECRET"] = "the-turn-secret-of-tests",
            ["PUBLIC_ADDRESS"] = "203.0.113.7",
            ["NODE_ADDRESS"] = "127.0.0.1",
            ["NODE_NAME"] = "plenary-janus-0",
            ["EVENT_LOOPS"] = "2",
            ["FIRST_PORT"] = "40000",
            ["LAST_PORT"] = "40200",
            ["REALM"] = "turn.example.org",
            ["RUN_FOLDER"] = folder.At("run"),
            ["API_PORT"] = $"{api}",
            ["TURN_PORT"] = $"{api}",
            ["ADMIN_PORT"] = $"{admin}",
            ["NOTICE_SECONDS"] = "0",
            ["ASK_SECONDS"] = "0.2",
        };
    }

    private static Process Start(TempFolder folder, string script, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", [folder.At(script)]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        if (script.EndsWith("start.sh", StringComparison.Ordinal)) process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<string> Get(string address)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(address, TestContext.Current.CancellationToken);
    }

    private static async Task<ClientWebSocket> Connect(int port)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("janus-protocol");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}"), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Asks Janus's API, with the secret unless another is given; events in between are passed over.</summary>
    private static async Task<JsonObject> Ask(ClientWebSocket socket, JsonObject question)
    {
        var transaction = Guid.CreateVersion7().ToString("N");
        question["transaction"] = transaction;
        question["apisecret"] ??= ApiSecret;
        await socket.SendAsync(Encoding.UTF8.GetBytes(question.ToJsonString()), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[16_384];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            var answer = JsonNode.Parse(buffer.AsSpan(0, read.Count))!.AsObject();
            if (answer["transaction"]?.ToString() == transaction) return answer;
        }
    }

    private static async Task<string> Answer(TcpListener service, string what)
    {
        using var client = await service.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var stream = client.GetStream();
        var buffer = new byte[4096];
        var question = "";
        while (!question.Contains("\r\n\r\n", StringComparison.Ordinal)) question += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n{what}"), TestContext.Current.CancellationToken);
        return question;
    }

    /// <summary>What a program that is starting says once it can; its last trouble when it never does.</summary>
    private static async Task<string> Eventually(Func<Task<string>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception error) when (error is HttpRequestException or SocketException or OperationCanceledException && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }
}
