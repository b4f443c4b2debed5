using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>
/// A recording is played as if it were live, somebody captions it, somebody else reads along, and afterwards finds the words again in its replay.
/// </summary>
public sealed class CaptionsJourney(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    private const string Line = "So we stopped counting servers.";

    [Fact]
    public async Task CaptionsAreReadLiveAndFoundAgainInTheReplay()
    {
        await using var organizer = await chromium.NewPersonAsync(demo.Site);
        await using var attendee = await chromium.NewPersonAsync(demo.Site);
        var complaints = Complaints.Of(attendee);
        var desk = await organizer.EnterDemoAsync("organizer");
        await attendee.EnterDemoAsync("attendee");

        // Everybody is there before anything is on.
        var writing = await organizer.NewPageAsync();
        await writing.GotoAsync("/e/groundwork/captions/main-stage");
        var line = writing.GetByLabel("What is being said");
        await writing.GetByText("Nobody is live.").First.WaitForAsync();
        await writing.IsAccessibleAsync("caption desk");
        var seat = await attendee.NewPageAsync();
        await seat.GotoAsync("/e/groundwork/rooms/main-stage");
        await seat.GetByLabel("Message the room").WaitForAsync();
        var page = await organizer.NewPageAsync();
        await page.GotoAsync($"{desk}/replays");
        await page.Button("Play as live").First.WaitForAsync();
        await page.PictureAsync("replays-desk");
        await page.Button("Play as live").First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Stage").SelectOptionAsync("Main stage");
        await page.IsAccessibleAsync("playing as live");
        await dialog.Button("Plan it").ClickAsync();
        await dialog.Expect().ToHaveCountAsync(0);

        // The recording is played to everybody.
        await seat.WaitForFunctionAsync("() => { const video = document.querySelector('[data-testid=stage-video]'); return video && video.currentTime > 0 && video.readyState >= 2 && !video.paused; }");
        await line.FillAsync("Do you hear me?");
        await writing.Button("Send").Expect().ToBeEnabledAsync();
        await line.PressAsync("Enter");
        await writing.GetByRole(AriaRole.Listitem).GetByText("Do you hear me?").WaitForAsync();
        await writing.PictureAsync("caption-desk");

        // The tool appears because somebody captions; what was chosen is remembered.
        await seat.Button("Captions").ClickAsync();
        await seat.GetByLabel("Show captions").CheckAsync();
        await seat.GetByLabel("Size").SelectOptionAsync("Large");
        await line.FillAsync(Line);
        await line.PressAsync("Enter");
        await seat.GetByTestId("captions").GetByText(Line).WaitForAsync();
        await seat.PictureAsync("captions-live");

        // It ends into a replay of its own, where the recording's captions and the new ones are.
        var ended = await GraphAsync(organizer, "{ room(event: \"groundwork\", slug: \"main-stage\") { stage { broadcast { id } } } }");
        var broadcast = (string)ended["room"]!["stage"]!["broadcast"]!["id"]!;
        await GraphAsync(organizer, $"mutation {{ endBroadcast(id: \"{broadcast}\") {{ id }} }}");
        await seat.WaitForFunctionAsync("() => !document.querySelector('[data-testid=stage-video]')");
        for (var turn = 0; turn < 100 && (await AnswerAsync(organizer, $"{{ replay(id: \"{broadcast}\") {{ id }} }}"))["errors"] is not null; turn++) await Task.Delay(100, TestContext.Current.CancellationToken);
        await seat.GotoAsync($"/e/groundwork/replays/{broadcast}");
        await seat.GetByRole(AriaRole.Tab, new() { Name = "Transcript" }).ClickAsync();
        await seat.GetByLabel("Search the transcript").FillAsync("counting SERVERS");
        var found = seat.GetByRole(AriaRole.List, new() { Name = "Transcript" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = Line });
        await found.First.GetByRole(AriaRole.Button).First.ClickAsync();
        await seat.GetByTestId("captions").GetByText(Line).WaitForAsync();
        await seat.IsAccessibleAsync("transcript");
        await seat.PictureAsync("transcript");
        await seat.Button("Captions").ClickAsync();
        await seat.GetByLabel("Language").SelectOptionAsync("Deutsch");
        await seat.GetByLabel("Search the transcript").FillAsync("HALLO");
        await seat.GetByText("Hallo, Lagos.").First.WaitForAsync();
        complaints.AreNone();
    }

    private static async Task<JsonNode> GraphAsync(IBrowserContext browser, string query) =>
        (await AnswerAsync(browser, query))["data"] ?? throw new InvalidOperationException(query);

    private static async Task<JsonNode> AnswerAsync(IBrowserContext browser, string query)
    {
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query } });
        return JsonNode.Parse(await answer.TextAsync())!;
    }
}
