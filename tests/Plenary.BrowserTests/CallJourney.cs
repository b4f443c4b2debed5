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
        var lena = await lenaBrowser.EnterCallAsync("organizer");
        var amara = await amaraBrowser.EnterCallAsync("speaker");
        var hana = await hanaBrowser.EnterCallAsync("attendee");
        IPage[] all = [lena, amara, hana];

        // Everybody sees both others, as they were a moment ago.
        foreach (var page in all)
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(2);
            await page.CallVideos("camera").Expect().ToHaveCountAsync(2);
            for (var i = 0; i < 2; i++) Assert.InRange(await page.CallVideos("camera").Nth(i).FrameAgeAsync(Patience.Time), 1, 15_000);
        }
        await lena.GetByText("speaks").First.Expect().ToBeVisibleAsync();

        // A screen is shared beside the camera, and taken back.
        await amara.Button("Share").ClickAsync();
        foreach (var page in (IPage[])[lena, hana]) await page.CallVideos("screen").First.FrameAgeAsync(Patience.Time);
        await amara.Button("Stop sharing").ClickAsync();
        await lena.CallVideos("screen").Expect().ToHaveCountAsync(0);

        // Somebody only watches for a while.
        await hana.Button("Only watch").ClickAsync();
        await lena.CallVideos("camera").Expect().ToHaveCountAsync(1);
        await hana.CallVideos("camera").First.FrameAgeAsync(Patience.Time);
        await hana.Button("Publish").ClickAsync();
        await lena.CallVideos("camera").Expect().ToHaveCountAsync(2);
        for (var i = 0; i < 2; i++) await lena.CallVideos("camera").Nth(i).FrameAgeAsync(Patience.Time);

        // The hub is lost and comes back: pictures go on all the time.
        await amaraBrowser.SetOfflineAsync(true);
        await amara.GetByRole(AriaRole.Status).GetByText("reconnecting").Expect().ToBeVisibleAsync();
        Assert.InRange(await amara.CallVideos("camera").First.FrameAgeAsync(Patience.Time), 1, 15_000);
        await amaraBrowser.SetOfflineAsync(false);
        await amara.GetByRole(AriaRole.Status).GetByText("in mesh publishes").Expect().ToBeVisibleAsync();
        await Peers(lena, "connected").Expect().ToHaveCountAsync(2);

        // A page is loaded anew: nobody sees its person twice, and everybody sees them again.
        await amara.ReloadAsync();
        await Peers(amara, "connected").Expect().ToHaveCountAsync(2);
        foreach (var page in all)
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(2);
            await page.CallVideos("camera").Expect().ToHaveCountAsync(2);
            for (var i = 0; i < 2; i++) Assert.InRange(await page.CallVideos("camera").Nth(i).FrameAgeAsync(Patience.Time), 1, 15_000);
        }

        await amara.Button("Leave").ClickAsync();
        await Peers(lena).Expect().ToHaveCountAsync(1);
    }

    [Fact]
    public async Task WhoCannotReachEachOtherMeetThroughTheRelayAndAgainWhenItWasGone()
    {
        Assert.SkipWhen(Coturn.Missing is not null, Coturn.Missing ?? "");
        await using var turn = await Coturn.StartAsync();
        await using var site = await Site.StartAsync(["--demo", .. turn.Settings]);
        await using var lenaBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site);
        // One's network lets UDP through to the relay, the other's TCP only.
        await lenaBrowser.AddInitScriptAsync(ConnectsOver("udp"));
        await hanaBrowser.AddInitScriptAsync(ConnectsOver("tcp"));
        var lena = await lenaBrowser.EnterCallAsync("organizer");
        var hana = await hanaBrowser.EnterCallAsync("attendee");
        (IPage Page, string Transport)[] both = [(lena, "udp"), (hana, "tcp")];
        foreach (var (page, transport) in both)
        {
            await Peers(page, "connected").Expect().ToHaveCountAsync(1);
            await page.SeesCamerasAsync(1);
            Assert.Equal([$"relay/relay over {transport}"], await page.EvaluateAsync<string[]>(UsedPairs));
        }
        Assert.InRange(turn.Allocations, 2, 100);

        // The relay is for those who were given credentials, and for a while only.
        foreach (var user in (string[])["1:somebody", "9999999999:somebody"])
            foreach (var (page, transport) in both)
                Assert.Equal(401, await page.EvaluateAsync<int>(RelayError, new { address = turn.AddressOver(transport), user }));

        // It is killed, and knows nobody any more when it is back: both find another way by themselves.
        await turn.Kill();
        await lena.CallVideos("camera").First.IsFrozenAsync();
        await turn.StartAgain();
        var began = TimeProvider.System.GetTimestamp();
        foreach (var (page, _) in both) await page.SeesCamerasAsync(1);
        TestContext.Current.TestOutputHelper?.WriteLine($"pictures {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s after the relay was back");
        foreach (var (page, transport) in both) Assert.Equal([$"relay/relay over {transport}"], await page.EvaluateAsync<string[]>(UsedPairs));
    }

    /// <summary>Keeps the connections that a page makes, for <see cref="UsedPairs"/>, and lets them use relays over one transport only.</summary>
    private static string ConnectsOver(string transport) =>
        $$"""
        {
          const Real = window.RTCPeerConnection;
          const only = config => ({ ...config, iceServers: (config?.iceServers ?? []).map(s => ({ ...s, urls: [s.urls].flat().filter(u => u.endsWith("transport={{transport}}")) })).filter(s => s.urls.length > 0) });
          window.connections = [];
          window.RTCPeerConnection = class extends Real {
            constructor(config) { super(only(config)); window.connections.push(this); }
            setConfiguration(config) { super.setConfiguration(only(config)); }
          };
        }
        """;

    private const string UsedPairs =
        """
        async () => {
          const pairs = new Set();
          for (const one of window.connections.filter(c => c.connectionState === "connected")) {
            const stats = await one.getStats();
            for (const s of stats.values())
              if (s.type === "transport" && s.selectedCandidatePairId) {
                const pair = stats.get(s.selectedCandidatePairId), local = stats.get(pair.localCandidateId);
                pairs.add(`${local.candidateType}/${stats.get(pair.remoteCandidateId).candidateType} over ${local.relayProtocol}`);
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

    private static ILocator Peers(IPage page, string? link = null) => page.Locator($"[data-testid=call-peer]{(link is null ? "" : $"[data-link={link}]")}");
}
