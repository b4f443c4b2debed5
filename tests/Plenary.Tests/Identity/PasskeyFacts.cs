using System.Text.Json.Nodes;
using Plenary.Tests.Support;

namespace Plenary.Tests.Identity;

/// <summary>Signing in with a passkey, with an authenticator in software.</summary>
public abstract class PasskeyFacts(App app)
{
    private const string Add = "mutation($credential: String!, $name: String!) { addPasskey(credential: $credential, name: $name) { id name createdAt } }";
    private const string Use = "mutation($credential: String!) { signInWithPasskey(credential: $credential) { goTo viewer { id scope } } }";
    private const string Mine = "{ viewer { passkeys { id name createdAt } } }";

    private string Origin => app.Url.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task APasskeySignsInOnAnotherBrowser()
    {
        using var person = await app.NewAccount();
        using var key = new SoftAuthenticator(Origin);
        var passkey = await Register(person, key, "Phone");
        Assert.Equal("Phone", (string)passkey["name"]!);
        using var browser = app.Visitor();
        var signedIn = await SignIn(browser, key);
        Assert.Equal((person.Id.ToString(), "ACCOUNT"), ((string)signedIn["viewer"]!["id"]!, (string)signedIn["viewer"]!["scope"]!));
        Assert.Equal(person.Id.ToString(), (string)(await browser.Graph("{ viewer { id } }"))["viewer"]!["id"]!);
    }

    [Fact]
    public async Task AnAnswerIsGoodForOneSignInOnly()
    {
        using var person = await app.NewAccount();
        using var key = new SoftAuthenticator(Origin);
        await Register(person, key, "Phone");
        using var browser = app.Visitor();
        var options = (string)(await browser.Graph("mutation { passkeyRequestOptions }"))["passkeyRequestOptions"]!;
        var credential = key.Get(options);
        await browser.Graph(Use, new { credential });
        await browser.Graph("mutation { signOut }");
        Assert.Equal("passkey-refused", (await browser.Refused(Use, new { credential })).Code);
        using var thief = app.Visitor();
        await thief.Graph("mutation { passkeyRequestOptions }");
        Assert.Equal("passkey-refused", (await thief.Refused(Use, new { credential })).Code); // the answer to another challenge
        Assert.Null((await thief.Graph("{ viewer { id } }"))["viewer"]);
    }

    [Fact]
    public async Task APasskeyAskedForByALookAlikeSiteIsRefused()
    {
        using var person = await app.NewAccount();
        using var key = new SoftAuthenticator(Origin);
        await Register(person, key, "Phone");
        using var elsewhere = new SoftAuthenticator("https://evil.example");
        Assert.Equal("passkey-refused", (await person.Refused(Add, new { credential = elsewhere.Create(await Options(person)), name = "Evil" })).Code);
        using var unverified = new SoftAuthenticator(Origin) { UserVerified = false };
        Assert.Equal("passkey-refused", (await person.Refused(Add, new { credential = unverified.Create(await Options(person)), name = "Found" })).Code);
        key.UserVerified = false; // somebody else holds the key and does not know its code
        using var browser = app.Visitor();
        var options = (string)(await browser.Graph("mutation { passkeyRequestOptions }"))["passkeyRequestOptions"]!;
        Assert.Equal("passkey-refused", (await browser.Refused(Use, new { credential = key.Get(options) })).Code);
        Assert.Single((await person.Graph(Mine))["viewer"]!["passkeys"]!.AsArray());
    }

    [Fact]
    public async Task ARemovedPasskeySignsInNoMore()
    {
        using var person = await app.NewAccount();
        using var key = new SoftAuthenticator(Origin);
        var id = (string)(await Register(person, key, "Phone"))["id"]!;
        using var other = await app.NewAccount();
        Assert.Equal("not-found", (await other.Refused("mutation($id: ID!) { removePasskey(id: $id) }", new { id })).Code);
        await person.Graph("mutation($id: ID!) { removePasskey(id: $id) }", new { id });
        Assert.Empty((await person.Graph(Mine))["viewer"]!["passkeys"]!.AsArray());
        using var browser = app.Visitor();
        var options = (string)(await browser.Graph("mutation { passkeyRequestOptions }"))["passkeyRequestOptions"]!;
        Assert.Equal("passkey-refused", (await browser.Refused(Use, new { credential = key.Get(options) })).Code);
    }

    [Fact]
    public async Task ThePasskeyOfOnePersonIsNotAddedToAnother()
    {
        using var person = await app.NewAccount();
        using var other = await app.NewAccount();
        using var key = new SoftAuthenticator(Origin);
        var credential = key.Create(await Options(person));
        await app.UseSessionOf(other, person.Browser); // somebody else signs in in this browser while its challenge is open
        Assert.Equal("passkey-refused", (await person.Refused(Add, new { credential, name = "Mixed up" })).Code);
        Assert.Empty((await other.Graph(Mine))["viewer"]!["passkeys"]!.AsArray());
    }

    [Fact]
    public async Task RubbishIsRefused()
    {
        using var person = await app.NewAccount();
        using var stranger = app.Visitor();
        await Options(person);
        foreach (var credential in new[] { "", "{}", "null", "[]", "{\"id\":\"AAAA\"}", "rubbish", new string('x', 100_000) })
        {
            Assert.Equal("passkey-refused", (await person.Refused(Add, new { credential, name = "Phone" })).Code);
            Assert.Equal("passkey-refused", (await stranger.Refused(Use, new { credential })).Code); // no challenge was asked for
        }
        var request = JsonNode.Parse((string)(await stranger.Graph("mutation { passkeyRequestOptions }"))["passkeyRequestOptions"]!)!;
        Assert.Empty(request["allowCredentials"]?.AsArray() ?? []); // names nobody
        Assert.Equal("passkey-refused", (await stranger.Refused(Use, new { credential = "{}" })).Code);
        Assert.Equal("name", (await person.Refused(Add, new { credential = "{}", name = "" })).Field);
    }

    [Fact]
    public async Task ManyPasskeysTakeAsManyCommandsAsOne()
    {
        using var person = await app.NewAccount();
        using SoftAuthenticator one = new(Origin), two = new(Origin), three = new(Origin);
        await Register(person, one, "One");
        Assert.Single((await person.Browser.GraphInCommands(3, Mine))["viewer"]!["passkeys"]!.AsArray());
        await Register(person, two, "Two");
        await Register(person, three, "Three");
        Assert.Equal(["One", "Two", "Three"], (await person.Browser.GraphInCommands(3, Mine))["viewer"]!["passkeys"]!.AsArray().Select(k => (string)k!["name"]!));
    }

    private static async Task<string> Options(Somebody person) => (string)(await person.Graph("mutation { passkeyCreationOptions }"))["passkeyCreationOptions"]!;

    private static async Task<JsonNode> Register(Somebody person, SoftAuthenticator key, string name) =>
        (await person.Graph(Add, new { credential = key.Create(await Options(person)), name }))["addPasskey"]!;

    private static async Task<JsonNode> SignIn(Browserless browser, SoftAuthenticator key)
    {
        var options = (string)(await browser.Graph("mutation { passkeyRequestOptions }"))["passkeyRequestOptions"]!;
        return (await browser.Graph(Use, new { credential = key.Get(options) }))["signInWithPasskey"]!;
    }
}

public sealed class PasskeyFactsOnSqlite(SqliteApp app) : PasskeyFacts(app);

public sealed class PasskeyFactsOnPostgres(PostgresApp app) : PasskeyFacts(app);
