using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Plenary.BrowserTests.Support;

/// <summary>What journeys do in a call, on the page that those who work on calls have: its camera films a clock.</summary>
internal static class Calls
{
    /// <summary>Older than this, a frame was not filmed just now.</summary>
    private const int FreshMs = 2_000;

    /// <summary>Enters the demo as one of its people, and the call of its networking room.</summary>
    public static async Task<IPage> EnterCallAsync(this IBrowserContext browser, string key)
    {
        await browser.EnterDemoAsync(key);
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query = "{ event(slug: \"groundwork\") { id rooms { id kind } } }" } });
        var found = JsonNode.Parse(await answer.TextAsync())!["data"]!["event"]!;
        var room = found["rooms"]!.AsArray().First(r => (string?)r!["kind"] == "NETWORKING")!["id"];
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"/design/call?event={found["id"]}&room={room}");
        return page;
    }

    public static ILocator CallVideos(this IPage page, string kind) => page.Locator($"video[aria-label$={kind}]");

    /// <summary>Waits until so many cameras are there, each with what was filmed just now.</summary>
    public static async Task SeesCamerasAsync(this IPage page, int cameras)
    {
        await page.CallVideos("camera").Expect().ToHaveCountAsync(cameras);
        for (var i = 0; i < cameras; i++) await page.CallVideos("camera").Nth(i).IsFreshAsync(Patience.Time);
    }

    /// <summary>Waits until the video shows what was filmed just now.</summary>
    public static async Task IsFreshAsync(this ILocator video, TimeSpan limit)
    {
        for (var began = Stopwatch.StartNew(); await video.FrameAgeAsync(limit) > FreshMs;)
            if (began.Elapsed > limit) throw new TimeoutException("What is shown is old.");
    }

    /// <summary>Waits until the video stands still.</summary>
    public static async Task IsFrozenAsync(this ILocator video)
    {
        for (var began = Stopwatch.StartNew(); await video.FrameAgeAsync(Patience.Time) <= FreshMs + 500; await Task.Delay(100))
            if (began.Elapsed > Patience.Time) throw new TimeoutException("It goes on.");
    }

    /// <summary>Waits until the picture's width is as it should be.</summary>
    public static async Task IsWideAsync(this ILocator video, Func<int, bool> holds, TimeSpan? limit = null)
    {
        var width = 0;
        for (var began = Stopwatch.StartNew(); began.Elapsed < (limit ?? Patience.Time); await Task.Delay(100))
            if (holds(width = await video.EvaluateAsync<int>("v => v.videoWidth"))) return;
        throw new TimeoutException($"The picture is {width} wide.");
    }
}
