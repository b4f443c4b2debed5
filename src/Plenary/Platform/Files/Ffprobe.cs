using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Plenary.Platform.Files;

/// <summary>Looks into uploaded sound and video with ffprobe, where it is installed.</summary>
/// <param name="program">Its path.</param>
/// <param name="clock">Ends it when it takes too long.</param>
public sealed class Ffprobe(string program, TimeProvider clock)
{
    /// <summary>Characters of an answer; more is a file that is made to be long to look at.</summary>
    private const int LongestAnswer = 1_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The one beside ffmpeg, or null when that is not there or not wanted.</summary>
    public static Ffprobe? Of(IConfiguration configuration, TimeProvider clock) => Beside(FindFfmpeg(configuration)) is { } path ? new(path, clock) : null;

    /// <summary>The ffmpeg program of this machine as <c>Media:Ffmpeg</c> says, or null.</summary>
    public static string? FindFfmpeg(IConfiguration configuration)
    {
        var setting = configuration["Media:Ffmpeg"] ?? "auto";
        if (setting.Equals("off", StringComparison.OrdinalIgnoreCase)) return null;
        if (!setting.Equals("auto", StringComparison.OrdinalIgnoreCase))
            return File.Exists(setting) ? Path.GetFullPath(setting) : throw new SettingsException("Media:Ffmpeg", $"must be the path of ffmpeg, auto or off, and there is no file “{setting}”");
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The program beside ffmpeg that looks into files, or null.</summary>
    public static string? Beside(string? ffmpeg)
    {
        if (ffmpeg is null) return null;
        var path = Path.Combine(Path.GetDirectoryName(ffmpeg)!, "ffprobe" + Path.GetExtension(ffmpeg));
        return File.Exists(path) ? path : null;
    }

    /// <summary>
    /// What it says of the file, or null when it cannot make sense of it. It reads this one file, as the type that was declared: a file that
    /// names others is only broken.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="contentType">What it is said to be.</param>
    /// <param name="entries">Its <c>-show_entries</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<JsonDocument?> Look(string path, string contentType, string entries, CancellationToken cancellation)
    {
        var format = contentType switch { "video/webm" => "matroska", "audio/mpeg" => "mp3", "audio/ogg" => "ogg", _ => "mov" };
        string[] arguments = ["-v", "error", "-protocol_whitelist", "file", "-f", format, "-of", "json=c=1", "-show_entries", entries, "-i", "file:" + path];
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("ffprobe did not start");
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(both.Token);
            var answer = new char[LongestAnswer];
            var length = await process.StandardOutput.ReadBlockAsync(answer, both.Token);
            if (length == LongestAnswer) return null;
            await errors;
            await process.WaitForExitAsync(both.Token);
            return process.ExitCode == 0 ? JsonDocument.Parse(answer.AsMemory(0, length)) : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>A text of a stream or a packet; empty when it is not there.</summary>
    public static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A whole number of a stream; 0 when it is not there.</summary>
    public static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    /// <summary>Seconds, which ffprobe writes as text; null when it does not know.</summary>
    public static double? Seconds(JsonElement element, string name) =>
        double.TryParse(Text(element, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    /// <summary>The cover of a piece of music, which is no video.</summary>
    public static bool IsCover(JsonElement stream) => stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") == 1;
}
