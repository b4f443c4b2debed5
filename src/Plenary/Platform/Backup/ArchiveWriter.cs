using System.IO.Compression;
using System.Security.Cryptography;

namespace Plenary.Platform.Backup;

/// <summary>
/// Writes an archive part by part: a ZIP file, with its manifest last. It gets its name when all of it is on disk, so nobody ever takes half of it for a backup.
/// </summary>
internal sealed class ArchiveWriter : IAsyncDisposable
{
    // Pictures and recordings are compressed already.
    private static readonly HashSet<string> Dense = new(StringComparer.OrdinalIgnoreCase) { ".jpg", ".png", ".webp", ".webm", ".mp4", ".m4s", ".m4a", ".mp3", ".zip" };

    private readonly string path;
    private readonly FileStream file;
    private readonly ZipArchive zip;
    private readonly List<BackupPart> parts = [];

    /// <param name="path">Where it will be. Its folder must be there, and nothing of its name.</param>
    public ArchiveWriter(string path)
    {
        this.path = path;
        Draft = $"{path}.{Guid.CreateVersion7():N}.part";
        // It holds the keys of all sessions: nobody but the operator reads it.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 17 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        file = new FileStream(Draft, options);
        zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>What it is called until it is whole; names that begin with it are its own, too.</summary>
    public string Draft { get; }

    /// <summary>What it holds so far.</summary>
    public IReadOnlyList<BackupPart> Parts => parts;

    /// <summary>Adds a part.</summary>
    /// <param name="name">Its place in the archive.</param>
    /// <param name="write">Writes its bytes.</param>
    public async Task AddAsync(string name, Func<Stream, Task> write)
    {
        var level = Dense.Contains(Path.GetExtension(name)) ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
        await using var entry = await zip.CreateEntry(name, level).OpenAsync();
        await using var hashing = new HashingStream(entry);
        await write(hashing);
        parts.Add(new(name, hashing.Written, hashing.Sha256()));
    }

    /// <summary>Adds what a file holds now; one that grows meanwhile is cut there.</summary>
    public Task AddAsync(string name, FileStream source, CancellationToken cancellation) => AddAsync(name, async part =>
    {
        var buffer = new byte[1 << 16];
        for (var left = source.Length; left > 0;)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation);
            if (read == 0) break;
            await part.WriteAsync(buffer.AsMemory(0, read), cancellation);
            left -= read;
        }
    });

    /// <summary>Adds the manifest, brings all of it to disk, and gives it its name.</summary>
    public async Task FinishAsync(BackupManifest manifest, CancellationToken cancellation)
    {
        var page = manifest.Write();
        await using (var entry = await zip.CreateEntry(BackupManifest.Name, CompressionLevel.Fastest).OpenAsync(cancellation)) await entry.WriteAsync(page, cancellation);
        // What the parts are is told by the manifest, and what the manifest is, here: nothing can be damaged without being seen.
        zip.Comment = Convert.ToHexStringLower(SHA256.HashData(page));
        await zip.DisposeAsync();
        file.Flush(flushToDisk: true);
        await file.DisposeAsync();
        try
        {
            File.Move(Draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new CommandException($"{path} is there already, and stays as it is.");
        }
    }

    /// <summary>Takes away what was not finished.</summary>
    public async ValueTask DisposeAsync()
    {
        await zip.DisposeAsync();
        await file.DisposeAsync();
        if (File.Exists(Draft)) File.Delete(Draft);
    }
}
