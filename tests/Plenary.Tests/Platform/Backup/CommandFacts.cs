using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Backup;

/// <summary>Commands as an operator types them.</summary>
public sealed class CommandFacts(PostgresApp app)
{
    [Theory]
    [InlineData(Verb.Serve, "")]
    [InlineData(Verb.Serve, "", "--urls", "http://*:80")]
    [InlineData(Verb.Serve, "", "Demo=true")]
    [InlineData(Verb.Migrate, "", "migrate", "--ConnectionStrings:Db", "Host=db")]
    [InlineData(Verb.Backup, "/srv/backups", "backup", "/srv/backups", "--Data:Folder", "/data")]
    [InlineData(Verb.Restore, "-odd.zip", "restore", "-odd.zip")]
    [InlineData(Verb.Help, "", "--help")]
    [InlineData(Verb.Version, "", "version")]
    public void ACommandComesFirstAndEverythingElseIsASetting(Verb verb, string path, params string[] arguments)
    {
        var read = CommandLine.Read(arguments);
        Assert.Equal((verb, path), (read.Verb, read.Path));
    }

    [Fact]
    public void OptionsOfACommandAreNoSettings()
    {
        var read = CommandLine.Read(["restore", "a.zip", "--replace", "--Data:Folder", "/data", "--check"]);
        Assert.True(read is { Replace: true, Check: true });
        Assert.Equal(["--Data:Folder", "/data"], read.Settings);
    }

    [Theory]
    [InlineData("There is no command “bakcup”.", "bakcup", "x")]
    [InlineData("There is no command “serve”.", "serve")]
    [InlineData("There is no command “1”.", "1")]
    [InlineData("plenary backup needs a file.", "backup")]
    [InlineData("plenary restore needs a file.", "restore", "--replace")]
    [InlineData("plenary backup has no such option.", "backup", "a.zip", "--replace")]
    [InlineData("“b.zip” is one word too many.", "backup", "a.zip", "b.zip")]
    public void AMistypedCommandIsNotServedButExplained(string why, params string[] arguments) =>
        Assert.StartsWith(why, Assert.Throws<CommandException>(() => CommandLine.Read(arguments)).Message, StringComparison.Ordinal);

    [Fact, Trait("Speed", "Slow")]
    public async Task TwoMigrationsAtOnceMakeOneDatabase()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        string[] asked = ["migrate", "--ConnectionStrings:Db", app.NoDatabaseYet()];
        foreach (var done in await Task.WhenAll(PlenaryCommand.RunAsync(asked), PlenaryCommand.RunAsync(asked)))
            Assert.EndsWith("The database is up to date.", done.Succeeded().Output.Trim(), StringComparison.Ordinal);
    }

    [Fact, Trait("Speed", "Slow")]
    public async Task WhatPostgresHeldIsPutAsideInASchemaOfItsOwn()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        var archive = Path.Combine(Path.GetTempPath(), $"plenary-{Guid.CreateVersion7():N}.zip");
        await using var ada = await new Installation(await app.CreateDatabaseAsync()).Used("Ada");
        await using var ben = await new Installation(await app.CreateDatabaseAsync()).Used("Ben");
        try
        {
            await ada.BackUp(archive);
            Npgsql.NpgsqlConnection.ClearAllPools();
            Assert.StartsWith("The installation is not empty.", await ben.Refused(archive), StringComparison.Ordinal);
            Npgsql.NpgsqlConnection.ClearAllPools();
            await using (var server = ben.OpenDb())
            {
                await server.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
                Assert.Contains("other session uses the database. Stop every server first.", await ben.Refused(archive, replace: true), StringComparison.Ordinal);
            }
            Npgsql.NpgsqlConnection.ClearAllPools();
            await ben.Restore(archive, replace: true);
            Assert.Equal(["Ada"], await ben.People());
            Assert.Matches(@"its schema before_restore_\d{8}_\d{6}\.", ben.Said);
            await using var db = ben.OpenDb();
            db.Add(new Person { Name = "Cem", UserName = "cem@example.org", Email = "cem@example.org" }); // what the database numbers itself goes on
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
