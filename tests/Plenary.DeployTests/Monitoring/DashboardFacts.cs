using System.Text.RegularExpressions;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Monitoring;

/// <summary>Dashboards and rules ask Prometheus for what a process really tells.</summary>
[Collection(UnderTheWatchtower.Name)]
public sealed partial class DashboardFacts(Watchtower tower, RunningPlenary plenary) : IClassFixture<RunningPlenary>
{
    /// <summary>What Prometheus adds by itself.</summary>
    private static readonly string[] Builtin = ["up"];

    [Fact]
    public async Task PrometheusUnderstandsEveryPanelOfEveryDashboard()
    {
        Debian.Needed();
        var expressions = Dashboards.Expressions(Repo.At("deploy/monitoring/dashboards")).ToList();
        Assert.True(expressions.Count > 60, "The dashboards were not read.");
        foreach (var (where, expression) in expressions)
            Assert.True(await tower.MistakeIn(PromQl.Chosen(expression)) is null, $"{where}: {expression}");
    }

    [Fact]
    public void EveryMetricOfDashboardsAndRulesIsToldByARealProcess() => Assert.Empty(Unknown(Repo.At("deploy/monitoring")));

    [Fact]
    public void EveryMetricThatAProcessTellsFromItsStartIsOnThePage()
    {
        var page = OnThePage();
        Assert.DoesNotContain(plenary.Told.Keys, name => name.StartsWith("plenary_", StringComparison.Ordinal) && !page.ContainsKey(name));
    }

    [Theory]
    [InlineData("sum by (le) (rate(plenary_jobs_lag_seconds_bucket{kind=\"a, b\"}[5m])) > on (instance) group_left (x) 3 * up offset 5m", "plenary_jobs_lag_seconds_bucket up")]
    [InlineData("absent(up{job=\"plenary\"} == 1) and plenary:bad:ratio_rate1h{slo='joins'} > 1.5e3", "up plenary:bad:ratio_rate1h")]
    public void NamesAreFoundInExpressions(string expression, string names) => Assert.Equal(names.Split(' '), PromQl.Names(expression));

    [Theory]
    [InlineData("dashboards/media.json", "plenary_calls_rooms{", "plenary_call_rooms{", "plenary_call_rooms")]
    [InlineData("rules/processes.yaml", "plenary_process_load >", "plenary_cpu_load >", "plenary_cpu_load")]
    [InlineData("dashboards/platform.json", "plenary_joins_duration_seconds_bucket", "plenary_joins_duration_milliseconds_bucket", "plenary_joins_duration_milliseconds")]
    public void AMetricThatNobodyTellsIsFound(string file, string right, string wrong, string name)
    {
        using var temp = new TempFolder();
        var copy = temp.Copy("deploy/monitoring");
        TempFolder.Change(Path.Combine(copy, file), right, wrong);
        Assert.Contains(name, Unknown(copy));
    }

    [Fact]
    public async Task APanelThatPrometheusDoesNotUnderstandIsFound()
    {
        Debian.Needed();
        using var temp = new TempFolder();
        var copy = temp.Copy("deploy/monitoring");
        TempFolder.Change(Path.Combine(copy, "dashboards/event.json"), "sum by (event)", "sum by event");
        var mistakes = new List<string>();
        foreach (var (_, expression) in Dashboards.Expressions(Path.Combine(copy, "dashboards")))
            if (await tower.MistakeIn(PromQl.Chosen(expression)) is { } mistake) mistakes.Add(mistake);
        Assert.Contains("parse error", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    /// <summary>
    /// Names that neither Prometheus nor a recording rule makes, and that a process does not tell: counts and gauges from its start. Histograms appear with what they first
    /// measure, so for them it is the page that counts, which MetricsFacts of the server's own tests holds to what a process tells then.
    /// </summary>
    private IEnumerable<string> Unknown(string folder)
    {
        var (rules, page) = (new AlertRules(folder), OnThePage());
        return rules.Expressions.Concat(Dashboards.Expressions(Path.Combine(folder, "dashboards")).Select(e => PromQl.Chosen(e.Expression)))
            .SelectMany(PromQl.Names).Distinct().Except(Builtin).Except(rules.Records)
            .Where(name => !IsTold(name) && !(page.TryGetValue(PromQl.Family(name), out var type) && type == "histogram" && name != PromQl.Family(name)))
            .Select(PromQl.Family);
    }

    private bool IsTold(string name) => plenary.Told.TryGetValue(name, out var type) ? type != "histogram" : plenary.Told.TryGetValue(PromQl.Family(name), out type) && type == "histogram";

    private static Dictionary<string, string> OnThePage() =>
        Rows().Matches(File.ReadAllText(Repo.At("docs/operate/metrics.md"))).ToDictionary(row => row.Groups["name"].Value, row => row.Groups["type"].Value);

    [GeneratedRegex("^\\| `(?<name>\\w+)` \\| (?<type>\\w+) \\|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
