using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Plenary.BrowserTests.Support;

/// <summary>One site with the demo event, for all facts of a class.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    /// <summary>Running.</summary>
    public Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await Site.StartAsync("--demo");

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}

internal static class DemoPeople
{
    /// <summary>Signs the browser in as one of the demo's people: organizer, speaker or attendee. Answers where that person begins.</summary>
    public static async Task<string> EnterDemoAsync(this IBrowserContext browser, string key)
    {
        var answer = await browser.APIRequest.PostAsync("/graphql", new()
        {
            DataObject = new { query = "mutation($key: ID!) { enterDemo(key: $key) { goTo } }", variables = new { key } },
        });
        var json = JsonNode.Parse(await answer.TextAsync())!;
        return (string?)json["data"]?["enterDemo"]?["goTo"] ?? throw new InvalidOperationException("Nobody entered: " + json);
    }
}
