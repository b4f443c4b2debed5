using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plenary.Identity;
using Plenary.Organizations;
using Plenary.Tests.Support;
using People = Plenary.Tests.Support.People;

namespace Plenary.Tests.Identity;

/// <summary>How an empty installation gets its owner.</summary>
public abstract partial class InstallationFacts(App app)
{
    private const string Claim = "mutation($token: String!, $email: String!, $name: String!) { claimInstallation(token: $token, name: $name, email: $email, organization: \"First Club\") { id email scope claimed memberships { role organization { name } } } }";

    [Fact]
    public async Task ThePrintedLinkMakesOneOwnerHoweverManyOpenItAtOnce()
    {
        using var visitor = app.Visitor();
        var cancellation = TestContext.Current.CancellationToken;
        Assert.False((bool)(await visitor.Graph("{ installation { claimed } }"))["installation"]!["claimed"]!);
        var token = Printed().Match(app.Printed).Groups[1].Value;
        Assert.Equal(43, token.Length);
        Assert.Equal("link-spent", (await visitor.Refused(Claim, new { token = token[..42] + (token[42] == 'A' ? 'B' : 'A'), name = "Eve", email = People.NewEmail() })).Code);
        Assert.Equal("email", (await visitor.Refused(Claim, new { token, name = "Olga", email = "olga" })).Field);
        Assert.Equal("name", (await visitor.Refused(Claim, new { token, name = " ", email = People.NewEmail() })).Field);

        var browsers = Enumerable.Range(0, 6).Select(i => app.Visitor()).ToList();
        var answers = await Task.WhenAll(browsers.Select((browser, i) => browser.GraphAnswer(Claim, new { token, name = "Owner " + i, email = People.NewEmail() })));
        var won = Assert.Single(answers, answer => answer["errors"] is null);
        Assert.All(answers.Where(answer => answer["errors"] is not null), answer => Assert.Equal("link-spent", (string)answer["errors"]![0]!["extensions"]!["code"]!));
        var viewer = won["data"]!["claimInstallation"]!;
        Assert.Equal(("ACCOUNT", true), ((string)viewer["scope"]!, (bool)viewer["claimed"]!));
        Assert.Equal(("OWNER", "First Club"), ((string)viewer["memberships"]![0]!["role"]!, (string)viewer["memberships"]![0]!["organization"]!["name"]!));
        Assert.Equal((string)viewer["id"]!, (string)(await browsers[Array.IndexOf(answers, won)].Graph("{ viewer { id } }"))["viewer"]!["id"]!);

        Assert.True((bool)(await visitor.Graph("{ installation { claimed } }"))["installation"]!["claimed"]!);
        await using var db = app.OpenDb();
        Assert.Equal(1, await db.Set<InstallationOwner>().CountAsync(cancellation));
        Assert.Equal(1, await db.Set<Organization>().CountAsync(o => o.Name == "First Club", cancellation)); // those who lost left nothing behind
        Assert.Equal(0, await db.Users.CountAsync(p => p.Name.StartsWith("Owner ") && p.Id != Guid.Parse((string)viewer["id"]!), cancellation));
        Assert.Equal(0, await db.Set<SetupLink>().CountAsync(cancellation));
        browsers.ForEach(browser => browser.Dispose());
    }

    [GeneratedRegex(@"/setup/([A-Za-z0-9_-]+)")]
    private static partial Regex Printed();
}

public sealed class InstallationFactsOnSqlite(SqliteApp app) : InstallationFacts(app);

public sealed class InstallationFactsOnPostgres(PostgresApp app) : InstallationFacts(app);
