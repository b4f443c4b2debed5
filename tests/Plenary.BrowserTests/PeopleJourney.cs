using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Two people of an event find each other, connect in silence, exchange contacts and take them home.</summary>
public sealed class PeopleJourney(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task TwoPeopleFindEachOtherAndKeepInTouch()
    {
        await using var hanasBrowser = await chromium.NewPersonAsync(demo.Site);
        await using var amarasBrowser = await chromium.NewPersonAsync(demo.Site, phone: true);
        await hanasBrowser.EnterDemoAsync("attendee");
        await amarasBrowser.EnterDemoAsync("speaker");
        var complaints = Complaints.Of(hanasBrowser);
        var hana = await hanasBrowser.NewPageAsync();
        var amara = await amarasBrowser.NewPageAsync();

        // Each says what they look for and offer.
        await hana.GotoAsync("/e/groundwork/people");
        await SayAsync(hana, looksFor: "Zeppelin stories", offers: "Quokka tests");
        await amara.GotoAsync("/e/groundwork/people");
        await SayAsync(amara, looksFor: "quokka tests", offers: "Zeppelin stories");

        // Found by the beginning of a word, with the reason.
        await hana.GetByLabel("Search people").FillAsync("zepp");
        await hana.GetByRole(AriaRole.Status).GetByText("1 person").Expect().ToBeVisibleAsync();
        await hana.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Amara Okafor" }).GetByText("Amara Okafor").ClickAsync();
        var pane = hana.GetByRole(AriaRole.Complementary, new() { Name = "Person" });
        await pane.GetByText("Why you two:").Expect().ToBeVisibleAsync();
        await hana.PictureAsync("people-found");

        // One wish is silent.
        await pane.Button("Connect with Amara Okafor").ClickAsync();
        await pane.Button("You asked Amara Okafor silently. Take it back").Expect().ToBeVisibleAsync();
        await amara.ReloadAsync();
        await amara.GetByLabel("Search people").FillAsync("Hana");
        await amara.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Hana Novak" }).GetByText("Hana Novak").ClickAsync();
        var sheet = amara.GetByRole(AriaRole.Dialog);
        await sheet.Button("Connect with Hana Novak").ClickAsync();
        await sheet.GetByText("Connected", new() { Exact = true }).Expect().ToBeVisibleAsync();

        // Both share something, and both see it.
        await sheet.GetByLabel("My e-mail address").CheckAsync();
        await sheet.Button("Share").ClickAsync();
        await sheet.GetByText("You share this.").Expect().ToBeVisibleAsync();
        await hana.ReloadAsync();
        await pane.GetByText("Exchange contacts").Expect().ToBeVisibleAsync();
        await pane.GetByText("amara@demo.invalid").Expect().ToHaveCountAsync(0);
        await pane.GetByLabel("A link").FillAsync("hana.example");
        await pane.Button("Share").ClickAsync();
        await pane.GetByText("amara@demo.invalid").Expect().ToBeVisibleAsync();
        await hana.PictureAsync("people-contact");

        // Home with it.
        var download = await hana.RunAndWaitForDownloadAsync(() => pane.GetByText("Save to address book").ClickAsync());
        var card = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("FN:Amara Okafor", card, StringComparison.Ordinal);
        Assert.Contains("amara@demo.invalid", card, StringComparison.Ordinal);

        // Blocked: gone for both, and nothing says so.
        await pane.Button("Block").ClickAsync();
        await hana.GetByRole(AriaRole.Dialog).Button("Block").ClickAsync();
        await hana.GetByRole(AriaRole.Dialog).Expect().ToHaveCountAsync(0); // what is behind it takes no words before
        await hana.GetByLabel("Search people").FillAsync("amara okafor");
        await hana.GetByText("Nobody fits this.").Expect().ToBeVisibleAsync();
        await amara.ReloadAsync();
        await amara.GetByText("This person is not here for you any more.").Expect().ToBeVisibleAsync();
        complaints.AreNone();
    }

    private static async Task SayAsync(IPage page, string looksFor, string offers)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Change what you look for|Say what you look for)$") }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("I look for").FillAsync(looksFor);
        await dialog.GetByLabel("I offer").FillAsync(offers);
        await dialog.Button("Save").ClickAsync();
        await dialog.Expect().ToHaveCountAsync(0);
    }
}
