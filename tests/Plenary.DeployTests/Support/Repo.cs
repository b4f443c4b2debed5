using System.Runtime.CompilerServices;

namespace Plenary.DeployTests.Support;

/// <summary>The tree these tests are part of.</summary>
internal static class Repo
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    /// <summary>A file or folder of it, as <c>deploy/helm/plenary</c>.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    private static string Here([CallerFilePath] string file = "") => file;
}
