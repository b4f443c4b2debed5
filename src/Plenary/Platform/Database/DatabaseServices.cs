using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
            services.AddPooledDbContextFactory<PostgresDb>((provider, options) => options.UseNpgsql(text).AddInterceptors(provider.GetRequiredService<JobCommits>()));
            services.AddSingleton<IDbContextFactory<Db>, DbFactory<PostgresDb>>();
        }
        else
        {
            text ??= $"Data Source={Path.Combine(DataFolder.Of(builder.Configuration), "plenary.db")}";
            if (new SqliteConnectionStringBuilder(text).DataSource is { Length: > 0 } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
                Directory.CreateDirectory(folder);
            services.AddPooledDbContextFactory<SqliteDb>((provider, options) => options.UseSqlite(text).AddInterceptors(new SqliteDb.Pragmas(), provider.GetRequiredService<JobCommits>()));
            services.AddSingleton<IDbContextFactory<Db>, DbFactory<SqliteDb>>();
        }
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<Db>>().CreateDbContext());
        services.AddDataProtection().SetApplicationName("Plenary").PersistKeysToDbContext<Db>();
    }

    /// <summary>Applies the migrations that are missing. Safe when several processes start at once: the provider takes a lock.</summary>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync();
        await db.Database.MigrateAsync();
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
}
