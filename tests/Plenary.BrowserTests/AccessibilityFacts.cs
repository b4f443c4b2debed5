using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Every page of the product, on a phone and on a desk, light and dark: axe finds no barrier and the browser has nothing to complain about.</summary>
public sealed class AccessibilityFacts(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    /// <summary>A browser says this of a page that answers 404 itself, which is what that page is for.</summary>
    private const string PageIsMissing = "the server responded with a status of 404";

    [Theory, InlineData(false), InlineData(true)]
    public async Task VisitorsMeetNoBarrier(bool phone)
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site, phone);
        var walk = await Walk.StartAsync(browser, phone);
        var page = walk.Page;

        await walk.ToAsync("/");
        await walk.ToAsync("/demo");
        await walk.ToAsync("/sign-in");
        await page.GetByLabel("Email").FillAsync("nobody@demo.example");
        await page.Button("Send me a link").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" }).WaitForAsync();
        await walk.LookAsync("/sign-in, link sent");

        await walk.ToAsync("/e/groundwork");
        await page.Button("Register").First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Email").WaitForAsync();
        await walk.LookAsync("/e/groundwork, registering");
        await dialog.Button("Register").ClickAsync();
        await dialog.GetByText("Write the name others should see.").WaitForAsync();
        await walk.LookAsync("/e/groundwork, registering without a name");
        var email = $"visitor-{(phone ? "phone" : "desk")}@demo.example";
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Vera Lund");
        await dialog.GetByLabel("Email").FillAsync(email);
        await dialog.Button("Register").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" }).WaitForAsync();
        await walk.LookAsync("/e/groundwork, registered");
        await page.GotoAsync(await demo.Site.MailedPathAsync(email, "/j/"));
        await page.WaitForURLAsync("**/e/groundwork/**");
        await walk.ToAsync("/e/groundwork", "/e/groundwork with a ticket");
        await walk.ToAsync("/account", "/account by a personal link");

        await walk.ToAsync("/nothing/here");
        await walk.ToAsync("/e/nothing-here");
        await walk.ToAsync("/status");
        await walk.ToAsync("/status?lang=de");
        await walk.ToAsync("/mailbox");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem).First.GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync("**/mailbox/*");
        await walk.LookAsync("/mailbox, a mail");
        walk.IsClear();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task PeopleInRoomsMeetNoBarrier(bool phone)
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site, phone);
        await browser.EnterDemoAsync("attendee");
        var walk = await Walk.StartAsync(browser, phone);
        var page = walk.Page;

        await walk.ToAsync("/", "/ signed in");
        await walk.ToAsync("/e/groundwork", "/e/groundwork signed in");
        var replay = await page.Locator("a[href*='/replays/']").First.GetAttributeAsync("href");
        await page.GotoAsync("/e/groundwork/rooms/lobby");
        await page.GetByRole(AriaRole.Log).First.WaitForAsync();
        await walk.LookAsync("lobby");
        await page.GotoAsync("/e/groundwork/rooms/main-stage");
        await page.GetByRole(AriaRole.Log).First.GetByText("It is always the session store.").WaitForAsync();
        await page.SayAsync("Hello from the front row");
        await page.GetByRole(AriaRole.Log).First.GetByText("Hello from the front row").First.WaitForAsync();
        await walk.LookAsync("main stage");
        await page.GetByRole(AriaRole.Tab, new() { Name = "People" }).ClickAsync();
        await walk.LookAsync("main stage, people");
        await page.GotoAsync("/e/groundwork/rooms/tables");
        await page.GetByTestId("table").First.WaitForAsync();
        await walk.LookAsync("tables");
        await page.Button("Start a table").ClickAsync();
        await page.GetByLabel("What is it about?").FillAsync("Quiet corner");
        await walk.LookAsync("tables, starting one");
        await page.Button("Start and sit down").ClickAsync();
        await page.GetByTestId("table-bar").WaitForAsync();
        await page.GetByRole(AriaRole.Dialog).Expect().ToHaveCountAsync(0);
        await page.Button("Table chat").ClickAsync();
        await walk.LookAsync("at a table, its chat");
        await page.Button("Close the table chat").ClickAsync();
        await page.Button(phone ? "Table" : "Open table").ClickAsync();
        await page.GetByTestId("open-table").WaitForAsync();
        await walk.LookAsync("a table, open");
        await walk.ToAsync("/e/groundwork/people", "people");
        await page.GetByRole(AriaRole.Listitem).GetByText("Amara Okafor").ClickAsync();
        await page.Button("Report").Last.WaitForAsync();
        await walk.LookAsync("people, one of them");
        await page.Button("Report").Last.ClickAsync();
        await page.GetByText("What is sent", new() { Exact = true }).WaitForAsync();
        await walk.LookAsync("people, a report");
        await page.GotoAsync(replay!);
        await page.Button("Play").First.WaitForAsync();
        await walk.LookAsync("replay");

        await browser.EnterDemoAsync("speaker");
        await page.GotoAsync("/e/groundwork/studio/main-stage");
        await page.GetByRole(AriaRole.Heading, new() { Name = "You are all set" }).WaitForAsync();
        await walk.LookAsync("studio, device check");
        await page.Button("Go backstage").ClickAsync();
        await page.Button("Go live").WaitForAsync();
        await walk.LookAsync("studio, backstage");
        walk.IsClear();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task PeopleTellingOfThemselvesMeetNoBarrier(bool phone)
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site, phone);
        await browser.EnterDemoAsync("attendee");
        var walk = await Walk.StartAsync(browser, phone);
        var page = walk.Page;
        await page.GotoAsync("/account/profile");
        await page.GetByLabel("Headline").WaitForAsync();
        await walk.LookAsync("/account/profile");
        await page.Button("Record a video").ClickAsync();
        await page.Button("Start").Expect().ToBeEnabledAsync();
        await walk.LookAsync("/account/profile, recording a video");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(" ");
        await page.Button("Save").ClickAsync();
        await page.GetByRole(AriaRole.Alert).First.WaitForAsync();
        await walk.LookAsync("/account/profile, without a name");
        await page.GotoAsync("/e/groundwork/profile");
        await page.GetByRole(AriaRole.Group, new() { Name = "Headline" }).GetByText("Different here").ClickAsync();
        await walk.LookAsync("/e/groundwork/profile");
        await walk.ToAsync("/e/stewards-meetup/profile", "/e/stewards-meetup/profile, not of the event");
        walk.IsClear();
    }

    /// <summary>Moments that no journey waits for.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task PeopleAtAPartyMeetNoBarrier(bool phone)
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site, phone);
        var walk = await Walk.StartAsync(browser, phone);
        foreach (var moment in (string[])["check-in-sides", "seats-sides", "card", "card-trio", "talk-trio", "talk-coming", "between", "paused", "over", "host", "start"])
        {
            await walk.Page.GotoAsync($"/design/party?state={moment}");
            await walk.Page.SettledAsync();
            await walk.LookAsync($"a party, {moment}");
        }
        walk.IsClear();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task OrganizersMeetNoBarrier(bool phone)
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site, phone);
        var desk = await browser.EnterDemoAsync("organizer");
        var walk = await Walk.StartAsync(browser, phone);
        var page = walk.Page;
        var dialog = page.GetByRole(AriaRole.Dialog);

        await walk.ToAsync("/account");
        await walk.ToAsync("/organize");
        await page.GotoAsync("/organize/new");
        var template = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { NameRegex = new("^Conference") });
        await template.WaitForAsync();
        await walk.LookAsync("/organize/new");
        await template.ClickAsync();
        await page.Button("Use this template").WaitForAsync();
        await walk.LookAsync("/organize/new, preview");
        await page.Button("Use this template").ClickAsync();
        await page.GetByLabel("Event name").WaitForAsync();
        await walk.LookAsync("/organize/new, name and date");
        await page.Button("Create event").ClickAsync();
        await page.GetByText("Give the event a name.").WaitForAsync();
        await walk.LookAsync("/organize/new, name missing");

        await walk.ToAsync(desk, "desk, overview");
        await walk.ToAsync(desk + "/page", "desk, page");
        await walk.ToAsync(desk + "/agenda", "desk, agenda");
        await page.Button("Session").ClickAsync();
        await dialog.GetByLabel("Title").WaitForAsync();
        await walk.LookAsync("desk, a new session");
        await page.Keyboard.PressAsync("Escape");
        await page.Button("Room").ClickAsync();
        await dialog.GetByRole(AriaRole.Heading, new() { Name = "Add a room" }).WaitForAsync();
        await walk.LookAsync("desk, a new room");
        await page.Keyboard.PressAsync("Escape");
        await walk.ToAsync(desk + "/show", "desk, run of show");
        await page.Button("Make from the agenda").ClickAsync();
        await page.Button("Take the controls").ClickAsync();
        await page.Button("Go").WaitForAsync();
        await page.GetByTestId("cue").First.WaitForAsync();
        await walk.LookAsync("desk, run of show, in control");
        await page.Button("Let go").ClickAsync();
        await page.Button("Take the controls").WaitForAsync();
        await page.Button("Add a cue").First.ClickAsync();
        await dialog.GetByLabel("What happens").WaitForAsync();
        await walk.LookAsync("desk, a new cue");
        await page.Keyboard.PressAsync("Escape");
        await walk.ToAsync(desk + "/tables", "desk, tables");
        await page.Button("Add a table").ClickAsync();
        await dialog.GetByLabel("A roundtable with a time and a list").CheckAsync();
        await walk.LookAsync("desk, a new table");
        await walk.ToAsync(desk + "/speakers", "desk, speakers");
        await page.Button("Add a speaker").First.ClickAsync();
        await dialog.GetByLabel("Email").WaitForAsync();
        await walk.LookAsync("desk, a new speaker");
        await walk.ToAsync(desk + "/replays", "desk, replays");
        await page.Button("Trim").First.ClickAsync();
        await dialog.GetByLabel("Begins at").WaitForAsync();
        await walk.LookAsync("desk, trimming a replay");
        await page.Keyboard.PressAsync("Escape");
        await page.Button("Captions").First.ClickAsync();
        await dialog.GetByLabel("File").WaitForAsync();
        await walk.LookAsync("desk, captions of a replay");
        await walk.ToAsync(desk + "/registration", "desk, registration");
        await page.Button("Add ticket").First.ClickAsync();
        await dialog.GetByLabel("Name", new() { Exact = true }).WaitForAsync();
        await walk.LookAsync("desk, a new ticket");
        walk.IsClear();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task TheFirstPersonMeetsNoBarrier(bool phone)
    {
        await using var site = await Site.StartAsync();
        await using var browser = await chromium.NewPersonAsync(site, phone);
        var walk = await Walk.StartAsync(browser, phone);
        await walk.ToAsync("/", "/ of an empty installation");
        await walk.ToAsync(await site.SetupPathAsync(), "/setup");
        await walk.Page.Button("Begin").ClickAsync();
        await walk.Page.GetByText("Fill in this field.").WaitForAsync();
        await walk.LookAsync("/setup, a field missing");
        await walk.ToAsync("/sign-in/link/not-a-link");
        await walk.ToAsync("/j/not-a-link");
        await walk.ToAsync("/mailbox", "/mailbox, empty");
        walk.IsClear();
    }

    /// <summary>Goes from page to page in one browser and gathers what is wrong on each, so that one run tells all of it.</summary>
    private sealed class Walk
    {
        private readonly List<string> found = [];
        private readonly Complaints complaints;
        private readonly string look;

        private Walk(IPage page, Complaints complaints, string look) => (Page, this.complaints, this.look) = (page, complaints, look);

        public IPage Page { get; }

        public static async Task<Walk> StartAsync(IBrowserContext browser, bool phone)
        {
            var complaints = Complaints.Of(browser, PageIsMissing);
            return new(await browser.NewPageAsync(), complaints, phone ? "phone" : "desk");
        }

        public async Task ToAsync(string path, string? name = null)
        {
            await Page.GotoAsync(path);
            await LookAsync(name ?? path);
        }

        public async Task LookAsync(string name)
        {
            await Page.SettledAsync();
            await Page.PictureAsync($"{look} {name.Replace('/', '_')}");
            found.AddRange(await Page.BarriersAsync(name));
            await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            found.AddRange(await Page.ColourBarriersAsync($"{name}, dark"));
            await Page.PictureAsync($"{look} dark {name.Replace('/', '_')}");
            await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            found.AddRange(complaints.Take().Select(complaint => $"{name}: {complaint}"));
        }

        public void IsClear() => Assert.True(found.Count == 0, look + "\n" + string.Join('\n', found));
    }
}
