using Plenary.Platform.Database;

namespace Plenary.Platform.Files;

/// <summary>
/// What people show to some only, by a random id, in the folder <c>private</c> of the data folder. No address leads here: whoever keeps the id
/// decides each time who gets the file.
/// </summary>
public sealed class PrivateFiles(IConfiguration configuration)
{
    private readonly string folder = Path.Combine(DataFolder.Of(configuration), "private");

    /// <summary>Stores it; on return it survives a crash.</summary>
    public Task<Guid> Put(ReadOnlyMemory<byte> content, CancellationToken cancellation) => Put(async file => await file.WriteAsync(content, cancellation), cancellation);

    /// <summary>Stores what a request brings, up to a size; on return it survives a crash. Refused with <paramref name="tooLarge"/>.</summary>
    public Task<Guid> Take(HttpContext http, long most, Refusal tooLarge) => Put(file => RequestBodies.CopyTo(http, file, most, tooLarge), http.RequestAborted);

    /// <summary>The file, open for reading, or null. The caller disposes it.</summary>
    public FileStream? Open(Guid id)
    {
        try { return new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete); }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }

    /// <summary>Takes it away; nothing happens when it is gone.</summary>
    public void Delete(Guid id)
    {
        if (File.Exists(PathOf(id))) File.Delete(PathOf(id));
    }

    /// <summary>Where it is, for programs that look into it.</summary>
    public string PathOf(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(folder, name[^2..], name);
    }

    private async Task<Guid> Put(Func<FileStream, Task> write, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(id))!);
        try
        {
            await using var file = new FileStream(PathOf(id), FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await write(file);
            cancellation.ThrowIfCancellationRequested();
            file.Flush(flushToDisk: true);
            return id;
        }
        catch
        {
            Delete(id);
            throw;
        }
    }
}
