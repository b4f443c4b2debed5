using Microsoft.EntityFrameworkCore;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Backup;

/// <summary>The rule of docs/develop/releases.md: this program must run on what the next release's migrations add, for as long as it may be gone back to.</summary>
public abstract class ExpandFacts
{
    /// <summary>A database of its own; null means SQLite.</summary>
    protected abstract Task<string?> NewDatabase();

    [Fact]
    public async Task TheProgramRunsOnASchemaThatTheNextReleaseExpanded()
    {
        await using var installation = await new Installation(await NewDatabase()).Used();
        await Run(installation, """ALTER TABLE "People" ADD COLUMN "Next" text NULL""");
        await Run(installation, """ALTER TABLE "People" ADD COLUMN "Later" integer NOT NULL DEFAULT 0""");
        await Run(installation, """CREATE TABLE "Nexts" ("Id" integer PRIMARY KEY)""");
        await Run(installation, """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20991231235959_Next', '10.0.0')""");
        await installation.Used("Ben"); // starts, as after a rollback, and writes
        Assert.Equal(["Ada", "Ben"], await installation.People());
    }

    /// <summary>What a release must not do, and how it would be noticed.</summary>
    [Fact]
    public async Task ARenamedColumnBreaksTheProgramOfBefore()
    {
        await using var installation = await new Installation(await NewDatabase()).Used();
        await Run(installation, """ALTER TABLE "People" RENAME COLUMN "Headline" TO "Title" """);
        await Assert.ThrowsAnyAsync<Exception>(() => installation.Used("Ben"));
    }

    private static async Task Run(Installation installation, string text)
    {
        await using var db = installation.OpenDb();
        await db.Database.ExecuteSqlRawAsync(text, TestContext.Current.CancellationToken);
    }
}

public sealed class ExpandFactsOnSqlite : ExpandFacts
{
    protected override Task<string?> NewDatabase() => Task.FromResult<string?>(null);
}

public sealed class ExpandFactsOnPostgres(PostgresApp app) : ExpandFacts
{
    protected override async Task<string?> NewDatabase()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        return await app.CreateDatabaseAsync();
    }
}
