using Microsoft.Playwright;

namespace Plenary.BrowserTests.Support;

/// <summary>Somebody who has only a keyboard. Every step checks that it shows where the focus is.</summary>
internal sealed class Hands(IPage page)
{
    private const int MostSteps = 120;

    /// <summary>What is wrong about the focused element, or nothing. A ring may be its own, its frame's or a pseudo-element's.</summary>
    private const string FocusTrouble =
        """
        () => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return null;
          const rings = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
          let ringed = focused;
          for (let up = 0; up < 5 && ringed && !rings(getComputedStyle(ringed)) && !rings(getComputedStyle(ringed, "::after")); up++) ringed = ringed.parentElement;
          const name = focused.outerHTML.slice(0, 160);
          if (!ringed || !(rings(getComputedStyle(ringed)) || rings(getComputedStyle(ringed, "::after")))) return `nothing shows the focus at ${name}`;
          const box = ringed.getBoundingClientRect();
          if (box.width < 2 || box.height < 2 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return `the focus is out of sight at ${name}`;
          return null;
        }
        """;

    /// <summary>Presses Tab until the focus is on one of these.</summary>
    public async Task ToAsync(ILocator target)
    {
        await target.First.WaitForAsync();
        for (var step = 0; step < MostSteps; step++)
        {
            if (await target.EvaluateAllAsync<bool>("found => found.includes(document.activeElement)")) return;
            await StepAsync();
        }
        Assert.Fail($"No way to {target} with Tab on {page.Url}");
    }

    public async Task PressAsync(ILocator target, string key = "Enter")
    {
        await ToAsync(target);
        await page.Keyboard.PressAsync(key);
    }

    public async Task TypeAsync(ILocator field, string text)
    {
        await ToAsync(field);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Walks through the whole page and comes back to where it began: nothing keeps the focus.</summary>
    public async Task GoAroundAsync()
    {
        await StepAsync();
        await page.EvaluateAsync("() => { window.begun = document.activeElement; }");
        for (var step = 0; step < MostSteps; step++)
        {
            await page.EvaluateAsync("() => { window.before = document.activeElement; }");
            await StepAsync();
            if (await page.EvaluateAsync<bool>("() => document.activeElement === window.begun")) return;
            Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement !== window.before"), "The focus is kept at " + await page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 160)"));
        }
        Assert.Fail("No way around " + page.Url);
    }

    private async Task StepAsync()
    {
        await page.Keyboard.PressAsync("Tab");
        if (await page.EvaluateAsync<string?>(FocusTrouble) is { } trouble) Assert.Fail($"{trouble} on {page.Url}");
    }
}
