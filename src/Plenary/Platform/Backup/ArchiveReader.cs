using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plenary.Platform.Backup;

/// <summary>
/// Reads an archive that may be damaged, cut off, or made to do harm. What it says of itself is believed only as far as it was checked.
/// </summary>
internal sealed class ArchiveReader : IDisposable
{
    private const long LargestManifest = 256L << 20;

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries;

    private ArchiveReader(ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, BackupManifest manifest) => (this.zip, this.entries, Manifest) = (zip, entries, manifest);

    public BackupManifest Manifest { get; }

    /// <summary>Opens it and checks its manifest. Throws <see cref="CommandException"/> for what is not an archive, or not whole.</summary>
    public static ArchiveReader Open(string path)
    {
        if (!File.Exists(path)) throw new CommandException($"There is no file {path}.");
        ZipArchive? zip = null;
        try
        {
            zip = ZipFile.OpenRead(path);
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
                if (!entries.TryAdd(entry.FullName, entry)) throw Broken($"has {Shown(entry.FullName)} twice");
            if (!entries.Remove(BackupManifest.Name, out var page)) throw Broken("has no manifest");
            if (page.Length > LargestManifest) throw Broken("has a manifest that is too large");
            using var content = new MemoryStream();
            using (var from = page.Open()) CopyAtMost(from, content, page.Length);
            if (!Convert.ToHexStringLower(SHA256.HashData(content.ToArray())).Equals(zip.Comment, StringComparison.Ordinal)) throw Broken("has a manifest that was changed");
            var manifest = BackupManifest.Read(content.ToArray()) ?? throw Broken("has an empty manifest");
            if (manifest.Format is < 1 or > BackupManifest.Newest)
                throw new CommandException($"The archive was made by Plenary {Shown(manifest.Version)} in a form that this version does not read. Restore it with that version or a newer one.");
            Check(manifest, entries);
            var reader = new ArchiveReader(zip, entries, manifest);
            zip = null;
            return reader;
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or EndOfStreamException or NotSupportedException)
        {
            throw Broken("cannot be read; it may have been cut off, or is not an archive of Plenary");
        }
        finally
        {
            zip?.Dispose();
        }
    }

    /// <summary>Unpacks all of it into an empty folder and checks every byte. Throws <see cref="CommandException"/>, naming the part, when one is not what it should be.</summary>
    public async Task ExtractAsync(string folder, CancellationToken cancellation)
    {
        foreach (var part in Manifest.Parts)
        {
            var to = Path.GetFullPath(Path.Combine(folder, part.Path));
            if (!to.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw Broken($"has a part of an impossible name, {Shown(part.Path)}");
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            await using var file = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await Verify(part, file, cancellation);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Reads all of it, and keeps nothing.</summary>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
        foreach (var part in Manifest.Parts) await Verify(part, Stream.Null, cancellation);
    }

    public void Dispose() => zip.Dispose();

    private async Task Verify(BackupPart part, Stream to, CancellationToken cancellation)
    {
        await using var hashing = new HashingStream(to);
        try
        {
            await using var from = await entries[part.Path].OpenAsync(cancellation);
            CopyAtMost(from, hashing, part.Bytes);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Broken($"is damaged in {Shown(part.Path)}");
        }
        if (hashing.Written != part.Bytes || hashing.Sha256() != part.Sha256) throw Broken($"is damaged in {Shown(part.Path)}");
    }

    private static void Check(BackupManifest manifest, Dictionary<string, ZipArchiveEntry> entries)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in manifest.Parts)
        {
            if (!IsPlace(part.Path)) throw Broken($"has a part of an impossible name, {Shown(part.Path)}");
            if (part.Bytes < 0 || !named.Add(part.Path)) throw Broken($"has a manifest that contradicts itself at {Shown(part.Path)}");
            if (!entries.ContainsKey(part.Path)) throw Broken($"lacks {Shown(part.Path)}");
        }
        if (entries.Keys.FirstOrDefault(name => !named.Contains(name)) is { } other) throw Broken($"has a part that its manifest does not name, {Shown(other)}");
    }

    /// <summary>A place below one of the two folders of an archive, and nowhere else.</summary>
    private static bool IsPlace(string path) =>
        path.Length <= 1024 && (path.StartsWith(BackupManifest.Files, StringComparison.Ordinal) || path.StartsWith(BackupManifest.DatabaseParts, StringComparison.Ordinal))
        && path.Split('/').All(step => step.Length > 0 && step is not ("." or "..") && !step.Contains('\\', StringComparison.Ordinal) && !step.Any(char.IsControl));

    /// <summary>No more than it says it is: a small archive can unpack to fill any disk.</summary>
    private static void CopyAtMost(Stream from, Stream to, long most)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            if ((most -= read) < 0) throw new InvalidDataException("longer than it says");
            to.Write(buffer.AsSpan(0, read));
        }
    }

    private static CommandException Broken(string how) => new($"The archive {how}. Nothing was changed.");

    /// <summary>A name from the archive, harmless on a terminal.</summary>
    private static string Shown(string name) => "“" + new string([.. name.Take(120).Select(c => char.IsControl(c) ? '?' : c)]) + "”";
}
