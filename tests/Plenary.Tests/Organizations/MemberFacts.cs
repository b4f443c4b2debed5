using System.Text.Json.Nodes;
using Plenary.Tests.Support;

namespace Plenary.Tests.Organizations;

/// <summary>Who belongs to an organization, who sees it, and who may say so.</summary>
public abstract class MemberFacts(App app)
{
    private const string Members = "query($slug: String!) { organization(slug: $slug) { name viewerRole members { role personId name email } } }";
    private const string Invite = "mutation($organization: ID!, $email: String!, $role: OrganizationRole!) { inviteMember(organization: $organization, email: $email, role: $role) { role personId name email } }";
    private const string Remove = "mutation($organization: ID!, $person: ID!) { removeMember(organization: $organization, person: $person) }";

    [Fact]
    public async Task OnlyMembersSeeMembers()
    {
        using var owner = await app.NewOwner("Olga Secretive");
        using var stranger = app.Visitor();
        using var other = await app.NewOwner();
        var slug = owner.OrganizationSlug;
        Assert.Equal("Club of Tests", (string)(await stranger.Graph("query($slug: String!) { organization(slug: $slug) { name } }", new { slug }))["organization"]!["name"]!);
        foreach (var (browser, code) in new[] { (stranger, "sign-in-required"), (other.Browser, "forbidden") })
        {
            var answer = await browser.GraphAnswer(Members, new { slug });
            Assert.Equal(code, (string)answer["errors"]![0]!["extensions"]!["code"]!);
            Assert.DoesNotContain("Secretive", answer.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(owner.Email, answer.ToJsonString(), StringComparison.Ordinal);
        }
        Assert.Null((await stranger.Graph("{ organization(slug: \"no-such\") { id } }"))["organization"]);
    }

    [Fact]
    public async Task AnInvitedPersonJoinsByTheMailsLinkAndSeesNoAddressesAsProducer()
    {
        using var owner = await app.NewOwner("Olga Owner");
        var email = People.NewEmail("producer");
        var member = (await owner.Graph(Invite, new { organization = owner.Organization, email, role = "PRODUCER" }))["inviteMember"]!;
        Assert.Equal(("PRODUCER", email), ((string)member["role"]!, (string)member["email"]!));
        using var producer = app.Visitor();
        var signedIn = (await producer.Graph("mutation($token: String!) { useSignInLink(token: $token) { goTo viewer { id memberships { role } } } }", new { token = await app.SignInToken(email) }))["useSignInLink"]!;
        Assert.Equal("/organize", (string)signedIn["goTo"]!);
        Assert.Equal("PRODUCER", (string)signedIn["viewer"]!["memberships"]![0]!["role"]!);
        var answer = await producer.Graph(Members, new { slug = owner.OrganizationSlug });
        Assert.Equal(["Olga Owner", email[..email.IndexOf('@')]], answer["organization"]!["members"]!.AsArray().Select(m => (string)m!["name"]!));
        Assert.All(answer["organization"]!["members"]!.AsArray(), m => Assert.Null(m!["email"]));
        Assert.DoesNotContain(owner.Email, answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("forbidden", (await producer.Refused(Invite, new { organization = owner.Organization, email = People.NewEmail(), role = "MODERATOR" })).Code);
        Assert.Equal("forbidden", (await producer.Refused(Remove, new { organization = owner.Organization, person = owner.Id })).Code);
    }

    [Fact]
    public async Task AnInvitationOfAnAccountHolderCarriesNoKey()
    {
        using var owner = await app.NewOwner();
        using var account = await app.NewAccount();
        await owner.Graph(Invite, new { organization = owner.Organization, email = account.Email, role = "MODERATOR" });
        var mail = (await app.MailsTo(account.Email))[^1];
        Assert.Contains("/organize", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/sign-in/link/", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAdminCannotTouchOwners()
    {
        using var owner = await app.NewOwner();
        using var admin = await app.NewAccount();
        await owner.Graph(Invite, new { organization = owner.Organization, email = admin.Email, role = "ADMIN" });
        Assert.Equal("forbidden", (await admin.Refused(Remove, new { organization = owner.Organization, person = owner.Id })).Code);
        Assert.Equal("forbidden", (await admin.Refused(Invite, new { organization = owner.Organization, email = owner.Email, role = "MODERATOR" })).Code);
        Assert.Equal("forbidden", (await admin.Refused(Invite, new { organization = owner.Organization, email = admin.Email, role = "OWNER" })).Code);
        Assert.Equal("forbidden", (await admin.Refused(Invite, new { organization = owner.Organization, email = People.NewEmail(), role = "OWNER" })).Code);
        var members = (await admin.Graph(Members, new { slug = owner.OrganizationSlug }))["organization"]!["members"]!.AsArray();
        Assert.Equal(["OWNER", "ADMIN"], members.Select(m => (string)m!["role"]!));
        Assert.Equal(owner.Email, (string)members[0]!["email"]!); // an admin does see addresses
        await admin.Graph(Remove, new { organization = owner.Organization, person = admin.Id }); // anybody may leave
        Assert.Equal("forbidden", (await admin.Refused(Members, new { slug = owner.OrganizationSlug })).Code);
    }

    [Fact]
    public async Task AnOrganizationNeverLosesItsLastOwner()
    {
        using var first = await app.NewOwner();
        Assert.Equal("last-owner", (await first.Refused(Remove, new { organization = first.Organization, person = first.Id })).Code);
        Assert.Equal("last-owner", (await first.Refused(Invite, new { organization = first.Organization, email = first.Email, role = "ADMIN" })).Code);
        using var second = await app.NewAccount();
        await first.Graph(Invite, new { organization = first.Organization, email = second.Email, role = "OWNER" });
        // Each of two owners removes the other at the same moment: one is too late.
        var answers = await Task.WhenAll(
            first.Browser.GraphAnswer(Remove, new { organization = first.Organization, person = second.Id }),
            second.Browser.GraphAnswer(Remove, new { organization = first.Organization, person = first.Id }));
        Assert.Single(answers, answer => answer["errors"] is null);
        var left = await first.Browser.GraphAnswer(Members, new { slug = first.OrganizationSlug });
        if (left["errors"] is not null) left = await second.Browser.GraphAnswer(Members, new { slug = first.OrganizationSlug });
        Assert.Equal("OWNER", (string)Assert.Single(left["data"]!["organization"]!["members"]!.AsArray())!["role"]!);
    }

    [Fact]
    public async Task OrganizationsOfTheSameNameHaveAddressesOfTheirOwn()
    {
        using var person = await app.NewAccount();
        const string Create = "mutation($name: String!) { createOrganization(name: $name) { slug viewerRole } }";
        var name = "Café " + Guid.CreateVersion7().ToString("N");
        var slugs = new List<string>();
        for (var i = 0; i < 2; i++) slugs.Add((string)(await person.Graph(Create, new { name }))["createOrganization"]!["slug"]!);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => person.Graph(Create, new { name })));
        slugs.AddRange(atOnce.Select(answer => (string)answer["createOrganization"]!["slug"]!));
        Assert.Equal(7, slugs.Distinct().Count());
        Assert.StartsWith("cafe-", slugs[0], StringComparison.Ordinal);
        Assert.Equal("name", (await person.Refused(Create, new { name = "" })).Field);
        Assert.Equal("name", (await person.Refused(Create, new { name = new string('x', 121) })).Field);
    }

    [Fact]
    public async Task ListsTakeTheSameNumberOfCommandsHoweverLong()
    {
        const string Mine = "{ viewer { memberships { role organization { name viewerRole members { name email } } } } }";
        using var owner = await app.NewOwner();
        await Count(1);
        for (var i = 0; i < 2; i++) await owner.Graph($"mutation {{ createOrganization(name: \"More {i}\") {{ id }} }}");
        for (var i = 0; i < 2; i++) await owner.Graph(Invite, new { organization = owner.Organization, email = People.NewEmail(), role = "MODERATOR" });
        var viewer = await Count(3);
        Assert.Equal(3, viewer[0]!["organization"]!["members"]!.AsArray().Count);

        async Task<JsonArray> Count(int expected)
        {
            // The person, their memberships, then in one go each: organizations, the viewer's roles, members.
            var memberships = (await owner.Browser.GraphInCommands(5, Mine))["viewer"]!["memberships"]!.AsArray();
            Assert.Equal(expected, memberships.Count);
            return memberships;
        }
    }
}

public sealed class MemberFactsOnSqlite(SqliteApp app) : MemberFacts(app);

public sealed class MemberFactsOnPostgres(PostgresApp app) : MemberFacts(app);
