using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Stage.External;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>Streams from elsewhere: nothing but what they are may get into a page, and nobody reaches our network with them.</summary>
[Trait("Speed", "Slow")]
public sealed class ExternalFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private const string Show = "mutation($room: ID!, $url: String!) { showExternal(room: $room, url: $url) { id state } }";

    [Fact]
    public async Task TheCrewShowsAStreamAndOnlyItsPageMayReachItsSite()
    {
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        await using var elsewhere = builder.Build();
        elsewhere.Urls.Add($"http://localhost:{port}");
        elsewhere.MapGet("/live/a.m3u8", () => Results.Text("#EXTM3U\n#EXT-X-VERSION:3\n"));
        elsewhere.MapGet("/live/page.m3u8", () => Results.Text("<html>"));
        elsewhere.MapGet("/live/moved.m3u8", () => Results.Redirect("http://localhost/secret"));
        await elsewhere.StartAsync(Cancellation);
        await using var server = await ServerProcess.StartAsync(null, "--Media:ExternalHosts", "localhost");
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        using var producer = new Studio(server.Url, scene, await scene.Granted(EventRole.Producer));
        var person = await scene.Attendee();
        using var attendee = new Studio(server.Url, scene, person);
        using var stranger = new Studio(server.Url, scene, await scene.Stranger());
        await using var seat = await scene.Enter(person);
        object Of(string url) => new { room = scene.Stage.Id, url };

        Assert.Equal("not-found", await attendee.Refused(Show, Of("https://youtu.be/dQw4w9WgXcQ")));
        Assert.Equal("external-unsupported", await producer.Refused(Show, Of("https://example.org/video")));
        Assert.Equal("external-unsupported", await producer.Refused(Show, Of($"http://localhost:{port}/live/page.m3u8")));
        // Redirects are not followed, and nothing in our network is asked unless the operator says so.
        Assert.Equal("external-unreachable", await producer.Refused(Show, Of($"http://localhost:{port}/live/moved.m3u8")));
        Assert.Equal("external-unreachable", await producer.Refused(Show, Of($"https://127.0.0.1:{port}/live/a.m3u8")));
        Assert.Equal("external-unreachable", await producer.Refused(Show, Of($"https://[::ffff:169.254.169.254]/live/a.m3u8")));
        Assert.Equal(StageState.Dark, seat.Stage.State);

        var shown = Guid.Parse((string)(await producer.Graph(Show, Of($"http://localhost:{port}/live/a.m3u8?token=1")))["showExternal"]!["id"]!);
        await seat.Until(() => seat.Stage.State == StageState.Live, "live");
        Assert.Equal(($"/external/{shown}", null), (seat.Stage.External, seat.Stage.Playlist));
        Assert.Equal("stage-busy", await producer.Refused(Show, Of("https://youtu.be/dQw4w9WgXcQ")));
        const string Which = "query($id: ID!) { external(broadcast: $id) { kind url } }";
        var source = (await attendee.Graph(Which, new { id = shown }))["external"]!;
        Assert.Equal(("HLS", $"http://localhost:{port}/live/a.m3u8?token=1"), ((string)source["kind"]!, (string)source["url"]!));
        Assert.Null((await stranger.Graph(Which, new { id = shown }))["external"]);
        using var page = await attendee.Http.GetAsync($"/external/{shown}", Cancellation);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"connect-src 'self' http://localhost:{port};", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self';", policy, StringComparison.Ordinal);
        using var nothing = await stranger.Http.GetAsync($"/external/{shown}", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.DoesNotContain("localhost:" + port, nothing.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        // A host's browser cannot send into it.
        using (var uplink = await producer.Connect(shown))
        {
            await uplink.Say(new { take = Guid.CreateVersion7(), container = "video/mp4;codecs=avc1", offset = 0 });
            Assert.Equal("stage-busy", await uplink.Refused());
        }

        await producer.End(shown);
        await seat.Until(() => seat.Stage.State == StageState.Ended, "ended");
        var second = Guid.Parse((string)(await producer.Graph(Show, Of("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=x")))["showExternal"]!["id"]!);
        using var framed = await attendee.Http.GetAsync($"/external/{second}", Cancellation);
        Assert.Contains("frame-src https://www.youtube-nocookie.com", framed.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}

/// <summary>What addresses mean.</summary>
public sealed class ExternalSourceFacts
{
    private static readonly HashSet<string> None = [];

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&playsinline=1&rel=0")]
    [InlineData(" https://youtu.be/dQw4w9WgXcQ?t=3 ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&playsinline=1&rel=0")]
    [InlineData("https://m.youtube.com/live/dQw4w9WgXcQ?feature=share", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&playsinline=1&rel=0")]
    [InlineData("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1")]
    [InlineData("https://vimeo.com/76979871/abcdef0123", "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=abcdef0123")]
    [InlineData("https://player.vimeo.com/video/76979871?h=abcdef0123", "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=abcdef0123")]
    [InlineData("https://vimeo.com/event/4154130", "https://vimeo.com/event/4154130/embed")]
    [InlineData("https://media.example.org/a/b.m3u8?t=1", "https://media.example.org/a/b.m3u8?t=1")]
    public void WhatIsCopiedFromAnAddressLineIsUnderstood(string text, string url)
    {
        var source = ExternalSource.Read(text, None);
        Assert.Equal(url, source.Url);
        Assert.Equal(source, ExternalSource.Stored(source.Url));
        Assert.DoesNotContain(";", source.Origin, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://youtu.be/\"><script>")]
    [InlineData("https://www.youtube.com/watch?v=short")]
    [InlineData("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://vimeo.com/about")]
    [InlineData("https://user:pass@media.example.org/a.m3u8")]
    [InlineData("http://media.example.org/a.m3u8")]
    [InlineData("https://media.example.org/a.html")]
    [InlineData("//media.example.org/a.m3u8")]
    [InlineData("file:///etc/passwd.m3u8")]
    [InlineData("")]
    public void AnythingElseIsRefused(string text) => Assert.Equal("external-unsupported", Assert.Throws<RefusalException>(() => ExternalSource.Read(text, None)).Refusal.Code);

    [Fact]
    public void APolicyHasNoRoomForMoreThanASite()
    {
        var source = ExternalSource.Read("https://media.example.org/a.m3u8?x=';%20script-src%20*", None);
        Assert.DoesNotContain("script-src *", source.Policy(), StringComparison.Ordinal);
        Assert.EndsWith("connect-src 'self' https://media.example.org; media-src 'self' blob: https://media.example.org; frame-src 'none'; worker-src 'self' blob:", source.Policy(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("ff02::1", false)]
    public void OnlyTheInternetIsPublic(string address, bool isPublic) => Assert.Equal(isPublic, PublicHttp.IsPublic(IPAddress.Parse(address)));
}
