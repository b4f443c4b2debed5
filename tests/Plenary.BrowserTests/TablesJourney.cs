using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>Two tables talk, with real pictures, while the stage goes live beside them; then the crew has something to say to everybody.</summary>
public sealed class TablesJourney(Chromium chromium)
{
    /// <summary>A camera that films a clock, and a microphone that hears a tone.</summary>
    private const string ClockCamera =
        """
        navigator.mediaDevices.getUserMedia = async wanted => {
          const tracks = [];
          if (wanted.video) {
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [640, 360];
            const painter = canvas.getContext("2d");
            setInterval(() => {
              const code = Date.now() >>> 0;
              painter.fillStyle = "#255"; painter.fillRect(0, 30, 640, 330);
              for (let bit = 0; bit < 32; bit++) {
                painter.fillStyle = (code >>> (31 - bit)) & 1 ? "#fff" : "#000";
                painter.fillRect(bit * 20, 0, 20, 30);
              }
            }, 100);
            tracks.push(...canvas.captureStream(10).getTracks());
          }
          if (wanted.audio) {
            const audio = new AudioContext(), tone = audio.createOscillator(), out = audio.createMediaStreamDestination();
            tone.connect(out); tone.start();
            tracks.push(...out.stream.getTracks());
          }
          return new MediaStream(tracks);
        };
        """;

    /// <summary>From now on remembers every state of the call at one's table.</summary>
    private const string RememberStates =
        """
        () => {
          const bar = document.querySelector("[data-testid=table-bar]");
          window.states = [bar.dataset.call];
          new MutationObserver(() => window.states.push(bar.isConnected ? bar.dataset.call : "gone")).observe(bar, { attributes: true, attributeFilter: ["data-call"] });
          window.bar = bar;
        }
        """;

    private const string Register = "mutation($input: RegisterInput!) { register(input: $input) { __typename } }";

