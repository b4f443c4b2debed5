using System.Text.Json;
using Plenary.Platform;
using Plenary.Platform.Files;
using Plenary.Stage.Media;

namespace Plenary.Stage.Uploads;

/// <summary>
/// Makes of a video that was brought what replays are made of: fragmented MP4 with H.264. With ffmpeg of whatever it reads, copying the picture where that
/// will do; without, of MP4 with H.264 and AAC. May be repeated after any interruption.
/// </summary>
public sealed class RecordingPreparing(MediaSettings settings, TimeProvider clock, ILogger<RecordingPreparing> log) : IDisposable
{
    private const double LongestSeconds = 12 * 3600;
    private const string Entries = "format=duration:stream=codec_type,codec_name,width,height,pix_fmt:stream_disposition=attached_pic";

    /// <summary>Who comes late waits for a segment's beginning: longer ones are encoded anew.</summary>
    private const double LongestSegment = 8;

    /// <summary>Converting may take that many times the video's length, and an hour, from its beginning to its end.</summary>
    private const double Slowest = 6;

    /// <summary>Who has nothing more to say may take so long to end.</summary>
    private static readonly TimeSpan Closing = TimeSpan.FromMinutes(1);

    /// <summary>One at a time: it takes the processor that stages need.</summary>
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Its length in seconds, once it can be played; null while another video has its turn. Refused: why it cannot be used.</summary>
    internal async Task<double?> PrepareAsync(RecordingUpload upload, TakeFiles files, CancellationToken cancellation)
    {
        if (!await turn.WaitAsync(0, cancellation)) return null;
        // A name of its own: another process may be at it, which could not say that it still is.
        var fresh = $"{files.Media}.{Guid.CreateVersion7():N}";
        try
        {
            // What bears the name is whole: a run before this one came as far.
            if (!File.Exists(files.Media))
            {
                if (settings.Ffmpeg is { } ffmpeg) await ConvertAsync(ffmpeg, upload, files, fresh, cancellation);
                else await Task.Run(() => CutAsync(files, fresh, cancellation), cancellation);
                if (File.Exists(fresh)) File.Move(fresh, files.Media, overwrite: true);
            }
            var index = await SegmentIndex.ReadAsync(files.Media, files.Journal, files.Pace, cancellation);
            if (index.Segments.Count == 0) UploadRefusals.Broken.Throw();
            if (index.Duration > LongestSeconds) UploadRefusals.TooLong.Throw();
            (index with { IsComplete = true }).Write(files.Journal);
            File.Delete(files.Recording);
            return index.Duration;
        }
        finally
        {
            File.Delete(fresh);
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task ConvertAsync(string ffmpeg, RecordingUpload upload, TakeFiles files, string to, CancellationToken cancellation)
    {
        var (seconds, copies) = await LookAsync(upload, files, cancellation);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(3600 + seconds * Slowest), clock);
        while (true)
        {
            using var remuxer = Remuxer.Finished(ffmpeg, files.Recording, upload.ContentType, copies, files.Log);
            using var stop = cancellation.Register(remuxer.Kill);
            using var tooLate = late.Token.Register(remuxer.Kill);
            await using (var file = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16, useAsync: true))
            {
                await remuxer.Output.CopyToAsync(file, cancellation);
                file.Flush(flushToDisk: true);
            }
            var ended = await remuxer.EndAsync(Closing, clock);
            cancellation.ThrowIfCancellationRequested();
            var index = ended ? await SegmentIndex.ReadAsync(to, to + ".none", Pace.Remuxed, cancellation) : new(0, [], false);
            // Pictures that cannot be copied, or key pictures far apart: encoded anew.
            if (copies && !late.IsCancellationRequested && (index.Segments.Count == 0 || index.Segments.Max(s => s.Duration) > LongestSegment))
            {
                copies = false;
                continue;
            }
            // What ffprobe saw at the beginning of the file must have come out at the end.
            if (index.Segments.Count == 0 || index.Duration < seconds * 0.9 - 1) UploadRefusals.Broken.Throw();
            return;
        }
    }

    /// <summary>Its length as its header says, and whether its picture can stay as it is.</summary>
    private async Task<(double Seconds, bool Copies)> LookAsync(RecordingUpload upload, TakeFiles files, CancellationToken cancellation)
    {
        if (settings.Ffprobe is not { } program) return (0, false);
        using var found = await new Ffprobe(program, clock).Look(files.Recording, upload.ContentType, Entries, cancellation) ?? throw UploadRefusals.Broken.AsException();
        var streams = found.RootElement.TryGetProperty("streams", out var all) ? all.EnumerateArray().ToList() : [];
        if (streams.Find(s => Ffprobe.Text(s, "codec_type") == "video" && !Ffprobe.IsCover(s)) is not { ValueKind: JsonValueKind.Object } picture) throw UploadRefusals.NoPicture.AsException();
        var seconds = (found.RootElement.TryGetProperty("format", out var format) ? Ffprobe.Seconds(format, "duration") : null) ?? 0;
        if (seconds > LongestSeconds) UploadRefusals.TooLong.Throw();
        var copies = Ffprobe.Text(picture, "codec_name") == "h264" && Ffprobe.Text(picture, "pix_fmt") is "yuv420p" or "yuvj420p"
            && Ffprobe.Number(picture, "width") is > 0 and <= 1920 && Ffprobe.Number(picture, "height") is > 0 and <= 1920;
        return (seconds, copies);
    }

    /// <summary>Without ffmpeg.</summary>
    private async Task CutAsync(TakeFiles files, string to, CancellationToken cancellation)
    {
        if (files.Extension != "mp4") UploadRefusals.NeedsFfmpeg.Throw();
        try
        {
            if (Fragmenter.HasFragments(files.Recording))
            {
                await RequirePlayableAsync(files.Recording, cancellation);
                File.Move(files.Recording, files.Media);
            }
            else if (!Fragmenter.Convert(files.Recording, to, cancellation)) UploadRefusals.NeedsFfmpeg.Throw();
        }
        catch (RefusalException refused) when (refused.Refusal.Code == MalformedMedia.Code)
        {
            log.LogInformation("The video {File} cannot be used: {Why}", files.Recording, refused.Message);
            throw UploadRefusals.Broken.AsException();
        }
    }

    /// <summary>Reads a file that has fragments to its end. Refused: see <see cref="MalformedMedia"/>; unsupported-recording.</summary>
    private static async Task RequirePlayableAsync(string path, CancellationToken cancellation)
    {
        var reader = new FragmentReader();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
        var (buffer, isPlayable) = (new byte[1 << 20], false);
        for (int read; (read = await file.ReadAsync(buffer, cancellation)) > 0;)
            foreach (var piece in reader.Push(buffer.AsSpan(0, read)))
                if (piece.Fragment is null) isPlayable = Movie.Of(piece.Data).Picture is not null;
        if (!isPlayable) UploadRefusals.NeedsFfmpeg.Throw();
    }
}
