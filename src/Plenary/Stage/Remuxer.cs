using System.Diagnostics;

namespace Plenary.Stage;

/// <summary>An ffmpeg process that makes fragmented MP4 (H.264 and AAC) of a recording. Ended by its own handle, never by name.</summary>
internal sealed class Remuxer : IDisposable
{
    private const int LongestLog = 256 * 1024;
    private readonly Process process;

    private Remuxer(Process process, string log)
    {
        this.process = process;
        Logged = LogAsync(process.StandardError, log);
    }

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Completes when the process has said its last.</summary>
    public Task Logged { get; }

    /// <summary>Reads a recording from its input as it grows and writes short fragments to its output.</summary>
    /// <param name="program">Path of ffmpeg.</param>
    /// <param name="container">The recorder's MIME type: H.264 is copied, anything else is encoded anew.</param>
    /// <param name="log">File for what it says.</param>
    public static Remuxer Live(string program, string container, string log) => Start(program, Arguments("pipe:0", container, "pipe:1"), log);

    /// <summary>Does the same from file to file, for a recording whose live conversion was cut short.</summary>
    public static Remuxer Whole(string program, string container, string from, string to, string log) =>
        Start(program, ["-y", .. Arguments(from, container, to)], log);

    /// <summary>
    /// Reads the audience's stream and writes it with a smaller picture: key pictures where the source has them, so that segments of both begin
    /// at the same moments and have the same numbers.
    /// </summary>
    public static Remuxer Lower(string program, int height, string log)
    {
        var rate = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Ladder.BitsPerSecond(height) / 1000}k");
        return Start(program, ["-hide_banner", "-loglevel", "warning", "-nostats", "-probesize", "500000", "-analyzeduration", "500000", "-f", "mp4", "-i", "pipe:0",
            "-map", "0:v:0", "-map", "0:a:0?", "-vf", $"scale=-2:{height}", "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p",
            "-vsync", "passthrough", "-g", "600", "-sc_threshold", "0", "-force_key_frames", "source", "-b:v", rate, "-maxrate", rate, "-bufsize", rate, "-c:a", "copy",
            .. Fragmented("pipe:1")], log);
    }

    /// <summary>
    /// Receives RTP as a session description says and writes H.264 and Opus as a host's browser would send them. Encoded anew: senders of WebRTC change the size
    /// of the picture as they like, which players of a copied stream do not survive.
    /// </summary>
    public static Remuxer FromRtp(string program, string sdp, string log) => Start(program,
        ["-hide_banner", "-loglevel", "warning", "-nostats", "-protocol_whitelist", "file,udp,rtp", "-fflags", "+genpts", "-flags", "low_delay", "-analyzeduration", "1500000", "-probesize", "500000",
            "-max_delay", "200000", "-reorder_queue_size", "64", "-i", sdp, "-map", "0:v:0", "-map", "0:a:0?",
            "-vf", "scale='min(1280,iw)':-2:flags=fast_bilinear", "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p", "-r", "25", "-g", "50",
            "-keyint_min", "50", "-sc_threshold", "0", "-b:v", "1500k", "-maxrate", "1500k", "-bufsize", "1500k", "-c:a", "libopus", "-b:a", "96k", "-ar", "48000", "-af", "aresample=async=1000",
            "-cluster_time_limit", "200", "-flush_packets", "1", "-f", "matroska", "pipe:1"], log);

    /// <summary>Joins MP4 files of the same codecs, named in a list file, into one that plays while it loads.</summary>
    public static Remuxer Join(string program, string list, string to, string log) =>
        Start(program, ["-y", "-hide_banner", "-loglevel", "warning", "-nostats", "-f", "concat", "-safe", "0", "-i", list, "-c", "copy", "-movflags", "+faststart", "-f", "mp4", to], log);

    /// <summary>Cuts an MP4 file at two key pictures, without encoding it anew, into one that plays while it loads.</summary>
    public static Remuxer Cut(string program, string from, double start, double end, string to, string log) =>
        Start(program, ["-y", "-hide_banner", "-loglevel", "warning", "-nostats", "-ss", Seconds(start), "-i", from, "-t", Seconds(end - start), "-c", "copy", "-movflags", "+faststart", "-f", "mp4", to], log);

    /// <summary>
    /// Reads a finished video and writes fragments that begin at key pictures to its output: so it ends when this process does, however that ends.
    /// </summary>
    /// <param name="program">Path of ffmpeg.</param>
    /// <param name="from">The file; nothing else is opened, whatever it names.</param>
    /// <param name="contentType">What it is said to be.</param>
    /// <param name="copies">The picture is H.264 that every browser plays, and stays as it is.</param>
    /// <param name="log">File for what it says.</param>
    public static Remuxer Finished(string program, string from, string contentType, bool copies, string log)
    {
        string[] video = copies
            ? ["-c:v", "copy"]
            : ["-vf", "scale='min(1920,iw)':'min(1080,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2", "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p",
                "-fpsmax", "30", "-crf", "23", "-maxrate", "4M", "-bufsize", "8M", "-sc_threshold", "0", "-force_key_frames", "expr:gte(t,n_forced*2)"];
        var remuxer = Start(program, ["-nostdin", "-hide_banner", "-loglevel", "warning", "-nostats", "-protocol_whitelist", "file,pipe", "-fflags", "+genpts",
            "-f", contentType == "video/webm" ? "matroska" : "mov", "-i", "file:" + from, "-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", .. video,
            "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000", "-af", "aresample=async=1000",
            "-f", "mp4", "-movflags", "empty_moov+default_base_moof+frag_keyframe+skip_trailer", "-frag_duration", "4000000", "pipe:1"], log);
        // A stage that is live on this machine comes first.
        try { remuxer.process.PriorityClass = ProcessPriorityClass.BelowNormal; }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception) { } // It has ended already, or may not be slowed down.
        return remuxer;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Arguments(string from, string container, string to)
    {
        string[] video = IsH264(container)
            ? ["-c:v", "copy"]
            : ["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "main", "-pix_fmt", "yuv420p", "-r", "25", "-g", "50", "-keyint_min", "50",
                "-sc_threshold", "0", "-b:v", "1500k", "-maxrate", "1500k", "-bufsize", "1500k"];
        return ["-hide_banner", "-loglevel", "warning", "-nostats", "-fflags", "+genpts", "-analyzeduration", "1000000", "-probesize", "500000", "-i", from,
            "-map", "0:v:0", "-map", "0:a:0?", .. video, "-flags:v", "+global_header", "-flags:a", "+global_header",
            "-c:a", "aac", "-b:a", "96k", "-ar", "48000", "-af", "aresample=async=1000",
            // The picture must not wait long for sound that does not come; but longer than the groups of pictures that MP4 recordings arrive in.
            "-max_interleave_delta", "3000000", .. Fragmented(to)];
    }

    private static string[] Fragmented(string to) =>
        ["-f", "mp4", "-movflags", "empty_moov+default_base_moof+frag_keyframe+skip_trailer", "-frag_duration", "300000", "-flush_packets", "1", to];

    /// <summary>Whether the recorder says that its picture is H.264 already.</summary>
    internal static bool IsH264(string container) =>
        container.Contains("avc1", StringComparison.OrdinalIgnoreCase) || container.Contains("avc3", StringComparison.OrdinalIgnoreCase) || container.Contains("h264", StringComparison.OrdinalIgnoreCase);

    /// <summary>Waits for the end; false when it failed or had to be killed.</summary>
    public async Task<bool> EndAsync(TimeSpan patience, TimeProvider clock)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience, clock);
        }
        catch (TimeoutException)
        {
            Kill();
            await process.WaitForExitAsync();
            return false;
        }
        await Logged;
        return process.ExitCode == 0;
    }

    public void Kill()
    {
        try { process.Kill(); }
        catch (InvalidOperationException) { } // It has ended by itself.
    }

    public void Dispose() => process.Dispose();

    private static Remuxer Start(string program, string[] arguments, string log)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return new Remuxer(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."), log);
    }

    private static async Task LogAsync(StreamReader said, string path)
    {
        await using var file = new StreamWriter(path, append: true);
        var written = 0;
        while (await said.ReadLineAsync() is { } line)
        {
            // Read on in any case: a full pipe would stop the process.
            if ((written += line.Length) > LongestLog) continue;
            await file.WriteLineAsync(line);
            await file.FlushAsync();
        }
    }
}
