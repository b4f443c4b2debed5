using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>With the keyboard alone; the focus is always in sight, and nothing keeps it.</summary>
public sealed class KeyboardFacts(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task AVisitorRegisters()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        var page = await browser.NewPageAsync();
        var hands = new Hands(page);
        await page.GotoAsync("/e/groundwork");
        await page.SettledAsync();
        await hands.GoAroundAsync();

        await hands.PressAsync(page.Button("Register"));
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();
        await hands.GoAroundAsync();
        await hands.TypeAsync(dialog.GetByLabel("Name", new() { Exact = true }), "Keys Only");
        await hands.TypeAsync(dialog.GetByLabel("Email"), "keys@demo.example");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" }).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await dialog.Expect().ToHaveCountAsync(0);
        await page.Button("Register").First.Expect().ToBeFocusedAsync();
        await demo.Site.MailedPathAsync("keys@demo.example", "/j/");
    }

    [Fact]
    public async Task AnAttendeeTalksReactsAndLeaves()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        await browser.EnterDemoAsync("attendee");
        var page = await browser.NewPageAsync();
        var hands = new Hands(page);
        await page.GotoAsync("/e/groundwork/rooms/main-stage");
        await page.GetByLabel("Message the room").WaitForAsync();
        await page.SettledAsync();
        await hands.GoAroundAsync();

        await hands.TypeAsync(page.GetByLabel("Message the room"), "Typed without a mouse");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Log).First.GetByText("Typed without a mouse").First.WaitForAsync();
        await page.GetByLabel("Message the room").Expect().ToBeFocusedAsync();
        await hands.PressAsync(page.Button("Clap"), "Space");
        await page.GetByTestId("reactions").Locator("i").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await hands.PressAsync(page.Link("Leave"));
        await page.WaitForURLAsync("**/e/groundwork");
    }

    [Fact]
    public async Task SomebodyWritesTheirProfileAndRecordsAVideo()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        await browser.EnterDemoAsync("speaker");
        var page = await browser.NewPageAsync();
        var hands = new Hands(page);
        await page.GotoAsync("/account/profile");
        var preview = page.GetByRole(AriaRole.Complementary, new() { Name = "How others see you" });
        await preview.WaitForAsync();
        await page.SettledAsync();
        await hands.GoAroundAsync();

        await hands.TypeAsync(page.GetByLabel("I look for"), "Written by keys");
        await page.Keyboard.PressAsync("Enter");
        await preview.GetByText("Written by keys").WaitForAsync(); // while it is being written
        await hands.PressAsync(page.Button("Save"));
        await page.GetByText("Saved", new() { Exact = true }).WaitForAsync();

        await hands.PressAsync(page.Button("Record a video"));
        await page.Button("Start").Expect().ToBeEnabledAsync();
        await hands.PressAsync(page.Button("Start"));
        await page.GetByText("28 seconds left").First.WaitForAsync();
        await hands.PressAsync(page.Button("Stop"));
        await hands.PressAsync(page.Button("Use this one"));
        await page.GetByText("Video saved").WaitForAsync();

        await hands.ToAsync(page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Everyone") }));
        await page.Keyboard.PressAsync("ArrowDown");
        await preview.Locator("xpath=..").GetByText("Only people you meet or match with see this.").WaitForAsync();
        await page.ReloadAsync();
        await page.GetByLabel("Your video").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Written by keys" }).WaitForAsync();
        Assert.True(await page.GetByLabel("Your video").First.EvaluateAsync<bool>("async video => { await video.play(); await new Promise(seen => video.requestVideoFrameCallback(seen)); return video.videoWidth > 0; }"));
    }

    [Fact]
    public async Task AnAttendeeSitsDownWritesAndStandsUp()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        await browser.EnterDemoAsync("attendee");
        var page = await browser.NewPageAsync();
        var hands = new Hands(page);
        await page.GotoAsync("/e/groundwork/rooms/tables");
        await page.GetByTestId("table").First.WaitForAsync();
        await page.SettledAsync();
        await hands.PressAsync(page.Button("Seat 2 of 6, free: On-call for humans"));
        await page.GetByTestId("table-bar").WaitForAsync();
        await page.Button("Stand up: On-call for humans").Expect().ToBeFocusedAsync();
        await hands.PressAsync(page.Button("Table chat"));
        await hands.TypeAsync(page.GetByLabel("Write to your table"), "Without a mouse");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("table-chat").GetByText("Without a mouse").WaitForAsync();
        await hands.PressAsync(page.Button("Close the table chat"));
        await hands.PressAsync(page.Button("Open table"));
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("open-table").Expect().ToHaveCountAsync(0);
        await hands.PressAsync(page.Button("Stand up: On-call for humans"), "Space");
        await page.GetByTestId("table-bar").Expect().ToHaveCountAsync(0);
    }

    [Fact]
    public async Task AnAttendeeFindsSomebodyAndAsksInSilence()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        await browser.EnterDemoAsync("attendee");
        var page = await browser.NewPageAsync();
        var hands = new Hands(page);
        await page.GotoAsync("/e/groundwork/people");
        await page.GetByRole(AriaRole.Listitem).First.WaitForAsync();
        await page.SettledAsync();
        await hands.TypeAsync(page.GetByLabel("Search people"), "mei-lin");
        await page.GetByRole(AriaRole.Status).GetByText("1 person").WaitForAsync();
        await hands.PressAsync(page.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Button, new() { NameRegex = new("^Mei-Lin Zhou") }));
        var pane = page.GetByRole(AriaRole.Complementary, new() { Name = "Person" });
        await pane.Expect().ToBeFocusedAsync();
        await hands.PressAsync(pane.Button("Connect with Mei-Lin Zhou"));
        await hands.PressAsync(pane.Button("You asked Mei-Lin Zhou silently. Take it back"));
        await pane.Button("Connect with Mei-Lin Zhou").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await pane.Expect().ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Mei-Lin Zhou") }).Expect().ToBeFocusedAsync();
    }

    [Fact]
    public async Task SomebodyTakesTheirSeatAtAPartyAndGoes()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        await browser.EnterDemoAsync("speaker");
        var page = await browser.NewPageAsync();
        var hands = new Hands(page);
        await page.GotoAsync("/e/groundwork/rooms/lobby");
        await hands.PressAsync(page.Button("Party"));
        await hands.PressAsync(page.GetByLabel("Everyone meets everyone"), "ArrowDown");
        await hands.TypeAsync(page.GetByLabel("One side"), "I run it");
        await hands.TypeAsync(page.GetByLabel("The other side"), "I pay for it");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/party/*");
        await page.Button("I’m ready").WaitForAsync();
        await page.SettledAsync();
        await hands.GoAroundAsync();
        await hands.PressAsync(page.GetByLabel("I run it"), "Space");
        await hands.PressAsync(page.Button("I’m ready"));
        await page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for a few more" }).Expect().ToBeFocusedAsync();
        await hands.GoAroundAsync();
        await hands.PressAsync(page.Button("Change side"));
        await hands.PressAsync(page.Button("Not this time"));
        await page.WaitForURLAsync("**/rooms/lobby");
    }

    [Fact]
    public async Task AnOrganizerMakesAnEventFromATemplate()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        await browser.EnterDemoAsync("organizer");
        var page = await browser.NewPageAsync();
        var hands = new Hands(page);
        await page.GotoAsync("/organize");
        await page.SettledAsync();
        await hands.GoAroundAsync();
        await hands.PressAsync(page.Link("New event"));

        await hands.PressAsync(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { NameRegex = new("^Meetup") }));
        await hands.PressAsync(page.Button("Use this template"));
        await hands.TypeAsync(page.GetByLabel("Event name"), "Made by keys");
        await hands.PressAsync(page.Button("Tomorrow"), "Space");
        await hands.PressAsync(page.Button("Create event"));
        await page.WaitForURLAsync("**/organize/events/*");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Made by keys .*Switch event$") }).Expect().ToBeVisibleAsync();
        await page.SettledAsync();
        await hands.GoAroundAsync();
    }
}
