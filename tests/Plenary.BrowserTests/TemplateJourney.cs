using System.Text;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>An organizer looks round the gallery, makes an event, keeps it as a template, plans it again, and takes the template home and back.</summary>
public sealed class TemplateJourney(Chromium chromium, DemoSite demo) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task AnEventBecomesATemplateAFileAndTheNextEvent()
    {
        await using var browser = await chromium.NewPersonAsync(demo.Site);
        await browser.EnterDemoAsync("organizer");
        var page = await browser.NewPageAsync();
        var (main, dialog) = (page.GetByRole(AriaRole.Main), page.GetByRole(AriaRole.Dialog));
        var preview = page.GetByRole(AriaRole.Complementary);

        await page.GotoAsync("/organize/new");
        await page.Button("Meeting people").ClickAsync();
        await page.GetByLabel("How many people").SelectOptionAsync("large");
        await main.GetByRole(AriaRole.Button, new() { NameRegex = new("^Book club") }).Expect().ToHaveCountAsync(0);
        await main.GetByRole(AriaRole.Button, new() { NameRegex = new("^Roundtables") }).ClickAsync();
        await preview.GetByText("First round").Expect().ToBeVisibleAsync();
        await preview.Button("Rooms").ClickAsync();
        await preview.GetByText("Growing slowly").Expect().ToBeVisibleAsync();
        await preview.Button("Run of show").ClickAsync();
        await preview.GetByText("Bring people: Tables").First.Expect().ToBeVisibleAsync();
        await page.PictureAsync("gallery-show");
        await page.IsAccessibleAsync("the gallery with a run of show");

        await page.Button("Use this template").ClickAsync();
        await page.GetByLabel("Event name").FillAsync("Talks at tables");
        await page.Button("Tomorrow").ClickAsync();
        await page.Button("Create event").ClickAsync();
        await page.WaitForURLAsync("**/organize/events/*");
        var first = page.Url;
        await page.Button("More about this event").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Save as a template" }).ClickAsync();
        await dialog.GetByLabel("One line about it").FillAsync("As in spring");
        await page.IsAccessibleAsync("saving a template");
        await dialog.Button("Save").ClickAsync();
        await dialog.Expect().ToHaveCountAsync(0);

        await page.Button("More about this event").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Plan it again" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Four weeks later") }).ClickAsync();
        await page.IsAccessibleAsync("planning it again");
        await page.PictureAsync("plan-again");
        await dialog.Button("Save").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/organize/events/", StringComparison.Ordinal) && url != first);

        await page.GotoAsync("/organize/new");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Yours") }).ClickAsync();
        await main.GetByRole(AriaRole.Button, new() { NameRegex = new("^Talks at tables.*As in spring") }).First.ClickAsync();
        await preview.GetByText("First round").Expect().ToBeVisibleAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => preview.Button("Download").ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        var file = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        await page.Button("Import a file").ClickAsync();
        await Choose(file.Replace("\"room\": \"stage\"", "\"room\": \"cellar\"", StringComparison.Ordinal));
        await dialog.GetByText("There is no room with the key “cellar”").First.Expect().ToBeVisibleAsync();
        await page.PictureAsync("import-mistakes");
        await page.IsAccessibleAsync("mistakes of an import");
        await Choose(file.Replace("As in spring", "As in autumn", StringComparison.Ordinal));
        await main.GetByRole(AriaRole.Button, new() { NameRegex = new("^Talks at tables.*As in autumn") }).Expect().ToHaveCountAsync(1);

        async Task Choose(string text)
        {
            await dialog.GetByLabel("Template file").SetInputFilesAsync(new FilePayload { Name = "talks.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(text) });
            await dialog.Button("Save").ClickAsync();
        }
    }
}
