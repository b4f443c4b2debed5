using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>People who see and hear each other, with real pictures between real browsers: what arrives carries the clock of whoever sent it.</summary>
public sealed class CallJourney(Chromium chromium)
{
    [Fact]
    public async Task ThreePeopleSeeEachOtherShareAndComeBack()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var lenaBrowser = await chromium.NewPersonAsync(site);
        await using var amaraBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site);
        var lena = await EnterAsync(lenaBrowser, "organizer");
        var amara = await EnterAsync(amaraBrowser, "speaker");
        var hana = await EnterAsync(hanaBrowser, "attendee");
        IPage[] all = [lena, amara, hana];

        // Everybody sees both others, as they were a moment ago.
        foreach (var page in all)
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(2);
            await Videos(page, "camera").Expect().ToHaveCountAsync(2);
            for (var i = 0; i < 2; i++) Assert.InRange(await Videos(page, "camera").Nth(i).FrameAgeAsync(TimeSpan.FromSeconds(20)), 1, 3_000);
        }
        await lena.GetByText("speaks").First.Expect().ToBeVisibleAsync();

        // A screen is shared beside the camera, and taken back.
        await amara.Button("Share").ClickAsync();
        foreach (var page in (IPage[])[lena, hana]) await Videos(page, "screen").First.FrameAgeAsync(TimeSpan.FromSeconds(20));
        await amara.Button("Stop sharing").ClickAsync();
        await Videos(lena, "screen").Expect().ToHaveCountAsync(0);

        // Somebody only watches for a while.
        await hana.Button("Only watch").ClickAsync();
        await Videos(lena, "camera").Expect().ToHaveCountAsync(1);
        await Videos(hana, "camera").First.FrameAgeAsync(TimeSpan.FromSeconds(10));
        await hana.Button("Publish").ClickAsync();
        await Videos(lena, "camera").Expect().ToHaveCountAsync(2);
        for (var i = 0; i < 2; i++) await Videos(lena, "camera").Nth(i).FrameAgeAsync(TimeSpan.FromSeconds(20));

        // The hub is lost and comes back: pictures go on all the time.
        await amaraBrowser.SetOfflineAsync(true);
        await amara.GetByRole(AriaRole.Status).GetByText("reconnecting").Expect().ToBeVisibleAsync();
        Assert.InRange(await Videos(amara, "camera").First.FrameAgeAsync(TimeSpan.FromSeconds(10)), 1, 3_000);
        await amaraBrowser.SetOfflineAsync(false);
        await amara.GetByRole(AriaRole.Status).GetByText("in mesh publishes").Expect().ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Peers(lena, "connected").Expect().ToHaveCountAsync(2);

        // A page is loaded anew: nobody sees its person twice, and everybody sees them again.
        await amara.ReloadAsync();
        await Peers(amara, "connected").Expect().ToHaveCountAsync(2);
        foreach (var page in all)
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(2);
            await Videos(page, "camera").Expect().ToHaveCountAsync(2);
            for (var i = 0; i < 2; i++) Assert.InRange(await Videos(page, "camera").Nth(i).FrameAgeAsync(TimeSpan.FromSeconds(20)), 1, 3_000);
        }

        await amara.Button("Leave").ClickAsync();
        await Peers(lena).Expect().ToHaveCountAsync(1);
    }

    private static async Task<IPage> EnterAsync(IBrowserContext browser, string key)
    {
        await browser.EnterDemoAsync(key);
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query = "{ event(slug: \"groundwork\") { id rooms { id kind } } }" } });
        var found = JsonNode.Parse(await answer.TextAsync())!["data"]!["event"]!;
        var room = found["rooms"]!.AsArray().First(r => (string?)r!["kind"] == "NETWORKING")!["id"];
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"/design/call?event={found["id"]}&room={room}");
        return page;
    }

    private static ILocator Peers(IPage page, string? link = null) => page.Locator($"[data-testid=call-peer]{(link is null ? "" : $"[data-link={link}]")}");

    private static ILocator Videos(IPage page, string kind) => page.Locator($"video[aria-label$={kind}]");
}
