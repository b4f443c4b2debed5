using System.Text.Json.Nodes;
using static Plenary.DeployTests.Charts.Manifest;

namespace Plenary.DeployTests.Charts;

/// <summary>What everything that a chart makes must keep to. Each says what is wrong, in a sentence that begins with the object.</summary>
internal static class Policies
{
    /// <param name="all">Everything one variant makes.</param>
    /// <param name="given">Secrets and claims that are there before.</param>
    public static List<string> Breaches(List<Manifest> all, string[] given) =>
        [.. Workloads.Breaches(all), .. Scaling.Breaches(all), .. References.Breaches(all, given), .. Departure.Breaches(all), .. Mesh.Breaches(all)];

    /// <summary>Pods of one kind: how many there may be at least.</summary>
    public static int Least(Manifest workload, List<Manifest> all)
    {
        var scaler = all.FirstOrDefault(m => m.Kind is "HorizontalPodAutoscaler" or "ScaledObject" && m.Text("spec.scaleTargetRef.name") == workload.Name);
        var number = scaler is null ? workload.Text("spec.replicas") : scaler.Text(scaler.Kind == "ScaledObject" ? "spec.minReplicaCount" : "spec.minReplicas");
        return int.TryParse(number, out var least) ? least : 1;
    }
}

/// <summary>What pods may do, and what Kubernetes knows of them.</summary>
internal static class Workloads
{
    public static IEnumerable<string> Breaches(List<Manifest> all)
    {
        foreach (var workload in all.Where(m => m.IsWorkload))
        {
            foreach (var breach in Pod(workload)) yield return $"{workload}: {breach}";
            foreach (var container in workload.Containers)
                foreach (var breach in Container(workload, container)) yield return $"{workload}: container {container["name"]}: {breach}";
        }
    }

    private static IEnumerable<string> Pod(Manifest workload)
    {
        var pod = workload.Pod;
        if (Find(pod, "spec.securityContext.seccompProfile.type")?.ToString() is not ("RuntimeDefault" or "Localhost")) yield return "has no seccomp profile";
        if (Find(pod, "spec.securityContext.runAsUser")?.ToString() is null or "0") yield return "runs as root";
        if (Find(pod, "spec.automountServiceAccountToken")?.ToString() is not ("false" or "False")) yield return "is given a token of the cluster's API that it does not need";
        if (workload.Kind == "Job") yield break;
        var labels = Map(pod, "metadata.labels");
        var spread = List(pod, "spec.topologySpreadConstraints").ToList();
        if (!spread.Any(s => s["topologyKey"]?.ToString() == "topology.kubernetes.io/zone")) yield return "is not spread over zones";
        if (spread.Any(s => !Matches(Map(s, "labelSelector.matchLabels"), labels))) yield return "is spread by labels that its pods do not have";
    }

    private static IEnumerable<string> Container(Manifest workload, JsonObject container)
    {
        var image = container["image"]?.ToString() ?? "";
        var version = image.Split('/')[^1];
        if (!version.Contains(':', StringComparison.Ordinal) && !version.Contains('@', StringComparison.Ordinal) || version.EndsWith(":latest", StringComparison.Ordinal) || version.EndsWith(':')) yield return $"the image {image} has no version";
        foreach (var wanted in new[] { "requests.cpu", "requests.memory", "limits.memory" })
            if (Find(container, $"resources.{wanted}") is null) yield return $"has no {wanted}";
        var (asked, most) = (Find(container, "resources.requests.memory")?.ToString(), Find(container, "resources.limits.memory")?.ToString());
        if (asked != most) yield return $"asks for {asked} of memory and may take {most}: others pay";
        foreach (var (right, value) in new[] { ("runAsNonRoot", "true"), ("readOnlyRootFilesystem", "true"), ("allowPrivilegeEscalation", "false") })
            if (!string.Equals(Find(container, $"securityContext.{right}")?.ToString(), value, StringComparison.OrdinalIgnoreCase)) yield return $"{right} is not {value}";
        if (Find(container, "securityContext.capabilities.drop") is not JsonArray drop || !drop.Any(c => c?.ToString() == "ALL")) yield return "keeps capabilities";
        if (workload.Kind == "Job") yield break;
        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
            if (container[probe] is null) yield return $"has no {probe}";
        // The same question would take pods away and start them anew for the same trouble.
        if (container["livenessProbe"]?.ToJsonString() == container["readinessProbe"]?.ToJsonString()) yield return "its readiness is its liveness";
        if (container["livenessProbe"] is JsonObject live && Find(live, "httpGet.path")?.ToString() == "/health/ready") yield return "is started anew when the database is away";
    }
}

/// <summary>How many pods there are, and how many may be missing.</summary>
internal static class Scaling
{
    public static IEnumerable<string> Breaches(List<Manifest> all)
    {
        foreach (var workload in all.Where(m => m.IsWorkload && m.Kind != "Job"))
        {
            var scalers = all.Where(m => m.Kind is "HorizontalPodAutoscaler" or "ScaledObject" && m.Namespace == workload.Namespace && m.Text("spec.scaleTargetRef.name") == workload.Name).ToList();
            if (scalers.Count > 1) yield return $"{workload}: is scaled by {string.Join(" and ", scalers.Select(s => s.Kind))}, which fight";
            if (scalers.Count > 0 && workload.Find("spec.replicas") is not null) yield return $"{workload}: has replicas, to which every upgrade would set back what the autoscaler chose";
            var budgets = all.Where(m => m.Kind == "PodDisruptionBudget" && m.Namespace == workload.Namespace && Matches(Map(m.Json, "spec.selector.matchLabels"), Map(workload.Pod, "metadata.labels"))).ToList();
            var least = Policies.Least(workload, all);
            if (least > 1 && budgets.Count != 1) yield return $"{workload}: has {budgets.Count} disruption budgets for {least} pods";
            if (least == 1 && budgets.Count > 0) yield return $"{workload}: has a disruption budget for one pod, so that its node can never be emptied";
            if (budgets.Any(b => b.Text("spec.maxUnavailable") is "" or "0" or "0%")) yield return $"{workload}: none of its pods may ever be missing, so that no node can be emptied";
        }
        foreach (var scaler in all.Where(m => m.Kind is "HorizontalPodAutoscaler" or "ScaledObject"))
        {
            var text = scaler.Json.ToJsonString();
            foreach (var metric in new[] { "plenary_live_connections", "plenary_forecast_connections" })
                if (!text.Contains(metric, StringComparison.Ordinal)) yield return $"{scaler}: does not look at {metric}";
            if (Find(scaler.Json, scaler.Kind == "ScaledObject" ? "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds" : "spec.behavior.scaleDown.stabilizationWindowSeconds") is null)
                yield return $"{scaler}: takes pods away as fast as it adds them";
            if (scaler.Kind == "ScaledObject" && scaler.Find("spec.fallback") is null) yield return $"{scaler}: knows nothing to do when Prometheus is silent";
        }
    }
}
