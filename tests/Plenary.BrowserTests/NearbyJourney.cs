using Microsoft.Playwright;
using Plenary.BrowserTests.Support;
using Plenary.Load.Media;
using Plenary.Tests.Support;

namespace Plenary.BrowserTests;

/// <summary>A stage whose first watchers sit near it: they see it without delay, the others some seconds later.</summary>
public sealed class NearbyJourney(Chromium chromium)
{
    [Fact]
    public async Task WhoHasASeatSeesTheStageAtOnceAndGoesOnWithoutTheMediaServer()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        await using var janus = await JanusServer.StartAsync();
        await using var site = await Site.StartAsync(["--demo", .. janus.Settings, "--Media:WebRtcAudience", "2"]);
        await using var speakerBrowser = await chromium.NewPersonAsync(site);
        await using var nearBrowser = await chromium.NewPersonAsync(site);
        await using var farBrowser = await chromium.NewPersonAsync(site);
        await speakerBrowser.EnterDemoAsync("speaker");
        await nearBrowser.EnterDemoAsync("attendee");
        await farBrowser.EnterDemoAsync("organizer");

        var speaker = await speakerBrowser.NewPageAsync();
        await speaker.GotoAsync("/e/groundwork/studio/main-stage?timecode=1");
        await speaker.GetByRole(AriaRole.Button, new() { Name = "Go backstage" }).ClickAsync();
        await speaker.Button("Go live").ClickAsync();
        await speaker.GetByText("On air").First.Expect().ToBeVisibleAsync();

        // Two are there, the speaker and one more, and as many seats.
        var near = await WatchAsync(nearBrowser);
        await Near(near).Expect().ToBeVisibleAsync();
        await near.GetByTestId("stage-video").IsFreshAsync(Patience.Time);
        var ages = new List<int>();
        for (var i = 0; i < 15; i++) ages.Add(await near.GetByTestId("stage-video").FrameAgeAsync(Patience.Time));
        ages.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"near the stage: half of the frames are younger than {ages[7]} ms, the oldest is {ages[^1]} ms old");
        Assert.InRange(ages[7], 1, 4_000);

        // Whoever comes later gets the playlist.
        var far = await WatchAsync(farBrowser);
        Assert.InRange(await far.GetByTestId("stage-video").FrameAgeAsync(Patience.Time), 1, 30_000);
        await Near(far).Expect().ToHaveCountAsync(0);

        // The media server is killed: the playlist shows the same. When it is back, so is the seat.
        await janus.Kill();
        await Near(near).Expect().ToHaveCountAsync(0);
        Assert.InRange(await near.GetByTestId("stage-video").FrameAgeAsync(Patience.Time), 1, 30_000);
        await janus.StartAgain();
        await Near(near).Expect().ToBeVisibleAsync();
        await near.GetByTestId("stage-video").IsFreshAsync(Patience.Time);
    }

    private static async Task<IPage> WatchAsync(IBrowserContext browser)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/e/groundwork/rooms/main-stage");
        await page.GetByTestId("stage-video").Expect().ToBeVisibleAsync();
        return page;
    }

    private static ILocator Near(IPage page) => page.Locator("[data-testid=stage-video][data-path=webrtc]");
}
