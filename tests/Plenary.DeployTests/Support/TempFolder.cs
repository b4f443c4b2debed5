namespace Plenary.DeployTests.Support;

/// <summary>A folder for one test, gone after it; to plant mistakes in, for one.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plenary-deploy-").FullName;

    /// <summary>A path in it.</summary>
    public string At(string path) => System.IO.Path.Combine(Path, path);

    /// <summary>Copies a folder of the tree into it, under the same name; answers where it is.</summary>
    public string Copy(string folder)
    {
        var (from, to) = (Repo.At(folder), At(System.IO.Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return to;
    }

    /// <summary>Plants a mistake: exchanges the first occurrence of a text, which must be there.</summary>
    public static void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(file);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"“{from}” is not in {file}");
        File.WriteAllText(file, string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length)));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
