using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plenary.Platform.Jobs;

namespace Plenary.Platform.Database;

/// <summary>Registers the database that the connection string names, and brings it up to date at start.</summary>
public static class DatabaseServices
{
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
        if (text is not null && text.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            Understand(() => new NpgsqlConnectionStringBuilder(text));
            services.AddPooledDbContextFactory<PostgresDb>((provider, options) => options.UseNpgsql(text).AddInterceptors(provider.GetRequiredService<JobCommits>()));
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

    /// <summary>
    /// Applies the migrations that are missing. Safe when several processes start at once: the provider takes a lock. A database that cannot
    /// be opened is a mistake in the setting.
    /// </summary>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync();
        try
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.CloseConnectionAsync();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidCatalogName) { } // there is none of this name yet: it is made now
        catch (Exception error) when ((error as DbException ?? error.InnerException) is DbException reason) // a server that is not there comes wrapped
        {
            throw new SettingsException("ConnectionStrings:Db", $"names a database that cannot be opened ({reason.Message.TrimEnd('.')})");
        }
        await db.Database.MigrateAsync();
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
