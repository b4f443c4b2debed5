using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Identity;
using Plenary.Platform;
using Plenary.Tests.Support;
using People = Plenary.Tests.Support.People;

namespace Plenary.Tests.Identity;

/// <summary>How people prove who they are by mail.</summary>
public abstract class SignInFacts(App app)
{
    private const string Ask = "mutation($email: String!, $returnTo: String) { requestSignIn(email: $email, returnTo: $returnTo) }";
    private const string Use = "mutation($token: String!) { useSignInLink(token: $token) { goTo viewer { id name scope claimed memberships { role } } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMagicLinkSignsIn()
    {
        using var person = await app.NewAccount("Mia Magic");
        var viewer = (await person.Graph("{ viewer { id name email scope claimed passkeys { id } } }"))["viewer"]!;
        Assert.Equal(person.Id.ToString(), (string)viewer["id"]!);
        Assert.Equal("Mia Magic", (string)viewer["name"]!);
        Assert.Equal("ACCOUNT", (string)viewer["scope"]!);
        Assert.True((bool)viewer["claimed"]!);
        await person.Graph("mutation { signOut }");
        Assert.Null((await person.Graph("{ viewer { id } }"))["viewer"]);
    }

    [Fact]
    public async Task AMagicLinkWorksOnceHoweverManyOpenItAtOnce()
    {
        using var visitor = app.Visitor();
        var email = People.NewEmail();
        await visitor.Graph(Ask, new { email });
        var token = await app.SignInToken(email);
        var browsers = Enumerable.Range(0, 6).Select(_ => app.Visitor()).ToList();
        var answers = await Task.WhenAll(browsers.Select(browser => browser.GraphAnswer(Use, new { token })));
        Assert.Single(answers, answer => answer["errors"] is null);
        Assert.All(answers.Where(answer => answer["errors"] is not null), answer => Assert.Equal("link-spent", (string)answer["errors"]![0]!["extensions"]!["code"]!));
        Assert.Equal("link-spent", (await visitor.Refused(Use, new { token })).Code);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task AnOldMagicLinkIsRefused()
    {
        using var visitor = app.Visitor();
        var email = People.NewEmail();
        await visitor.Graph(Ask, new { email });
        var token = await app.SignInToken(email);
        await using var db = app.OpenDb();
        var hash = Secret.Hash(token);
        var link = await db.Set<SignInLink>().SingleAsync(l => l.Hash == hash, Cancellation);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Assert.InRange(link.ExpiresAt, now + TimeSpan.FromMinutes(14), now + TimeSpan.FromMinutes(15));
        link.ExpiresAt = now - TimeSpan.FromSeconds(1);
        await db.SaveChangesAsync(Cancellation);
        Assert.Equal("link-spent", (await visitor.Refused(Use, new { token })).Code);
        Assert.Null((await visitor.Graph("{ viewer { id } }"))["viewer"]);
        Assert.Equal("link-spent", (await visitor.Refused(Use, new { token = new string('x', 5000) })).Code);
    }

    [Fact]
    public async Task AskingForALinkTellsNobodyWhoHasAnAccount()
    {
        using var known = await app.NewAccount();
        using var visitor = app.Visitor();
        var (unknown, answers) = (People.NewEmail(), new List<string>());
        foreach (var email in new[] { known.Email, unknown }) answers.Add((await visitor.GraphAnswer(Ask, new { email })).ToJsonString());
        Assert.Equal(answers[0], answers[1]);
        var token = await app.SignInToken(unknown);
        Assert.DoesNotContain(token, answers[1], StringComparison.Ordinal);
        await using var db = app.OpenDb();
        Assert.False(await db.Users.AnyAsync(p => p.Email == unknown, Cancellation)); // asking makes no account
        Assert.False(await db.Set<SignInLink>().AnyAsync(l => l.Hash.Contains(token), Cancellation)); // a copy of the database opens nothing
    }

    [Fact]
    public async Task AGuestClaimsTheAccountByAMagicLink()
    {
        using var guest = await app.NewGuest(Guid.CreateVersion7(), "Gina Guest");
        Assert.False((bool)(await guest.Graph("{ viewer { claimed } }"))["viewer"]!["claimed"]!);
        await guest.Graph(Ask, new { email = guest.Email.ToUpperInvariant(), returnTo = "/organize" });
        var answer = (await guest.Graph(Use, new { token = await app.SignInToken(guest.Email.ToUpperInvariant()) }))["useSignInLink"]!;
        Assert.Equal("/organize", (string)answer["goTo"]!);
        Assert.Equal(guest.Id.ToString(), (string)answer["viewer"]!["id"]!);
        Assert.Equal("Gina Guest", (string)answer["viewer"]!["name"]!);
        Assert.Equal("ACCOUNT", (string)answer["viewer"]!["scope"]!); // already in the answer of the sign-in itself
        Assert.True((bool)answer["viewer"]!["claimed"]!);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%252fevil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/x/..//evil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("organize")]
    [InlineData("")]
    public async Task NoSignInMailLeadsToAnotherSite(string returnTo)
    {
        using var visitor = app.Visitor();
        var email = People.NewEmail();
        var refused = await visitor.Refused(Ask, new { email, returnTo });
        Assert.Equal(("invalid-input", "returnTo"), (refused.Code, refused.Field));
        Assert.Empty(await app.MailsTo(email));
    }

    [Theory]
    [InlineData("/organize/events/1?tab=people&x=a%20b#top")]
    [InlineData("/e/caf%C3%A9")]
    [InlineData("/")]
    public void APathOfThisSiteIsFollowed(string path) => Assert.Equal(path, ReturnPath.Safe(path));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org,eve@example.org")]
    [InlineData("ada example@example.org")]
    public async Task WhatIsNoAddressIsRefusedAndNamed(string email)
    {
        using var visitor = app.Visitor();
        var refused = await visitor.Refused(Ask, new { email });
        Assert.Equal(("invalid-input", "email"), (refused.Code, refused.Field));
    }

    [Fact]
    public async Task NobodyFloodsAMailbox()
    {
        var email = People.NewEmail();
        for (var i = 0; i < 5; i++)
        {
            using var visitor = app.Visitor();
            await visitor.Graph(Ask, new { email });
        }
        using var last = app.Visitor();
        Assert.Equal("too-many-requests", (await last.Refused(Ask, new { email = email.ToUpperInvariant() })).Code);
        Assert.Equal(5, (await app.MailsTo(email)).Count);
    }

    [Fact]
    public async Task NobodyGuessesLinksQuickly()
    {
        using var visitor = app.Visitor();
        for (var i = 0; i < 30; i++) Assert.Equal("link-spent", (await visitor.Refused(Use, new { token = "guess" + i })).Code);
        Assert.Equal("too-many-requests", (await visitor.Refused(Use, new { token = "guess" })).Code);
        using var other = app.Visitor();
        Assert.Equal("link-spent", (await other.Refused(Use, new { token = "guess" })).Code);
    }

    [Fact]
    public async Task TwoFirstVisitsOfOneAddressAreOnePerson()
    {
        using var _ = app.Visitor();
        var (people, email) = (app.Services.GetRequiredService<Plenary.Identity.People>(), People.NewEmail());
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            await using var db = app.OpenDb();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            var person = await people.FindOrCreateGuest(db, i % 2 == 0 ? email : email.ToUpperInvariant(), "Twice", Cancellation);
            await transaction.CommitAsync(Cancellation);
            return person.Id;
        }));
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task AProfileIsChangedAndCheckedFieldByField()
    {
        const string Update = "mutation($name: String!, $headline: String!) { updateProfile(name: $name, headline: $headline) { name headline } }";
        using var person = await app.NewAccount();
        var viewer = (await person.Graph(Update, new { name = " Ada Ångström ", headline = "Engineer" }))["updateProfile"]!;
        Assert.Equal(("Ada Ångström", "Engineer"), ((string)viewer["name"]!, (string)viewer["headline"]!));
        Assert.Equal("name", (await person.Refused(Update, new { name = " ", headline = "" })).Field);
        Assert.Equal("name", (await person.Refused(Update, new { name = new string('a', 81), headline = "" })).Field);
        Assert.Equal("headline", (await person.Refused(Update, new { name = "Ada", headline = new string('a', 161) })).Field);
        Assert.Equal("Ada Ångström", (string)(await person.Graph("{ viewer { name } }"))["viewer"]!["name"]!);
    }

    [Fact]
    public async Task LookingAtOneselfTakesOneCommand()
    {
        using var owner = await app.NewOwner();
        await owner.Browser.GraphInCommands(1, "{ viewer { name } }");
        await owner.Browser.GraphInCommands(1, "{ installation { claimed demo mailbox version } }");
    }
}

public sealed class SignInFactsOnSqlite(SqliteApp app) : SignInFacts(app);

public sealed class SignInFactsOnPostgres(PostgresApp app) : SignInFacts(app);
