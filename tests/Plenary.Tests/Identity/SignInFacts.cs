using Plenary.Tests.Support;

namespace Plenary.Tests.Identity;

/// <summary>How people prove who they are by mail.</summary>
public abstract class SignInFacts(App app)
{
    [Fact]
    public async Task AMagicLinkSignsIn()
    {
        using var person = await app.NewAccount("Mia Magic");
        var viewer = (await person.Graph("{ viewer { id name email scope claimed } }"))["viewer"]!;
        Assert.Equal(person.Id.ToString(), (string)viewer["id"]!);
        Assert.Equal("Mia Magic", (string)viewer["name"]!);
        Assert.Equal("ACCOUNT", (string)viewer["scope"]!);
        Assert.True((bool)viewer["claimed"]!);
        await person.Graph("mutation { signOut }");
        Assert.Null((await person.Graph("{ viewer { id } }"))["viewer"]);
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
