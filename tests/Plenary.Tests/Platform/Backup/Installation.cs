using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Backup;
using Plenary.Platform.Database;

namespace Plenary.Tests.Platform.Backup;

/// <summary>An installation that nobody serves, to be backed up and restored within the test: a data folder and a database.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly WebApplication services;
    private readonly StringWriter said = new();

    /// <param name="database">A connection string; null means SQLite in the data folder.</param>
    public Installation(string? database = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["ConnectionStrings:Db"] = database ?? $"Data Source={Database}";
        builder.Configuration["Data:Folder"] = Folder;
        builder.AddDatabase();
        builder.AddAccess();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new Terminal(said));
        services = builder.Build();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("plenary-installation-").FullName;

    /// <summary>SQLite's file.</summary>
    public string Database => Path.Combine(Folder, "plenary.db");

    /// <summary>What was said on the terminal.</summary>
    public string Said => said.ToString();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Db OpenDb() => services.Services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContext();

    /// <summary>With tables, a person, and two files.</summary>
    public async Task<Installation> Used(string name = "Ada")
    {
        await services.Services.MigrateAsync();
        await using (var db = OpenDb())
        {
            db.Add(new Person { Name = name, UserName = $"{name}@example.org", Email = $"{name}@example.org" });
            await db.SaveChangesAsync(Cancellation);
        }
        Write("files/ab/picture.jpg", $"the picture of {name}");
        Write("media/take-1.index", "1");
        return this;
    }

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, file))!);
        File.WriteAllText(Path.Combine(Folder, file), text);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public async Task<string[]> People()
    {
        await using var db = OpenDb();
        return await db.Users.OrderBy(p => p.Name).Select(p => p.Name).ToArrayAsync(Cancellation);
    }

    public Task BackUp(string path) => services.Services.BackUpAsync(path, Cancellation);

    public Task Restore(string path, bool replace = false, bool check = false) => services.Services.RestoreAsync(path, replace, check, Cancellation);

    /// <summary>A restore that must be refused; answers the sentence.</summary>
    public async Task<string> Refused(string path, bool replace = false)
    {
        var everything = Everything();
        var refusal = (await Assert.ThrowsAsync<CommandException>(() => Restore(path, replace))).Message;
        Assert.Equal(everything, Everything());
        return refusal;
    }

    /// <summary>The names of all files but those that SQLite makes and takes away while it reads.</summary>
    public string[] Everything() => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await said.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
