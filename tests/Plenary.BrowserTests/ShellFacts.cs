using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>What every page comes with, and which doors are closed on an installation that is no workbench.</summary>
public sealed class ShellFacts(Chromium chromium)
{
    [Fact]
    public async Task EveryPageIsSentGuardedAndTheMailboxStaysOnThisMachine()
    {
        var start = Stopwatch.StartNew();
        await using var site = await Site.StartAsync("--demo");
        TestContext.Current.TestOutputHelper?.WriteLine($"From nothing to a demo that answers: {start.Elapsed.TotalSeconds:0.0} s");
        using var http = new HttpClient { BaseAddress = site.Url };
        foreach (var path in (string[])["/", "/sign-in", "/e/groundwork", "/e/groundwork/rooms/lobby", "/e/nothing-here", "/organize", "/demo", "/setup/not-a-link", "/j/not-a-link"])
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var policy = Header(answer, "Content-Security-Policy");
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal(path.EndsWith("/not-a-link", StringComparison.Ordinal) ? "no-referrer" : "same-origin", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Contains("geolocation=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"), path);
        }
        foreach (var path in (string[])["/mailbox", "/mailbox.json"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, path));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, path, ("Host", "events.example")));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, path, ("X-Forwarded-For", "127.0.0.1")));
        }
    }

    [Theory]
    [InlineData("Production", "There is nothing at this address")]
    [InlineData("Development", "Design")]
    public async Task TheWorkbenchIsOpenToDevelopersOnly(string environment, string title)
    {
        await using var site = await Site.StartAsync("--environment", environment);
        await using var browser = await chromium.NewPersonAsync(site);
        var complaints = Complaints.Of(browser);
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/design");
        await page.WaitForFunctionAsync("title => document.title.startsWith(title)", title);
        Assert.Equal(environment == "Development", await page.GetByRole(AriaRole.Button).CountAsync() > 5);
        complaints.AreNone();
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : throw new Xunit.Sdk.XunitException($"{answer.RequestMessage!.RequestUri} came without {name}");

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
