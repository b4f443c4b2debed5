using System.Text.Json;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;
using Plenary.Load.Media;
using Plenary.Tests.Support;

namespace Plenary.BrowserTests;

/// <summary>An encoder that speaks WebRTC, here a page of Chromium, through a real Janus to the audience.</summary>
public sealed class WhipJourney(Chromium chromium)
{
    /// <summary>Draws the clock of <see cref="Pages.FrameAgeAsync"/> and sends it as WHIP has it; answers the status, the Location and how many candidates came.</summary>
    private const string Send =
        """
        async key => {
          const canvas = document.createElement("canvas");
          canvas.width = 640; canvas.height = 360;
          const context = canvas.getContext("2d");
          setInterval(() => {
            context.fillStyle = "#284"; context.fillRect(0, 0, 640, 360);
            const code = Date.now() >>> 0;
            for (let bit = 0; bit < 32; bit++) {
              context.fillStyle = (code >>> (31 - bit)) & 1 ? "#fff" : "#000";
              context.fillRect(bit * 20, 0, 20, 30);
            }
          }, 40);
          const sound = new AudioContext(), tone = sound.createOscillator(), out = sound.createMediaStreamDestination();
          tone.connect(out); tone.start();
          const pc = window.pc = new RTCPeerConnection();
          pc.addTransceiver(canvas.captureStream(25).getVideoTracks()[0], { direction: "sendonly" });
          pc.addTransceiver(out.stream.getAudioTracks()[0], { direction: "sendonly" });
          await pc.setLocalDescription();
          await new Promise(done => { const look = () => pc.iceGatheringState === "complete" && done(); pc.onicegatheringstatechange = look; look(); });
          const answer = await fetch("/whip", { method: "POST", headers: { "Content-Type": "application/sdp", Authorization: "Bearer " + key }, body: pc.localDescription.sdp });
          const text = await answer.text();
          if (answer.status !== 201) return { status: answer.status, location: text, candidates: 0 };
          await pc.setRemoteDescription({ type: "answer", sdp: text });
          return { status: answer.status, location: answer.headers.get("location"), candidates: (text.match(/a=candidate/g) ?? []).length };
        }
        """;

    [Fact]
    public async Task WhatAnEncoderSendsByWhipIsSeenAndEndsWithItsKey()
    {
        Assert.SkipWhen(JanusServer.Missing is not null, JanusServer.Missing ?? "");
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed (Debian: ffmpeg); ./test installs it");
        await using var janus = await JanusServer.StartAsync();
        await using var site = await Site.StartAsync([.. janus.Settings, "--demo", "--Media:WebRtcAudience", "0"]);
        await using var crewBrowser = await chromium.NewPersonAsync(site);
        await using var hanaBrowser = await chromium.NewPersonAsync(site);
        await crewBrowser.EnterDemoAsync("organizer");
        var crew = await crewBrowser.NewPageAsync();
        await crew.GotoAsync("/e/groundwork/studio/workshop/sources");
        await crew.GetByLabel("Name of a new stream key").FillAsync("Hall camera");
        await crew.Button("Make a stream key").ClickAsync();
        var secret = await crew.Locator(".sources-secret code").InnerTextAsync();

        var encoder = await crewBrowser.NewPageAsync();
        await encoder.GotoAsync("/");
        Assert.Equal(401, (await encoder.EvaluateAsync<JsonElement>(Send, "not-a-key")).GetProperty("status").GetInt32());
        var sent = await encoder.EvaluateAsync<JsonElement>(Send, secret);
        Assert.True(sent.GetProperty("status").GetInt32() == 201, sent.ToString());
        Assert.StartsWith("/whip/", sent.GetProperty("location").GetString(), StringComparison.Ordinal);
        Assert.True(sent.GetProperty("candidates").GetInt32() > 0);

        await hanaBrowser.EnterDemoAsync("attendee");
        var hana = await hanaBrowser.NewPageAsync();
        await hana.GotoAsync("/e/groundwork/rooms/workshop");
        var video = hana.GetByTestId("stage-video");
        await video.Expect().ToBeVisibleAsync();
        var age = await video.FrameAgeAsync(Patience.Time);
        TestContext.Current.TestOutputHelper?.WriteLine($"a frame was {age} ms old");

        // Its key is taken away: Janus ends the connection.
        await crew.Button("Revoke").ClickAsync();
        await encoder.WaitForFunctionAsync("() => ['disconnected', 'failed', 'closed'].includes(window.pc.connectionState)");
    }
}
