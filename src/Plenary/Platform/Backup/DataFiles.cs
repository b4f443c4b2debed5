namespace Plenary.Platform.Backup;

/// <summary>What of the data folder belongs into a backup: everything but the database's own files and what begins with a dot at the top, which is of the moment.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="DatabaseFile">SQLite's file, which may be in it; null with PostgreSQL.</param>
internal sealed record DataFiles(string Folder, string? DatabaseFile)
{
    /// <summary>Files and folders at the top of the data folder.</summary>
    public IEnumerable<string> Top() => Directory.Exists(Folder)
        ? Directory.EnumerateFileSystemEntries(Folder).Where(path => Path.GetFileName(path) is var name && name[0] != '.' && name != "lost+found" && !IsOfDatabase(path)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>
    /// All files, as paths within the folder, with slashes. The order matters: the index of a recording comes before its media (<c>take-1.index</c>,
    /// <c>take-1.m4s</c>), which may only be longer than it says.
    /// </summary>
    public IEnumerable<string> All() => Top()
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false }) : [path])
        .Select(path => Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal);

    private bool IsOfDatabase(string path) =>
        DatabaseFile is { } file && (path == file || path == file + "-wal" || path == file + "-shm" || path == file + "-journal");
}
