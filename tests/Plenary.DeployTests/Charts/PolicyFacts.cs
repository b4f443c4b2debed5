using System.Text.Json.Nodes;
using Plenary.DeployTests.Support;
using static Plenary.DeployTests.Charts.Manifest;

namespace Plenary.DeployTests.Charts;

/// <summary>What every installation keeps to, and that a breach of each policy is found.</summary>
public sealed class PolicyFacts
{
    /// <summary>A mistake in one object of the production or the mesh variant, and what must be said about it.</summary>
    private static readonly Dictionary<string, (string Kind, string Name, Action<Manifest> Spoil)> Mistakes = new()
    {
        ["has no seccomp profile"] = ("Deployment", "plenary", m => Remove(m.Pod, "spec.securityContext.seccompProfile")),
        ["runs as root"] = ("Deployment", "plenary", m => Set(m.Pod, "spec.securityContext.runAsUser", 0)),
        ["is given a token"] = ("StatefulSet", "plenary-janus", m => Remove(m.Pod, "spec.automountServiceAccountToken")),
        ["is not spread over zones"] = ("Deployment", "plenary", m => Remove(m.Pod, "spec.topologySpreadConstraints")),
        ["is spread by labels that its pods do not have"] = ("Deployment", "plenary", m => Set(List(m.Pod, "spec.topologySpreadConstraints").First(), "labelSelector.matchLabels.app", "x")),
        ["has no version"] = ("Deployment", "plenary", m => Set(First(m), "image", "registry.example.org/plenary:latest")),
        ["has no limits.memory"] = ("Deployment", "plenary-turn", m => Remove(First(m), "resources.limits.memory")),
        ["others pay"] = ("Deployment", "plenary", m => Set(First(m), "resources.limits.memory", "64Gi")),
        ["readOnlyRootFilesystem is not true"] = ("Job", "plenary-migrate", m => Set(First(m), "securityContext.readOnlyRootFilesystem", false)),
        ["keeps capabilities"] = ("Deployment", "plenary", m => Remove(First(m), "securityContext.capabilities")),
        ["has no readinessProbe"] = ("Deployment", "plenary", m => Remove(First(m), "readinessProbe")),
        ["started anew when the database is away"] = ("Deployment", "plenary", m => Set(First(m), "livenessProbe.httpGet.path", "/health/ready")),
        ["has replicas, to which"] = ("Deployment", "plenary", m => Set(m.Json, "spec.replicas", 3)),
        ["has 0 disruption budgets"] = ("PodDisruptionBudget", "plenary", m => Set(m.Json, "spec.selector.matchLabels.app", "x")),
        ["no node can be emptied"] = ("PodDisruptionBudget", "plenary", m => Set(m.Json, "spec.maxUnavailable", 0)),
        ["does not look at plenary_forecast_connections"] = ("ScaledObject", "plenary", m => List(m.Json, "spec.triggers").ElementAt(1)["metadata"]!["query"] = "vector(1)"),
        ["nothing to do when Prometheus is silent"] = ("ScaledObject", "plenary", m => Remove(m.Json, "spec.fallback")),
        ["scales nothing"] = ("ScaledObject", "plenary", m => Set(m.Json, "spec.scaleTargetRef.name", "plenty")),
        ["does not select its own pods"] = ("Deployment", "plenary-turn", m => Set(m.Json, "spec.selector.matchLabels.app", "x")),
        ["the ConfigMap config is not there"] = ("Deployment", "plenary", m => Set(List(First(m), "envFrom").First(), "configMapRef.name", "config")),
        ["the Secret plenary-db with the key connectionString is not there"] = ("ExternalSecret", "plenary-db", m => Set(List(m.Json, "spec.data").First(), "secretKey", "uri")),
        ["asks the port web"] = ("Deployment", "plenary", m => Set(First(m), "readinessProbe.httpGet.port", "web")),
        ["the ServiceAccount"] = ("ServiceAccount", "plenary", m => Set(m.Json, "metadata.name", "somebody")),
        ["selects no pods"] = ("Service", "plenary", m => Set(m.Json, "spec.selector.app", "x")),
        ["leads to a Service or a port"] = ("Service", "plenary", m => Set(List(m.Json, "spec.ports").First(), "name", "web")),
        ["guards no pod"] = ("NetworkPolicy", "plenary", m => Set(m.Json, "spec.podSelector.matchLabels.app", "x")),
        ["mounts the volume tmp, which is not there"] = ("StatefulSet", "plenary-janus", m => List(m.Pod, "spec.volumes").Single(v => v["name"]!.ToString() == "tmp")["name"] = "temp"),
        ["and has 100"] = ("ConfigMap", "plenary", m => Set(m.Json, "data.Live__DrainSeconds", "75")),
        ["cut off by the end of a spot instance"] = ("Deployment", "plenary", m => Set(m.Pod, "spec.terminationGracePeriodSeconds", 300)),
        ["no preStop"] = ("Deployment", "plenary", m => Remove(First(m), "lifecycle")),
        ["after 60 s of silence"] = ("Ingress", "plenary", m => m.Find("metadata.annotations")!["alb.ingress.kubernetes.io/load-balancer-attributes"] = "deletion_protection.enabled=true"),
        ["knows nodes instead of pods"] = ("Ingress", "plenary", m => m.Find("metadata.annotations")!["alb.ingress.kubernetes.io/target-type"] = "instance"),
        ["lets go of a pod after 30 s"] = ("Ingress", "plenary", m => m.Find("metadata.annotations")!["alb.ingress.kubernetes.io/target-group-attributes"] = "deregistration_delay.timeout_seconds=30"),
    };

