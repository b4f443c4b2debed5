using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Plenary.Events;
using Plenary.Tests.Stage;
using Plenary.Tests.Stage.Media;
using Plenary.Tests.Support;
using SkiaSharp;

namespace Plenary.Tests.Profiles;

/// <summary>Pictures and intro videos of people: only those who may see the person get them.</summary>
public sealed class ProfileFileFacts(SqliteApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APictureIsSeenByThoseWhoMaySeeThePersonAndByNobodyElse()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        Assert.Equal(HttpStatusCode.OK, (await Send(ada, "picture", Portrait(2000), "image/png")).Status);
        var url = (string)JsonNode.Parse(await event_.Shown(bela, ada))![0]!["picture"]!;
        using (var seen = await bela.Browser.Http.GetAsync(url, Cancellation))
        {
            Assert.Equal(("image/jpeg", true, "nosniff"), (seen.Content.Headers.ContentType!.MediaType, seen.Headers.CacheControl!.Private, seen.Headers.GetValues("X-Content-Type-Options").Single()));
            using var shown = SKBitmap.Decode(await seen.Content.ReadAsByteArrayAsync(Cancellation));
            Assert.Equal(1280, shown.Width);
        }
        using var stranger = app.Visitor();
        using var other = await Gathering.At(app);
        Assert.Equal(HttpStatusCode.NotFound, await Got(stranger, url));
        Assert.Equal(HttpStatusCode.NotFound, await Got((await other.Attendee("Elsa")).Browser, url));
        await ada.Graph(Gathering.Save, new { input = new { visibility = "HIDDEN" } });
        foreach (var who in new[] { bela, event_.Owner, await event_.Staff(EventRole.Moderator, "Modi") }) Assert.Equal(HttpStatusCode.NotFound, await Got(who.Browser, url));
        Assert.Equal(HttpStatusCode.OK, await Got(ada.Browser, url));
        await ada.Graph(Gathering.Save, new { input = new { visibility = "OPEN" } });
        Assert.Equal(HttpStatusCode.OK, await Got(bela.Browser, url));
        await ada.Graph(Gathering.Block, new { @event = event_.Event.Id, person = bela.Id });
        Assert.Equal(HttpStatusCode.NotFound, await Got(bela.Browser, url));
        Assert.Null((string?)(await ada.Graph("mutation { removePicture { picture } }"))["removePicture"]!["picture"]);
        Assert.Equal(HttpStatusCode.NotFound, await Got(ada.Browser, url));
    }

    [Fact]
    public async Task AnIntroVideoIsPlayedByThoseWhoMaySeeThePerson()
    {
        using var event_ = await Gathering.At(app);
        var (ada, bela) = (await event_.Attendee("Ada"), await event_.Attendee("Bela"));
        // As MediaRecorder makes it: the file does not say how long it is.
        Assert.Equal(HttpStatusCode.OK, (await Send(ada, "intro", Samples.Vp8, "video/webm;codecs=vp8,opus")).Status);
        var url = (string)JsonNode.Parse(await event_.Shown(bela, ada))![0]!["introVideo"]!;
        Assert.Equal(Samples.Vp8, await bela.Browser.Http.GetByteArrayAsync(url, Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await Send(ada, "intro", Samples.Recorder, "video/mp4")).Status);
        using (var part = new HttpRequestMessage(HttpMethod.Get, url))
        {
            part.Headers.Range = new RangeHeaderValue(0, 9); // how browsers play
            using var played = await bela.Browser.Http.SendAsync(part, Cancellation);
            Assert.Equal((HttpStatusCode.PartialContent, "video/mp4"), (played.StatusCode, played.Content.Headers.ContentType!.MediaType));
        }
        await ada.Graph(Gathering.Save, new { input = new { visibility = "MATCHES" } });
        Assert.Equal(HttpStatusCode.NotFound, await Got(bela.Browser, url));
        Assert.Null((string?)(await ada.Graph("mutation { removeIntroVideo { introVideo } }"))["removeIntroVideo"]!["introVideo"]);
        Assert.Equal(HttpStatusCode.NotFound, await Got(ada.Browser, url));
    }

    [Fact]
    public async Task WhatIsNoVideoOrTooLongIsRefused()
    {
        Assert.SkipWhen(LiveFeed.Missing is not null, LiveFeed.Missing ?? "");
        using var ada = await app.NewAccount("Ada");
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-intro"), Code(await Send(ada, "intro", Portrait(40), "image/png")));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-intro"), Code(await Send(ada, "intro", Portrait(40), "video/mp4")));
        Assert.Equal((HttpStatusCode.BadRequest, "broken-intro"), Code(await Send(ada, "intro", [.. Samples.Vp8[..40], .. new byte[400]], "video/webm")));
        Assert.Equal((HttpStatusCode.BadRequest, "intro-too-long"), Code(await Send(ada, "intro", await Clip(34), "video/webm")));
        Assert.Equal(HttpStatusCode.OK, (await Send(ada, "intro", await Clip(30), "video/webm")).Status);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "intro-too-large"), Code(await Send(ada, "intro", new byte[40_000_001], "video/webm")));
        Assert.NotNull((string?)(await ada.Graph("{ myProfile { introVideo } }"))["myProfile"]!["introVideo"]); // what was refused took nothing away
    }

    [Fact]
    public async Task AStrangerUploadsNothing()
    {
        using var stranger = app.Visitor();
        foreach (var what in new[] { "picture", "intro" })
        {
            using var body = new ByteArrayContent(Portrait(40)) { Headers = { ContentType = new("image/png") } };
            using var answer = await stranger.Http.PostAsync($"/profiles/{what}", body, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private static async Task<HttpStatusCode> Got(Browserless browser, string url)
    {
        using var answer = await browser.Http.GetAsync(url, Cancellation);
        return answer.StatusCode;
    }

    private static (HttpStatusCode, string) Code((HttpStatusCode Status, JsonNode Answer) got) => (got.Status, (string)got.Answer["code"]!);

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Send(Somebody who, string what, byte[] content, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/profiles/{what}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType); // recorders write codecs=vp8,opus without quotes
        request.Headers.ExpectContinue = true; // who is refused by size alone does not send it all
        using var answer = await who.Browser.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!);
    }

    private static byte[] Portrait(int side)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Teal);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    /// <summary>A small video of so many seconds that does not say how long it is.</summary>
    private static async Task<byte[]> Clip(int seconds)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo(LiveFeed.Ffmpeg, ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x36:rate=2", "-t", $"{seconds}", "-c:v", "libvpx", "-deadline", "realtime", "-f", "webm", "-live", "1", "pipe:1"]) { RedirectStandardOutput = true })!;
        using var made = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(made, Cancellation);
        await ffmpeg.WaitForExitAsync(Cancellation);
        return made.ToArray();
    }
}
