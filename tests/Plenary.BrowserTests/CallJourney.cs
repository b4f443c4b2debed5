using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>People who see and hear each other, with real pictures between real browsers: what arrives carries the clock of whoever sent it.</summary>
public sealed class CallJourney(Chromium chromium)
{
    [Fact]
    public async Task ThreePeopleSeeEachOtherShareAndComeBack()
    {
        await using var site = await Site.StartAsync("--demo");
        await using var lenaBrowser = await chromium.NewPersonAsync(site);
        await using var amaraBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site);
        var lena = await EnterAsync(lenaBrowser, "organizer");
        var amara = await EnterAsync(amaraBrowser, "speaker");
        var hana = await EnterAsync(hanaBrowser, "attendee");
        IPage[] all = [lena, amara, hana];

        // Everybody sees both others, as they were a moment ago.
        foreach (var page in all)
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(2);
            await Videos(page, "camera").Expect().ToHaveCountAsync(2);
            for (var i = 0; i < 2; i++) Assert.InRange(await Videos(page, "camera").Nth(i).FrameAgeAsync(TimeSpan.FromSeconds(20)), 1, 3_000);
        }
        await lena.GetByText("speaks").First.Expect().ToBeVisibleAsync();

        // A screen is shared beside the camera, and taken back.
        await amara.Button("Share").ClickAsync();
        foreach (var page in (IPage[])[lena, hana]) await Videos(page, "screen").First.FrameAgeAsync(TimeSpan.FromSeconds(20));
        await amara.Button("Stop sharing").ClickAsync();
        await Videos(lena, "screen").Expect().ToHaveCountAsync(0);

        // Somebody only watches for a while.
        await hana.Button("Only watch").ClickAsync();
        await Videos(lena, "camera").Expect().ToHaveCountAsync(1);
        await Videos(hana, "camera").First.FrameAgeAsync(TimeSpan.FromSeconds(10));
        await hana.Button("Publish").ClickAsync();
        await Videos(lena, "camera").Expect().ToHaveCountAsync(2);
        for (var i = 0; i < 2; i++) await Videos(lena, "camera").Nth(i).FrameAgeAsync(TimeSpan.FromSeconds(20));

        // The hub is lost and comes back: pictures go on all the time.
        await amaraBrowser.SetOfflineAsync(true);
        await amara.GetByRole(AriaRole.Status).GetByText("reconnecting").Expect().ToBeVisibleAsync();
        Assert.InRange(await Videos(amara, "camera").First.FrameAgeAsync(TimeSpan.FromSeconds(10)), 1, 3_000);
        await amaraBrowser.SetOfflineAsync(false);
        await amara.GetByRole(AriaRole.Status).GetByText("in mesh publishes").Expect().ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Peers(lena, "connected").Expect().ToHaveCountAsync(2);

        // A page is loaded anew: nobody sees its person twice, and everybody sees them again.
        await amara.ReloadAsync();
        await Peers(amara, "connected").Expect().ToHaveCountAsync(2);
        foreach (var page in all)
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(2);
            await Videos(page, "camera").Expect().ToHaveCountAsync(2);
            for (var i = 0; i < 2; i++) Assert.InRange(await Videos(page, "camera").Nth(i).FrameAgeAsync(TimeSpan.FromSeconds(20)), 1, 3_000);
        }

        await amara.Button("Leave").ClickAsync();
        await Peers(lena).Expect().ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task WhoCannotReachEachOtherMeetThroughTheRelay(string transport)
    {
        Assert.SkipWhen(Coturn.Missing is not null, Coturn.Missing ?? "");
        await using var turn = await Coturn.StartAsync();
        var address = turn.AddressOver(transport);
        await using var site = await Site.StartAsync(["--demo", .. turn.SettingsOver(transport)]);
        await using var lenaBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site);
        foreach (var browser in (IBrowserContext[])[lenaBrowser, hanaBrowser]) await browser.AddInitScriptAsync(KeepConnections);
        var lena = await EnterAsync(lenaBrowser, "organizer");
        var hana = await EnterAsync(hanaBrowser, "attendee");
        foreach (var page in (IPage[])[lena, hana])
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(1, new() { Timeout = 20_000 });
            Assert.InRange(await Videos(page, "camera").First.FrameAgeAsync(TimeSpan.FromSeconds(20)), 1, 3_000);
            Assert.Equal(["relay/relay"], await page.EvaluateAsync<string[]>(UsedPairs));
        }

        // The relay is for those who were given credentials, and for a while only.
        foreach (var user in (string[])["1:somebody", "9999999999:somebody"])
            Assert.Equal(401, await lena.EvaluateAsync<int>(RelayError, new { address, user }));
    }

    private const string KeepConnections =
        "{ const Real = window.RTCPeerConnection; window.connections = []; window.RTCPeerConnection = class extends Real { constructor(...a) { super(...a); window.connections.push(this); } }; }";

    private const string UsedPairs =
        """
        async () => {
          const pairs = new Set();
          for (const one of window.connections.filter(c => c.connectionState === "connected")) {
            const stats = await one.getStats();
            for (const s of stats.values())
              if (s.type === "transport" && s.selectedCandidatePairId) {
                const pair = stats.get(s.selectedCandidatePairId);
                pairs.add(stats.get(pair.localCandidateId).candidateType + "/" + stats.get(pair.remoteCandidateId).candidateType);
              }
          }
          return [...pairs];
        }
        """;

    private const string RelayError =
        """
        async ({ address, user }) => {
          const one = new RTCPeerConnection({ iceServers: [{ urls: [address], username: user, credential: "guessed" }], iceTransportPolicy: "relay" });
          one.createDataChannel("x");
          const answer = new Promise(done => { one.onicecandidateerror = e => done(e.errorCode); one.onicecandidate = e => e.candidate && done(200); });
          await one.setLocalDescription();
          const code = await answer;
          one.close();
          return code;
        }
        """;

    private static async Task<IPage> EnterAsync(IBrowserContext browser, string key)
    {
        await browser.EnterDemoAsync(key);
        var answer = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query = "{ event(slug: \"groundwork\") { id rooms { id kind } } }" } });
        var found = JsonNode.Parse(await answer.TextAsync())!["data"]!["event"]!;
        var room = found["rooms"]!.AsArray().First(r => (string?)r!["kind"] == "NETWORKING")!["id"];
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"/design/call?event={found["id"]}&room={room}");
        return page;
    }

    private static ILocator Peers(IPage page, string? link = null) => page.Locator($"[data-testid=call-peer]{(link is null ? "" : $"[data-link={link}]")}");

    private static ILocator Videos(IPage page, string kind) => page.Locator($"video[aria-label$={kind}]");
}
