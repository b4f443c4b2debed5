using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Plenary.Platform.Database;

/// <summary>
/// What a database keeps beside its tables and no model can say: views, triggers, search indexes. Written for each database in
/// <c>{name}.sqlite.sql</c> and <c>{name}.postgres.sql</c> beside the code that needs it, with a line <c>-- create</c> between how it is taken away and
/// how it is made. It is taken away before migrations and made anew after them, because a table that a view or a trigger
/// names cannot be rebuilt, and again whenever its text changed (a repeatable migration, as Flyway calls it). Making it must
/// also fill what it keeps from what is there.
/// </summary>
/// <param name="Name">Of the files, such as <c>directory</c>.</param>
public sealed record DatabaseScript(string Name)
{
    private const string Cut = "-- create\n";

    /// <summary>How it is taken away, and how it is made, on the database of this context.</summary>
    internal (string Remove, string Create, string Hash) For(Db db)
    {
        var file = $"{Name}.{(db.Database.IsNpgsql() ? "postgres" : "sqlite")}.sql";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file) ?? throw new InvalidOperationException($"There is no {file}.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var cut = text.IndexOf(Cut, StringComparison.Ordinal);
        if (cut < 0) throw new InvalidOperationException($"{file} has no line {Cut}");
        return (text[..cut], text[(cut + Cut.Length)..], Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}

/// <summary>A script as it was run on this database. Its row goes while the script is taken away, so a start that was cut short makes it anew.</summary>
public sealed class AppliedScript
{
    public required string Name { get; init; }

    /// <summary>SHA-256 of its text.</summary>
    public required string Hash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AppliedScript>
    {
        public void Configure(EntityTypeBuilder<AppliedScript> builder)
        {
            builder.ToTable("AppliedScripts");
            builder.HasKey(s => s.Name);
            builder.Property(s => s.Name).HasMaxLength(80);
            builder.Property(s => s.Hash).HasMaxLength(64);
        }
    }
}

/// <summary>Applies migrations with the scripts around them. The caller holds the turn.</summary>
internal static class DatabaseScripts
{
    public static async Task MigrateWith(this Db db, IReadOnlyList<DatabaseScript> scripts)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync()).Any();
        var isNew = !(await db.Database.GetAppliedMigrationsAsync()).Any();
        if (pending)
        {
            if (!isNew)
                foreach (var script in scripts)
                {
                    await using var transaction = await db.Database.BeginTransactionAsync();
                    await db.Run(script.For(db).Remove);
                    await db.Set<AppliedScript>().Where(s => s.Name == script.Name).ExecuteDeleteAsync();
                    await transaction.CommitAsync();
                }
            await db.Database.MigrateAsync();
        }
        var applied = await db.Set<AppliedScript>().AsNoTracking().ToDictionaryAsync(s => s.Name, s => s.Hash);
        foreach (var script in scripts)
        {
            var (remove, create, hash) = script.For(db);
            if (applied.GetValueOrDefault(script.Name) == hash) continue;
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Run(remove);
            await db.Run(create);
            await db.Set<AppliedScript>().Where(s => s.Name == script.Name).ExecuteDeleteAsync();
            db.Add(new AppliedScript { Name = script.Name, Hash = hash });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    /// <summary>As it stands: no parameters, and braces are braces.</summary>
    private static async Task Run(this Db db, string text)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (db.Database.CurrentTransaction as Microsoft.EntityFrameworkCore.Infrastructure.IInfrastructure<System.Data.Common.DbTransaction>)?.Instance;
        command.CommandTimeout = 1800; // as long as it takes to go through everybody
#pragma warning disable CA2100 // a file of our own
        command.CommandText = text;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
