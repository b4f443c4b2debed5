using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Plenary.BrowserTests.Support;

/// <summary>What journeys do with a page, in words.</summary>
internal static class Pages
{
    /// <summary>Reads the time code that the host's tab burns into the picture with <c>?timecode=1</c>; the age of the frame in milliseconds.</summary>
    private const string ReadTimecode =
        """
        video => {
          const width = video.videoWidth, height = video.videoHeight, bits = 32;
          if (!width) return null;
          const canvas = document.createElement("canvas");
          canvas.width = width; canvas.height = Math.floor(height / 12);
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context.drawImage(video, 0, 0);
          const row = context.getImageData(0, Math.floor(canvas.height / 2), width, 1).data;
          let code = 0;
          for (let bit = 0; bit < bits; bit++) code = code * 2 + (row[Math.floor((bit + .5) * width / bits) * 4 + 1] > 128 ? 1 : 0);
          return ((Date.now() >>> 0) - code) | 0;
        }
        """;

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocatorAssertions Expect(this ILocator locator) => Assertions.Expect(locator);

    /// <summary>Makes the person of this page the owner of an empty installation.</summary>
    public static async Task ClaimAsync(this IPage page, Site site)
    {
        await page.GotoAsync(await site.SetupPathAsync());
        await page.GetByLabel("Your name").FillAsync("Lena Vogt");
        await page.GetByLabel("Your email").FillAsync("lena@journey.example");
        await page.GetByLabel("Organization").FillAsync("Keel Foundation");
        await page.Button("Begin").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/setup/", StringComparison.Ordinal));
    }

    /// <summary>Writes in the room's chat.</summary>
    public static async Task SayAsync(this IPage page, string text)
    {
        var field = page.GetByLabel("Message the room");
        await field.FillAsync(text);
        await field.PressAsync("Enter");
    }

    /// <summary>The chat's messages as their reader sees them, in order: only those that begin with the prefix.</summary>
    public static async Task<IReadOnlyList<string>> HeardAsync(this IPage page, string prefix)
    {
        var texts = await page.GetByRole(AriaRole.Log).First.EvaluateAsync<string[]>("log => [...log.querySelectorAll('p')].map(p => p.textContent ?? '')");
        return [.. texts.Select(t => t.Trim()).Where(t => t.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>Waits until the video shows a frame of the speaker's clock, and answers how old it is, in milliseconds.</summary>
    public static async Task<int> FrameAgeAsync(this ILocator video, TimeSpan limit)
    {
        var last = "no frame";
        for (var until = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(until) < limit; await Task.Delay(200))
        {
            var age = await video.EvaluateAsync<JsonElement?>(ReadTimecode);
            if (age is { ValueKind: JsonValueKind.Number } number)
            {
                last = $"{number.GetInt32()} ms";
                // A picture without the code reads as some moment of these 49 days; a real frame is seconds old.
                if (number.GetInt32() is > 0 and < 30_000) return number.GetInt32();
            }
        }
        throw new TimeoutException($"No frame of the speaker's clock in {limit}: {last}");
    }

    /// <summary>When the frame that is shown was drawn, in seconds by the speaker's clock; null before there is one.</summary>
    public static async Task<double?> TimecodeAsync(this ILocator video) =>
        await video.EvaluateAsync<JsonElement?>($"video => {{ const age = ({ReadTimecode})(video); return age === null ? null : (Date.now() - age) / 1000; }}") is { ValueKind: JsonValueKind.Number } drawn ? drawn.GetDouble() : null;

    /// <summary>Waits until the page shows what it has to show: a heading, nothing that is still loading, and its fonts.</summary>
    public static Task SettledAsync(this IPage page) =>
        page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('.sk, [aria-busy=true]') && document.fonts.status === 'loaded'");

    /// <summary>What axe finds on the page (WCAG 2.0–2.2 A and AA, best practice), a line for each element.</summary>
    public static Task<IReadOnlyList<string>> BarriersAsync(this IPage page, string what) =>
        page.AxeAsync(what, new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });

    /// <summary>What axe finds about the page's colours alone: all that another colour scheme changes.</summary>
    public static Task<IReadOnlyList<string>> ColourBarriersAsync(this IPage page, string what) =>
        page.AxeAsync(what, new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] });

    /// <summary>Fails with a readable list when axe finds anything.</summary>
    public static async Task IsAccessibleAsync(this IPage page, string what)
    {
        var barriers = await page.BarriersAsync(what);
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
    }

    /// <summary>Keeps what the page looks like, when the environment names a folder for pictures.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PLENARY_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    /// <summary>
    /// The script itself, run in the page: the package's own runner opens a second page for every run, which costs seconds and serves
    /// frames of other origins that we do not have.
    /// </summary>
    private static readonly Lazy<string> Axe = new(() =>
    {
        using var script = new StreamReader(typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!);
        return script.ReadToEnd();
    });

    private static async Task<IReadOnlyList<string>> AxeAsync(this IPage page, string what, RunOnlyOptions rules)
    {
        // Colours that are still fading in are not the colours people read.
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== Infinity).map(a => a.finished.catch(() => {})))");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Axe.Value);
        var found = await page.EvaluateAsync<string[]>(
            """
            async rules => (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations.flatMap(rule => rule.nodes.map(node =>
              `${rule.id} (${rule.help}): ${node.html.replace(/\s+/g, " ")} ${node.target} ${[...node.any, ...node.all].map(check => check.message).join("; ")}`))
            """, new { type = rules.Type, values = rules.Values });
        return [.. found.Select(line => $"{what}: {line}")];
    }
}
