using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

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

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocatorAssertions Expect(this ILocator locator) => Assertions.Expect(locator);

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

    /// <summary>Fails with a readable list when axe finds anything (WCAG 2.0–2.2 A and AA, best practice).</summary>
    public static async Task IsAccessibleAsync(this IPage page, string what)
    {
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== Infinity).map(a => a.finished.catch(() => {})))");
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        var lines = found.Violations.SelectMany(v => v.Nodes.Select(n => $"{what}: {v.Id} ({v.Help}): {Regex.Replace(n.Html, @"\s+", " ")} {n.Target}"));
        Assert.True(found.Violations.Length == 0, string.Join('\n', lines));
    }

    /// <summary>Keeps what the page looks like, when the environment names a folder for pictures.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PLENARY_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
