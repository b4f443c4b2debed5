using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Monitoring;

/// <summary>
/// The real Prometheus and the real Alertmanager with the configuration and the rules of <c>deploy/monitoring</c>, in a hurry: what waits minutes there waits a moment here
/// (not less than a second between scrapes: a scrape that takes longer than that counts as a process that is gone).
/// They watch a made-up process and write to a made-up Slack. Nothing leaves this machine.
/// </summary>
public sealed partial class Watchtower : IAsyncLifetime
{
    private readonly TempFolder temp = new();
    private readonly HttpClient http = new();
    private readonly Uri prometheus = new($"http://127.0.0.1:{FreePort.Take()}"), alertmanager = new($"http://127.0.0.1:{FreePort.Take()}");
    private readonly List<Daemon> daemons = [];

    internal FakePlenary Plenary { get; } = new();

    internal FakeSlack Slack { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Debian.Prometheus) || !File.Exists(Debian.Alertmanager)) return; // the tests say so
        var folder = temp.Copy("deploy/monitoring");
        var routes = Path.Combine(folder, "alertmanager/alertmanager.yaml");
        foreach (var severity in (string[])["page", "warn", "info"]) await File.WriteAllTextAsync(temp.At("slack-" + severity), Slack.Url + severity);
        await File.WriteAllTextAsync(routes, Waits().Replace(await File.ReadAllTextAsync(routes), "$1: 300ms").Replace("/etc/alertmanager/secrets", temp.Path, StringComparison.Ordinal));
        daemons.Add(Daemon.Start(Debian.Alertmanager, [$"--config.file={routes}", $"--storage.path={temp.At("alertmanager-data")}", $"--web.listen-address={alertmanager.Authority}", "--cluster.listen-address="], folder));

        var watched = Path.Combine(folder, "prometheus.yaml");
        await File.WriteAllTextAsync(temp.At("token"), "token");
        await File.WriteAllTextAsync(watched, (await File.ReadAllTextAsync(watched)).Replace("15s", "1s", StringComparison.Ordinal).Replace("/etc/prometheus/secrets/plenary", temp.At("token"), StringComparison.Ordinal)
            .Replace("127.0.0.1:9093", alertmanager.Authority, StringComparison.Ordinal).Replace("127.0.0.1:5000", Plenary.Target, StringComparison.Ordinal));
        (await Tool.RunAsync(Debian.Promtool, ["check", "config", watched])).Succeeded();
        foreach (var rules in Directory.EnumerateFiles(Path.Combine(folder, "rules")))
            await File.WriteAllTextAsync(rules, Holds().Replace(await File.ReadAllTextAsync(rules), match => match.Groups["alert"].Value == "NoProcess" ? match.Value : match.Groups["before"].Value + "for: 200ms"));
        daemons.Add(Daemon.Start(Debian.Prometheus, [$"--config.file={watched}", $"--storage.tsdb.path={temp.At("prometheus-data")}", $"--web.listen-address={prometheus.Authority}", "--rules.alert.resend-delay=10s"], folder));
        await Task.WhenAll(daemons[0].Answers(new(alertmanager, "/-/ready")), daemons[1].Answers(new(prometheus, "/-/ready")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in daemons) await daemon.DisposeAsync();
        Plenary.Dispose();
        Slack.Dispose();
        http.Dispose();
        temp.Dispose();
    }

    /// <summary>What Prometheus says is wrong with an expression; null when nothing is.</summary>
    public async Task<string?> MistakeIn(string expression)
    {
        using var answer = await http.PostAsync(new Uri(prometheus, "/api/v1/query"), new FormUrlEncodedContent([new("query", expression)]), TestContext.Current.CancellationToken);
        var told = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        return (string?)told!["status"] == "success" ? null : (string?)told["error"] ?? "no answer";
    }

    /// <summary>Returns when the Alertmanager holds an alert back because of another.</summary>
    public async Task IsHeldBack(string alert)
    {
        for (var tries = 0; tries < 1200; tries++)
        {
            var alerts = await http.GetFromJsonAsync<JsonArray>(new Uri(alertmanager, "/api/v2/alerts"), TestContext.Current.CancellationToken);
            if (alerts!.Any(a => (string?)a!["labels"]!["alertname"] == alert && a["status"]!["inhibitedBy"]!.AsArray().Count > 0)) return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"{alert} was not held back.");
    }

    [GeneratedRegex(@"(group_wait|group_interval): \w+")]
    private static partial Regex Waits();

    [GeneratedRegex(@"(?<before>- alert: (?<alert>\w+)\n\s+expr: '[^\n]*'\n\s+)for: \w+")]
    private static partial Regex Holds();
}

/// <summary>Tests that share one <see cref="Watchtower"/>.</summary>
[CollectionDefinition(Name)]
public sealed class UnderTheWatchtower : ICollectionFixture<Watchtower>
{
    public const string Name = "watchtower";
}
