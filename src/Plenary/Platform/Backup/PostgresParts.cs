using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Plenary.Platform.Database;

namespace Plenary.Platform.Backup;

/// <summary>
/// The database of a PostgreSQL installation in an archive: every table as <c>COPY</c> writes it, all from one snapshot
/// (https://www.postgresql.org/docs/current/sql-copy.html). The schema is not copied: the migrations make it, up to the one the archive had.
/// </summary>
internal static class PostgresParts
{
    public const string Kind = "postgresql";

    /// <summary>Adds every table. People go on writing; what they write from now on is not in it.</summary>
    public static async Task<IReadOnlyList<BackupTable>> AddTo(ArchiveWriter archive, Db db, IReadOnlyList<BackupTable> tables, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            // One snapshot for all; nobody changes a table while it is read, and a slow disk under the archive does not end the session.
            await Run(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; "
                + "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'; SET LOCAL intervalstyle = 'postgres'", cancellation);
            await Run(connection, $"LOCK TABLE {string.Join(", ", tables.Select(t => Quoted(t.Name)))} IN ACCESS SHARE MODE", cancellation);
            var counted = new List<BackupTable>();
            foreach (var table in tables)
            {
                var rows = 0L;
                await archive.AddAsync(PartOf(table), async part => rows = await CopyOut(connection, table, part, cancellation));
                counted.Add(table with { Rows = rows });
            }
            await Run(connection, "COMMIT", cancellation);
            return counted;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>
    /// Makes the schema of the archive anew and fills it, in one transaction. What was there is kept in a schema of another name.
    /// </summary>
    /// <param name="db">Nobody else may be connected to its database.</param>
    /// <param name="staging">The unpacked archive, verified.</param>
    /// <param name="manifest">Of the archive.</param>
    /// <param name="aside">The name for the schema with what was there.</param>
    /// <param name="beforeCommit">Moves the files; when it fails, the database stays as it was.</param>
    /// <param name="cancellation">Leaves everything as it was.</param>
    /// <returns>Whether there was anything to put aside.</returns>
    public static async Task<bool> Restore(Db db, string staging, BackupManifest manifest, string aside, Action beforeCommit, CancellationToken cancellation)
    {
        var known = db.Database.GetService<IMigrator>();
        var schema = known.GenerateScript(Migration.InitialDatabase, manifest.Migrations[^1], MigrationsSqlGenerationOptions.NoTransactions);
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await Run(connection, "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'", cancellation);
            await Run(connection, "SELECT pg_advisory_xact_lock(" + Turns.Key("start").ToString(CultureInfo.InvariantCulture) + ")", cancellation); // whoever starts now waits
            await MustBeAlone(connection, cancellation);
            var place = Quoted((string)(await Scalar(connection, "SELECT current_schema()::text", cancellation))!);
            var held = await Scalar(connection, "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p'))", cancellation) is true;
            if (held) await Run(connection, $"ALTER SCHEMA {place} RENAME TO {Quoted(aside)}; CREATE SCHEMA {place}", cancellation);
            await Run(connection, schema, cancellation);
            await Fill(connection, staging, manifest, cancellation);
            beforeCommit();
            await transaction.CommitAsync(cancellation);
            return held;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task Fill(NpgsqlConnection connection, string staging, BackupManifest manifest, CancellationToken cancellation)
    {
        // Rows come table by table, so what refers to other tables is checked when all are there.
        var references = new List<(string Table, string Name, string Definition)>();
        await using (var command = new NpgsqlCommand("SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) references.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        foreach (var (table, name, _) in references) await Run(connection, $"ALTER TABLE {table} DROP CONSTRAINT {name}", cancellation);
        foreach (var table in manifest.Tables)
        {
            await CopyIn(connection, table, Path.Combine(staging, PartOf(table)), cancellation);
            if (await Scalar(connection, $"SELECT count(*) FROM {Quoted(table.Name)}", cancellation) is long rows && rows != table.Rows)
                throw new CommandException($"The archive says {table.Rows} rows of {table.Name} and holds {rows}. Nothing was changed.");
        }
        foreach (var (table, name, definition) in references) await Run(connection, $"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}", cancellation);
        // Numbers that the database gives go on after the highest that it gave.
        await Run(connection, """
            DO $$ DECLARE c record; BEGIN
              FOR c IN SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_schema) || '.' || quote_ident(table_name), column_name) AS numbers
                FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP
                EXECUTE format('SELECT setval(%L, coalesce(max(%I), 0) + 1, false) FROM %I', c.numbers, c.column_name, c.table_name);
              END LOOP;
            END $$
            """, cancellation);
    }

    private static async Task MustBeAlone(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var others = (long)(await Scalar(connection, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'", cancellation))!;
        if (others > 0) throw new CommandException($"{others} other {(others == 1 ? "session uses" : "sessions use")} the database. Stop every server first. Nothing was changed.");
    }

    private static async Task<long> CopyOut(NpgsqlConnection connection, BackupTable table, Stream part, CancellationToken cancellation)
    {
        using var rows = await connection.BeginTextExportAsync($"COPY {Quoted(table.Name)} ({Columns(table)}) TO STDOUT", cancellation);
        await using var writer = new StreamWriter(part, new UTF8Encoding(false), leaveOpen: true);
        var (buffer, count) = (new char[1 << 15], 0L);
        for (int read; (read = await rows.ReadAsync(buffer, cancellation)) > 0;)
        {
            count += buffer.AsSpan(0, read).Count('\n'); // a line is a row; line breaks within values are written \n
            await writer.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        return count;
    }

    private static async Task CopyIn(NpgsqlConnection connection, BackupTable table, string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new CommandException($"The archive holds no table {table.Name}. Nothing was changed.");
        using var rows = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        await using var writer = await connection.BeginTextImportAsync($"COPY {Quoted(table.Name)} ({Columns(table)}) FROM STDIN", cancellation);
        var buffer = new char[1 << 15];
        for (int read; (read = await rows.ReadAsync(buffer, cancellation)) > 0;) await writer.WriteAsync(buffer.AsMemory(0, read), cancellation);
    }

    private static string PartOf(BackupTable table) => $"{BackupManifest.DatabaseParts}{table.Name}.copy";

    private static string Columns(BackupTable table) => string.Join(", ", table.Columns.Select(Quoted));

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static async Task Run(NpgsqlConnection connection, string text, CancellationToken cancellation) => await Scalar(connection, text, cancellation);

    private static async Task<object?> Scalar(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // words of our own, names with their quotes doubled, and what the migrations say
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellation);
    }
}
