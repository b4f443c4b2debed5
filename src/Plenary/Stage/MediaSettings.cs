using System.Net;
using Plenary.Platform;
using Plenary.Platform.Database;

namespace Plenary.Stage;

/// <summary>What an operator may set under <c>Media</c>; docs/operate/media-basics.md tells them what for.</summary>
public sealed class MediaSettings
{
    public MediaSettings(IConfiguration configuration)
    {
        Folder = Path.Combine(DataFolder.Of(configuration), "media");
        Ffmpeg = Platform.Files.Ffprobe.FindFfmpeg(configuration);
        BytesPerSecond = (long)(Settings.Positive(configuration, "Media:MaxMegabitsPerSecond", 12) * 1_000_000 / 8);
        Ladder = Ladder.Read(configuration["Media:Ladder"], Environment.ProcessorCount);
        LowLatencyViewers = Settings.Number(configuration, "Media:LowLatencyViewers", 2000, 0, 1_000_000);
        ExternalHosts = (configuration["Media:ExternalHosts"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        RtpAddress = configuration["Media:RtpAddress"] is { Length: > 0 } rtp ? rtp : "127.0.0.1";
        Rtmp = EndPointOf(configuration["Media:Rtmp"]);
        PublicUrl = Settings.Address(configuration, "Media:PublicUrl");
        Ffprobe = Platform.Files.Ffprobe.Beside(Ffmpeg);
        LargestClip = Settings.Number(configuration, "Media:MaxClipMegabytes", 1_000, 1, 100_000) * 1_000_000L;
        LargestTake = (long)(Settings.Positive(configuration, "Media:MaxTakeGigabytes", 20) * 1_000_000_000);
    }

    /// <summary>Recordings, a folder for each broadcast.</summary>
    public string Folder { get; }

    /// <summary>The ffmpeg program, or null when it is not there or not wanted.</summary>
    public string? Ffmpeg { get; }

    /// <summary>The program beside ffmpeg that looks into files, or null.</summary>
    public string? Ffprobe { get; }

    /// <summary>Bytes of a video or a piece of music that is uploaded for a stage.</summary>
    public long LargestClip { get; }

    /// <summary>Sustained speed of one upload.</summary>
    public long BytesPerSecond { get; }

    /// <summary>Bytes of one recorder's run.</summary>
    public long LargestTake { get; }

    /// <summary>Smaller pictures for slow networks.</summary>
    public Ladder Ladder { get; }

    /// <summary>With more viewers than this on one stage, newcomers get segments instead of parts: a seventh of the requests.</summary>
    public int LowLatencyViewers { get; }

    /// <summary>Where a cache or CDN in front of <c>/live</c> answers; null: at the address of the pages.</summary>
    public Uri? PublicUrl { get; }

    /// <summary>Hosts of the operator whose playlists may be shown although they are not in the internet.</summary>
    public IReadOnlySet<string> ExternalHosts { get; }

    /// <summary>Where Janus sends what it passes on to this process.</summary>
    public string RtpAddress { get; }

    /// <summary>Where encoders may connect; null: nowhere.</summary>
    public IPEndPoint? Rtmp { get; }

    /// <summary>What is to be typed into an encoder as its server, or null.</summary>
    public string? RtmpAddress(PublicUrl site) =>
        Rtmp is null || Ffmpeg is null ? null : $"rtmp://{new Uri(site.Root).Host}{(Rtmp.Port == 1935 ? "" : $":{Rtmp.Port}")}/live";

    /// <summary>Where players find a path of the live origin.</summary>
    public string AddressOf(string path) => PublicUrl is { } site ? new Uri(site, path).ToString() : path;

    /// <summary>What a host's browser should record: WebM can be cut finer and gets AAC sound, but only ffmpeg can do that.</summary>
    public string Container => Ffmpeg is null ? "video/mp4" : "video/webm";

    private static IPEndPoint? EndPointOf(string? setting)
    {
        if (setting is null or "" || setting.Equals("off", StringComparison.OrdinalIgnoreCase)) return null;
        return IPEndPoint.TryParse(setting, out var address) && address.Port > 0
            ? address : throw new SettingsException("Media:Rtmp", $"must be off, or an address of this machine and a port such as 0.0.0.0:1935, and is “{setting}”");
    }
}

/// <summary>Where the files of a take are.</summary>
/// <param name="Folder">Of its broadcast.</param>
/// <param name="Number">1, 2, 3 …</param>
/// <param name="Extension">Of the recording: mp4, webm or flv.</param>
/// <param name="IsRemuxed">Whether ffmpeg makes the audience's stream of it; otherwise the recording itself is that.</param>
public readonly record struct TakeFiles(string Folder, int Number, string Extension, bool IsRemuxed)
{
    /// <summary>Exactly what the host's recorder sent.</summary>
    public string Recording => Path.Combine(Folder, $"take-{Number}.{Extension}");

    /// <summary>What the audience sees and the replay plays: fragmented MP4.</summary>
    public string Media => IsRemuxed ? Path.Combine(Folder, $"take-{Number}.m4s") : Recording;

    /// <summary>Where the segments of <see cref="Media"/> are.</summary>
    public string Journal => Path.Combine(Folder, $"take-{Number}.index");

    /// <summary>What ffmpeg said.</summary>
    public string Log => Path.Combine(Folder, $"take-{Number}.log");

    public Media.Pace Pace => IsRemuxed ? Stage.Media.Pace.Remuxed : Stage.Media.Pace.Recorded;

    /// <summary>The files of a take that is over: whether ffmpeg worked on it is told by what it left.</summary>
    public static TakeFiles Of(MediaSettings settings, BroadcastTake take)
    {
        var folder = FolderOf(settings, take.BroadcastId);
        var extension = take.Container.StartsWith("video/mp4", StringComparison.OrdinalIgnoreCase) ? "mp4" : take.Container == Ingest.Flv.Container ? "flv" : "webm";
        return new(folder, take.Number, extension, extension != "mp4" || File.Exists(Path.Combine(folder, $"take-{take.Number}.m4s")));
    }

    public static string FolderOf(MediaSettings settings, Guid broadcast) => Path.Combine(settings.Folder, broadcast.ToString());
}
