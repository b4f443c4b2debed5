using System.Text.Json;
using System.Text.Json.Nodes;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Charts;

/// <summary>Objects for operators: KEDA, cert-manager, External Secrets, Istio, Prometheus.</summary>
public sealed class CustomResourceFacts
{
    /// <summary>They are what the operators' published models say: members, types, enumerations, what is required.</summary>
    [Fact]
    public async Task AreWhatOperatorsKnow()
    {
        var all = await Everything();
        Assert.Empty(new[] { "ScaledObject", "Certificate", "ExternalSecret", "VirtualService", "DestinationRule", "PodMonitor", "PrometheusRule", "Alertmanager", "Elasticsearch", "Kibana", "Beat" }.Except(all.Select(m => m.Kind)));
        Assert.Empty(await Wrong(all));
    }

    [Fact]
    public async Task AMistakeOfEachKindIsFound()
    {
        var all = await Everything();
        Of("ScaledObject")["spec"]!["minReplicas"] = 3;
        Of("Certificate")["spec"]!["privateKey"]!["algorithm"] = "ECC";
        Of("DestinationRule")["spec"]!.AsObject().Remove("host");
        Of("DestinationRule")["spec"]!["trafficPolicy"]!["outlierDetection"]!["maxEjectionPercent"] = "a third";
        Of("Kibana")["spec"]!["replicas"] = 2;
        Of("PrometheusRule")["spec"]!["groups"]![0]!["rules"]![0]!.AsObject().Remove("expr");
        Of("ExternalSecret")["kind"] = "ExternalSecrets";
        var wrong = string.Join('\n', await Wrong(all));
        Assert.Contains("'\"minReplicas\"' does not exist", wrong, StringComparison.Ordinal);
        Assert.Contains("algorithm must be equal to one of the allowed values", wrong, StringComparison.Ordinal);
        Assert.Contains("maxEjectionPercent must be", wrong, StringComparison.Ordinal);
        Assert.Contains("Kibana plenary: replicas does not exist", wrong, StringComparison.Ordinal);
        Assert.Contains("must have required property expr", wrong, StringComparison.Ordinal);
        Assert.Contains("no model of external-secrets.io/v1 ExternalSecrets", wrong, StringComparison.Ordinal);

        JsonObject Of(string kind) => all.First(m => m.Kind == kind).Json;
    }

    private static async Task<List<Manifest>> Everything()
    {
        var all = new List<Manifest>();
        foreach (var variant in Variant.All) all.AddRange((await variant.Manifests()).Where(m => !m.BuiltIn));
        return all;
    }

    private static async Task<string[]> Wrong(List<Manifest> resources)
    {
        await Tools.At("");
        var json = new JsonArray([.. resources.Select(r => r.Json.DeepClone())]).ToJsonString();
        return JsonSerializer.Deserialize<string[]>((await Tool.RunAsync("node", ["tests/Plenary.DeployTests/tools/custom-resources.mjs"], input: json)).Succeeded())!;
    }
}
