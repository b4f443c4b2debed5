using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Two people write to each other, one of them without a mouse, the other on a phone in the dark; then a group, and a call.</summary>
public sealed class MessagesJourney(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task TwoPeopleWriteBringInAThirdAndCall()
    {
        await using var lenasBrowser = await chromium.NewPersonAsync(demo.Site);
        await using var amarasBrowser = await chromium.NewPersonAsync(demo.Site, phone: true, scheme: ColorScheme.Dark);
        await Task.WhenAll(lenasBrowser.EnterDemoAsync("organizer"), amarasBrowser.EnterDemoAsync("speaker"));
        var complaints = Complaints.Of(lenasBrowser);
        var (lena, amara) = (await lenasBrowser.NewPageAsync(), await amarasBrowser.NewPageAsync());
        var hands = new Hands(lena);

        // From a person's card, by the keyboard alone.
        await Task.WhenAll(lena.GotoAsync("/e/groundwork/people"), amara.GotoAsync("/e/groundwork/messages"));
        await hands.TypeAsync(lena.GetByLabel("Search people"), "amara okafor");
        await lena.GetByRole(AriaRole.Status).GetByText("1 person").Expect().ToBeVisibleAsync();
        await hands.PressAsync(lena.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Amara Okafor" }).GetByRole(AriaRole.Button).First);
        await hands.PressAsync(lena.GetByRole(AriaRole.Complementary, new() { Name = "Person" }).GetByRole(AriaRole.Link, new() { Name = "Message", Exact = true }));
        await hands.TypeAsync(lena.GetByLabel("Message to Amara"), "Your slides are in. Thank you!");
        await lena.Keyboard.PressAsync("Enter");
        await lena.GetByRole(AriaRole.Log).GetByText("Your slides are in. Thank you!").Expect().ToBeVisibleAsync();

        // On the phone: new in the list, read once it is open, and the other sees that.
        await amara.GetByTestId("thread").Filter(new() { HasText = "Lena Vogt" }).GetByText("1 new message").Expect().ToBeAttachedAsync();
        Assert.Empty(await amara.ColourBarriersAsync("conversations in the dark"));
        await amara.PictureAsync("messages-list-phone-dark");
        await amara.GetByTestId("thread").Filter(new() { HasText = "Lena Vogt" }).ClickAsync();
        await lena.GetByText("Seen", new() { Exact = true }).Expect().ToBeVisibleAsync();
        await amara.GetByText("at the event now").First.Expect().ToBeVisibleAsync();
        var field = amara.GetByLabel("Message to Lena");
        await field.PressSequentiallyAsync("Here is the letter");
        await lena.GetByText("Amara Okafor is writing").Expect().ToBeVisibleAsync();
        await amara.GetByTestId("message-files").SetInputFilesAsync(new FilePayload { Name = "letter.txt", MimeType = "text/plain", Buffer = "Dear minister"u8.ToArray() });
        await amara.Button("Remove letter.txt").Expect().ToBeVisibleAsync();
        await field.PressAsync("Enter");
        var file = lena.GetByRole(AriaRole.Link, new() { Name = "letter.txt" });
        await file.Expect().ToBeVisibleAsync();
        Assert.Equal("Dear minister", await (await lenasBrowser.APIRequest.GetAsync((await file.GetAttributeAsync("href"))!)).TextAsync());
        Assert.Empty(await amara.ColourBarriersAsync("a conversation in the dark"));
        await lena.IsAccessibleAsync("a conversation");
        await lena.PictureAsync("messages-conversation");
        await amara.PictureAsync("messages-conversation-phone-dark");

        // What somebody ticks goes to the moderators as it was written, and nothing else.
        await lena.Button("More about Amara Okafor").ClickAsync();
        await lena.GetByRole(AriaRole.Menuitem, new() { Name = "Report" }).ClickAsync();
        var report = lena.GetByRole(AriaRole.Dialog);
        await report.GetByText("Here is the letter").ClickAsync();
        await report.GetByLabel("Block Amara Okafor as well").UncheckAsync();
        await report.Button("Send report").ClickAsync();
        await lena.GetByText("The moderators have your report.").Expect().ToBeVisibleAsync();
        var @event = (string)(await lenasBrowser.AskAsync("{ event(slug: \"groundwork\") { id } }"))["event"]!["id"]!;
        var excerpt = (await lenasBrowser.AskAsync("query($event: ID!) { reports(event: $event) { items { excerpt } } }", new { @event }))["reports"]!.ToJsonString();
        Assert.Contains("Here is the letter", excerpt, StringComparison.Ordinal);
        Assert.DoesNotContain("Your slides are in", excerpt, StringComparison.Ordinal);

        // A group of three; one is taken out and brought back.
        await hands.PressAsync(lena.Button("New group"));
        var starting = lena.GetByRole(AriaRole.Dialog);
        await hands.TypeAsync(starting.GetByLabel("Name of the group"), "Slides");
        await hands.PressAsync(starting.GetByLabel("Amara Okafor"), "Space");
        await hands.PressAsync(starting.GetByLabel("Hana Novak"), "Space");
        await hands.PressAsync(starting.Button("Start the group"));
        await lena.GetByRole(AriaRole.Heading, new() { Name = "Slides" }).Expect().ToBeVisibleAsync();
        await hands.TypeAsync(lena.GetByLabel("Message to Slides"), "Who has the last page?");
        await lena.Keyboard.PressAsync("Enter");
        await lena.Button("Who is in it").ClickAsync();
        var members = lena.GetByRole(AriaRole.Dialog);
        await members.Button("Take out Hana Novak").ClickAsync();
        await members.GetByTestId("group-members").GetByRole(AriaRole.Listitem).Expect().ToHaveCountAsync(2);
        await lena.IsAccessibleAsync("the people of a group");
        await lena.PictureAsync("messages-group-people");
        await members.GetByLabel("Hana Novak").CheckAsync();
        await members.Button("Bring in").ClickAsync();
        await members.GetByTestId("group-members").GetByRole(AriaRole.Listitem).Expect().ToHaveCountAsync(3);
        await members.Button("Done").ClickAsync();

        // A call, from the conversation: it rings on the other page, and both are in it.
        await lena.GetByTestId("thread").Filter(new() { HasText = "Here is the letter" }).ClickAsync();
        await lena.Button("Call").ClickAsync();
        await amara.GetByRole(AriaRole.Alertdialog).Or(amara.GetByRole(AriaRole.Dialog)).Button("Answer").ClickAsync();
        foreach (var (page, other) in new[] { (lena, "Amara Okafor"), (amara, "Lena Vogt") })
            await page.Locator($"[data-testid=call-tile][data-name='{other}']").Expect().ToHaveAttributeAsync("data-link", "connected");
        await lena.PictureAsync("messages-call");
        await lena.Button("Leave").ClickAsync();
        await amara.GetByText("Calling Lena Vogt").Expect().ToBeVisibleAsync();
        complaints.AreNone();
    }
}
