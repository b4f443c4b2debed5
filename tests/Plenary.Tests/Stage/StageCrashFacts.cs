using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Stage;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage.Media;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>What is left of a broadcast when the server, or its ffmpeg, is killed in the middle of it.</summary>
[Trait("Speed", "Slow")]
public sealed class StageCrashFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string? FfmpegMissing => File.Exists("/usr/bin/ffmpeg") ? null : "ffmpeg is not installed (Debian: ffmpeg)";

    [Theory, InlineData("auto"), InlineData("off")]
    public async Task NothingAcknowledgedIsLostWhenTheServerIsKilled(string ffmpeg)
    {
        Assert.SkipWhen(ffmpeg == "auto" && FfmpegMissing is not null, FfmpegMissing ?? "");
        await using var server = await ServerProcess.StartAsync(null, "--Media:Ffmpeg", ffmpeg);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var studio = new Studio(server.Url, scene, speaker);
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        Assert.StartsWith(ffmpeg == "auto" ? "video/webm" : "video/mp4", container, StringComparison.Ordinal);
        var acknowledged = recording.Length * 3 / 5;
        var take = Guid.CreateVersion7();
        await using (var room = await scene.Enter(speaker))
        using (var uplink = await studio.Connect(broadcast))
        {
            await uplink.Hello(take, container, 0);
            await uplink.Send(recording[..acknowledged]);
            await uplink.Acknowledged(acknowledged);
            await room.Until(() => room.Stage.State == Plenary.Rooms.StageState.Live, "live");
            await server.Kill();
        }

        await server.StartAgain();
        await using (var room = await scene.Enter(speaker))
            await room.Until(() => room.Stage.State == Plenary.Rooms.StageState.Interrupted, "interrupted by the restart");
        Assert.Equal(broadcast, (await studio.Begin(scene.Stage)).Broadcast);
        using (var again = await studio.Connect(broadcast))
        {
            await again.Say(new { take, container, offset = acknowledged });
            Assert.Equal("new-take", await again.Refused());
        }
        await studio.Upload(broadcast, container, recording);
        await studio.End(broadcast);
        var replay = await studio.Replay(broadcast);

        var folder = Path.Combine(server.Folder, "media", broadcast.ToString());
        Assert.Equal(recording[..acknowledged], await File.ReadAllBytesAsync(Path.Combine(folder, ffmpeg == "auto" ? "take-1.webm" : "take-1.mp4"), Cancellation));
        await using var db = server.OpenDb();
        var seconds = await db.Set<BroadcastTake>().OrderBy(t => t.Number).Select(t => t.Seconds!.Value).ToListAsync(Cancellation);
        Assert.Equal(2, seconds.Count);
        if (ffmpeg == "off") Assert.Equal(Samples.Pieces(recording[..acknowledged]).Sum(p => p.Fragment?.Duration ?? 0), seconds[0], 0.05);
        else Assert.InRange(seconds[0], 2.5, 3.8);
        Assert.InRange(seconds[1], 5.0, 5.5);
        Assert.Equal(seconds.Sum(), (double)replay["durationSeconds"]!, 6);
        if (Probe.Missing is null)
            Assert.InRange((await Probe.Read(new Uri(server.Url, (string)replay["playlistUrl"]!).ToString())).Seconds, seconds.Sum() - 0.2, seconds.Sum() + 0.2);
    }

    [Fact]
    public async Task AnFfmpegThatDiesCostsATakeNotTheStage()
    {
        Assert.SkipWhen(FfmpegMissing is not null, FfmpegMissing ?? "");
        var folder = Directory.CreateTempSubdirectory("plenary-ffmpeg-").FullName;
        var mortal = Path.Combine(folder, "ffmpeg");
        await File.WriteAllTextAsync(mortal, "#!/bin/sh\nexec timeout -s KILL 4 /usr/bin/ffmpeg \"$@\"\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(mortal, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var server = await ServerProcess.StartAsync(null, "--Media:Ffmpeg", mortal);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        using var studio = new Studio(server.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        using (var uplink = await studio.Connect(broadcast))
        {
            await uplink.Hello(Guid.CreateVersion7(), container, 0);
            await uplink.Send(recording);
            Assert.Equal("new-take", await uplink.Refused());
        }
        await studio.Upload(broadcast, container, recording);
        await studio.End(broadcast);
        Assert.InRange((double)(await studio.Replay(broadcast))["durationSeconds"]!, 10.0, 11.0);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task ARecordingOfAnotherCodecIsEncodedForEveryone()
    {
        Assert.SkipWhen(FfmpegMissing is not null, FfmpegMissing ?? "");
        await using var server = await ServerProcess.StartAsync();
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        using var studio = new Studio(server.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, _, _) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, "video/webm;codecs=vp8,opus", Samples.Vp8);
        await studio.Upload(broadcast, "video/mp4;codecs=avc1.42E01E,opus", Samples.Recorder);
        await studio.End(broadcast);
        var replay = await studio.Replay(broadcast);
        Assert.InRange((double)replay["durationSeconds"]!, 10.0, 11.0);
        var folder = ((string)replay["playlistUrl"]!)[..^"replay.m3u8".Length];
        foreach (var take in new[] { 1, 2 })
        {
            var file = Path.GetTempFileName();
            byte[] begin = [.. await studio.Http.GetByteArrayAsync($"{folder}{take}-init.mp4", TestContext.Current.CancellationToken), .. await studio.Http.GetByteArrayAsync($"{folder}{take}-0.m4s", TestContext.Current.CancellationToken)];
            await File.WriteAllBytesAsync(file, begin, TestContext.Current.CancellationToken);
            Assert.Equal("aac+h264", (await Probe.Read(file)).Codecs);
            File.Delete(file);
        }
    }
}

/// <summary>How much an upload may send.</summary>
public sealed class UploadBudgetFacts
{
    [Fact]
    public void AMinuteHeldBackMayComeAtOnceButNotMore()
    {
        var clock = new StoppedClock();
        var budget = new UploadBudget(1000, clock);
        Assert.True(budget.Spend(60_000));
        Assert.False(budget.Spend(1));
    }

    [Fact]
    public void TheSustainedSpeedIsAlwaysAllowed()
    {
        var clock = new StoppedClock();
        var budget = new UploadBudget(1000, clock);
        for (var second = 0; second < 500; second++)
        {
            Assert.True(budget.Spend(1000));
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        var fast = true;
        for (var second = 0; second < 500 && fast; second++)
        {
            fast = budget.Spend(1200);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.False(fast);
    }
}
