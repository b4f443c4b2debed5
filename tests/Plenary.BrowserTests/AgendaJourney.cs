using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>An organizer moves sessions by keyboard and by mouse, takes it back, is told when somebody else was faster, brings a table in, and stars a session of their own choice.</summary>
public sealed class AgendaJourney(Chromium chromium)
{
    private const string Create = "mutation($input: CreateEventInput!) { createEvent(input: $input) { id sessions { id title } } }";
    private const string Agenda = "query($id: ID!) { event(id: $id) { sessions { id title startsAt endsAt room { id } } } }";
    private const string Move = "mutation($input: MoveSessionInput!) { moveSession(input: $input) { id } }";

    [Fact]
    public async Task ASessionIsMovedByKeyboardAndByMouseAndTakenBack()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var browser = await chromium.NewPersonAsync(site);
        await browser.EnterDemoAsync("organizer");
        var organization = (string)(await Ask(browser, "{ event(slug: \"groundwork\") { organization { id } } }", new { }))["event"]!["organization"]!["id"]!;
        var made = (await Ask(browser, Create, new { input = new { organization, template = "webinar", name = "A day to arrange", date = "2031-05-14", timeZone = "Europe/Berlin", publish = false } }))["createEvent"]!;
        var (id, talk) = ((string)made["id"]!, (string)made["sessions"]!.AsArray().Single(s => (string)s!["title"]! == "The talk")!["id"]!);
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"/organize/events/{id}/agenda");
        var block = page.Locator($"#session-{talk}");
        await block.FocusAsync();

        // Put back by Escape; then ten minutes later and five longer.
        foreach (var key in new[] { "Space", "ArrowDown", "Escape" }) await page.Keyboard.PressAsync(key);
        await page.GetByText("“The talk” is back where it was.").Expect().ToHaveCountAsync(1);
        await block.Expect().ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByText("“The talk” picked up").Expect().ToHaveCountAsync(1);
        foreach (var key in new[] { "ArrowDown", "ArrowDown", "Shift+ArrowDown" }) await page.Keyboard.PressAsync(key);
        await page.GetByText("Conflict with “").First.Expect().ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("“The talk” is now").Expect().ToHaveCountAsync(1);
        Assert.Equal(("2031-05-14T15:15", "2031-05-14T15:45"), await TimesOf(browser, id, talk));
        await block.Expect().ToBeFocusedAsync();
        await page.IsAccessibleAsync("agenda");
        await page.Button("Undo").ClickAsync();
        await page.GetByText("Undone: “The talk”").Expect().ToHaveCountAsync(1);
        Assert.Equal(("2031-05-14T15:05", "2031-05-14T15:30"), await TimesOf(browser, id, talk));

        // By mouse half an hour down, and back by keys.
        await block.ScrollIntoViewIfNeededAsync();
        var box = (await block.BoundingBoxAsync())!;
        var (x, y) = (box.X + box.Width / 2, box.Y + 6);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, y + (box.Height + 4) * 30 / 25, new() { Steps = 6 });
        await page.Mouse.UpAsync();
        await page.GetByText("“The talk” is now").Expect().ToHaveCountAsync(1);
        Assert.Equal(("2031-05-14T15:35", "2031-05-14T16:00"), await TimesOf(browser, id, talk));
        await page.GetByRole(AriaRole.Dialog).Expect().ToHaveCountAsync(0);
        await page.PictureAsync("agenda-moved");

        // Somebody else is faster: told, and nothing of theirs is undone.
        var now = (await Ask(browser, Agenda, new { id }))["event"]!["sessions"]!.AsArray().Single(s => (string)s!["id"]! == talk)!;
        var room = (string)now["room"]!["id"]!;
        await Ask(browser, Move, new { input = new { id = talk, to = new { room, startsAt = "2031-05-14T16:10:00Z", endsAt = "2031-05-14T16:40:00Z" }, seen = new { room, startsAt = (string)now["startsAt"]!, endsAt = (string)now["endsAt"]! } } });
        await page.Keyboard.PressAsync("Control+z");
        await page.GetByText("Somebody else moved this session meanwhile.").Expect().ToBeVisibleAsync();
        Assert.Equal(("2031-05-14T16:10", "2031-05-14T16:40"), await TimesOf(browser, id, talk));

        await page.Button("Import, export").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "agenda.csv", MimeType = "text/csv", Buffer = "title,room,start,minutes,speakers\nFrom a table,Attic,2031-05-14T20:00,30,Mei Lin\n"u8.ToArray() });
        await dialog.GetByText("One new session").Expect().ToBeVisibleAsync();
        await dialog.GetByText("New rooms: Attic").Expect().ToBeVisibleAsync();
        await page.PictureAsync("agenda-import");
        await page.IsAccessibleAsync("agenda, import");
        await dialog.Button("Take it over").ClickAsync();
        await page.GetByText("The agenda is taken over").Expect().ToBeVisibleAsync();
        await page.Locator(".agenda-room").GetByText("From a table").Expect().ToBeVisibleAsync();

        // One's own agenda, with an address for the calendar.
        await page.GotoAsync("/e/groundwork/my-agenda");
        var star = page.Locator(".my-agenda-star").First;
        await star.ClickAsync();
        await Assertions.Expect(star).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Button("Starred (1)").ClickAsync();
        await page.Locator(".my-agenda-star").Expect().ToHaveCountAsync(1);
        await page.Button("Make an address").ClickAsync();
        var address = await page.GetByLabel("Private address").InputValueAsync();
        Assert.Contains("BEGIN:VEVENT", await (await browser.APIRequest.GetAsync(new Uri(address).AbsolutePath)).TextAsync(), StringComparison.Ordinal);
        await page.PictureAsync("my-agenda");
        await page.IsAccessibleAsync("my agenda");
    }

    private static async Task<(string, string)> TimesOf(IBrowserContext browser, string id, string session)
    {
        var found = (await Ask(browser, Agenda, new { id }))["event"]!["sessions"]!.AsArray().Single(s => (string)s!["id"]! == session)!;
        return (((string)found["startsAt"]!)[..16], ((string)found["endsAt"]!)[..16]);
    }

    private static async Task<JsonNode> Ask(IBrowserContext browser, string query, object variables)
    {
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query, variables } });
        var json = JsonNode.Parse(await answer.TextAsync())!;
        return json["data"] ?? throw new InvalidOperationException("Refused: " + json);
    }
}
