using Plenary.Platform;

namespace Plenary.Stage.Composition;

/// <summary>Whether this process can make the audience's picture itself, and of how many stages at once.</summary>
public sealed class ComposerSettings
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["chrome.exe", "msedge.exe"] : ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    public ComposerSettings(IConfiguration configuration)
    {
        Program = Find(configuration["Media:Composer"] ?? "auto");
        Timecode = Settings.Flag(configuration, "Media:Timecode");
        Most = Settings.Number(configuration, "Media:Composers", Math.Max(1, Environment.ProcessorCount / 2), 0, 256);
    }

    /// <summary>A Chromium, or null when there is none or none is wanted.</summary>
    public string? Program { get; }

    /// <summary>Each takes a core, or a little more.</summary>
    public int Most { get; }

    /// <summary>Burns a clock into the picture, by which delays are measured.</summary>
    public bool Timecode { get; }

    private static string? Find(string setting)
    {
        if (setting.Equals("off", StringComparison.OrdinalIgnoreCase)) return null;
        if (!setting.Equals("auto", StringComparison.OrdinalIgnoreCase))
            return File.Exists(setting) ? Path.GetFullPath(setting) : throw new SettingsException("Media:Composer", $"must be the path of Chromium, auto or off, and there is no file “{setting}”");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
