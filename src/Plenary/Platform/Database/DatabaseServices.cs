using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Plenary.Platform.Jobs;

namespace Plenary.Platform.Database;

/// <summary>Registers the database that the connection string names, and brings it up to date at start.</summary>
public static class DatabaseServices
{
    /// <summary>How long a transaction may do nothing before PostgreSQL ends it, unless the connection string has <c>Options</c> of its own.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);

    /// <summary>
    /// <c>ConnectionStrings:Db</c> with a <c>Host=</c> means PostgreSQL; anything else, or nothing, SQLite in the data folder.
    /// Slices ask for <c>IDbContextFactory&lt;Db&gt;</c> (grains, jobs, GraphQL) or a scoped <see cref="Db"/> (one request, one unit of work).
    /// </summary>
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobCommits>();
        var text = builder.Configuration.GetConnectionString("Db");
        if (IsShared(builder.Configuration))
        {
            var connection = Understand(() => new NpgsqlConnectionStringBuilder(text));
            // A process that freezes in a transaction gives up its locks before others wait long for them.
            if (string.IsNullOrEmpty(connection.Options)) connection.Options = $"-c idle_in_transaction_session_timeout={LongestIdle.TotalMilliseconds:0}";
            services.AddPooledDbContextFactory<PostgresDb>((provider, options) => options.UseNpgsql(connection.ConnectionString, npgsql => npgsql.MaxBatchSize(PostgresDb.LargestBatch)).AddInterceptors(provider.GetRequiredService<JobCommits>()));
            services.AddSingleton<IDbContextFactory<Db>, DbFactory<PostgresDb>>();
        }
        else
        {
            text ??= $"Data Source={Path.Combine(DataFolder.Of(builder.Configuration), "plenary.db")}";
            if (Understand(() => new SqliteConnectionStringBuilder(text)).DataSource is { Length: > 0 } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
                DataFolder.Make(folder);
            services.AddPooledDbContextFactory<SqliteDb>((provider, options) => options.UseSqlite(text).AddInterceptors(new SqliteDb.Pragmas(), provider.GetRequiredService<JobCommits>()));
            services.AddSingleton<IDbContextFactory<Db>, DbFactory<SqliteDb>>();
        }
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<Db>>().CreateDbContext());
        services.AddDataProtection().SetApplicationName("Plenary").PersistKeysToDbContext<Db>();
    }

    /// <summary>The database is PostgreSQL, which any number of processes can use.</summary>
    public static bool IsShared(IConfiguration configuration) => configuration.GetConnectionString("Db")?.Contains("Host=", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// Makes the database ready: applies the migrations that are missing, and makes the first key that sessions are sealed with. Any number of
    /// processes may start at once: one does it, the others wait. A database that cannot be opened is a mistake in the setting.
    /// </summary>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        await services.MakeReachable();
        await using var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync();
        await using var turn = await services.TakeTurnAsync("start");
        await db.MigrateWith([.. services.GetServices<DatabaseScript>()]);
        // Two processes that make their first key at once would not know each other's for a day, and sign people out.
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
    }

    /// <summary>Sees that there is a database which can be opened, and makes an empty one when PostgreSQL has none of this name.</summary>
    internal static async Task MakeReachable(this IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync();
        try
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.CloseConnectionAsync();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await Create(db);
        }
        catch (Exception error) when ((error as DbException ?? error.InnerException) is DbException reason) // a server that is not there comes wrapped
        {
            throw new SettingsException("ConnectionStrings:Db", $"names a database that cannot be opened ({reason.Message.TrimEnd('.')})");
        }
    }

    /// <summary>There is no database of this name yet.</summary>
    private static async Task Create(Db db)
    {
        try
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateAsync();
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation) { } // another process was first
    }

    /// <summary>Says what a connection string looks like instead of repeating one that may hold a password.</summary>
    private static T Understand<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new SettingsException("ConnectionStrings:Db", "cannot be understood; it must be like Host=db;Database=plenary;Username=plenary;Password=… or Data Source=/var/lib/plenary/plenary.db");
        }
    }

    private sealed class DbFactory<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<Db> where TDb : Db
    {
        public Db CreateDbContext() => inner.CreateDbContext();

        public async Task<Db> CreateDbContextAsync(CancellationToken cancellationToken = default) => await inner.CreateDbContextAsync(cancellationToken);
    }
}

/// <summary>Where the installation keeps what it must not lose: <c>Data:Folder</c>, by default <c>data</c> beside the working folder.</summary>
public static class DataFolder
{
    public static string Of(IConfiguration configuration) => Path.GetFullPath(configuration["Data:Folder"] ?? "data");

    /// <summary>Makes the folder unless it is there.</summary>
    internal static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("Data:Folder", $"must be a folder that can be made and written to ({error.Message.TrimEnd('.')})");
        }
    }
}
