using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Platform;
using Plenary.Stage;
using Plenary.Stage.Uploads;

namespace Plenary.Tests.Stage;

/// <summary>What becomes of a video when the tool that prepares it never comes to an end.</summary>
public sealed class RecordingPreparingFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AToolThatHangsIsEndedAfterItsTimeAndTheVideoRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The tool's place is taken by a shell script.");
        var folder = Directory.CreateTempSubdirectory("plenary-hangs-").FullName;
        var hangs = Path.Combine(folder, "ffmpeg");
        await File.WriteAllTextAsync(hangs, "#!/bin/sh\nexec sleep 600\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(hangs, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var settings = new MediaSettings(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder), new("Media:Ffmpeg", hangs)]).Build());
        var upload = new RecordingUpload { Title = "Hangs", SpeakerName = "Somebody", ContentType = "video/mp4", Bytes = 10 };
        var files = new TakeFiles(TakeFiles.FolderOf(settings, upload.Id), 1, "mp4", IsRemuxed: true);
        Directory.CreateDirectory(files.Folder);
        await File.WriteAllBytesAsync(files.Recording, new byte[10], Cancellation);
        using var preparing = new RecordingPreparing(settings, new QuickTimers(), NullLogger<RecordingPreparing>.Instance);

        var refused = await Assert.ThrowsAsync<RefusalException>(() => preparing.PrepareAsync(upload, files, Cancellation).WaitAsync(TimeSpan.FromSeconds(90), Cancellation));

        Assert.Equal("broken-recording", refused.Refusal.Code);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An hour is over in a second.</summary>
    private sealed class QuickTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : dueTime / 3600, period);
    }
}
