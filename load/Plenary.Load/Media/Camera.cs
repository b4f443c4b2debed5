using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plenary.Load.Bench;

namespace Plenary.Load.Media;

/// <summary>A live picture of 640×360 into which the time is drawn, made by ffmpeg at the speed of life and sent as an encoder or a host's browser would.</summary>
internal sealed class Camera : IAsyncDisposable
{
    private readonly Workspace work;
    private readonly Process process;
    private readonly ClientWebSocket? socket;
    private readonly Task sending;

    private Camera(Workspace work, Process process, ClientWebSocket? socket)
    {
        (this.work, this.process, this.socket) = (work, process, socket);
        sending = socket is null ? Task.CompletedTask : SendAsync(socket);
    }

    /// <summary>Pushes by RTMP.</summary>
    public static Camera Rtmp(Workspace work, string address) =>
        new(work, work.Start("camera", "ffmpeg", [.. Picture(50), "-c:a", "aac", "-b:a", "96k", "-f", "flv", address]), null);

    /// <summary>Uploads as a host's browser: WebM-like with short clusters, or MP4 with a fragment for each second.</summary>
    public static async Task<Camera> Upload(Workspace work, Uri socketAddress, string cookie, bool mp4)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", $"http://{socketAddress.Authority}");
        await socket.ConnectAsync(socketAddress, CancellationToken.None);
        var hello = new { take = Guid.CreateVersion7(), container = mp4 ? "video/mp4;codecs=avc1,opus" : "video/x-matroska;codecs=avc1,opus", offset = 0 };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(hello), WebSocketMessageType.Text, true, CancellationToken.None);
        string[] form = mp4 ? ["-f", "mp4", "-movflags", "empty_moov+default_base_moof+frag_keyframe", "-flush_packets", "1"] : ["-cluster_time_limit", "200", "-flush_packets", "1", "-f", "matroska"];
        return new(work, work.Speak("ffmpeg", [.. Picture(mp4 ? 25 : 50), "-c:a", "libopus", "-b:a", "64k", .. form, "pipe:1"]), socket);
    }

    /// <summary>A film of 1280×720 at 25 a second with sound, of so many seconds, as a file.</summary>
    public static async Task<string> Film(Workspace work, int seconds)
    {
        var file = Path.Combine(work.Folder, "film.mp4");
        using var made = Process.Start("ffmpeg", ["-hide_banner", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25", "-f", "lavfi", "-i", "sine=sample_rate=48000", "-t", seconds.ToString(CultureInfo.InvariantCulture),
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "2M", "-c:a", "aac", "-movflags", "+faststart", file]);
        await made.WaitForExitAsync();
        return made.ExitCode == 0 ? file : throw new InvalidOperationException("ffmpeg made no film");
    }

    public async ValueTask DisposeAsync()
    {
        await work.End(process);
        await sending;
        socket?.Dispose();
    }

    private static string[] Picture(int group)
    {
        // Hundredths of a second, 16 bits, a white box for each one.
        var boxes = string.Join(',', Enumerable.Range(0, 16).Select(bit => string.Create(CultureInfo.InvariantCulture, $"drawbox=x={bit * 40}:y=0:w=40:h=40:color=white:t=fill:enable='gt(bitand(floor(time(0)*100)\\,{1 << bit})\\,0)'")));
        var g = group.ToString(CultureInfo.InvariantCulture);
        return ["-hide_banner", "-loglevel", "error", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-re", "-f", "lavfi", "-i", "sine=sample_rate=48000",
            "-vf", "drawbox=x=0:y=0:w=640:h=40:color=black:t=fill," + boxes, "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p",
            "-g", g, "-keyint_min", g, "-sc_threshold", "0", "-b:v", "800k", "-maxrate", "800k", "-bufsize", "800k"];
    }

    private async Task SendAsync(ClientWebSocket to)
    {
        var buffer = new byte[32 * 1024];
        _ = ListenAsync(to);
        try
        {
            for (int read; (read = await process.StandardOutput.BaseStream.ReadAsync(buffer)) > 0;)
                await to.SendAsync(buffer.AsMemory(0, read), WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or InvalidOperationException) { }
    }

    private async Task ListenAsync(ClientWebSocket from)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var got = await from.ReceiveAsync(buffer, CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close) return;
                if (JsonNode.Parse(buffer.AsSpan(0, got.Count))!["error"] is { } error) work.Say($"the upload was refused: {error.ToJsonString()}");
            }
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or InvalidOperationException) { }
    }
}
