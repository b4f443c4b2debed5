using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Identity;
using Plenary.Platform.Access;

namespace Plenary.Tests.Support;

/// <summary>People for tests, signed in the way people sign in.</summary>
public static class People
{
    /// <summary>An address that nobody else has.</summary>
    public static string NewEmail(string who = "person") => $"{who}-{Guid.CreateVersion7():N}@example.org";

    /// <summary>Somebody new with an account, signed in by a magic link.</summary>
    public static async Task<Somebody> NewAccount(this App app, string name = "Ada Account", string? email = null)
    {
        var visitor = app.Visitor();
        email ??= NewEmail();
        await visitor.Graph("mutation($email: String!) { requestSignIn(email: $email) }", new { email });
        var token = await app.SignInToken(email);
        var answer = await visitor.Graph("mutation($token: String!) { useSignInLink(token: $token) { viewer { id } } }", new { token });
        var id = Guid.Parse((string)answer["useSignInLink"]!["viewer"]!["id"]!);
        await using var db = app.OpenDb();
        await db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, name), TestContext.Current.CancellationToken);
        return new Somebody(visitor, id, email);
    }

    /// <summary>Somebody new who owns a new organization.</summary>
    public static async Task<Owner> NewOwner(this App app, string name = "Olga Owner")
    {
        var person = await app.NewAccount(name, NewEmail("owner"));
        var answer = await person.Browser.Graph("mutation { createOrganization(name: \"Club of Tests\") { id slug } }");
        var organization = answer["createOrganization"]!;
        return new Owner(person.Browser, person.Id, person.Email, Guid.Parse((string)organization["id"]!), (string)organization["slug"]!);
    }

    /// <summary>A new guest whose session is for one event only, as after a personal link.</summary>
    public static async Task<Somebody> NewGuest(this App app, Guid eventId, string name = "Gus Guest")
    {
        var visitor = app.Visitor();
        var email = NewEmail("guest");
        await using var db = app.OpenDb();
        var person = await app.Services.GetRequiredService<Plenary.Identity.People>().FindOrCreateGuest(db, email, name, TestContext.Current.CancellationToken);
        await app.SignIn(visitor, person, eventId);
        return new Somebody(visitor, person.Id, email);
    }

    /// <summary>Gives this browser a session of the person, as the server's own sign-in would.</summary>
    public static async Task SignIn(this App app, Browserless browser, Person person, Guid? onlyEvent = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await scope.ServiceProvider.GetRequiredService<SignIns>().SignInAsync(http, person, onlyEvent);
        foreach (var cookie in http.Response.Headers.SetCookie) browser.Cookies.SetCookies(app.Url, cookie!);
    }

    /// <summary>Puts the session of one person into another's browser: what else it holds stays.</summary>
    public static async Task UseSessionOf(this App app, Somebody person, Browserless browser)
    {
        await using var db = app.OpenDb();
        await app.SignIn(browser, await db.Users.SingleAsync(p => p.Id == person.Id, TestContext.Current.CancellationToken));
    }

    /// <summary>The token in the latest magic link mailed to this address.</summary>
    public static async Task<string> SignInToken(this App app, string email)
    {
        var text = (await app.MailsTo(email)).Select(mail => mail.Text).LastOrDefault(words => words.Contains("/sign-in/link/", StringComparison.Ordinal));
        Assert.True(text is not null, "no sign-in mail to " + email);
        return text[(text.IndexOf("/sign-in/link/", StringComparison.Ordinal) + "/sign-in/link/".Length)..].Split('\n', ' ')[0];
    }
}

/// <summary>A person and their browser; dispose it with the test.</summary>
public record Somebody(Browserless Browser, Guid Id, string Email) : IDisposable
{
    public Task<JsonObject> Graph(string query, object? variables = null) => Browser.Graph(query, variables);

    public Task<(string Code, string? Field, string Message)> Refused(string query, object? variables = null) => Browser.Refused(query, variables);

    public void Dispose()
    {
        Browser.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A person who owns an organization.</summary>
public sealed record Owner(Browserless Browser, Guid Id, string Email, Guid Organization, string OrganizationSlug) : Somebody(Browser, Id, Email);
