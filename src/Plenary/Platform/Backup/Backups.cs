using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;

namespace Plenary.Platform.Backup;

/// <summary>
/// <c>plenary backup</c>: everything the installation keeps, in one archive, while people go on. First a snapshot of the database, then the files: a file is on
/// disk before a row names it, so every file that the snapshot names is there to be copied, unless it was taken away meanwhile.
/// See docs/operate/backup.md and docs/decisions/0033.
/// </summary>
internal static class Backups
{
    /// <summary>Tables of the moment, whose rows tell of processes that live now; and what tells of the schema, which migrations write.</summary>
    private static readonly Type[] NotKept = [typeof(Cluster.ClusterMember), typeof(Cluster.ClusterVersion), typeof(Gateway), typeof(AppliedScript)];

    /// <summary>The version of this program.</summary>
    public static string Version => (Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    /// <summary>Makes the archive.</summary>
    /// <param name="services">Of the program that serves this installation.</param>
    /// <param name="path">A file that is not there yet, or a folder: the archive is then named by the time.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    public static async Task BackUpAsync(this IServiceProvider services, string path, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        path = Path.GetFullPath(Directory.Exists(path) ? Path.Combine(path, $"plenary-{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.zip") : path);
        if (File.Exists(path)) throw new CommandException($"{path} is there already, and stays as it is.");
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw new CommandException($"There is no folder {Path.GetDirectoryName(path)}.");
        await Told(async () =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContextAsync(cancellation);
            var migrations = await SchemaOf(db, cancellation);
            var data = new DataFiles(DataFolder.Of(services.GetRequiredService<IConfiguration>()), SqliteParts.FileOf(db));
            if (path.StartsWith(data.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new CommandException($"{path} is in the data folder; a backup that is lost with what it is of is none. Choose another place.");
            await using var archive = new ArchiveWriter(path);
            var tables = db.Database.IsNpgsql()
                ? await PostgresParts.AddTo(archive, db, TablesOf(db), cancellation)
                : await SqliteParts.AddTo(archive, db, TablesOf(db), cancellation);
            await Add(archive, data, cancellation);
            var manifest = new BackupManifest(BackupManifest.Newest, Version, now, db.Database.IsNpgsql() ? PostgresParts.Kind : SqliteParts.Kind, migrations, tables, [.. archive.Parts]);
            await archive.FinishAsync(manifest, cancellation);
            services.GetRequiredService<Terminal>().Say(string.Create(CultureInfo.InvariantCulture,
                $"Backed up {manifest.Rows} rows and {manifest.FileCount} files ({new FileInfo(path).Length / 1048576.0:0.0} MiB) to {path} in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
        });
    }

    /// <summary>What goes wrong below, as a sentence instead of a stack.</summary>
    internal static async Task Told(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"It could not be done: {error.Message}");
        }
        catch (DbException error)
        {
            throw new CommandException($"The database said no: {error.Message}");
        }
    }

    /// <summary>The migrations of the database, which must be those of this program: another one may know tables that this one would leave out.</summary>
    private static async Task<IReadOnlyList<string>> SchemaOf(Db db, CancellationToken cancellation)
    {
        IReadOnlyList<string> applied;
        try
        {
            applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellation)];
        }
        catch (Exception error) when ((error as DbException ?? error.InnerException) is DbException reason)
        {
            throw new CommandException($"The database cannot be opened ({reason.Message.TrimEnd('.')}).");
        }
        if (applied.Count == 0) throw new CommandException("There is no installation here yet: the database is empty. Are the settings those of the server?");
        if (!applied.SequenceEqual(db.Database.GetMigrations()))
            throw new CommandException("The database has the schema of another version of Plenary. Back it up with the version that serves it.");
        return applied;
    }

    private static List<BackupTable> TablesOf(Db db)
    {
        var left = NotKept.Select(type => db.Model.FindEntityType(type)!.GetTableName()).ToHashSet();
        return [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
            .Where(t => !t.IsExcludedFromMigrations && !left.Contains(t.Name))
            .Select(t => new BackupTable(t.Name, [.. t.Columns.Where(c => c.ComputedColumnSql is null).Select(c => c.Name)], 0)).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static async Task Add(ArchiveWriter archive, DataFiles data, CancellationToken cancellation)
    {
        foreach (var file in data.All())
        {
            if (file.Contains('\\', StringComparison.Ordinal) || file.Any(char.IsControl)) throw new CommandException($"The data folder has a file that cannot be kept in an archive, “{file}”. Give it another name.");
            FileStream source;
            try
            {
                source = new FileStream(Path.Combine(data.Folder, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // a draft that got its name, or what somebody has just taken away
            }
            await using (source) await archive.AddAsync(BackupManifest.Files + file, source, cancellation);
        }
    }
}
