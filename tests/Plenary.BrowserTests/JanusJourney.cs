using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;
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
        var clock = Stopwatch.StartNew();
        void Tell(string what) => TestContext.Current.TestOutputHelper?.WriteLine($"{what} {clock.Elapsed.TotalSeconds:0.0} s");
        await using var janus = await JanusServer.StartAsync();
        await using var site = await Site.StartAsync(["--demo", .. janus.Settings]);
        await using var organizer = await chromium.NewPersonAsync(site);
        await using var speaker = await chromium.NewPersonAsync(site);
        await using var attendee = await chromium.NewPersonAsync(site);
        var people = new Dictionary<string, IBrowserContext> { ["organizer"] = organizer, ["speaker"] = speaker, ["attendee"] = attendee };
        var room = "";
        foreach (var (key, browser) in people) room = await EnterDemoAsync(browser, key);

        // Four send, three watch.
        var senders = new List<IPage>();
        foreach (var key in Senders) senders.Add(await OpenAsync(people[key], room));
        foreach (var page in senders) await page.GetByRole(AriaRole.Status).GetByText("in janus publishes").Expect().ToBeVisibleAsync(new() { Timeout = 30_000 });
        var viewers = new List<IPage>();
        foreach (var browser in people.Values)
        {
            var page = await OpenAsync(browser, room);
            await page.Button("Only watch").ClickAsync();
            await page.GetByRole(AriaRole.Status).GetByText("in janus watches").Expect().ToBeVisibleAsync(new() { Timeout = 30_000 });
            viewers.Add(page);
        }
        foreach (var page in viewers) await SeesAsync(page, 4);
        foreach (var page in senders) await SeesAsync(page, 3);

        Tell("sees");
        // A larger tile gets a larger picture, a smaller one a smaller.
        var viewer = viewers[0];
        var camera = Videos(viewer, "camera").First;
        await WidthAsync(camera, width => width is > 0 and <= 320);
        await viewer.Button("Large").ClickAsync();
        await WidthAsync(camera, width => width >= 640);
        await viewer.Button("Small").ClickAsync();
        await WidthAsync(camera, width => width is > 0 and <= 320);
        Tell("sizes");

        // Who speaks is shown; who is mute does not.
        foreach (var page in senders.Skip(1)) await page.Button("Mute microphone").ClickAsync();
        await Speaking(viewer).Expect().ToHaveCountAsync(1, new() { Timeout = 15_000 });

        Tell("speaks");
        // A screen is shared beside the camera, and shared again.
        for (var time = 0; time < 2; time++)
        {
            await senders[1].Button("Share").ClickAsync();
            await FreshAsync(Videos(viewer, "screen").First, TimeSpan.FromSeconds(20));
            await senders[1].Button("Stop sharing").ClickAsync();
            await Videos(viewer, "screen").Expect().ToHaveCountAsync(0);
        }

        Tell("screen");
        // A sender's page is loaded anew; another only watches for a while.
        await senders[1].ReloadAsync();
        await senders[2].Button("Only watch").ClickAsync();
        await Videos(viewer, "camera").Expect().ToHaveCountAsync(3, new() { Timeout = 20_000 });
        await senders[2].Button("Publish").ClickAsync();
        await SeesAsync(viewer, 4);
        await SeesAsync(senders[0], 3);

        Tell("reload");
        // Janus is killed: everything stands still, and goes on when it is back.
        await janus.Kill();
        await FrozenAsync(camera);
        var began = Stopwatch.StartNew();
        await janus.StartAgain();
        await SeesAsync(viewer, 4);
        var back = began.Elapsed;
        foreach (var page in viewers.Skip(1)) await SeesAsync(page, 4);
        foreach (var page in senders) await SeesAsync(page, 3);
        TestContext.Current.TestOutputHelper?.WriteLine($"back after {back.TotalSeconds:0.0} s, everybody after {began.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(back.TotalSeconds, 0, 10);
    }

    private static async Task<string> EnterDemoAsync(IBrowserContext browser, string key)
    {
        await browser.EnterDemoAsync(key);
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query = "{ event(slug: \"groundwork\") { id rooms { id kind } } }" } });
        var found = JsonNode.Parse(await answer.TextAsync())!["data"]!["event"]!;
        return $"event={found["id"]}&room={found["rooms"]!.AsArray().First(r => (string?)r!["kind"] == "NETWORKING")!["id"]}";
    }

    private static async Task<IPage> OpenAsync(IBrowserContext browser, string room)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"/design/call?{room}");
        return page;
    }

    private static ILocator Videos(IPage page, string kind) => page.Locator($"video[aria-label$={kind}]");

    private static ILocator Speaking(IPage page) => page.Locator("[data-testid=call-peer]").GetByText("speaks");

    /// <summary>So many cameras are there, each with what was filmed just now.</summary>
    private static async Task SeesAsync(IPage page, int cameras)
    {
        await Videos(page, "camera").Expect().ToHaveCountAsync(cameras, new() { Timeout = 30_000 });
        for (var i = 0; i < cameras; i++) await FreshAsync(Videos(page, "camera").Nth(i), TimeSpan.FromSeconds(30));
    }

    private static async Task FreshAsync(ILocator video, TimeSpan limit)
    {
        for (var began = Stopwatch.StartNew(); await video.FrameAgeAsync(limit) > 2_000;)
            if (began.Elapsed > limit) throw new TimeoutException("what is shown is old");
    }

    private static async Task FrozenAsync(ILocator video)
    {
        for (var began = Stopwatch.StartNew(); await video.FrameAgeAsync(TimeSpan.FromSeconds(10)) < 2_500; await Task.Delay(100))
            if (began.Elapsed > TimeSpan.FromSeconds(20)) throw new TimeoutException("it goes on without a server");
    }

    private static async Task WidthAsync(ILocator video, Func<int, bool> holds)
    {
        var width = 0;
        for (var began = Stopwatch.StartNew(); began.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(100))
            if (holds(width = await video.EvaluateAsync<int>("v => v.videoWidth"))) return;
        throw new TimeoutException($"the picture is {width} wide");
    }
}
