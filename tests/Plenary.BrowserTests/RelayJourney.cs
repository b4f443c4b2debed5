using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>People whose networks let nothing through but the relay.</summary>
public sealed class RelayJourney(Chromium chromium)
{
    [Fact]
    public async Task TwoSeeEachOtherThroughTheRelayAlone()
    {
        Assert.SkipWhen(Coturn.Missing is not null, Coturn.Missing ?? "");
        await using var relay = await Coturn.StartAsync();
        await using var site = await Site.StartAsync(["--demo", .. relay.Settings]);
        await using var lenaBrowser = await chromium.NewPersonAsync(site);
        await using var amaraBrowser = await chromium.NewPersonAsync(site);
        var lena = await lenaBrowser.EnterCallAsync("organizer");
        var amara = await amaraBrowser.EnterCallAsync("speaker");
        foreach (var page in new[] { lena, amara }) await page.SeesCamerasAsync(1);
        Assert.InRange(relay.Allocations, 2, 100);
    }
}
