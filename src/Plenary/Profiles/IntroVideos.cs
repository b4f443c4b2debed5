using System.Text.Json;
using Plenary.Platform;
using Plenary.Platform.Files;

namespace Plenary.Profiles;

/// <summary>
/// Takes in intro videos and looks whether they are what they should be: a WebM or MP4 that browsers play, at most 30 seconds. Without
/// ffprobe only its first bytes and its size are looked at; then less of it is taken.
/// </summary>
public sealed class IntroVideos(PrivateFiles files, IConfiguration configuration, TimeProvider clock)
{
    public const int LongestSeconds = 30;

    /// <summary>Bytes that are taken where ffprobe looks into the video.</summary>
    public const long LargestUpload = 40_000_000;

    /// <summary>Bytes that are taken unseen: 30 seconds at three megabits a second.</summary>
    public const long LargestUnseen = 12_000_000;

    public static readonly Refusal WrongType = new("unsupported-intro", 415, "Record the video here, or choose a WebM or MP4 file.");
    public static readonly Refusal Broken = new("broken-intro", 400, "This video cannot be played by browsers. Record it here, or save it as MP4 (H.264) or WebM.");
    public static readonly Refusal TooLong = new("intro-too-long", 400, $"A video about yourself may be at most {LongestSeconds} seconds long. Cut it and choose it again.");

    /// <summary>Recorders stop a moment late.</summary>
    private const double Tolerance = 1.5;
    private const int Signature = 12;
    private const int MostPixels = 1920;
    private const string Entries = "stream=codec_type,codec_name,width,height:packet=pts_time,dts_time";
    private static readonly HashSet<string> Video = ["h264", "vp8", "vp9", "av1"], Audio = ["aac", "opus", "mp3", "vorbis"];
    private readonly Ffprobe? probe = Ffprobe.Of(configuration, clock);

    private long Largest => probe is null ? LargestUnseen : LargestUpload;

    /// <summary>Stores the body of a request; answers its id. Refused: unsupported-intro, intro-too-large, broken-intro, intro-too-long.</summary>
    internal async Task<Guid> Take(HttpContext http, string? contentType, CancellationToken cancellation)
    {
        if (contentType is not ("video/webm" or "video/mp4")) WrongType.Throw();
        var id = await files.Take(http, Largest, new("intro-too-large", 413, $"This video is larger than {Largest / 1_000_000} MB. Record it here, or save it smaller."));
        try
        {
            await Check(files.PathOf(id), contentType!, cancellation);
            return id;
        }
        catch
        {
            files.Delete(id);
            throw;
        }
    }

    private async Task Check(string path, string contentType, CancellationToken cancellation)
    {
        var start = new byte[Signature];
        await using (var file = File.OpenRead(path))
            if (await file.ReadAtLeastAsync(start, Signature, throwOnEndOfStream: false, cancellation) < Signature) Broken.Throw();
        var isIt = contentType == "video/webm" ? start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) : start.AsSpan(4, 4).SequenceEqual("ftyp"u8);
        if (!isIt) WrongType.Throw();
        if (probe is null) return;
        using var found = await probe.Look(path, contentType, Entries, cancellation) ?? throw Broken.AsException();
        var streams = All(found, "streams");
        var video = streams.FindAll(s => Ffprobe.Text(s, "codec_type") == "video");
        if (video.Count != 1 || !Video.Contains(Ffprobe.Text(video[0], "codec_name"))
            || Ffprobe.Number(video[0], "width") is not (> 0 and <= MostPixels) || Ffprobe.Number(video[0], "height") is not (> 0 and <= MostPixels)
            || streams.Exists(s => Ffprobe.Text(s, "codec_type") == "audio" && !Audio.Contains(Ffprobe.Text(s, "codec_name"))))
            Broken.Throw();
        // What browsers record does not say how long it is, so the times of its pictures and sounds are looked at.
        var times = All(found, "packets").ConvertAll(p => Ffprobe.Seconds(p, "pts_time") ?? Ffprobe.Seconds(p, "dts_time") ?? 0);
        if (times.Count == 0) Broken.Throw();
        if (times.Max() - Math.Min(0, times.Min()) > LongestSeconds + Tolerance) TooLong.Throw();
    }

    private static List<JsonElement> All(JsonDocument found, string name) =>
        found.RootElement.TryGetProperty(name, out var all) ? [.. all.EnumerateArray()] : [];
}
