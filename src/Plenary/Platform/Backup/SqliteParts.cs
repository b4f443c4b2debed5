using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Platform.Backup;

/// <summary>
/// The database of a SQLite installation in an archive: one file, taken by SQLite's online backup (https://sqlite.org/backup.html) in one read transaction,
/// while the server goes on writing.
/// </summary>
internal static class SqliteParts
{
    public const string Kind = "sqlite";

    private const string Part = BackupManifest.DatabaseParts + "plenary.db";

    /// <summary>The file of this database; null with PostgreSQL, or in memory.</summary>
    public static string? FileOf(Db db) =>
        db.Database.IsSqlite() && db.Database.GetDbConnection().DataSource is { Length: > 0 } source && source != ":memory:" ? Path.GetFullPath(source) : null;

    /// <summary>Copies the database beside the archive, looks whether the copy is sound, and adds it.</summary>
    public static async Task<IReadOnlyList<BackupTable>> AddTo(ArchiveWriter archive, Db db, IReadOnlyList<BackupTable> tables, CancellationToken cancellation)
    {
        var copy = archive.Draft + ".db";
        try
        {
            await db.Database.OpenConnectionAsync(cancellation);
            await using (var connection = Open(copy, SqliteOpenMode.ReadWriteCreate))
            {
                ((SqliteConnection)db.Database.GetDbConnection()).BackupDatabase(connection);
                await Scalar(connection, "PRAGMA journal_mode=DELETE");
                await MustBeSound(connection, "The database is damaged; it cannot be backed up as it is");
                tables = await Count(connection, tables);
            }
            await using var file = new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read);
            await archive.AddAsync(Part, file, cancellation);
            return tables;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
            foreach (var end in (string[])["", "-journal", "-wal", "-shm"]) File.Delete(copy + end);
        }
    }

    /// <summary>Looks whether the unpacked database is sound and holds what the manifest says; answers where it is.</summary>
    public static async Task<string> Verify(string staging, BackupManifest manifest)
    {
        var path = Path.Combine(staging, Part);
        if (!File.Exists(path)) throw new CommandException("The archive holds no database. Nothing was changed.");
        try
        {
            await using var connection = Open(path, SqliteOpenMode.ReadWrite);
            await MustBeSound(connection, "The database in the archive is damaged. Nothing was changed");
            foreach (var (told, held) in manifest.Tables.Zip(await Count(connection, manifest.Tables)))
                if (told.Rows != held.Rows) throw new CommandException($"The archive says {told.Rows} rows of {told.Name} and holds {held.Rows}. Nothing was changed.");
            return path;
        }
        catch (SqliteException error)
        {
            throw new CommandException($"The database in the archive cannot be read ({error.Message.TrimEnd('.')}). Nothing was changed.");
        }
    }

    /// <summary>
    /// Throws unless nobody else has the database open. Leaving WAL mode needs it alone (https://sqlite.org/wal.html), and empties the log into the file,
    /// so that the file by itself is the whole database.
    /// </summary>
    public static async Task MustBeAlone(string file)
    {
        if (!File.Exists(file)) return;
        try
        {
            await using var connection = Open(file, SqliteOpenMode.ReadWrite);
            if (await Scalar(connection, "PRAGMA journal_mode=DELETE", patience: 2) is "delete") return;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 5 or 6) { } // SQLITE_BUSY, SQLITE_LOCKED
        throw new CommandException($"The server is running: it has {file} open. Stop it first. Nothing was changed.");
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static async Task MustBeSound(SqliteConnection connection, string otherwise)
    {
        if (await Scalar(connection, "PRAGMA quick_check(1)") is var found and not "ok") throw new CommandException($"{otherwise} ({found}).");
    }

    private static async Task<IReadOnlyList<BackupTable>> Count(SqliteConnection connection, IReadOnlyList<BackupTable> tables)
    {
        var counted = new List<BackupTable>();
        foreach (var table in tables)
            counted.Add(table with { Columns = [], Rows = (long)(await Scalar(connection, $"SELECT count(*) FROM \"{table.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))! });
        return counted;
    }

    /// <param name="connection">Of the database to ask.</param>
    /// <param name="text">The question.</param>
    /// <param name="patience">Seconds to wait for a lock; 0 is for ever.</param>
    private static async Task<object?> Scalar(SqliteConnection connection, string text, int patience = 0)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // words of our own, and names with their quotes doubled
        command.CommandText = text;
#pragma warning restore CA2100
        command.CommandTimeout = patience;
        return await command.ExecuteScalarAsync();
    }
}
