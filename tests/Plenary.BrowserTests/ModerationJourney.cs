using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>A moderator and somebody who is moderated: held and let through from the queue by the keyboard alone, muted, sent out, banned, and a note about it.</summary>
public sealed class ModerationJourney(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    private const string Rules = "mutation($room: ID!, $input: RoomRulesInput!) { setRoomRules(room: $room, input: $input) { locked } }";

    [Fact]
    public async Task AModeratorGoesThroughTheQueueByKeysAndWhoeverIsConcernedIsToldClearly()
    {
        await using var staffBrowser = await chromium.NewPersonAsync(demo.Site);
        await using var hanaBrowser = await chromium.NewPersonAsync(demo.Site, phone: true);
        await Task.WhenAll(staffBrowser.EnterDemoAsync("organizer"), hanaBrowser.EnterDemoAsync("attendee"));
        var (staff, hana) = (await staffBrowser.NewPageAsync(), await hanaBrowser.NewPageAsync());
        var keys = staff.Keyboard;
        await Task.WhenAll(staff.GotoAsync("/e/groundwork/moderation"), hana.GotoAsync("/e/groundwork/rooms/workshop"));
        var room = (string)(await staffBrowser.AskAsync("{ room(event: \"groundwork\", slug: \"workshop\") { id } }"))["room"]!["id"]!;

        // Every message waits, said in the rules of the room.
        await staff.GetByRole(AriaRole.Tab, new() { Name = "Rooms" }).ClickAsync();
        await staff.GetByRole(AriaRole.Combobox, new() { Name = "Rooms" }).SelectOptionAsync(new SelectOptionValue { Label = "Workshop" });
        await staff.GetByLabel("Every message waits for a moderator").CheckAsync();
        await staff.IsAccessibleAsync("the rules of a room");
        await staff.Button("Save").ClickAsync();
        await staff.GetByText("The rules hold from now on.").Expect().ToBeVisibleAsync();
        await staff.GetByRole(AriaRole.Tab, new() { Name = "Waiting" }).ClickAsync();

        // Its author sees it wait; the moderator decides by keys.
        await hana.SayAsync("Is the deck shared?");
        await hana.GetByText("Waits for the moderators").Expect().ToBeVisibleAsync();
        await hana.SayAsync("Buy my book");
        var queue = staff.GetByRole(AriaRole.List, new() { Name = "Waiting" });
        var (first, second) = (queue.GetByRole(AriaRole.Button).Filter(new() { HasText = "Is the deck shared?" }), queue.GetByRole(AriaRole.Button).Filter(new() { HasText = "Buy my book" }));
        await second.Expect().ToBeVisibleAsync();
        await staff.IsAccessibleAsync("the queue");
        await staff.PictureAsync("moderation-queue");
        await first.FocusAsync();
        await keys.PressAsync("ArrowDown");
        await second.Expect().ToBeFocusedAsync();
        await keys.PressAsync("r");
        await second.Expect().ToHaveCountAsync(0);
        await first.Expect().ToBeFocusedAsync();
        await keys.PressAsync("l");
        await first.Expect().ToHaveCountAsync(0);
        await hana.GetByText("A moderator declined your message.").Expect().ToBeVisibleAsync();
        await hana.GetByText("Waits for the moderators").Expect().ToHaveCountAsync(0);
        Assert.Equal(["Is the deck shared?"], await hana.HeardAsync("Is the deck"));
        Assert.Empty(await hana.HeardAsync("Buy my"));
        await staffBrowser.AskAsync(Rules, new { room, input = new { holdsAll = false } });

        // Muted from the chat, and told so where they write.
        await staff.GotoAsync("/e/groundwork/rooms/workshop");
        await staff.Button("Moderate Hana Novak").First.ClickAsync();
        await RestrictAsync("Mute", "Mute Hana Novak", "Advertising");
        await hana.GetByTestId("muted").GetByText("Advertising").Expect().ToBeVisibleAsync();
        await hana.IsAccessibleAsync("a room, muted");
        await hana.PictureAsync("moderation-muted-phone");
        await hana.SayAsync("Only one more");
        await hana.GetByRole(AriaRole.Alert).GetByText("A moderator has muted you").Expect().ToBeVisibleAsync();
        await hana.Button("Discard").ClickAsync();

        // Locked: nobody but the staff writes.
        await staffBrowser.AskAsync(Rules, new { room, input = new { locked = true } });
        await staff.SayAsync("We go on in a minute");
        await hana.GetByText("We go on in a minute").Expect().ToBeVisibleAsync();

        // Sent out for a while, then banned; the note and its answer.
        await staff.Button("Moderate Hana Novak").First.ClickAsync();
        await RestrictAsync("Time-out", "Send Hana Novak out", "A break");
        await hana.GetByText("A moderator has asked you to take a break.").First.Expect().ToBeVisibleAsync();
        await staff.Button("Moderate Hana Novak").First.ClickAsync();
        await RestrictAsync("Ban from the event", "Ban Hana Novak", "Again");
        await hana.ReloadAsync();
        var about = hana.GetByRole(AriaRole.Region, new() { Name = "About you" });
        await about.GetByText("You have been banned from this event.").Expect().ToBeVisibleAsync();
        await about.Button("Say something about it").First.ClickAsync();
        await hana.GetByLabel("Your note to the organizers").FillAsync("It was a joke, sorry.");
        await hana.Button("Send the note").ClickAsync();
        await about.GetByText("Your note: It was a joke, sorry.").Expect().ToBeVisibleAsync();
        await hana.IsAccessibleAsync("the door, banned");

        await staff.GotoAsync("/e/groundwork/moderation");
        await queue.GetByRole(AriaRole.Button).Filter(new() { HasText = "It was a joke, sorry." }).ClickAsync();
        await staff.GetByLabel("Answer", new() { Exact = true }).FillAsync("Then welcome back.");
        await staff.Button("Answer and lift it").ClickAsync();
        await staff.GetByRole(AriaRole.Tab, new() { Name = "Log" }).ClickAsync();
        await staff.GetByText("Lena Vogt banned Hana Novak").Expect().ToBeVisibleAsync();
        await staff.IsAccessibleAsync("the log");

        async Task RestrictAsync(string step, string confirm, string reason)
        {
            var dialog = staff.GetByRole(AriaRole.Dialog);
            await dialog.GetByRole(AriaRole.Group, new() { Name = "This person" }).GetByRole(AriaRole.Button, new() { Name = step }).ClickAsync();
            await dialog.GetByLabel("Reason").FillAsync(reason);
            await dialog.Button(confirm).ClickAsync();
            await dialog.Expect().ToHaveCountAsync(0);
        }
    }
}
