using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Plenary.Tests.Architecture;

/// <summary>What docs/features.md says Plenary has is what tests prove: each row names some, and each of them exists.</summary>
public sealed partial class FeatureListFacts
{
    [Fact]
    public void EveryFeatureNamesTestsThatExist()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../.."));
        var tests = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).SelectMany(TestsOf).ToHashSet();
        var units = Directory.EnumerateFiles(Path.Combine(root, "web", "src"), "*.test.ts*", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet();
        var benches = Bench().Matches(File.ReadAllText(Path.Combine(root, "load", "bench"))).Select(m => m.Value).ToHashSet();

        var rows = File.ReadLines(Path.Combine(root, "docs", "features.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| feature |", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var cells = row.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
            Assert.True(cells.Length == 4, $"A feature has four cells: {row}");
            var proofs = Quoted().Matches(cells[3]).Select(m => m.Groups[1].Value).ToList();
            Assert.True(proofs.Count > 0, $"Nothing proves “{cells[0]}”.");
            foreach (var proof in proofs) Assert.True(tests.Contains(proof) || units.Contains(proof) || benches.Contains(proof), $"“{cells[0]}” names {proof}, which there is not.");
        }
    }

    /// <summary>The tests that a file holds, by class and method.</summary>
    private static IEnumerable<string> TestsOf(string file)
    {
        var text = File.ReadAllText(file);
        var classes = Class().Matches(text);
        foreach (Match test in Test().Matches(text))
            if (classes.LastOrDefault(c => c.Index < test.Index) is { } within) yield return $"{within.Groups[1].Value}.{test.Groups[1].Value}";
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\./load/bench \w+")]
    private static partial Regex Bench();

    [GeneratedRegex(@"^public [\w ]*class (\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"\[(?:Fact|Theory)\b.*?^ +public (?:async )?\w+ (\w+)\(", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Test();
}
