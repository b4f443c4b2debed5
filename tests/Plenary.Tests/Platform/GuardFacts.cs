using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Plenary.Platform.Access;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform;

/// <summary>What every request passes: other sites are kept out, answers tell browsers to be careful.</summary>
public sealed class GuardFacts(SqliteApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("http://localhost.evil.example", null)]
    [InlineData("http://localhost:1", null)]
    [InlineData("null", null)]
    [InlineData("rubbish", null)]
    [InlineData(null, "cross-site")]
    public async Task AnotherSiteChangesNothing(string? origin, string? fetchSite)
    {
        using var owner = await app.NewOwner("Olga Owner");
        foreach (var path in new[] { "/graphql", "/live/negotiate?negotiateVersion=1", "/files" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json("mutation { updateProfile(name: \"Eve\", headline: \"\") { name } }") };
            using var http = From(owner.Browser, origin, fetchSite);
            using var response = await http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal("cross-site", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["code"]!);
        }
        Assert.Equal("Olga Owner", (string)(await owner.Graph("{ viewer { name } }"))["viewer"]!["name"]!);
    }

    [Theory]
    [InlineData("/live")]
    [InlineData("/stage/00000000-0000-0000-0000-000000000000/upload")]
    public async Task AnotherSiteOpensNoWebSocket(string path)
    {
        using var owner = await app.NewOwner();
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = owner.Browser.Cookies;
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(new Uri(app.Url, path)) { Scheme = "ws" }.Uri, Cancellation));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task ALinkFromAnotherSiteMayBeFollowed()
    {
        using var visitor = app.Visitor();
        using var http = From(visitor, null, "cross-site");
        using var response = await http.GetAsync("/schema.graphql", Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task AProgramThatIsNoBrowserNeedsNoOrigin()
    {
        using var visitor = app.Visitor();
        using var http = From(visitor, null, null);
        using var response = await http.PostAsync("/graphql", Json("{ installation { version } }"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/schema.graphql", "same-origin")]
    [InlineData("/j/secret-token", "no-referrer")]
    [InlineData("/sign-in/link/secret-token", "no-referrer")]
    [InlineData("/setup/secret-token", "no-referrer")]
    public async Task AnswersTellTheBrowserToBeCareful(string path, string referrer)
    {
        using var visitor = app.Visitor();
        using var response = await visitor.Http.GetAsync(path, Cancellation);
        Assert.Equal(referrer, Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Strict-Transport-Security")); // says nothing over plain http
    }

    [Fact]
    public void PagesMayConnectToTheProcessesOfThisInstallationAndNowhereElse()
    {
        Assert.Contains("connect-src 'self';", SecurityHeaders.PolicyFor([], []), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' wss://events.example.org:5001 ws://localhost:5002;",
            SecurityHeaders.PolicyFor(["https://events.example.org:5001/live", "http://localhost:5002/live"], []), StringComparison.Ordinal);
        var cached = SecurityHeaders.PolicyFor([], [new("https://media.example.org/of/plenary")]);
        Assert.Contains("media-src 'self' blob: https://media.example.org;", cached, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' https://media.example.org;", cached, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTooLargeIsRefusedHoweverItIsSent()
    {
        using var visitor = app.Visitor();
        var text = "{ \"query\": \"" + new string(' ', 300 * 1024) + "\" }";
        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(text, Encoding.UTF8, "application/json") };
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = true; // the answer comes before the body: otherwise it may meet a connection already closed
            try
            {
                using var response = await visitor.Http.SendAsync(request, Cancellation);
                Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge });
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            }
            catch (HttpRequestException closed) when (chunked && closed.InnerException is IOException)
            {
                // The size shows only while it is being sent; the server may hang up before the client has read why.
            }
        }
    }

    private static StringContent Json(string query) => new(new JsonObject { ["query"] = query }.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>The same browser with its cookies, sending from elsewhere.</summary>
    private HttpClient From(Browserless browser, string? origin, string? fetchSite)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = browser.Cookies, AllowAutoRedirect = false }) { BaseAddress = app.Url };
        if (origin is not null) http.DefaultRequestHeaders.TryAddWithoutValidation("Origin", origin);
        if (fetchSite is not null) http.DefaultRequestHeaders.Add("Sec-Fetch-Site", fetchSite);
        return http;
    }
}
