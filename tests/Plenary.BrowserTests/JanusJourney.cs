using System.Diagnostics;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;
using Plenary.Load.Media;
using Plenary.Tests.Support;

namespace Plenary.BrowserTests;

/// <summary>A call through a real Janus: what arrives carries the clock of whoever sent it.</summary>
public sealed class JanusJourney(Chromium chromium)
{
    private static readonly string[] Senders = ["organizer", "speaker", "attendee", "organizer"];

    [Fact]
    public async Task FourAreSeenByThreeMoreThroughAServerThatDiesAndComesBack()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        await using var janus = await JanusServer.StartAsync();
        await using var site = await Site.StartAsync(["--demo", .. janus.Settings]);
        await using var organizer = await chromium.NewPersonAsync(site);
        await using var speaker = await chromium.NewPersonAsync(site);
        await using var attendee = await chromium.NewPersonAsync(site);
        var people = new Dictionary<string, IBrowserContext> { ["organizer"] = organizer, ["speaker"] = speaker, ["attendee"] = attendee };

        // A larger tile gets a larger picture, a smaller one a smaller. Two who send are enough for that: a busy machine makes small pictures only.
        var two = await Task.WhenAll(Senders.Take(2).Select(key => people[key].EnterCallAsync(key)));
        var viewer = await WatchAsync(attendee, "attendee");
        await viewer.SeesCamerasAsync(2);
        var camera = viewer.CallVideos("camera").First;
        await camera.IsWideAsync(width => width is > 0 and <= 320);
        for (var time = 0; time < 2; time++)
        {
            await viewer.Button("Large").ClickAsync();
            await camera.IsWideAsync(width => width > 320);
            await viewer.Button("Small").ClickAsync();
            await camera.IsWideAsync(width => width is > 0 and <= 320);
        }

        // Four send, three watch.
        IPage[] senders = [.. two, .. await Task.WhenAll(Senders.Skip(2).Select(key => people[key].EnterCallAsync(key)))];
        foreach (var page in senders) await page.GetByRole(AriaRole.Status).GetByText("in janus publishes").Expect().ToBeVisibleAsync();
        IPage[] viewers = [viewer, .. await Task.WhenAll(WatchAsync(organizer, "organizer"), WatchAsync(speaker, "speaker"))];
        await EverybodySeesAsync(senders, viewers);

        // Who speaks is shown; who is mute does not.
        foreach (var page in senders.Skip(1)) await page.Button("Mute microphone").ClickAsync();
        await Speaking(viewer).Expect().ToHaveCountAsync(1);

        // A screen is shared beside the camera, and shared again.
        for (var time = 0; time < 2; time++)
        {
            await senders[1].Button("Share").ClickAsync();
            await viewer.CallVideos("screen").First.IsFreshAsync(Patience.Time);
            await senders[1].Button("Stop sharing").ClickAsync();
            await viewer.CallVideos("screen").Expect().ToHaveCountAsync(0);
        }

        // A sender's page is loaded anew; another only watches for a while.
        await senders[1].ReloadAsync();
        await senders[2].Button("Only watch").ClickAsync();
        await viewer.CallVideos("camera").Expect().ToHaveCountAsync(3);
        await senders[2].Button("Publish").ClickAsync();
        await viewer.SeesCamerasAsync(4);
        await senders[0].SeesCamerasAsync(3);

        // Janus is killed: everything stands still, and goes on when it is back.
        await janus.Kill();
        await camera.IsFrozenAsync();
        var began = Stopwatch.StartNew();
        await janus.StartAgain();
        await viewer.SeesCamerasAsync(4);
        var back = began.Elapsed;
        await EverybodySeesAsync(senders, viewers);
        TestContext.Current.TestOutputHelper?.WriteLine($"back after {back.TotalSeconds:0.0} s, everybody after {began.Elapsed.TotalSeconds:0.0} s");

        // Somebody is put out of the event: neither their page that sends nor the one that watches shows anything more, and nobody sees them.
        var registered = await attendee.AskAsync("{ event(slug: \"groundwork\") { viewerRegistration { id } } }");
        await organizer.AskAsync("mutation($id: ID!) { cancelRegistration(id: $id) { id } }", new { id = (string)registered["event"]!["viewerRegistration"]!["id"]! });
        foreach (var page in (IPage[])[senders[2], viewer]) await page.CallVideos("camera").Expect().ToHaveCountAsync(0);
        await EverybodySeesAsync([senders[0], senders[1], senders[3]], viewers[1..]);
        Assert.InRange(back, TimeSpan.Zero, Patience.Time);
    }

    /// <summary>Two at different processes of ours, in one call.</summary>
    [Fact]
    public async Task AServerThatIsEmptiedIsLeftWithoutASeam()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        Assert.SkipWhen(SiteOfMany.Missing is not null, SiteOfMany.Missing ?? "");
        await using var first = await JanusServer.StartAsync();
        await using var second = await JanusServer.PrepareAsync();
        await using var site = await SiteOfMany.StartAsync(2, [.. first.Settings, "--Media:Janus", $"{first.Url},{second.Url}"]);
        await using var lenaBrowser = await chromium.NewPersonAsync(site.Processes[0].Url);
        await using var amaraBrowser = await chromium.NewPersonAsync(site.Processes[1].Url);
        var lena = await lenaBrowser.EnterCallAsync("organizer");
        var amara = await amaraBrowser.EnterCallAsync("speaker");
        foreach (var page in new[] { lena, amara }) await page.SeesCamerasAsync(1);

        // When nobody needs the first one any more it is taken away.
        await second.StartAgain();
        foreach (var process in site.Processes) await process.SaysAsync($"{second.Url} is connected");
        await first.Drain();
        var camera = lena.CallVideos("camera").First;
        var (oldest, began, emptied) = (0, Stopwatch.StartNew(), TimeSpan.Zero);
        for (; emptied == default || began.Elapsed < emptied + TimeSpan.FromSeconds(3); await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            oldest = Math.Max(oldest, await camera.FrameAgeAsync(Patience.Time));
            Assert.True(began.Elapsed < Patience.Time, "The first server is still needed.");
            if (emptied != default || await first.Serves() > 0) continue;
            await first.Kill();
            emptied = began.Elapsed;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"emptied after {emptied.TotalSeconds:0.0} s, the oldest picture meanwhile: {oldest} ms");
        Assert.InRange(oldest, 1, 6_000);
        foreach (var page in new[] { lena, amara }) await page.SeesCamerasAsync(1);
    }

    private static async Task<IPage> WatchAsync(IBrowserContext browser, string key)
    {
        var page = await browser.EnterCallAsync(key);
        await page.Button("Only watch").ClickAsync();
        await page.GetByRole(AriaRole.Status).GetByText("in janus watches").Expect().ToBeVisibleAsync();
        return page;
    }

    private static Task EverybodySeesAsync(IPage[] senders, IPage[] viewers) =>
        Task.WhenAll([.. senders.Select(page => page.SeesCamerasAsync(senders.Length - 1)), .. viewers.Select(page => page.SeesCamerasAsync(senders.Length))]);

    private static ILocator Speaking(IPage page) => page.Locator("[data-testid=call-peer]").GetByText("speaks");
}
