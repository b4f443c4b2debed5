using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Two people in a room: one answers, calls, reacts, edits and takes back without a mouse, the other reads along, pins and looks for words.</summary>
public sealed class ChatJourney(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task TwoPeopleAnswerCallReactEditTakeBackPinAndFind()
    {
        await using var lenasBrowser = await chromium.NewPersonAsync(demo.Site);
        await using var hanasBrowser = await chromium.NewPersonAsync(demo.Site);
        await Task.WhenAll(lenasBrowser.EnterDemoAsync("organizer"), hanasBrowser.EnterDemoAsync("attendee"));
        var complaints = Complaints.Of(hanasBrowser);
        var (lena, hana) = (await lenasBrowser.NewPageAsync(), await hanasBrowser.NewPageAsync());
        await Task.WhenAll(lena.GotoAsync("/e/groundwork/rooms/lobby"), hana.GotoAsync("/e/groundwork/rooms/lobby"));
        await lena.SayAsync("The kippers are on the second floor today");
        var kippers = Message(hana, "The kippers are on the second floor today");
        await kippers.Expect().ToBeVisibleAsync();

        // By keyboard alone: up to the message, r answers, @ calls somebody who is chosen from a list.
        await hana.GetByRole(AriaRole.Log).FocusAsync();
        await hana.Keyboard.PressAsync("ArrowUp");
        await hana.Locator(".chat-row:focus").GetByText("The kippers").Expect().ToBeVisibleAsync();
        await hana.Keyboard.PressAsync("r");
        await hana.GetByTestId("composing").GetByText("Replying to Lena Vogt").Expect().ToBeVisibleAsync();
        await hana.Keyboard.TypeAsync("On my way, @len");
        await hana.GetByRole(AriaRole.Option, new() { Name = "Lena Vogt" }).Expect().ToBeVisibleAsync();
        await hana.Keyboard.PressAsync("Enter");
        await hana.Keyboard.TypeAsync("thank you");
        await hana.Keyboard.PressAsync("Enter");
        var answer = Message(lena, "thank you");
        await answer.GetByText("Lena Vogt: The kippers are").Expect().ToBeVisibleAsync();
        await answer.Locator("mark").GetByText("@Lena Vogt").Expect().ToBeVisibleAsync();

        // A reaction: Tab leads from the message to what can be done about it.
        await hana.GetByRole(AriaRole.Log).FocusAsync();
        await hana.Keyboard.PressAsync("ArrowUp");
        await hana.Keyboard.PressAsync("ArrowUp");
        await hana.Locator(".chat-row:focus .text").GetByText("The kippers").Expect().ToBeVisibleAsync();
        var react = hana.Locator(".chat-row:focus-within").Button("React");
        for (var n = 0; n < 4 && !await react.EvaluateAsync<bool>("b => b === document.activeElement"); n++) await hana.Keyboard.PressAsync("Tab");
        await hana.Keyboard.PressAsync("Enter");
        await hana.IsAccessibleAsync("a chat with its tools open");
        await hana.Button("Party").PressAsync("Enter");
        await Message(lena, "The kippers").Button("Party, 1 person").ClickAsync();
        await kippers.Button("Party, 2 people").Expect().ToHaveAttributeAsync("aria-pressed", "true");

        // Said in other words, for everybody; then pinned, looked for, and taken away by the staff.
        await hana.GetByRole(AriaRole.Log).FocusAsync();
        await hana.Keyboard.PressAsync("ArrowUp");
        await hana.Keyboard.PressAsync("e");
        await hana.GetByTestId("composing").GetByText("Editing your message").Expect().ToBeVisibleAsync();
        await hana.Keyboard.TypeAsync(" so much");
        await hana.Keyboard.PressAsync("Enter");
        await Message(lena, "thank you so much").GetByText("(edited)").Expect().ToBeVisibleAsync();
        await Message(lena, "The kippers").HoverAsync();
        await Message(lena, "The kippers").Button("Pin").ClickAsync();
        await hana.GetByTestId("pins").GetByText("The kippers").Expect().ToBeVisibleAsync();
        await hana.Button("Search the chat").ClickAsync();
        await hana.GetByRole(AriaRole.Searchbox, new() { Name = "Search the chat" }).FillAsync("kipp");
        await hana.Locator(".chat-hits").GetByText("The kippers").ClickAsync();
        await hana.Locator(".chat-row:focus").GetByText("The kippers").Expect().ToBeVisibleAsync();
        await hana.IsAccessibleAsync("a chat with a pin and a search");
        await hana.PictureAsync("chat-found");

        await Message(lena, "thank you so much").HoverAsync();
        await Message(lena, "thank you so much").Button("Remove").ClickAsync();
        await Message(lena, "thank you so much").GetByRole(AriaRole.Group, new() { Name = "Remove this message for everybody?" }).Button("Remove").ClickAsync();
        await hana.GetByRole(AriaRole.Log).GetByText("Removed by a moderator").Expect().ToBeVisibleAsync();
        await lena.GetByRole(AriaRole.Log).GetByText("Removed by a moderator").HoverAsync();
        await lena.Button("What it said before").ClickAsync();
        await lena.GetByRole(AriaRole.List, new() { Name = "What it said before" }).GetByText("Removed by Lena Vogt").Expect().ToBeVisibleAsync();

        // Somebody who is elsewhere at the event hears that they are called, and gets there.
        await hana.GotoAsync("/e/groundwork/messages");
        await hana.GetByRole(AriaRole.Heading).First.Expect().ToBeVisibleAsync();
        await lena.GetByLabel("Message the room").FillAsync("");
        await lena.GetByLabel("Message the room").PressSequentiallyAsync("@hana");
        await lena.GetByRole(AriaRole.Option, new() { Name = "Hana Novak" }).ClickAsync();
        await lena.GetByLabel("Message the room").PressSequentiallyAsync("where are you?");
        await lena.Keyboard.PressAsync("Enter");
        await hana.GetByTestId("mention").GetByText("Lena Vogt mentioned you in").Expect().ToBeVisibleAsync();
        await hana.GetByTestId("mention").Button("Show").ClickAsync();
        await hana.Locator(".chat-row:focus").GetByText("where are you?").Expect().ToBeVisibleAsync();
        complaints.AreNone();
    }

    private static ILocator Message(IPage page, string text) => page.GetByRole(AriaRole.Log).Locator("[data-message]").Filter(new() { HasText = text }).Filter(new() { Has = page.Locator($".text:has-text(\"{text}\")") });
}
