using System.Text.RegularExpressions;

namespace Plenary.DeployTests.Monitoring;

/// <summary>What an expression asks for. It must be one that Prometheus takes: this only finds the names in it.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Words = ["and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right", "inf", "nan"];

    /// <summary>The metrics it reads.</summary>
    public static IEnumerable<string> Names(string expression)
    {
        var bare = Strings().Replace(expression, "");
        bare = Labels().Replace(bare, " ");
        bare = Groupings().Replace(bare, " ");
        bare = Ranges().Replace(bare, " ");
        return Identifiers().Matches(bare).Where(m => m.Groups["call"].Value == "" && !Words.Contains(m.Groups["name"].Value.ToLowerInvariant())).Select(m => m.Groups["name"].Value).Distinct();
    }

    /// <summary>As a dashboard would ask it, with something chosen for each of its variables.</summary>
    public static string Chosen(string expression) => Variables().Replace(expression, match => match.Value is "$__rate_interval" or "$__range" or "$__interval" ? "5m" : ".*");

    /// <summary>The name that Prometheus's own suffixes are taken off: the one that a process declares.</summary>
    public static string Family(string name) => Suffix().Replace(name, "");

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'
        """)]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Groupings();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"(?<![\w:.$])(?<name>[A-Za-z_:][\w:]*)(?<call>\s*\()?")]
    private static partial Regex Identifiers();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variables();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
