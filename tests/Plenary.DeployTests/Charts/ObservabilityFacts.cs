using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Charts;

/// <summary>The chart that watches: it says what the plain files say, and nothing is missing on a cluster that it asks for.</summary>
public sealed class ObservabilityFacts
{
    /// <summary>Every rule file, every dashboard and the routes, word for word: one source.</summary>
    [Fact]
    public async Task WrapsThePlainFiles()
    {
        var all = await Variant.Observability.Manifests();
        var rules = Directory.GetFiles(Repo.At("deploy/monitoring/rules"), "*.yaml");
        Assert.NotEmpty(rules);
        foreach (var file in rules)
        {
            var plain = Manifest.Read("kind: x\n" + await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Single().Json;
            var wrapped = all.Single(m => m.Kind == "PrometheusRule" && m.Name == "plenary-" + Path.GetFileNameWithoutExtension(file));
            Assert.Equal(plain["groups"]!.ToJsonString(), wrapped.Find("spec.groups")!.ToJsonString());
        }
        foreach (var file in Directory.GetFiles(Repo.At("deploy/monitoring/dashboards"), "*.json"))
        {
            var map = all.Single(m => m.Kind == "ConfigMap" && m.Name == "plenary-dashboard-" + Path.GetFileNameWithoutExtension(file));
            Assert.Equal((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).TrimEnd(), map.Find("data")![Path.GetFileName(file)]!.ToString().TrimEnd());
        }
        var config = all.Single(m => m.Name == "plenary-alertmanager-config").Find("stringData")!["alertmanager.yaml"]!.ToString();
        Assert.Contains("templates: [/etc/alertmanager/config/slack.tmpl]", config, StringComparison.Ordinal);
        Assert.Equal((await File.ReadAllTextAsync(Repo.At("deploy/monitoring/alertmanager/alertmanager.yaml"), TestContext.Current.CancellationToken)).TrimEnd(),
            config.Replace("/etc/alertmanager/config/slack.tmpl", "slack.tmpl", StringComparison.Ordinal).TrimEnd());
        // Where the routes look for the webhooks' addresses is where the chart puts them.
        Assert.Equal("/etc/alertmanager/secrets", all.Single(m => m.Kind == "Alertmanager").List("spec.volumeMounts").Single()["mountPath"]!.ToString());
    }

    /// <summary>What reads metrics finds the pods of the platform's chart, their port and the token.</summary>
    [Fact]
    public async Task ReadsTheMetricsOfThePlatformsPods()
    {
        var monitor = (await Variant.Observability.Manifests()).Single(m => m.Kind == "PodMonitor");
        var platform = await Variant.Cluster.Manifests();
        var endpoint = monitor.List("spec.podMetricsEndpoints").Single();
        foreach (var name in new[] { "plenary", "plenary-composer" })
        {
            var pods = platform.Single(m => m.Kind == "Deployment" && m.Name == name);
            Assert.Equal(monitor.Namespace, pods.Namespace);
            Assert.True(Manifest.Matches(Manifest.Map(monitor.Json, "spec.selector.matchLabels"), Manifest.Map(pods.Pod, "metadata.labels")));
            Assert.Contains(pods.Containers.SelectMany(c => Manifest.List(c, "ports")), p => p["name"]!.ToString() == endpoint["port"]!.ToString());
            var token = pods.Containers.SelectMany(c => Manifest.List(c, "env")).Single(e => e["name"]!.ToString() == "Metrics__Token");
            Assert.Equal(Manifest.Find(token, "valueFrom.secretKeyRef")!.ToJsonString(), Manifest.Find(endpoint, "authorization.credentials")!.ToJsonString());
        }
    }

    /// <summary>Every kind of custom resource that an environment makes is made known by an operator that is pinned for it.</summary>
    [Theory]
    [InlineData("production")]
    [InlineData("staging")]
    [InlineData("development")]
    public async Task EveryOperatorIsPinned(string environment)
    {
        var wanted = Variant.All.Where(v => v.Name == environment);
        var groups = new HashSet<string>();
        foreach (var variant in wanted) groups.UnionWith((await variant.Manifests()).Where(m => !m.BuiltIn).Select(m => m.Group));
        var operators = Manifest.Read("kind: x\n" + await File.ReadAllTextAsync(Repo.At("deploy/helm/observability/operators.yaml"), TestContext.Current.CancellationToken)).Single().List("operators").ToList();
        var here = operators.Where(o => o["environments"]!.AsArray().Any(e => e!.ToString() == environment)).ToList();
        Assert.Empty(groups.Except(here.SelectMany(o => o["crds"]!.AsArray().Select(c => c!.ToString()))));
        Assert.All(operators, o => Assert.Matches(@"^v?\d+\.\d+\.\d+$", o["version"]!.ToString()));

        var commands = (await Tool.RunAsync("node", ["deploy/helm/operators.mjs", environment])).Succeeded();
        Assert.Equal(here.Count, commands.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(here, o => Assert.Contains($"--version {o["version"]} ", commands, StringComparison.Ordinal));
    }
}
