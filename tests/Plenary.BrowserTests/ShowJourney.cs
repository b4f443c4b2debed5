using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>An organizer builds a run of show and fires it; an attendee sees the poll, is told where everybody goes and stays; then it runs late.</summary>
public sealed class ShowJourney(Chromium chromium)
{
    private const string SavePoll = "mutation($room: ID!, $id: ID!, $input: SavePollInput!) { savePoll(room: $room, id: $id, input: $input) { id } }";

    [Fact]
    public async Task TwoCuesAreBuiltFiredAndSeenAndRunningLateIsTold()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var crewBrowser = await chromium.NewPersonAsync(site);
        await using var attendeeBrowser = await chromium.NewPersonAsync(site);
        await crewBrowser.EnterDemoAsync("organizer");
        await attendeeBrowser.EnterDemoAsync("attendee");
        var found = await Ask(crewBrowser, "{ event(slug: \"groundwork\") { id rooms { id slug } } }", new { });
        var stage = (string)found["event"]!["rooms"]!.AsArray().Single(r => (string)r!["slug"]! == "main-stage")!["id"]!;
        await Ask(crewBrowser, SavePoll, new { room = stage, id = Guid.CreateVersion7(), input = new { question = "Who should pay?", kind = "SINGLE", options = new[] { "We", "They" } } });
        var attendee = await attendeeBrowser.NewPageAsync();
        await attendee.GotoAsync("/e/groundwork/rooms/main-stage");
        await attendee.GetByLabel("Message the room").Expect().ToBeVisibleAsync();

        var crew = await crewBrowser.NewPageAsync();
        await crew.GotoAsync($"/organize/events/{(string)found["event"]!["id"]!}/show");
        var dialog = crew.GetByRole(AriaRole.Dialog);
        await crew.Button("Add a cue").First.ClickAsync();
        await dialog.GetByLabel("What happens").SelectOptionAsync("OPEN_POLL");
        await dialog.GetByLabel("Room of the poll").SelectOptionAsync(stage);
        await dialog.GetByLabel("Poll", new() { Exact = true }).SelectOptionAsync("Who should pay?");
        await dialog.GetByLabel("Your name for it").FillAsync("The money question");
        await dialog.Button("Save").ClickAsync();
        await crew.Button("Add a cue").First.ClickAsync();
        await dialog.GetByLabel("What happens").SelectOptionAsync("MOVE");
        await dialog.GetByLabel("To", new() { Exact = true }).SelectOptionAsync("Tables");
        await dialog.GetByLabel("From").SelectOptionAsync("Main stage");
        await dialog.GetByLabel("Countdown").SelectOptionAsync("60");
        await dialog.GetByLabel("Your name for it").FillAsync("To the tables");
        await dialog.Button("Save").ClickAsync();
        await crew.GetByTestId("cue").Expect().ToHaveCountAsync(2);
        await crew.Button("Take the controls").ClickAsync();
        await crew.GetByTestId("next-cue").GetByText("The money question").Expect().ToBeVisibleAsync();
        await crew.PictureAsync("run-of-show");
        await crew.IsAccessibleAsync("run of show");

        await crew.Button("Go").ClickAsync();
        await crew.Locator("[data-testid=cue][data-state=DONE]").Expect().ToHaveCountAsync(1);
        await attendee.GetByRole(AriaRole.Tab, new() { Name = "Polls" }).ClickAsync();
        await attendee.GetByText("Who should pay?").First.Expect().ToBeVisibleAsync();
        await crew.GetByTestId("next-cue").GetByText("To the tables").Expect().ToBeVisibleAsync();
        await crew.Keyboard.PressAsync("Control+Enter");
        await attendee.GetByTestId("move").GetByText("Everybody goes to Tables").Expect().ToBeVisibleAsync();
        await attendee.GetByTestId("move").Button("Stay here").ClickAsync();
        await attendee.GetByTestId("move").Expect().ToHaveCountAsync(0);

        await crew.Button("+5 min").ClickAsync();
        await crew.GetByText("5 minutes late", new() { Exact = true }).Expect().ToBeVisibleAsync();
        await attendee.GetByTestId("announcement").GetByText("We run about 5 minutes late").Expect().ToBeVisibleAsync();
        await crew.Button("Take back").ClickAsync();
        await attendee.GetByTestId("announcement").Expect().ToHaveCountAsync(0);
        Assert.EndsWith("/rooms/main-stage", attendee.Url, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> Ask(IBrowserContext browser, string query, object variables)
    {
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query, variables } });
        var json = JsonNode.Parse(await answer.TextAsync())!;
        return json["data"] ?? throw new InvalidOperationException("Refused: " + json);
    }
}
