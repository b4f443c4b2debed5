using Plenary.Platform.Database;

namespace Plenary.Platform.Files;

/// <summary>A stored file, open for reading.</summary>
/// <param name="Content">From the beginning; seekable. The caller disposes it.</param>
/// <param name="ContentType">As it was stored.</param>
public sealed record StoredFile(Stream Content, string ContentType);

/// <summary>
/// What people uploaded, by key, in the folder <c>files</c> of the data folder. A file never changes: its key is made of its content, so that
/// storing the same twice is storing it once.
/// </summary>
public sealed class FileStore(IConfiguration configuration)
{
    private static readonly Dictionary<string, string> Endings = new() { ["image/jpeg"] = ".jpg", ["image/png"] = ".png", ["image/webp"] = ".webp" };

    private readonly string folder = Path.Combine(DataFolder.Of(configuration), "files");

    /// <summary>Stores it; on return it survives a crash.</summary>
    /// <param name="key">Made of the content.</param>
    /// <param name="contentType">One of the image types.</param>
    /// <param name="content">All of it.</param>
    /// <param name="cancellation">Leaves nothing behind when it comes in time.</param>
    public async Task Put(Guid key, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var path = PathOf(key, Endings[contentType]);
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written beside and renamed when whole, so that nobody ever reads half of it.
        var draft = $"{path}.{Guid.CreateVersion7():N}";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(content, cancellation);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>The file of this key, or null.</summary>
    public StoredFile? Open(Guid key) =>
        Find(key) is { } found ? new(new FileStream(found.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), found.ContentType) : null;

    /// <summary>What an input field that chooses a file says: null for an empty text, else a file that is there. Refused, naming the field, otherwise.</summary>
    public Guid? Chosen(string text, string field)
    {
        if (text.Length == 0) return null;
        return Guid.TryParse(text, out var id) && Find(id) is not null ? id : throw Refusal.Invalid(field, "This picture is not here. Upload it first, then choose it.").AsException();
    }

    private (string Path, string ContentType)? Find(Guid key)
    {
        foreach (var (contentType, ending) in Endings)
            if (PathOf(key, ending) is var path && File.Exists(path)) return (path, contentType);
        return null;
    }

    private string PathOf(Guid key, string ending)
    {
        var name = key.ToString("N");
        return Path.Combine(folder, name[^2..], name + ending);
    }
}
