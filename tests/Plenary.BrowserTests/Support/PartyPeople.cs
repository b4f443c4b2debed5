using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Plenary.BrowserTests.Support;

/// <summary>Somebody at a party, in a browser of their own whose camera films a clock.</summary>
internal sealed class Guest(string name, IBrowserContext browser, IPage page) : IAsyncDisposable
{
    /// <summary>In the place of a camera and a microphone: a clock that can be read off the picture, and a tone.</summary>
    private const string FilmTheClock =
        """
        {
          const clock = () => {
            const canvas = document.createElement("canvas"), width = canvas.width = 320, height = canvas.height = 240;
            const pen = canvas.getContext("2d");
            setInterval(() => {
              const code = Date.now() >>> 0;
              pen.fillStyle = "#456"; pen.fillRect(0, 0, width, height);
              for (let bit = 0; bit < 32; bit++) { pen.fillStyle = (code >>> (31 - bit)) & 1 ? "#fff" : "#000"; pen.fillRect(bit * 10, 0, 10, 20); }
            }, 100);
            return canvas.captureStream(10).getTracks();
          };
          const tone = () => {
            const audio = new AudioContext(), sound = audio.createOscillator(), volume = audio.createGain(), end = audio.createMediaStreamDestination();
            volume.gain.value = 0.3; sound.connect(volume).connect(end); sound.start(); void audio.resume();
            return end.stream.getTracks();
          };
          navigator.mediaDevices.getUserMedia = async wish => new MediaStream([...(wish.video ? clock() : []), ...(wish.audio ? tone() : [])]);
        }
        """;

    /// <summary>As others see it.</summary>
    public string Name => name;

    public IPage Page => page;

    /// <summary>Whom this person met so far, in order.</summary>
    public List<string> Met { get; } = [];

    /// <summary>One of the demo's own people.</summary>
    public static async Task<Guest> FromDemoAsync(Chromium chromium, Uri site, string key, string name)
    {
        var browser = await NewAsync(chromium, site);
        await browser.EnterDemoAsync(key);
        return new(name, browser, await browser.NewPageAsync());
    }

    /// <summary>Somebody who registers and comes by the link that was mailed.</summary>
    public static async Task<Guest> RegisteredAsync(Chromium chromium, Uri site, string name, Uri? mailbox = null)
    {
        var browser = await NewAsync(chromium, site);
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@party.example";
        var found = (await browser.AskAsync("{ event(slug: \"groundwork\") { id ticketTypes { id } } }"))["event"]!;
        await browser.AskAsync("mutation($input: RegisterInput!) { register(input: $input) { message } }",
            new { input = new { @event = (string)found["id"]!, ticketType = (string)found["ticketTypes"]![0]!["id"]!, name, email } });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(await Site.MailedPathAsync(mailbox ?? site, email, "/j/"));
        await page.WaitForURLAsync("**/e/groundwork/**");
        return new(name, browser, page);
    }

    public Task<JsonNode> AskAsync(string query, object? variables = null) => browser.AskAsync(query, variables);

    /// <summary>Reads the card: whom they are about to meet. It is there for all who have somebody.</summary>
    public async Task<string> CardAsync() => await page.GetByTestId("match").GetByRole(AriaRole.Heading).InnerTextAsync();

    public ILocator Peers => page.Locator("[data-testid=call-tile]:not(.you)");

    /// <summary>Shows the camera, and waits until everybody else's is seen as it was filmed a moment ago.</summary>
    public async Task SeesAsync(int others)
    {
        var cameras = page.Locator("[data-testid=call-tile]:not(.you) video");
        await cameras.Expect().ToHaveCountAsync(others);
        for (var i = 0; i < others; i++) await cameras.Nth(i).IsFreshAsync(Patience.Time);
    }

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static async Task<IBrowserContext> NewAsync(Chromium chromium, Uri site)
    {
        var browser = await chromium.NewPersonAsync(site);
        await browser.AddInitScriptAsync(FilmTheClock);
        return browser;
    }
}

internal static class Graph
{
    private static readonly TimeSpan ProxyLimit = Patience.Time;

    /// <summary>
    /// Asks the graph as the person of this browser; fails when it refuses. A question that a proxy could not pass on, as its server had just died, is asked again;
    /// a command is not.
    /// </summary>
    public static async Task<JsonNode> AskAsync(this IBrowserContext browser, string query, object? variables = null)
    {
        var response = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query, variables } });
        for (var began = Stopwatch.StartNew(); response.Status is 502 or 503 or 504 && !query.StartsWith("mutation", StringComparison.Ordinal) && began.Elapsed < ProxyLimit;)
        {
            await Task.Delay(100);
            response = await browser.APIRequest.PostAsync("/graphql", new() { DataObject = new { query, variables } });
        }
        var answer = JsonNode.Parse(await response.TextAsync())!;
        return answer["errors"] is null ? answer["data"]! : throw new InvalidOperationException(answer.ToJsonString());
    }
}
