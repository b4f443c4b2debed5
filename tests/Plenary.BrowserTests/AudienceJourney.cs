using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>A stage that an encoder sends to, as people with different networks and wishes watch it.</summary>
public sealed class AudienceJourney(Chromium chromium)
{
    private const string Ffmpeg = "/usr/bin/ffmpeg";

    [Fact]
    public async Task EverybodyLoadsAsMuchOfAStageAsTheyCanUse()
    {
        Assert.SkipUnless(File.Exists(Ffmpeg), "ffmpeg is not installed (Debian: ffmpeg); ./test installs it");
        var port = FreePort.Take();
        await using var site = await Site.StartAsync("--demo", "--Media:Rtmp", $"127.0.0.1:{port}", "--Media:Ladder", "180", "--Media:LowLatencyViewers", "0");
        await using var crewBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site);
        await crewBrowser.EnterDemoAsync("organizer");

        // The crew makes a key and types it into an encoder.
        var crew = await crewBrowser.NewPageAsync();
        await crew.GotoAsync("/e/groundwork/studio/workshop/sources");
        await crew.GetByLabel("Name of a new stream key").FillAsync("Hall camera");
        await crew.Button("Make a stream key").ClickAsync();
        var secret = await crew.Locator(".sources-secret code").InnerTextAsync();
        await crew.IsAccessibleAsync("other sources");
        using var encoder = Encode(port, secret);
        try
        {
            await hanaBrowser.EnterDemoAsync("attendee");
            var hana = await hanaBrowser.NewPageAsync();
            var asked = new List<string>();
            hana.Request += (_, request) => { lock (asked) asked.Add(request.Url); };
            await hana.GotoAsync("/e/groundwork/rooms/workshop");

            // With parts: the frames carry the encoder's clock.
            var video = hana.GetByTestId("stage-video");
            await video.Expect().ToBeVisibleAsync();
            await video.FrameAgeAsync(Patience.Time);
            Assert.True(Asked(asked, "_HLS_msn"));

            // A smaller picture, chosen by hand; in the end the picture is as small.
            var load = hana.GetByLabel("What to load");
            await load.SelectOptionAsync("180");
            await hana.WaitForFunctionAsync("() => document.querySelector('[data-testid=stage-video]').videoHeight === 180");
            Assert.InRange(await video.FrameAgeAsync(Patience.Time), 1, 30_000);

            // Sound alone: no picture is loaded any more, and the sound goes on.
            await load.SelectOptionAsync("sound");
            await hana.GetByRole(AriaRole.Heading, new() { Name = "Sound only" }).Expect().ToBeVisibleAsync();
            var from = await video.EvaluateAsync<double>("v => v.currentTime");
            await hana.WaitForFunctionAsync("from => { const v = document.querySelector('[data-testid=stage-video]'); return v.videoHeight === 0 && v.currentTime > 1 && !v.paused; }", from);
            Assert.True(Asked(asked, "/sound/"));

            // Captions alone: nothing at all.
            await load.SelectOptionAsync("captions");
            await hana.GetByText("What is said appears here.").First.Expect().ToBeVisibleAsync();
            await hana.IsAccessibleAsync("a room without its picture");
            lock (asked) asked.Clear();
            await hana.SayAsync("Words are enough for me");
            await hana.GetByText("Words are enough for me").First.Expect().ToBeVisibleAsync();
            Assert.False(Asked(asked, ".m4s"), string.Join('\n', asked));

            // One viewer is a crowd here: who comes now plays whole segments, some seconds later.
            await load.SelectOptionAsync("auto");
            await video.FrameAgeAsync(Patience.Time);
            // Whoever turned the picture off was no viewer, and is counted again when their player has told of itself.
            var began = TimeProvider.System.GetTimestamp();
            while (!await PlaysWholeSegmentsAsync(hanaBrowser))
                Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience.Time, "newcomers to a crowd still ask for parts");
        }
        finally
        {
            encoder.Kill();
            await encoder.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Somebody comes, watches a moment and goes; whether they were given whole segments.</summary>
    private static async Task<bool> PlaysWholeSegmentsAsync(IBrowserContext newcomer)
    {
        var asked = new List<string>();
        var late = await newcomer.NewPageAsync();
        late.Request += (_, request) => { lock (asked) asked.Add(request.Url); };
        await late.GotoAsync("/e/groundwork/rooms/workshop");
        Assert.InRange(await late.GetByTestId("stage-video").FrameAgeAsync(Patience.Time), 1, 30_000);
        await late.CloseAsync();
        return !Asked(asked, "_HLS_msn");
    }

    private static bool Asked(List<string> asked, string what)
    {
        lock (asked) return asked.Exists(url => url.Contains(what, StringComparison.Ordinal));
    }

    /// <summary>640×360 with the clock of <see cref="Pages.FrameAgeAsync"/> in its upper edge, 32 white boxes for the bits of the milliseconds.</summary>
    private static Process Encode(int port, string key)
    {
        var clock = string.Join(',', Enumerable.Range(0, 32).Select(bar => $"drawbox=x={bar * 20}:y=0:w=20:h=30:color=white:t=fill:enable='gt(bitand(floor(time(0)*1000)\\,{1u << (31 - bar)})\\,0)'"));
        return Process.Start(new ProcessStartInfo(Ffmpeg,
        [
            "-hide_banner", "-loglevel", "error", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-re", "-f", "lavfi", "-i", "sine=sample_rate=48000",
            "-vf", $"drawbox=x=0:y=0:w=640:h=30:color=black:t=fill,{clock}", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p",
            "-g", "50", "-keyint_min", "50", "-sc_threshold", "0", "-b:v", "800k", "-c:a", "aac", "-f", "flv", $"rtmp://127.0.0.1:{port}/live/{key}",
        ])
        { RedirectStandardError = true, RedirectStandardInput = true })!;
    }
}
