using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;
using Plenary.Load.Media;
using Plenary.Tests.Support;

namespace Plenary.BrowserTests;

/// <summary>Two people in the call of their meeting, which belongs to no room.</summary>
public sealed class MeetingCallJourney(Chromium chromium)
{
    /// <summary>A browser whose network lets nothing through to another browser; what it has with a server of media is not touched.</summary>
    private const string NoWayBetweenBrowsers =
        """
        { const Real = window.RTCPeerConnection;
          const bound = config => config?.iceTransportPolicy === "all" ? { ...config, iceTransportPolicy: "relay" } : config;
          window.RTCPeerConnection = class extends Real {
            constructor(config) { super(bound(config)); }
            setConfiguration(config) { super.setConfiguration(bound(config)); }
          }; }
        """;

    [Fact]
    public async Task TheyHearEachOtherFirstAndAreSeenWhenBothWantIt()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var amaraBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site, phone: true);
        var complaints = Complaints.Of(hanaBrowser);
        var amara = await EnterAsync(amaraBrowser, "speaker", view: true);
        await amara.GetByText("Nobody else is here yet").Expect().ToBeVisibleAsync();
        var hana = await EnterAsync(hanaBrowser, "attendee", view: true);
        foreach (var (page, other) in new[] { (amara, "Hana Novak"), (hana, "Amara Okafor") })
        {
            await Tile(page, other).Expect().ToHaveAttributeAsync("data-link", "connected");
            await page.Locator("audio").Expect().ToHaveCountAsync(1);
            await page.WaitForFunctionAsync("() => document.querySelector('audio').currentTime > 0.5");
            await page.Locator("video").Expect().ToHaveCountAsync(0);
        }
        await hana.GetByRole(AriaRole.Figure, new() { NameRegex = new("Amara Okafor.*camera off") }).Expect().ToBeVisibleAsync();
        await hana.IsAccessibleAsync("a call on a phone");

        // One would; nobody is seen before the other would, too. All of it by the keyboard.
        await amara.Button("Camera").FocusAsync();
        await amara.Keyboard.PressAsync("Enter");
        await amara.GetByRole(AriaRole.Status).GetByText("Only you see yourself").Expect().ToBeVisibleAsync();
        await hana.GetByText("Amara Okafor would turn cameras on").Expect().ToBeVisibleAsync();
        await Tile(hana, "Amara Okafor").Locator("video").Expect().ToHaveCountAsync(0);
        await hana.Button("Show mine too").ClickAsync();
        foreach (var (page, other) in new[] { (amara, "Hana Novak"), (hana, "Amara Okafor") }) await PlaysAsync(Tile(page, other).Locator("video"));
        await hana.GetByText("Amara Okafor has turned the camera on.").Expect().ToBeAttachedAsync();
        await amara.IsAccessibleAsync("a call with cameras");

        // Mute is told; the network is lost and comes back.
        await amara.Button("Mute").ClickAsync();
        await hana.GetByRole(AriaRole.Figure, new() { NameRegex = new("Amara Okafor.*muted") }).Expect().ToBeVisibleAsync();
        await hanaBrowser.SetOfflineAsync(true);
        await hana.GetByRole(AriaRole.Status).GetByText("Reconnecting").Expect().ToBeVisibleAsync();
        await hanaBrowser.SetOfflineAsync(false);
        await hana.Locator("[data-testid=call][data-state=in]").Expect().ToBeVisibleAsync();
        await PlaysAsync(Tile(hana, "Amara Okafor").Locator("video"));

        await amara.Button("Camera off").ClickAsync();
        await Tile(hana, "Amara Okafor").Locator("video").Expect().ToHaveCountAsync(0);
        await amara.Button("Leave").ClickAsync();
        await hana.GetByText("Nobody else is here yet").Expect().ToBeVisibleAsync();
        Assert.DoesNotContain(complaints.Take(), complaint => !complaint.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhoseBrowsersDoNotReachEachOtherMeetThroughTheServer()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        await using var janus = await JanusServer.StartAsync();
        await using var site = await Site.StartAsync(["--demo", .. janus.Settings]);
        await using var amaraBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site);

        // They reach each other: the server of media has nothing to do.
        var amara = await EnterAsync(amaraBrowser, "speaker");
        var hana = await EnterAsync(hanaBrowser, "attendee");
        foreach (var page in (IPage[])[amara, hana])
        {
            await page.GetByRole(AriaRole.Status).GetByText("in mesh publishes").Expect().ToBeVisibleAsync();
            await page.SeesCamerasAsync(1);
        }
        await hana.CloseAsync();
        await amara.CloseAsync();

        // They do not: after some seconds both are moved, without doing anything.
        await hanaBrowser.AddInitScriptAsync(NoWayBetweenBrowsers);
        hana = await EnterAsync(hanaBrowser, "attendee");
        amara = await EnterAsync(amaraBrowser, "speaker");
        foreach (var page in (IPage[])[amara, hana])
        {
            await page.GetByRole(AriaRole.Status).GetByText("in janus publishes").Expect().ToBeVisibleAsync();
            await page.SeesCamerasAsync(1);
        }

        // The meeting is called off: both are out, and told so.
        var answer = await hanaBrowser.APIRequest.PostAsync("/graphql", new()
        {
            DataObject = new { query = "mutation($id: ID!) { cancelMeeting(id: $id) { state } }", variables = new { id = new Uri(hana.Url).Query.Split("call=")[1] } },
        });
        Assert.Contains("CANCELLED", await answer.TextAsync(), StringComparison.Ordinal);
        foreach (var page in (IPage[])[amara, hana])
        {
            await page.GetByRole(AriaRole.Status).GetByText("over").Expect().ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Status).GetByText("meeting-cancelled").Expect().ToBeVisibleAsync();
            await page.CallVideos("camera").Expect().ToHaveCountAsync(0);
        }
    }

    private static async Task<IPage> EnterAsync(IBrowserContext browser, string key, bool view = false)
    {
        await browser.EnterDemoAsync(key);
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query = "{ event(slug: \"groundwork\") { id meetings { id open } } }" } });
        var found = JsonNode.Parse(await answer.TextAsync())!["data"]!["event"]!;
        var meeting = found["meetings"]!.AsArray().First(m => (bool)m!["open"]!)!["id"];
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"/design/call?event={found["id"]}&call={meeting}{(view ? "&view" : "")}");
        return page;
    }

    private static ILocator Tile(IPage page, string name) => page.Locator($"[data-testid=call-tile][data-name='{name}']");

    private static async Task PlaysAsync(ILocator video)
    {
        await video.Expect().ToHaveCountAsync(1);
        var before = await video.EvaluateAsync<double>("v => v.getVideoPlaybackQuality().totalVideoFrames");
        await video.Page.WaitForFunctionAsync("([v, n]) => v.getVideoPlaybackQuality().totalVideoFrames > n + 5", new object[] { (await video.ElementHandleAsync())!, before });
    }
}
