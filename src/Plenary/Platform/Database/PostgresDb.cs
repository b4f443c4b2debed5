using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plenary.Platform.Database;

/// <summary>The model on PostgreSQL: any number of processes.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : Db(options)
{
    /// <summary>Statements that are sent together; more are sent one such batch after the other.</summary>
    public const int LargestBatch = 1_000;

    // Npgsql refuses offsets other than zero: normalise on the way in. Cut to microseconds, so that what was saved equals what is read.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

    internal sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        time => new DateTimeOffset(time.UtcTicks - time.UtcTicks % 10, TimeSpan.Zero), value => value);

    internal sealed class Design : IDesignTimeDbContextFactory<PostgresDb>
    {
        public PostgresDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=design").UseApplicationServiceProvider(DesignServices.Provider).Options);
    }
}
