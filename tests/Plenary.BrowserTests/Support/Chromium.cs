using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)] // one browser with media at a time on two cores

namespace Plenary.BrowserTests.Support;

/// <summary>Debian's Chromium with a fake camera and microphone, started once.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string Executable = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A person's browser: cookies of its own.</summary>
    public Task<IBrowserContext> NewPersonAsync(Site site, bool phone = false, ColorScheme scheme = ColorScheme.Light) => NewPersonAsync(site.Url, phone, scheme);

    /// <summary>The same at any address of a site.</summary>
    public async Task<IBrowserContext> NewPersonAsync(Uri site, bool phone = false, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(browser is null, $"Chromium is not installed at {Executable} (Debian: chromium); ./test installs it");
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            ColorScheme = scheme,
            Permissions = ["camera", "microphone"],
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        });
        context.SetDefaultTimeout(Patience.Ms);
        return context;
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable)) return;
        Assertions.SetDefaultExpectTimeout(Patience.Ms);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection", "--disable-background-networking", "--disable-component-update",
                "--auto-select-desktop-capture-source=Entire screen",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
