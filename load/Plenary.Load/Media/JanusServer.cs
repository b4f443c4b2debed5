using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Load.Media;

/// <summary>Debian's Janus on loopback, with the settings of docs/operate/janus.md, to be killed and started again.</summary>
public sealed class JanusServer : IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-api", RoomsKey = "the-key-of-the-rooms";

    private const string AdminSecret = "the-secret-of-the-administrator";
    private const string Program = "/usr/bin/janus";

    private static int made;

    private readonly string folder = Directory.CreateTempSubdirectory("plenary-janus-").FullName;
    private readonly int port = FreePort.Take();
    private readonly int admin = FreePort.Take();
    private readonly int media = 20_000 + ((Interlocked.Increment(ref made) + Environment.ProcessId) % 40 * 1_000); // beside one another, and what other tests of this machine may use
    private Process? process;

    /// <summary>Why there is none, when Debian's package is not installed; null when there is one.</summary>
    public static string? Missing => File.Exists(Program) ? null : "Janus is not installed (Debian: janus); ./test installs it";

    public string Url => $"ws://127.0.0.1:{port}/";

    /// <summary>Of its process, while it runs.</summary>
    public int Id => process!.Id;

    /// <summary>What a server of ours is told of it.</summary>
    public string[] Settings => ["--Media:Janus", Url, "--Media:JanusSecret", Secret, "--Media:JanusRoomsKey", RoomsKey];

    public static async Task<JanusServer> StartAsync()
    {
        var server = await PrepareAsync();
        await server.StartAgain();
        return server;
    }

    /// <summary>One that is not started yet.</summary>
    public static async Task<JanusServer> PrepareAsync()
    {
        var server = new JanusServer();
        await server.WriteConfiguration();
        return server;
    }

    /// <summary>Starts it on the same ports; returns when it takes connections.</summary>
    public async Task StartAgain()
    {
        // What it says goes to a file; on its output it only says who it is.
        process = Process.Start(new ProcessStartInfo(Program, ["-F", folder, "-C", Path.Combine(folder, "janus.jcfg"), "-L", Path.Combine(folder, "log"), "-N"]) { RedirectStandardOutput = true })!;
        process.BeginOutputReadLine();
        for (var began = Stopwatch.StartNew(); !await Listens();)
        {
            if (process.HasExited || began.Elapsed > TimeSpan.FromSeconds(20)) throw new InvalidOperationException("Janus did not start:\n" + await File.ReadAllTextAsync(Path.Combine(folder, "log")));
            await Task.Delay(20);
        }
    }

    /// <summary>Whether its media comes to this port.</summary>
    public bool Carries(int rtp) => rtp >= media && rtp < media + 1_000;

    /// <summary>As when the machine is lost; its connections are reset.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>What an operator does before a node is taken away: it goes on with what it has, and takes nothing new.</summary>
    public Task Drain() => Administer(ask => ask("accept_new_sessions", new() { ["accept"] = false }));

    /// <summary>How many handles there are, beside the one that each process of ours always has: it is empty when there is none.</summary>
    public Task<int> Serves() => Administer(async ask =>
    {
        var count = 0;
        foreach (var session in (await ask("list_sessions", []))["sessions"]!.AsArray())
            count += (await ask("list_handles", new() { ["session_id"] = (long)session! }))["handles"]!.AsArray().Count - 1;
        return count;
    });

    /// <summary>Speaks with its admin API.</summary>
    private async Task<T> Administer<T>(Func<Func<string, JsonObject, Task<JsonNode>>, Task<T>> talk)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("janus-admin-protocol");
        await socket.ConnectAsync(new($"ws://127.0.0.1:{admin}/"), CancellationToken.None);
        var said = await talk(async (what, more) =>
        {
            (more["janus"], more["transaction"], more["admin_secret"]) = (what, "1", AdminSecret);
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(more), WebSocketMessageType.Text, true, CancellationToken.None);
            var answer = new byte[64 * 1024];
            var got = await socket.ReceiveAsync(answer, CancellationToken.None);
            var node = JsonNode.Parse(answer.AsSpan(0, got.Count))!;
            return (string?)node["janus"] == "success" ? node : throw new InvalidOperationException(node.ToJsonString());
        });
        socket.Abort();
        return said;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await Kill();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WriteConfiguration()
    {
        var library = $"/usr/lib/{(RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu/janus";
        await Write("janus.jcfg", $$"""
            general: {
                configs_folder = "{{folder}}"
                plugins_folder = "{{library}}/plugins"
                transports_folder = "{{library}}/transports"
                events_folder = "{{library}}/events"
                loggers_folder = "{{library}}/loggers"
                debug_level = 3
                debug_colors = false
                api_secret = "{{Secret}}"
                admin_secret = "{{AdminSecret}}"
                session_timeout = 60
                reclaim_session_timeout = 20
                event_loops = 2
            }
            media: { ipv6 = false, rtp_port_range = "{{media}}-{{media + 999}}", min_nack_queue = 500, no_media_timer = 3, slowlink_threshold = 4, nack_optimizations = true }
            nat: { ignore_mdns = true, ice_enforce_list = "127.0.0.1", full_trickle = false }
            plugins: { disable = "libjanus_voicemail.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_nosip.so,libjanus_lua.so,libjanus_duktape.so,libjanus_videocall.so,libjanus_echotest.so,libjanus_audiobridge.so,libjanus_streaming.so,libjanus_textroom.so" }
            transports: { disable = "libjanus_http.so,libjanus_rabbitmq.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so" }
            loggers: { disable = "libjanus_jsonlog.so" }
            events: { broadcast = false, disable = "libjanus_wsevh.so,libjanus_sampleevh.so,libjanus_mqttevh.so,libjanus_nanomsgevh.so,libjanus_rabbitmqevh.so,libjanus_gelfevh.so" }
            """);
        await Write("janus.transport.websockets.jcfg", string.Create(CultureInfo.InvariantCulture, $$"""
            general: { json = "compact", pingpong_trigger = 30, pingpong_timeout = 10, ws = true, ws_port = {{port}}, ws_ip = "127.0.0.1", wss = false }
            admin: { admin_ws = true, admin_ws_port = {{admin}}, admin_ws_ip = "127.0.0.1", admin_wss = false }
            """));
        await Write("janus.plugin.videoroom.jcfg", $$"""general: { admin_key = "{{RoomsKey}}", lock_rtp_forward = true, string_ids = true }""");
    }

    private Task Write(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text.ReplaceLineEndings("\n") + "\n");

    private async Task<bool> Listens()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
