using System.Diagnostics;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>A picture of 640×360 with a tone, made by ffmpeg at the speed of life, as a host's browser would send it.</summary>
internal sealed class LiveFeed : IAsyncDisposable
{
    public const string Ffmpeg = "/usr/bin/ffmpeg", Container = "video/x-matroska;codecs=avc1,opus";
    private readonly Process process;
    private readonly Uplink uplink;
    private readonly Task sending;

    private LiveFeed(Process process, Uplink uplink)
    {
        (this.process, this.uplink) = (process, uplink);
        process.BeginErrorReadLine();
        sending = SendAsync();
        Listening = ListenAsync();
    }

    public static string? Missing => File.Exists(Ffmpeg) ? null : "ffmpeg is not installed (Debian: ffmpeg); ./test installs it";

    /// <summary>The code with which the server refused to go on; null when the feed was closed.</summary>
    public Task<string?> Listening { get; }

    /// <summary>What ffmpeg is told to make a live picture; its output's format and address are appended.</summary>
    public static string[] Picture(int height = 360, double? seconds = null) =>
    [
        "-hide_banner", "-loglevel", "error", .. seconds is null ? (string[])["-re"] : [], "-f", "lavfi", "-i", $"testsrc2=size={height * 16 / 9}x{height}:rate=25",
        .. seconds is null ? (string[])["-re"] : [], "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", .. seconds is { } s ? (string[])["-t", s.ToString(System.Globalization.CultureInfo.InvariantCulture)] : [],
        "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0", "-b:v", "600k",
    ];

    /// <summary>Begins a take and sends until it is disposed.</summary>
    public static async Task<LiveFeed> Start(Studio studio, Guid broadcast)
    {
        var uplink = await studio.Connect(broadcast);
        await uplink.Hello(Guid.CreateVersion7(), Container, 0);
        return new(Process.Start(new ProcessStartInfo(Ffmpeg, [.. Picture(), "-c:a", "libopus", "-b:a", "64k", "-cluster_time_limit", "200", "-flush_packets", "1", "-f", "matroska", "pipe:1"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!, uplink);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        await sending;
        uplink.Dispose();
        process.Dispose();
    }

    private async Task SendAsync()
    {
        var buffer = new byte[32 * 1024];
        try
        {
            for (int read; (read = await process.StandardOutput.BaseStream.ReadAsync(buffer)) > 0;) await uplink.Send(buffer[..read]);
        }
        catch (Exception error) when (error is System.Net.WebSockets.WebSocketException or OperationCanceledException or ObjectDisposedException) { }
    }

    private async Task<string?> ListenAsync()
    {
        try { return await uplink.Refused(); }
        catch (Exception error) when (error is System.Net.WebSockets.WebSocketException or OperationCanceledException or ObjectDisposedException or Xunit.Sdk.XunitException) { return null; }
    }
}
