using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Plenary.Platform.Access;
using Plenary.Rooms.Chat;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What the server asks because somebody wrote a link, and what it believes of the answer.</summary>
public sealed class LinkPreviewFacts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("look: https://example.org/a?b=c#d.", "https://example.org/a?b=c#d")]
    [InlineData("(https://example.org/a) and https://example.org/b", "https://example.org/a")]
    [InlineData("http://example.org/a only in the clear", null)]
    [InlineData("https://user:secret@example.org/ is not asked", null)]
    [InlineData("file:///etc/passwd ftp://example.org javascript:alert(1)", null)]
    [InlineData("no link at all", null)]
    public void OnlyWhatIsEncryptedAndWithoutASecretIsAsked(string text, string? link) => Assert.Equal(link, LinkPreviews.FirstLink(text));

    [Fact]
    public void APageIsShownInPlainWordsUnderItsOwnHost()
    {
        var preview = LinkPreviews.Read("https://evil.example/x", """
            <html><head><title>Not this</title>
            <meta content="A &lt;b&gt;bold&lt;/b&gt; title" property="og:title"><META NAME='description' CONTENT='Two
              lines'><meta property="og:site_name" content="Your bank"><meta property="og:image" content="https://evil.example/pixel.png"></head>
            """)!;
        Assert.Equal(("A <b>bold</b> title", "Two lines", "Your bank · evil.example"), (preview.Title, preview.Text, preview.Site));
        Assert.Null(LinkPreviews.Read("https://example.org/", "<p>nothing to say</p>"));
        Assert.Equal(141, LinkPreviews.Read("https://example.org/", $"<title>{new string('x', 400)}</title>")!.Title.Length);
        Assert.Null(LinkPreviews.Read("https://example.org/", new string('<', 60_000)));
    }

    [Fact]
    public async Task NoNameLeadsToThisMachineOrItsNetworkAndNoRedirectIsFollowed()
    {
        await using var site = await Site.Start();
        using (var strict = new PublicHttp(new HashSet<string>()))
            foreach (var address in new[] { $"http://localhost:{site.Port}/page", $"http://127.0.0.1:{site.Port}/page", $"http://[::1]:{site.Port}/page", $"http://127.1:{site.Port}/page", $"http://2130706433:{site.Port}/page", $"http://[::ffff:127.0.0.1]:{site.Port}/page", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data" })
                await Assert.ThrowsAsync<HttpRequestException>(() => strict.PageAsync(new(address), 1024, Cancellation));
        Assert.Equal(0, site.Asked);

        using var trusting = new PublicHttp(new HashSet<string> { "localhost" });
        var (type, page) = await trusting.PageAsync(new($"http://localhost:{site.Port}/page"), 1024, Cancellation);
        Assert.Equal(("text/html", 1024), (type, page.Length)); // of a long page its beginning
        Assert.StartsWith("<title>Hello</title>", Encoding.UTF8.GetString(page), StringComparison.Ordinal);
        // A redirect is where a public name would lead inside.
        await Assert.ThrowsAsync<HttpRequestException>(() => trusting.PageAsync(new($"http://localhost:{site.Port}/away"), 1024, Cancellation));
        Assert.Equal(2, site.Asked);
    }

    /// <summary>A web site on this machine.</summary>
    private sealed class Site(WebApplication app, int port) : IAsyncDisposable
    {
        private int asked;

        public int Port => port;

        public int Asked => asked;

        public static async Task<Site> Start()
        {
            var port = FreePort.Take();
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
            var app = builder.Build();
            var site = new Site(app, port);
            app.Run(async http =>
            {
                Interlocked.Increment(ref site.asked);
                if (http.Request.Path == "/away") http.Response.Redirect("/page");
                else
                {
                    http.Response.ContentType = "text/html; charset=utf-8";
                    await http.Response.WriteAsync("<title>Hello</title>" + new string('x', 100_000), http.RequestAborted);
                }
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            return site;
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
