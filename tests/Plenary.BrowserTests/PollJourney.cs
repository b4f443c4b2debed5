using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Polls of a room, by an organizer and an attendee who has no mouse.</summary>
[Collection(typeof(RoomSite))]
public sealed class PollJourney(Chromium chromium, DemoSite demo)
{
    private const string Save = "mutation($room: ID!, $id: ID!, $input: SavePollInput!) { savePoll(room: $room, id: $id, input: $input) { id } }";
    private const string Open = "mutation($id: ID!) { openPoll(id: $id) { id } }";

    [Fact]
    public async Task APollAQuizAndAWordCloudAreVotedInByTwoPeople()
    {
        await using var lenasBrowser = await chromium.NewPersonAsync(demo.Site);
        await using var hanasBrowser = await chromium.NewPersonAsync(demo.Site);
        await Task.WhenAll(lenasBrowser.EnterDemoAsync("organizer"), hanasBrowser.EnterDemoAsync("attendee"));
        var complaints = Complaints.Of(hanasBrowser);
        var (lena, hana) = (await lenasBrowser.NewPageAsync(), await hanasBrowser.NewPageAsync());
        var (organizer, attendee) = (new Hands(lena), new Hands(hana));
        await Task.WhenAll(lena.GotoAsync("/e/groundwork/rooms/main-stage"), hana.GotoAsync("/e/groundwork/rooms/main-stage"));
        foreach (var page in new[] { lena, hana }) await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Polls") }).ClickAsync();

        // A draft of a poll whose results are hidden, made and opened by the keyboard alone.
        await organizer.PressAsync(lena.Button("New poll"));
        var draft = lena.GetByRole(AriaRole.Dialog);
        await organizer.TypeAsync(draft.GetByLabel("Question"), "What failed first?");
        await organizer.TypeAsync(draft.GetByLabel("Answers"), "Network\nPeople");
        await organizer.PressAsync(draft.GetByLabel("Show results while it is open"), "Space");
        await lena.IsAccessibleAsync("a draft of a poll");
        await organizer.PressAsync(draft.Button("Save as a draft"));
        var made = lena.GetByRole(AriaRole.Article, new() { Name = "What failed first?" });
        await hana.GetByText("No polls yet").Expect().ToBeVisibleAsync();
        await organizer.PressAsync(made.Button("Open"));
        var asked = hana.GetByRole(AriaRole.Article, new() { Name = "What failed first?" });
        await attendee.PressAsync(asked.Button("Network"));
        await asked.GetByText("Your answer").Expect().ToBeVisibleAsync();
        await made.GetByText("1 has voted").Expect().ToBeVisibleAsync();
        await asked.GetByRole(AriaRole.List, new() { Name = "Results" }).Expect().ToHaveCountAsync(0);
        await attendee.PressAsync(asked.GetByRole(AriaRole.Button, new() { NameRegex = new("^People") })); // another mind
        await made.GetByRole(AriaRole.Button, new() { NameRegex = new("People.*100%") }).Expect().ToBeVisibleAsync(); // the staff sees it already
        await hana.IsAccessibleAsync("an open poll");
        await organizer.PressAsync(made.Button("Close"));
        await asked.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "People" }).GetByText("100%").Expect().ToBeVisibleAsync();

        // Anonymous, with results while it is open: it says so, and cannot be changed.
        await OpenAsync(lenasBrowser, new { question = "Are you tired?", kind = "SINGLE", options = new[] { "Yes", "No" }, anonymous = true, live = true });
        var anonymous = hana.GetByRole(AriaRole.Article, new() { Name = "Are you tired?" });
        await anonymous.GetByText("Nobody sees who chose what").Expect().ToBeVisibleAsync();
        await attendee.PressAsync(anonymous.Button("Yes"));
        await anonymous.GetByText("Your vote counts.").Expect().ToBeVisibleAsync();
        await anonymous.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Yes" }).GetByText("100%").Expect().ToBeVisibleAsync();
        await anonymous.GetByRole(AriaRole.Button).Expect().ToHaveCountAsync(0);

        // A quiz: the right answer and who is ahead are known when it is closed.
        await OpenAsync(lenasBrowser, new { question = "How many sign-ins a second?", kind = "QUIZ", options = new[] { "90", "240" }, right = 1, bonusSeconds = 300, series = "Lagos" });
        var quiz = hana.GetByRole(AriaRole.Article, new() { Name = "How many sign-ins a second?" });
        await attendee.PressAsync(quiz.GetByRole(AriaRole.Button, new() { NameRegex = new("240") }));
        await quiz.GetByText("Your answer").Expect().ToBeVisibleAsync();
        await quiz.GetByText("Right", new() { Exact = true }).Expect().ToHaveCountAsync(0);
        await lena.GetByRole(AriaRole.Article, new() { Name = "How many sign-ins a second?" }).Button("Close").ClickAsync();
        await quiz.GetByText("Right", new() { Exact = true }).Expect().ToBeVisibleAsync();
        await hana.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Standings after one question") }).Expect().ToBeVisibleAsync();
        await hana.Locator(".board li.you").GetByText("1 of 1").Expect().ToBeVisibleAsync();

        // A word cloud, in which words that read the same are the same.
        await OpenAsync(lenasBrowser, new { question = "One word?", kind = "WORDS", most = 1, live = true });
        var cloud = hana.GetByRole(AriaRole.Article, new() { Name = "One word?" });
        await attendee.TypeAsync(cloud.GetByLabel("Word 1"), "Hope");
        await hana.Keyboard.PressAsync("Enter");
        var hers = lena.GetByRole(AriaRole.Article, new() { Name = "One word?" });
        await hers.Button("Vote").ClickAsync();
        await hers.GetByLabel("Word 1").FillAsync("hope ");
        await hers.Button("Vote").ClickAsync();
        await cloud.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "hope" }).GetByText("2 times").Expect().ToBeAttachedAsync();
        await hana.IsAccessibleAsync("polls, a leaderboard and a word cloud");
        await lena.IsAccessibleAsync("polls of the staff");
        await hana.PictureAsync("polls");
        await lena.PictureAsync("polls-staff");
        complaints.AreNone();
    }

    private static async Task OpenAsync(IBrowserContext browser, object input)
    {
        var id = Guid.CreateVersion7();
        var room = (string)(await browser.AskAsync("{ room(event: \"groundwork\", slug: \"main-stage\") { id } }"))["room"]!["id"]!;
        await browser.AskAsync(Save, new { room, id, input });
        await browser.AskAsync(Open, new { id });
    }
}
