using System.Globalization;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Platform.Backup;

/// <summary>
/// <c>plenary restore</c>: unpacks an archive beside what is there, checks every byte of it, and only then puts it in place. What was there is put aside,
/// never deleted. See docs/operate/backup.md.
/// </summary>
internal static class Restores
{
    /// <summary>Brings the archive back. Throws <see cref="CommandException"/>, with everything as it was, for an archive or an installation that will not do.</summary>
    /// <param name="services">Of a program with the settings of the server, which does not run.</param>
    /// <param name="path">The archive.</param>
    /// <param name="replace">What the installation holds may be put aside.</param>
    /// <param name="checkOnly">Only reads it.</param>
    /// <param name="cancellation">Leaves everything as it was.</param>
    public static Task RestoreAsync(this IServiceProvider services, string path, bool replace, bool checkOnly, CancellationToken cancellation) => Backups.Told(async () =>
    {
        var began = Stopwatch.GetTimestamp();
        using var archive = ArchiveReader.Open(path);
        var manifest = archive.Manifest;
        await using var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync(cancellation);
        MustBeKnown(manifest, db);
        if (checkOnly)
        {
            await archive.VerifyAsync(cancellation);
            services.GetRequiredService<Terminal>().Say($"The archive is whole: {Words(manifest)}.");
            return;
        }
        var data = new DataFiles(DataFolder.Of(services.GetRequiredService<IConfiguration>()), SqliteParts.FileOf(db));
        var isThere = data.DatabaseFile is null || File.Exists(data.DatabaseFile); // looking into it would make it
        if (isThere) await services.MakeReachable();
        if (!replace && (data.Top().Any() || (isThere && await IsUsed(db, cancellation))))
            throw new CommandException("The installation is not empty. Add --replace to put aside what it holds. Nothing was changed.");
        if (data.DatabaseFile is { } running) await Alone(db, running);
        DataFolder.Make(data.Folder);
        if (new DriveInfo(data.Folder).AvailableFreeSpace < manifest.Bytes)
            throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"The archive needs {manifest.Bytes / 1048576.0:0.0} MiB, and {data.Folder} has not as much left. Nothing was changed."));
        var time = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var (staging, aside) = (Path.Combine(data.Folder, $".restore-{Guid.CreateVersion7():N}"), Path.Combine(data.Folder, $".before-restore-{time}"));
        if (Directory.Exists(aside)) throw new CommandException($"{aside} is there already. Nothing was changed.");
        var moves = new Moves();
        var putAside = false;
        try
        {
            await archive.ExtractAsync(staging, cancellation);
            if (data.DatabaseFile is { } file)
            {
                var restored = await SqliteParts.Verify(staging, manifest);
                MoveFiles(moves, data, staging, aside);
                if (File.Exists(file)) moves.Add(file, Path.Combine(aside, Path.GetFileName(file)));
                moves.Add(restored, file);
            }
            else putAside = await PostgresParts.Restore(db, staging, manifest, "before_restore_" + time.Replace('-', '_'), () => MoveFiles(moves, data, staging, aside), cancellation);
        }
        catch
        {
            moves.Undo();
            throw;
        }
        finally
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
        await services.MigrateAsync(); // what the archive's schema lacks, and what is made beside the tables
        var terminal = services.GetRequiredService<Terminal>();
        terminal.Say(string.Create(CultureInfo.InvariantCulture, $"Restored {Words(manifest)}, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
        if (Directory.Exists(aside)) terminal.Say($"What was there is in {aside}. Delete it when you miss nothing.");
        if (putAside) terminal.Say($"What the database held is in its schema before_restore_{time.Replace('-', '_')}. Drop it when you miss nothing.");
    });

    private static string Words(BackupManifest manifest) => string.Create(CultureInfo.InvariantCulture,
        $"{manifest.Rows} rows and {manifest.FileCount} files of {manifest.Made.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, made by Plenary {manifest.Version}");

    private static void MustBeKnown(BackupManifest manifest, Db db)
    {
        var kind = db.Database.IsNpgsql() ? PostgresParts.Kind : SqliteParts.Kind;
        if (manifest.Database != kind)
            throw new CommandException($"The archive is of {(manifest.Database == SqliteParts.Kind ? "SQLite" : "PostgreSQL")}, and ConnectionStrings:Db names {(kind == SqliteParts.Kind ? "SQLite" : "PostgreSQL")}. Nothing was changed.");
        // Its migrations must be the first of ours: then the others bring it up to date.
        if (manifest.Migrations.Count == 0 || !db.Database.GetMigrations().Take(manifest.Migrations.Count).SequenceEqual(manifest.Migrations))
            throw new CommandException($"The archive has a schema that this version ({Backups.Version}) does not know; it was made by Plenary {manifest.Version}. Restore it with that version or a newer one. Nothing was changed.");
    }

    /// <summary>Somebody has an account. A server that was only started knows nobody.</summary>
    private static async Task<bool> IsUsed(Db db, CancellationToken cancellation)
    {
        if (!(await db.Database.GetAppliedMigrationsAsync(cancellation)).Any()) return false;
        try
        {
            return await db.Set<Person>().AnyAsync(cancellation);
        }
        catch (System.Data.Common.DbException)
        {
            return true; // tables of another version: not ours to judge
        }
    }

    private static async Task Alone(Db db, string file)
    {
        await db.Database.CloseConnectionAsync();
        SqliteConnection.ClearAllPools();
        await SqliteParts.MustBeAlone(file);
    }

    private static void MoveFiles(Moves moves, DataFiles data, string staging, string aside)
    {
        foreach (var old in data.Top().ToList()) moves.Add(old, Path.Combine(aside, Path.GetFileName(old)));
        var files = Path.Combine(staging, "files");
        if (Directory.Exists(files))
            foreach (var restored in Directory.EnumerateFileSystemEntries(files).ToList()) moves.Add(restored, Path.Combine(data.Folder, Path.GetFileName(restored)));
    }

    /// <summary>Renames that can be taken back, the last one first.</summary>
    private sealed class Moves
    {
        private readonly Stack<(string From, string To)> done = [];

        public void Add(string from, string to)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            Directory.Move(from, to); // files, too
            done.Push((from, to));
        }

        public void Undo()
        {
            while (done.TryPop(out var move)) Directory.Move(move.To, move.From);
        }
    }
}
