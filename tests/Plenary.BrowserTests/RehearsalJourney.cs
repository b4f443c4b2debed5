using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>An organizer lets simulated people come and reads what they found; then something is given away, and whoever was there verifies the draw.</summary>
public sealed class RehearsalJourney(Chromium chromium)
{
    [Fact]
    public async Task TwentySimulatedPeopleComeAndABookIsGivenAway()
    {
        await using var site = await Site.StartAsync("--demo", "--Rehearsals:BeginBelowLoadPercent=10000", "--Rehearsals:EndAboveLoadPercent=10000", "--Rehearsals:EndAboveDelayMilliseconds=600000");
        await using var crewBrowser = await chromium.NewPersonAsync(site);
        var desk = await crewBrowser.EnterDemoAsync("organizer");
        var crew = await crewBrowser.NewPageAsync();
        await crew.GotoAsync($"{desk}/rehearsal");
        await crew.GetByLabel("How many people").FillAsync("20");
        await crew.GetByLabel("How long").SelectOptionAsync("10");
        await crew.Button("Start the rehearsal").ClickAsync();
        await crew.GetByText("20 simulated people").Expect().ToBeVisibleAsync();
        await crew.Button("Stop").Expect().ToBeVisibleAsync();

        // Meanwhile an attendee is at the event, and sees nothing of them.
        await using var hanaBrowser = await chromium.NewPersonAsync(site, phone: true);
        await hanaBrowser.EnterDemoAsync("attendee");
        var hana = await hanaBrowser.NewPageAsync();
        await hana.GotoAsync("/e/groundwork/prizes");
        await hana.GetByText("Nothing is given away yet").Expect().ToBeVisibleAsync();

        await crew.GetByText("20 of 20 got in").Expect().ToBeVisibleAsync();
        await crew.GetByText("0 lost, 0 doubled").Expect().ToBeVisibleAsync();
        await crew.IsAccessibleAsync("a rehearsal's report");
        await crew.PictureAsync("rehearsal-report");

        await crew.GotoAsync($"{desk}/giveaways");
        await crew.Button("New giveaway").ClickAsync();
        await crew.GetByLabel("What is given away").FillAsync("A signed book");
        await crew.Button("Save").ClickAsync();
        await crew.Button("Fix the list").ClickAsync();
        await crew.GetByText("takes part.").First.Expect().ToBeVisibleAsync();
        await hana.GetByText("You are one of them.").Expect().ToBeVisibleAsync();
        await crew.Button("Draw").ClickAsync();
        await hana.Button("I take it").ClickAsync();
        await crew.IsAccessibleAsync("a giveaway at the desk");
        await hana.GetByText("takes it").Expect().ToBeVisibleAsync();
        await hana.GetByText("How this can be verified").ClickAsync();
        await hana.Button("Verify in this browser").ClickAsync();
        await hana.GetByText("Seed and list draw exactly these people.").Expect().ToBeVisibleAsync();
        await hana.IsAccessibleAsync("a verified giveaway, on a phone");
        await hana.PictureAsync("giveaway-verified");
    }
}
