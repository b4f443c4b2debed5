using System.Text.RegularExpressions;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Manual;

/// <summary>The manual leads where it says.</summary>
public sealed partial class LinkFacts
{
    private static readonly string[] Folders = ["docs", "deploy"];

    [Fact]
    public void NoLinkIsDead()
    {
        // A folder that a chart has by a symbolic link is read where it is.
        var each = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = Folders.SelectMany(f => Directory.EnumerateFiles(Repo.At(f), "*.md", each)).Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(Dead));
    }

    [Fact]
    public async Task ADeadLinkIsFound()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "a.md");
        await File.WriteAllTextAsync(file, "# A thing\n[a](#a-thing) [b](b.md) [c](#c) [d](https://example.org/x) `[e](e.md)`\n```\n[f](f.md)\n```\n[g](.)\n", TestContext.Current.CancellationToken);
        Assert.Equal(["b.md", "#c"], Dead(file).Select(d => d.Split(" → ")[1]));
    }

    /// <summary>Relative links of a page that lead nowhere; code is no text.</summary>
    private static IEnumerable<string> Dead(string file)
    {
        var text = Inline().Replace(Fence().Replace(File.ReadAllText(file), ""), "");
        foreach (Match link in Link().Matches(text))
        {
            var (target, anchor) = link.Groups[1].Value.Split('#', 2) is [var t, var a] ? (t, a) : (link.Groups[1].Value, "");
            if (Uri.TryCreate(target, UriKind.Absolute, out _)) continue;
            var path = target.Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(target)));
            if (!Path.Exists(path) || (anchor.Length > 0 && path.EndsWith(".md", StringComparison.Ordinal) && !Anchors(path).Contains(anchor)))
                yield return $"{Path.GetRelativePath(Repo.Root, file)} → {link.Groups[1].Value}";
        }
    }

    /// <summary>What headings are called in addresses, by GitHub's rule.</summary>
    private static HashSet<string> Anchors(string file) =>
        [.. Heading().Matches(Fence().Replace(File.ReadAllText(file), "")).Select(h => NoWord().Replace(h.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoWord();
}
