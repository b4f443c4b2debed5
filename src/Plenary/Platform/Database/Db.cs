using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plenary.Platform.Access;

namespace Plenary.Platform.Database;

/// <summary>
/// The model and the unit of work. Each database has a subclass only so that its migrations are its own; an entity's mapping
/// stands in the file of the entity and is found here by scanning the assembly.
/// </summary>
public abstract class Db(DbContextOptions options) : IdentityUserContext<Person, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(Db).Assembly);
    }

    /// <summary>The database refused a row because one with the same key, or the same of something that is unique, is there. Nothing of the save was kept.</summary>
    public static bool IsTaken(DbUpdateException error) => error.InnerException switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 1555 or 2067, // SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE
        _ => false,
    };

    /// <summary>Saves, raising <c>Version</c> of every changed row that has one: both databases lack a shared row version.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State == EntityState.Modified))
            if (entry.Metadata.FindProperty("Version") is { IsConcurrencyToken: true } version && version.ClrType == typeof(int))
                entry.Property("Version").CurrentValue = (int)entry.Property("Version").OriginalValue! + 1;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}
