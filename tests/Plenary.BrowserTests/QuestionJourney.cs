using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Questions of a room, by an attendee and an organizer, neither of whom needs a mouse.</summary>
[Collection(typeof(RoomSite))]
public sealed class QuestionJourney(Chromium chromium, DemoSite demo)
{
    [Fact]
    public async Task AQuestionIsAskedVotedForMergedAndAnswered()
    {
        await using var lenasBrowser = await chromium.NewPersonAsync(demo.Site);
        await using var hanasBrowser = await chromium.NewPersonAsync(demo.Site);
        await Task.WhenAll(lenasBrowser.EnterDemoAsync("organizer"), hanasBrowser.EnterDemoAsync("attendee"));
        var complaints = Complaints.Of(hanasBrowser);
        var (lena, hana) = (await lenasBrowser.NewPageAsync(), await hanasBrowser.NewPageAsync());
        var (organizer, attendee) = (new Hands(lena), new Hands(hana));
        await Task.WhenAll(lena.GotoAsync("/e/groundwork/rooms/main-stage"), hana.GotoAsync("/e/groundwork/rooms/main-stage"));
        foreach (var page in new[] { lena, hana }) await page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^Q&A") }).ClickAsync();

        // Asked by name, and by nobody; while it is written, what is close to it is shown.
        await attendee.TypeAsync(hana.GetByLabel("Ask a question"), "What did you switch off first?");
        await hana.Keyboard.PressAsync("Enter");
        var first = Of(lena, "What did you switch off first?");
        await first.Expect().ToBeVisibleAsync();
        await attendee.TypeAsync(hana.GetByLabel("Ask a question"), "Which service did you switch off first of all?");
        await attendee.PressAsync(hana.GetByLabel("Ask anonymously"), "Space");
        await attendee.PressAsync(hana.Button("Ask"));
        var second = Of(lena, "Which service");
        await second.GetByText("Anonymous").Expect().ToBeVisibleAsync();
        await second.GetByText("Hana").Expect().ToHaveCountAsync(0);

        // Voted for, merged, on stage, answered.
        await organizer.PressAsync(first.GetByRole(AriaRole.Button, new() { NameRegex = new("^0 votes, vote for") }));
        await Of(hana, "What did you switch off first?").GetByRole(AriaRole.Img, new() { Name = "1 vote" }).Expect().ToBeVisibleAsync();
        await organizer.PressAsync(second.Button("Merge"));
        await lena.Keyboard.PressAsync("ArrowDown");
        await organizer.PressAsync(second.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }));
        await first.GetByText("1 merged").Expect().ToBeVisibleAsync();
        await Of(hana, "Which service").Expect().ToHaveCountAsync(0);
        await lena.IsAccessibleAsync("questions of the staff");
        await organizer.PressAsync(first.Button("On stage"));
        var own = Of(hana, "What did you switch off first?");
        await own.GetByText("On stage").Expect().ToBeVisibleAsync();
        await hana.IsAccessibleAsync("questions, one on stage");
        await hana.PictureAsync("questions");
        await lena.PictureAsync("questions-staff");
        await organizer.PressAsync(first.Button("Answered"));
        await own.Expect().ToHaveCountAsync(0);

        // From now on the staff lets each in; this one is answered in text.
        await organizer.PressAsync(lena.GetByRole(AriaRole.Button, new() { NameRegex = new("^For you") }));
        await organizer.PressAsync(lena.GetByLabel("Moderators let questions in"), "Space");
        await lena.GetByLabel("Moderators let questions in").Expect().ToBeCheckedAsync();
        await attendee.TypeAsync(hana.GetByLabel("Ask a question"), "Who paid for it?");
        await hana.Keyboard.PressAsync("Enter");
        await Of(hana, "Who paid for it?").GetByText("Waits for the moderators").Expect().ToBeVisibleAsync();
        await organizer.PressAsync(Of(lena, "Who paid for it?").Button("Let in"));
        await organizer.PressAsync(lena.GetByRole(AriaRole.Button, new() { NameRegex = new("^For you") }));
        await organizer.PressAsync(Of(lena, "Who paid for it?").Button("Answer in text"));
        await lena.Keyboard.TypeAsync("The city did.");
        await organizer.PressAsync(Of(lena, "Who paid for it?").Button("Send the answer"));
        await attendee.PressAsync(hana.GetByRole(AriaRole.Button, new() { NameRegex = new("^Answered") }));
        await Of(hana, "Who paid for it?").GetByText("The city did.").Expect().ToBeVisibleAsync();
        await hana.IsAccessibleAsync("answered questions");
        complaints.AreNone();
    }

    private static ILocator Of(IPage page, string text) => page.Locator("li.qa").Filter(new() { HasText = text });
}
