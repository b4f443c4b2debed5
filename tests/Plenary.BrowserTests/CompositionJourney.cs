using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>The window, or the browser of the server, that makes a live stage's picture dies, and the picture goes on.</summary>
public sealed class CompositionJourney(Chromium chromium)
{
    private const string GoLive = "mutation($room: ID!) { goLive(room: $room) { broadcast { id } } }";
    private const string Direct = "mutation($room: ID!, $id: ID!, $command: StageCommandInput!) { directStage(room: $room, id: $id, command: $command) { version } }";
    private const string End = "mutation($id: ID!) { endBroadcast(id: $id) { id } }";

    [Fact]
    public async Task AComposerOfTheServerGoesOnWhenTheHostsTabIsGone()
    {
        await using var site = await Site.StartAsync("--demo", "--Media:Timecode", "true", "--Media:Composer", "auto");
        await using var hostBrowser = await chromium.NewPersonAsync(site);
        await using var attendeeBrowser = await chromium.NewPersonAsync(site);
        await hostBrowser.EnterDemoAsync("organizer");
        await attendeeBrowser.EnterDemoAsync("attendee");
        var (host, attendee) = (await hostBrowser.NewPageAsync(), await attendeeBrowser.NewPageAsync());
        await host.GotoAsync("/e/groundwork/studio/main-stage?timecode=1");
        await host.GetByRole(AriaRole.Button, new() { Name = "Go backstage" }).ClickAsync();
        await host.Button("Go live").ClickAsync();
        await attendee.GotoAsync("/e/groundwork/rooms/main-stage");
        var video = attendee.GetByTestId("stage-video");
        await video.FrameAgeAsync(Patience.Time);

        var gone = TimeProvider.System.GetTimestamp();
        await host.CloseAsync();
        var outage = await NewFrameAsync(video, gone);
        TestContext.Current.TestOutputHelper?.WriteLine($"A frame of the composer {outage} after the host's tab was gone");
        Assert.InRange(outage, TimeSpan.Zero, Patience.Time);

        // What the crew decides from elsewhere is what it draws, until the end.
        var room = (string)(await AskAsync(hostBrowser, "{ room(event: \"groundwork\", slug: \"main-stage\") { id } }", new { }))["room"]!["id"]!;
        await AskAsync(hostBrowser, Direct, new { room, id = Guid.CreateVersion7(), command = new { card = new { kind = "BREAK", title = "Back soon" } } });
        var broadcast = (string)(await AskAsync(hostBrowser, GoLive, new { room }))["goLive"]!["broadcast"]!["id"]!;
        await AskAsync(hostBrowser, End, new { id = broadcast });
        await attendee.GetByRole(AriaRole.Link, new() { Name = "Watch the replay" }).First.WaitForAsync();
    }

    /// <summary>Waits for a frame that was drawn after this moment; answers how long that took.</summary>
    private static async Task<TimeSpan> NewFrameAsync(ILocator video, long since)
    {
        while (true)
        {
            var age = await video.FrameAgeAsync(Patience.Time);
            var passed = TimeProvider.System.GetElapsedTime(since);
            // What was under way when the tab went is older than that.
            if (TimeSpan.FromMilliseconds(age) < passed - TimeSpan.FromSeconds(1)) return passed;
            Assert.True(passed < Patience.Time, "The picture did not go on");
            await Task.Delay(200);
        }
    }

    private static async Task<JsonNode> AskAsync(IBrowserContext browser, string query, object variables)
    {
        var answer = JsonNode.Parse(await (await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query, variables } })).TextAsync())!;
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }
}
