using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenary.Tests.Support;

namespace Plenary.Tests.Identity;

/// <summary>What a session may do, and what it never becomes.</summary>
public abstract class SessionFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASessionPlantedInABrowserGainsNothingWhenItsUserSignsIn()
    {
        using var guest = await app.NewGuest(Guid.CreateVersion7());
        var planted = Session(guest.Browser);
        await guest.Graph("mutation($email: String!) { requestSignIn(email: $email) }", new { email = guest.Email });
        await guest.Graph("mutation($token: String!) { useSignInLink(token: $token) { goTo } }", new { token = await app.SignInToken(guest.Email) });
        Assert.NotEqual(planted, Session(guest.Browser));
        using var attacker = app.Visitor();
        Carry(attacker, planted);
        Assert.Equal("EVENT", await Scope(attacker));
        Assert.Equal("ACCOUNT", await Scope(guest.Browser));
    }

    [Fact]
    public async Task ASessionOfOneEventNeverActsForTheAccount()
    {
        using var owner = await app.NewOwner("Olga Owner");
        await owner.Graph("mutation { updateProfile(name: \"Olga Owner\", headline: \"\") { name } }");
        await using var db = app.OpenDb();
        using var forwarded = app.Visitor();
        await app.SignIn(forwarded, await db.Users.SingleAsync(p => p.Id == owner.Id, Cancellation), Guid.CreateVersion7());
        var viewer = (await forwarded.Graph("{ viewer { name scope memberships { role organization { name } } passkeys { id } } }"))["viewer"]!;
        Assert.Equal("EVENT", (string)viewer["scope"]!);
        Assert.Empty(viewer["memberships"]!.AsArray());
        Assert.Empty(viewer["passkeys"]!.AsArray());
        var slug = owner.OrganizationSlug;
        Assert.Null((await forwarded.Graph("query($slug: String!) { organization(slug: $slug) { viewerRole } }", new { slug }))["organization"]!["viewerRole"]);
        Assert.Equal("sign-in-required", (await forwarded.Refused("query($slug: String!) { organization(slug: $slug) { members { name email } } }", new { slug })).Code);
        foreach (var mutation in new[]
        {
            "updateProfile(name: \"Eve\", headline: \"\") { name }", "createOrganization(name: \"Mine\") { id }", "passkeyCreationOptions",
            "addPasskey(credential: \"{}\", name: \"mine\") { id }", "removePasskey(id: \"AAAA\")",
            $"inviteMember(organization: \"{owner.Organization}\", email: \"eve@example.org\", role: OWNER) {{ name }}",
            $"removeMember(organization: \"{owner.Organization}\", person: \"{owner.Id}\")",
        }) Assert.Equal("sign-in-required", (await forwarded.Refused($"mutation {{ {mutation} }}")).Code);
        Assert.Equal("Olga Owner", (string)(await owner.Graph("{ viewer { name } }"))["viewer"]!["name"]!);
    }

    [Fact]
    public async Task ARenewedSessionOfOneEventStaysOneOfOneEvent()
    {
        using var guest = await app.NewGuest(Guid.CreateVersion7());
        var before = Aged(Session(guest.Browser));
        Carry(guest.Browser, before);
        Assert.Equal("EVENT", await Scope(guest.Browser)); // this request renews it
        Assert.NotEqual(before, Session(guest.Browser));
        Assert.Equal("EVENT", await Scope(guest.Browser));
    }

    [Fact]
    public async Task ASessionEndsSoonAfterItsPersonsSecurityStampChanged()
    {
        using var person = await app.NewAccount();
        await using var db = app.OpenDb();
        await db.Users.Where(p => p.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.SecurityStamp, "changed"), Cancellation);
        Carry(person.Browser, Aged(Session(person.Browser)));
        Assert.Null((await person.Graph("{ viewer { id } }"))["viewer"]);
    }

    [Fact]
    public async Task ThePersonalLinkOfAnAccountHolderDoesNotNarrowTheirSession()
    {
        using var person = await app.NewAccount();
        await using var scope = app.Services.CreateAsyncScope();
        await using var db = app.OpenDb();
        var principal = Ticket(Session(person.Browser)).Principal;
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = scope.ServiceProvider, User = principal };
        await scope.ServiceProvider.GetRequiredService<Plenary.Identity.SignIns>()
            .SignInAsync(http, await db.Users.SingleAsync(p => p.Id == person.Id, Cancellation), Guid.CreateVersion7());
        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
    }

    [Fact]
    public async Task TheSessionCookieIsOutOfReachOfScriptsAndOtherSites()
    {
        using var person = await app.NewAccount();
        await person.Graph("mutation($email: String!) { requestSignIn(email: $email) }", new { email = person.Email });
        var token = await app.SignInToken(person.Email);
        using var response = await person.Browser.Http.PostAsync("/graphql", new StringContent(
            new JsonObject { ["query"] = $"mutation {{ useSignInLink(token: \"{token}\") {{ goTo }} }}" }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), Cancellation);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), value => value.StartsWith("plenary=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task PasskeysAreAskedForInTheNameOfTheAccount()
    {
        using var person = await app.NewAccount();
        var options = JsonNode.Parse((string)(await person.Graph("mutation { passkeyCreationOptions }"))["passkeyCreationOptions"]!)!;
        Assert.Equal("localhost", (string)options["rp"]!["id"]!);
        Assert.Equal(person.Email, (string)options["user"]!["name"]!);
        Assert.Equal("required", (string)options["authenticatorSelection"]!["userVerification"]!);
    }

    private static async Task<string> Scope(Browserless browser) => (string)(await browser.Graph("{ viewer { scope } }"))["viewer"]!["scope"]!;

    private string Session(Browserless browser) => browser.Cookies.GetCookies(app.Url)["plenary"]!.Value;

    private void Carry(Browserless browser, string session) => browser.Cookies.Add(app.Url, new Cookie("plenary", session, "/"));

    private CookieAuthenticationOptions Cookies => app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);

    private Microsoft.AspNetCore.Authentication.AuthenticationTicket Ticket(string session) => Cookies.TicketDataFormat.Unprotect(session)!;

    /// <summary>The same session as if it had begun an hour ago.</summary>
    private string Aged(string session)
    {
        var ticket = Ticket(session);
        ticket.Properties.IssuedUtc -= TimeSpan.FromHours(1);
        return Cookies.TicketDataFormat.Protect(ticket);
    }
}

public sealed class SessionFactsOnSqlite(SqliteApp app) : SessionFacts(app);

public sealed class SessionFactsOnPostgres(PostgresApp app) : SessionFacts(app);
