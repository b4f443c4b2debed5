using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>The server is lost while people talk: what it acknowledged stands, what waited goes out once.</summary>
public sealed class CrashJourney(Chromium chromium)
{
    [Fact]
    public async Task NothingSaidIsLostOrDoubledWhenTheServerDies()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var hanaBrowser = await chromium.NewPersonAsync(site);
        await using var lenaBrowser = await chromium.NewPersonAsync(site);
        var hana = await EnterLobbyAsync(hanaBrowser, "attendee");
        var lena = await EnterLobbyAsync(lenaBrowser, "organizer");

        // What is surely acknowledged.
        await Task.WhenAll(SayAsync(hana, "Hana", 1, 3), SayAsync(lena, "Lena", 1, 3));
        await Waiting(hana).Expect().ToHaveCountAsync(0);
        await Waiting(lena).Expect().ToHaveCountAsync(0);

        // The server dies in the middle of what they go on to say, and they go on.
        var burst = Task.WhenAll(SayAsync(hana, "Hana", 4, 8), SayAsync(lena, "Lena", 4, 8));
        await hana.GetByText("Crash: Hana 5", new() { Exact = true }).First.WaitForAsync();
        await site.KillAsync();
        await burst;
        await Task.WhenAll(SayAsync(hana, "Hana", 9, 11), SayAsync(lena, "Lena", 9, 11));
        var acknowledged = (await AcknowledgedAsync(hana)).Concat(await AcknowledgedAsync(lena)).ToList();
        Assert.InRange(acknowledged.Count, 6, 16);
        Assert.InRange(await Waiting(hana).CountAsync(), 3, 8);

        await site.StartAgainAsync();
        await Waiting(hana).Expect().ToHaveCountAsync(0);
        await Waiting(lena).Expect().ToHaveCountAsync(0);
        foreach (var page in (IPage[])[hana, lena])
            foreach (var name in (string[])["Hana", "Lena"])
                await page.GetByText($"Crash: {name} 11", new() { Exact = true }).First.Expect().ToBeVisibleAsync();

        var heard = await hana.HeardAsync("Crash:");
        Assert.Equal(Enumerable.Range(1, 11).Select(i => $"Crash: Hana {i}"), heard.Where(line => line.Contains("Hana", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(1, 11).Select(i => $"Crash: Lena {i}"), heard.Where(line => line.Contains("Lena", StringComparison.Ordinal)));
        Assert.Equal(heard, await lena.HeardAsync("Crash:"));
        Assert.All(acknowledged, line => Assert.Single(heard, line));

        // What is in the log is what everybody is told who comes later.
        await lena.ReloadAsync();
        await lena.GetByText("Crash: Lena 11", new() { Exact = true }).First.WaitForAsync();
        Assert.Equal(heard, await lena.HeardAsync("Crash:"));
    }

    /// <summary>The window is as high as the whole chat: only what fits is drawn.</summary>
    private static async Task<IPage> EnterLobbyAsync(IBrowserContext browser, string key)
    {
        await browser.EnterDemoAsync(key);
        var page = await browser.NewPageAsync();
        await page.SetViewportSizeAsync(1_440, 4_000);
        await page.GotoAsync("/e/groundwork/rooms/lobby");
        await page.GetByLabel("Message the room").WaitForAsync();
        return page;
    }

    private static async Task SayAsync(IPage page, string name, int first, int last)
    {
        for (var i = first; i <= last; i++) await page.SayAsync($"Crash: {name} {i}");
    }

    /// <summary>Own messages that the server does not have for sure: drawn dashed.</summary>
    private static ILocator Waiting(IPage page) => page.Locator(".msg.own.held");

    private static async Task<string[]> AcknowledgedAsync(IPage page) =>
        await page.Locator(".msg.own:not(.held) p[dir=auto]").EvaluateAllAsync<string[]>("lines => lines.map(line => line.textContent.trim()).filter(line => line.startsWith('Crash:'))");
}
