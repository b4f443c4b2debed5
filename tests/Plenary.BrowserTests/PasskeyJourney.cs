using Microsoft.Playwright;
using Plenary.BrowserTests.Support;

namespace Plenary.BrowserTests;

/// <summary>An owner who signs in with a touch instead of a mail.</summary>
public sealed class PasskeyJourney(Chromium chromium)
{
    [Fact]
    public async Task APasskeySignsInUntilItIsRemoved()
    {
        await using var site = await Site.StartAsync();
        await using var browser = await chromium.NewPersonAsync(site);
        var complaints = Complaints.Of(browser);
        var page = await browser.NewPageAsync();
        await AddAuthenticatorAsync(browser, page);
        await page.ClaimAsync(site);

        await page.GotoAsync("/account");
        await page.GetByLabel("Name of this device").FillAsync("Work laptop");
        await page.Button("Add a passkey").ClickAsync();
        await page.GetByText("Work laptop", new() { Exact = true }).Expect().ToBeVisibleAsync();
        await SignOutAsync(page);

        await SignInWithPasskeyAsync(page);
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.GotoAsync("/account");
        await page.GetByText("lena@journey.example", new() { Exact = true }).Expect().ToBeVisibleAsync();

        await page.Button("Remove Work laptop").ClickAsync();
        await page.GetByText("No passkey yet").Expect().ToBeVisibleAsync();
        await SignOutAsync(page);
        await SignInWithPasskeyAsync(page);
        await page.GetByRole(AriaRole.Alert).First.Expect().ToBeVisibleAsync();
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        complaints.AreNone();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Button("Sign out").ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
        await page.Link("Sign in").First.Expect().ToBeVisibleAsync();
    }

    private static async Task SignInWithPasskeyAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.Button("Use a passkey").ClickAsync();
    }

    /// <summary>The device's own authenticator, touched by whoever is asked.</summary>
    private static async Task AddAuthenticatorAsync(IBrowserContext browser, IPage page)
    {
        var devtools = await browser.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