    /// <summary>The same inside the mesh.</summary>
    private static readonly Dictionary<string, (string Kind, string Name, Action<Manifest> Spoil)> MeshMistakes = new()
    {
        ["WebSockets have no rule of their own"] = ("VirtualService", "plenary", m => m.Find("spec.http")!.AsArray().RemoveAt(0)),
        ["as Istio does unless told"] = ("VirtualService", "plenary", m => m.List("spec.http").First().Remove("retries")),
        ["a change or a WebSocket is asked for again"] = ("VirtualService", "plenary", m => Set(m.List("spec.http").Last(), "retries.attempts", 2)),
        ["asks again what may have been answered"] = ("VirtualService", "plenary", m => Set(m.List("spec.http").ElementAt(1), "retries.retryOn", "5xx")),
        ["ends what lasts longer than 15s"] = ("VirtualService", "plenary", m => m.List("spec.http").First()["timeout"] = "15s"),
        ["may take all pods out"] = ("DestinationRule", "plenary", m => Set(m.Json, "spec.trafficPolicy.outlierDetection.maxEjectionPercent", 100)),
        ["full or draining and says so"] = ("DestinationRule", "plenary", m => Set(m.Json, "spec.trafficPolicy.outlierDetection.consecutive5xxErrors", 5)),
        ["is below the 48000 connections"] = ("DestinationRule", "plenary", m => Set(m.Json, "spec.trafficPolicy.connectionPool.tcp.maxConnections", 1024)),
        ["its sidecar ends before it"] = ("Deployment", "plenary", m => { m.Pod["metadata"]!["annotations"]!.AsObject().Remove("sidecar.istio.io/nativeSidecar"); m.Pod["metadata"]!["annotations"]!.AsObject().Remove("proxy.istio.io/config"); }
        ),
        ["what silos say goes through the sidecar"] = ("Deployment", "plenary", m => m.Pod["metadata"]!["annotations"]!.AsObject().Remove("traffic.sidecar.istio.io/excludeInboundPorts")),
        ["its sidecar keeps it from ending"] = ("Job", "plenary-migrate", m => Remove(m.Pod, "metadata.annotations")),
    };

    [Theory]
    [MemberData(nameof(Variant.Names), MemberType = typeof(Variant))]
    public async Task EveryInstallationKeepsThem(string variant)
    {
        var of = Variant.Called(variant);
        Assert.Empty(Policies.Breaches(await of.Manifests(), of.Given));
    }

    [Fact]
    public async Task EveryBreachIsFound()
    {
        var missed = new List<string>();
        foreach (var (variant, mistakes) in new[] { (Variant.Production, Mistakes), (Variant.Mesh, MeshMistakes) })
        {
            foreach (var (told, (kind, name, spoil)) in mistakes)
            {
                var all = await variant.Manifests();
                spoil(all.Single(m => m.Kind == kind && m.Name == name && (m.Namespace == "plenary" || kind is not "ExternalSecret")));
                var breaches = Policies.Breaches(all, variant.Given);
                if (!breaches.Any(b => b.Contains(told, StringComparison.Ordinal))) missed.Add($"{variant.Name}: “{told}” was not said of {kind} {name}: {string.Join("; ", breaches)}");
            }
        }
        Assert.Empty(missed);
    }

    /// <summary>Two autoscalers of one workload fight.</summary>
    [Fact]
    public async Task TwoAutoscalersAreFound()
    {
        var all = await Variant.Production.Manifests();
        var second = new Manifest(all.Single(m => m.Kind == "ScaledObject").Json.DeepClone().AsObject());
        second.Json["kind"] = "HorizontalPodAutoscaler";
        Assert.Contains(Policies.Breaches([.. all, second], []), b => b.Contains("which fight", StringComparison.Ordinal));
    }

    /// <summary>Every setting that a chart gives the program is one that it has.</summary>
    [Theory]
    [MemberData(nameof(Variant.Names), MemberType = typeof(Variant))]
    public async Task SettingsAreThoseOfTheProgram(string variant)
    {
        var all = await Variant.Called(variant).Manifests();
        var programs = all.Where(m => m.IsWorkload).Select(m => Departure.Settings(m.Containers.First(), m, all)).Where(s => s.ContainsKey("Data__Folder")).ToList();
        Assert.Equal(variant.StartsWith("plenary", StringComparison.Ordinal), programs.Count > 0);
        Assert.Empty(Unknown(programs.SelectMany(s => s.Keys)));
    }

    [Fact]
    public void ASettingThatNobodyReadsIsFound() => Assert.Equal(["Live__DrainSecond"], Unknown(["Live__DrainSecond", "Live__DrainSeconds", "RateLimits__sign-in__Permits", "Logging__LogLevel__Default"]));

    private static List<string> Unknown(IEnumerable<string> names)
    {
        // Second column of the table; a name between < and > stands for any. And what every program of ASP.NET Core knows.
        var known = File.ReadLines(Repo.At("docs/operate/configuration.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[3]).ToList();
        Assert.True(known.Count > 40);
        return [.. names.Where(n => n != "ASPNETCORE_URLS" && !n.StartsWith("Logging__LogLevel__", StringComparison.Ordinal) && !known.Any(k => k == n || k.Contains('<', StringComparison.Ordinal) && n.StartsWith(k[..k.IndexOf('<', StringComparison.Ordinal)], StringComparison.Ordinal)))];
    }

    private static JsonObject First(Manifest of) => of.Containers.First();

    private static void Set(JsonNode from, string path, JsonNode value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1]) from = from[part] ??= new JsonObject();
        from[parts[^1]] = value;
    }

    private static void Remove(JsonNode from, string path)
    {
        var cut = path.LastIndexOf('.');
        ((JsonObject)(cut < 0 ? from : Find(from, path[..cut])!)).Remove(path[(cut + 1)..]);
    }
}
