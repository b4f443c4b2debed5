using Plenary.DeployTests.Support;
using YamlDotNet.RepresentationModel;

namespace Plenary.DeployTests.Monitoring;

/// <summary>One alert as its rule says it.</summary>
internal sealed record AlertRule(string Name, string Severity, string Expression, string Summary, string Description, string Runbook);

/// <summary>The rules of a folder like <c>deploy/monitoring</c>, and what is wrong with them that promtool does not look at.</summary>
internal sealed class AlertRules
{
    /// <summary>Where runbooks are, for whoever clicks.</summary>
    private const string Runbooks = "https://github.com/plenary/plenary/blob/main/deploy/runbooks/";

    private static readonly string[] Severities = ["page", "warn", "info"];

    private readonly List<(string Alert, bool Fires)> tests = [];

    public AlertRules(string folder)
    {
        foreach (var rule in Files(folder, "rules").SelectMany(file => Items(file, "groups")).SelectMany(group => Items(group, "rules")))
        {
            Expressions.Add(Text(rule, "expr"));
            if (Text(rule, "record") is { Length: > 0 } record) Records.Add(record);
            else Alerts.Add(new(Text(rule, "alert"), Text(Child(rule, "labels"), "severity"), Text(rule, "expr"),
                Text(Child(rule, "annotations"), "summary"), Text(Child(rule, "annotations"), "description"), Text(Child(rule, "annotations"), "runbook_url")));
        }
        foreach (var test in Files(folder, "rules-tests").SelectMany(file => Items(file, "tests")).SelectMany(test => Items(test, "alert_rule_test")))
            tests.Add((Text(test, "alertname"), Items(test, "exp_alerts").Any()));
    }

    public List<AlertRule> Alerts { get; } = [];

    /// <summary>Names that recording rules make.</summary>
    public HashSet<string> Records { get; } = [];

    public List<string> Expressions { get; } = [];

    /// <summary>One sentence for everything that an operator would miss at three in the morning.</summary>
    /// <param name="runbooks">The folder of the runbooks.</param>
    public IEnumerable<string> Mistakes(string runbooks)
    {
        foreach (var alert in Alerts)
        {
            if (!Severities.Contains(alert.Severity)) yield return $"{alert.Name} has the severity “{alert.Severity}”.";
            if (alert.Summary == "" || alert.Description == "") yield return $"{alert.Name} does not say what happened.";
            var page = Path.Combine(runbooks, alert.Name + ".md");
            if (alert.Runbook != Runbooks + alert.Name + ".md") yield return $"{alert.Name} does not lead to its runbook.";
            else if (!File.Exists(page)) yield return $"{alert.Name} has no runbook.";
            else
                foreach (var part in (string[])["**What people feel.**", "**How to see it.**", "**What to do.**", "**It is over when**"])
                    if (!File.ReadAllText(page).Contains(part, StringComparison.Ordinal)) yield return $"The runbook of {alert.Name} lacks {part}";
            if (!tests.Contains((alert.Name, true))) yield return $"No test says when {alert.Name} must come.";
            if (!tests.Contains((alert.Name, false))) yield return $"No test says when {alert.Name} must stay away.";
        }
        foreach (var page in Directory.EnumerateFiles(runbooks, "*.md").Select(p => Path.GetFileNameWithoutExtension(p)!))
            if (page != "README" && !Alerts.Exists(a => a.Name == page)) yield return $"The runbook {page} is of no alert.";
        foreach (var severity in Severities)
            if (!Alerts.Exists(a => a.Severity == severity)) yield return $"No alert has the severity {severity}.";
    }

    private static IEnumerable<YamlMappingNode> Files(string folder, string kind)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, kind), "*.yaml").Order())
        {
            var yaml = new YamlStream();
            using var reader = new StreamReader(file);
            yaml.Load(reader);
            yield return (YamlMappingNode)yaml.Documents[0].RootNode;
        }
    }

    private static YamlNode? Child(YamlMappingNode? node, string key) => node is not null && node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode node, string key) => Child(node, key) is YamlSequenceNode list ? list.Children.OfType<YamlMappingNode>() : [];

    private static string Text(YamlNode? node, string key) => (Child(node as YamlMappingNode, key) as YamlScalarNode)?.Value ?? "";
}