    [Fact]
    public async Task TwoTablesTalkWhileTheStageGoesLiveAndGoThereTogether()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var crewBrowser = await chromium.NewPersonAsync(site);
        await crewBrowser.EnterDemoAsync("organizer");
        var contexts = new List<IBrowserContext>();
        try
        {
            var pages = await Task.WhenAll(SitAsync("attendee", "On-call for humans"), SitAsync("Vera Lund", "On-call for humans"), SitAsync("speaker", "Tea, no topic"), SitAsync("Owen Hill", "Tea, no topic"));
            var (hana, vera, amara, owen) = (pages[0], pages[1], pages[2], pages[3]);
            (IPage Page, string Sees)[] all = [(hana, "Vera Lund"), (vera, "Hana Novak"), (amara, "Owen Hill"), (owen, "Amara Okafor")];
            await Task.WhenAll(all.Select(async one =>
            {
                await one.Page.GetByTestId("table-bar").Button("Camera").ClickAsync();
                await one.Page.GetByTestId("table-bar").Button("Open table").ClickAsync();
                await Camera(one.Page, one.Sees).IsFreshAsync(Patience.Time);
            }));
            foreach (var (page, _) in all) await page.EvaluateAsync(RememberStates);
            await hana.IsAccessibleAsync("a table, open");
            foreach (var page in (IPage[])[hana, vera]) await page.GetByTestId("table-bar").Button("Table chat").ClickAsync();
            await hana.GetByLabel("Write to your table").FillAsync("Anybody for a walk after this?");
            await hana.Keyboard.PressAsync("Enter");
            await vera.GetByTestId("table-chat").GetByText("Anybody for a walk after this?").Expect().ToBeVisibleAsync();

            // The stage goes live: it is in the corner of everybody's floor, of this moment and silent, and nobody is cut off.
            var studio = await crewBrowser.NewPageAsync();
            await studio.GotoAsync("/e/groundwork/studio/main-stage?timecode=1");
            await studio.Button("Go backstage").ClickAsync();
            await studio.Button("Go live").ClickAsync();
            await Task.WhenAll(all.Select(async one =>
            {
                await one.Page.GetByTestId("pip-video").FrameAgeAsync(Patience.Time);
                Assert.True(await one.Page.GetByTestId("pip-video").EvaluateAsync<bool>("v => v.muted && !v.paused"));
                await Camera(one.Page, one.Sees).IsFreshAsync(Patience.Time);
            }));

            await hana.PictureAsync("tables-corner-player");
            // An announcement reaches both tables, and interrupts nobody.
            var crew = await crewBrowser.NewPageAsync();
            await crew.GotoAsync("/e/groundwork/rooms/tables");
            await crew.Button("To everybody here").ClickAsync();
            await crew.GetByLabel("Say something to everybody").FillAsync("Amara opens in a minute");
            await crew.Button("Announce").ClickAsync();
            foreach (var (page, _) in all) await page.GetByTestId("announcement").GetByText("Amara opens in a minute").Expect().ToBeVisibleAsync();
            foreach (var (page, _) in all) Assert.Equal(["in"], await page.EvaluateAsync<string[]>("() => window.bar.isConnected ? window.states : [...window.states, 'gone']"));

            // Everybody is brought to the stage but one, who stays; their table stays theirs.
            await crew.Button("To everybody here").ClickAsync();
            await crew.GetByLabel("After").SelectOptionAsync("5");
            await crew.Button("Bring everyone").ClickAsync();
            await hana.GetByTestId("move").Button("Stay here").ClickAsync();
            foreach (var page in (IPage[])[vera, amara, owen, crew]) await page.WaitForURLAsync("**/rooms/main-stage");
            await vera.GetByTestId("stage-video").FrameAgeAsync(Patience.Time);
            await hana.GetByTestId("table-bar").Expect().ToBeVisibleAsync();
            Assert.EndsWith("/rooms/tables", hana.Url, StringComparison.Ordinal);
            Assert.Equal("in", await hana.GetByTestId("table-bar").GetAttributeAsync("data-call"));
        }
        finally
        {
            foreach (var context in contexts) await context.DisposeAsync();
        }

        async Task<IPage> SitAsync(string who, string topic)
        {
            var browser = await chromium.NewPersonAsync(site);
            lock (contexts) contexts.Add(browser);
            await browser.AddInitScriptAsync(ClockCamera);
            var page = await browser.NewPageAsync();
            if (who is "attendee" or "speaker") await browser.EnterDemoAsync(who);
            else
            {
                var mail = $"{who.Split(' ')[0].ToLowerInvariant()}@demo.example";
                var answer = await browser.APIRequest.PostAsync("/graphql", new()
                {
                    DataObject = new { query = Register, variables = new { input = await WishAsync(browser, who, mail) } },
                });
                Assert.DoesNotContain("errors", await answer.TextAsync(), StringComparison.Ordinal);
                await page.GotoAsync(await site.MailedPathAsync(mail, "/j/"));
                await page.WaitForURLAsync("**/e/groundwork/**", new() { WaitUntil = WaitUntilState.Commit });
            }
            await page.GotoAsync("/e/groundwork/rooms/tables");
            await page.Button($"Take a seat: {topic}").ClickAsync();
            await page.GetByTestId("table-bar").Expect().ToBeVisibleAsync();
            return page;
        }
    }

    private static ILocator Camera(IPage page, string name) => page.GetByTestId("open-table").Locator($"video[aria-label='{name} camera']");

    private static async Task<object> WishAsync(IBrowserContext browser, string name, string email)
    {
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query = "{ event(slug: \"groundwork\") { id ticketTypes { id } } }" } });
        var found = JsonNode.Parse(await answer.TextAsync())!["data"]!["event"]!;
        return new { @event = (string)found["id"]!, ticketType = (string)found["ticketTypes"]![0]!["id"]!, name, email, timeZone = "Europe/London" };
    }
}
