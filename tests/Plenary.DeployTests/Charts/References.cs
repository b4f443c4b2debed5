using System.Text.Json.Nodes;
using static Plenary.DeployTests.Charts.Manifest;

namespace Plenary.DeployTests.Charts;

/// <summary>Whatever an object names must be there.</summary>
internal static class References
{
    public static IEnumerable<string> Breaches(List<Manifest> all, string[] given)
    {
        foreach (var twice in all.GroupBy(m => (m.Kind, m.Namespace, m.Name)).Where(g => g.Count() > 1)) yield return $"{twice.First()}: is made {twice.Count()} times";
        foreach (var workload in all.Where(m => m.IsWorkload))
            foreach (var breach in OfWorkload(workload, all, given)) yield return $"{workload}: {breach}";
        foreach (var service in all.Where(m => m.Kind == "Service"))
            foreach (var breach in OfService(service, all)) yield return $"{service}: {breach}";
        foreach (var ingress in all.Where(m => m.Kind == "Ingress"))
            foreach (var path in ingress.List("spec.rules").SelectMany(r => List(r, "http.paths")))
                if (Serves(all, Find(path, "backend.service.name")?.ToString(), Find(path, "backend.service.port.name")?.ToString()) is false) yield return $"{ingress}: leads to a Service or a port that is not there";
        foreach (var policy in all.Where(m => m.Kind == "NetworkPolicy"))
        {
            var pods = Selected(all, policy.Namespace, Map(policy.Json, "spec.podSelector.matchLabels"));
            if (pods.Count == 0) yield return $"{policy}: guards no pod";
            foreach (var port in policy.List("spec.ingress").SelectMany(r => List(r, "ports")).Select(p => p["port"]?.ToString()).Where(p => p is { Length: > 0 } && !char.IsDigit(p[0])))
                if (!pods.Any(p => HasPort(p, port!))) yield return $"{policy}: lets through to the port {port}, which no pod has";
        }
        foreach (var budget in all.Where(m => m.Kind == "PodDisruptionBudget"))
            // Pods of Alertmanager are made by its operator, which labels them so.
            if (Map(budget.Json, "spec.selector.matchLabels") is { Count: 1 } label && label.TryGetValue("alertmanager", out var watched) ? !all.Any(m => m.Kind == "Alertmanager" && m.Name == watched) : Selected(all, budget.Namespace, Map(budget.Json, "spec.selector.matchLabels")).Count != 1) yield return $"{budget}: is for no pods, or for several kinds";
        foreach (var scaler in all.Where(m => m.Kind is "HorizontalPodAutoscaler" or "ScaledObject"))
            if (!all.Any(m => m.Kind == scaler.Text("spec.scaleTargetRef.kind") && m.Name == scaler.Text("spec.scaleTargetRef.name"))) yield return $"{scaler}: scales nothing";
    }

    private static IEnumerable<string> OfWorkload(Manifest workload, List<Manifest> all, string[] given)
    {
        var labels = Map(workload.Pod, "metadata.labels");
        if (workload.Kind != "Job" && !Matches(Map(workload.Json, "spec.selector.matchLabels"), labels)) yield return "does not select its own pods";
        if (workload.Kind == "StatefulSet" && !all.Any(m => m.Kind == "Service" && m.Name == workload.Text("spec.serviceName") && m.Text("spec.clusterIP") == "None")) yield return "its Service is not there";
        if (Find(workload.Pod, "spec.serviceAccountName")?.ToString() is { } account && !all.Any(m => m.Kind == "ServiceAccount" && m.Name == account)) yield return $"the ServiceAccount {account} is not there";
        foreach (var volume in List(workload.Pod, "spec.volumes"))
        {
            if (Find(volume, "configMap.name")?.ToString() is { } map && !Made(all, "ConfigMap", workload.Namespace, map)) yield return $"the ConfigMap {map} is not there";
            if (Find(volume, "secret.secretName")?.ToString() is { } secret && !Keeps(all, given, workload.Namespace, secret, null)) yield return $"the Secret {secret} is not there";
            if (Find(volume, "persistentVolumeClaim.claimName")?.ToString() is { } claim && !Made(all, "PersistentVolumeClaim", workload.Namespace, claim) && !given.Contains(claim)) yield return $"the claim {claim} is not there";
        }
        var volumes = List(workload.Pod, "spec.volumes").Select(v => v["name"]?.ToString()).ToHashSet();
        foreach (var container in workload.Containers)
        {
            foreach (var mount in List(container, "volumeMounts"))
                if (!volumes.Contains(mount["name"]?.ToString())) yield return $"mounts the volume {mount["name"]}, which is not there";
            foreach (var from in List(container, "envFrom"))
                if (Find(from, "configMapRef.name")?.ToString() is { } map && !Made(all, "ConfigMap", workload.Namespace, map)) yield return $"the ConfigMap {map} is not there";
            foreach (var variable in List(container, "env"))
                if (Find(variable, "valueFrom.secretKeyRef") is JsonObject wanted && !Keeps(all, given, workload.Namespace, wanted["name"]!.ToString(), wanted["key"]!.ToString()))
                    yield return $"the Secret {wanted["name"]} with the key {wanted["key"]} is not there";
            foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
                if ((Find(container[probe], "httpGet.port") ?? Find(container[probe], "tcpSocket.port"))?.ToString() is { } port && !char.IsDigit(port[0]) && !List(container, "ports").Any(p => p["name"]?.ToString() == port))
                    yield return $"{probe} asks the port {port}, which is not there";
        }
    }

    private static IEnumerable<string> OfService(Manifest service, List<Manifest> all)
    {
        var pods = Selected(all, service.Namespace, Map(service.Json, "spec.selector"));
        if (pods.Count != 1) yield return pods.Count == 0 ? "selects no pods" : "selects several kinds of pods";
        foreach (var port in service.List("spec.ports"))
            if (pods.Count > 0 && !HasPort(pods[0], port["targetPort"]?.ToString() ?? "")) yield return $"the port {port["targetPort"]} is not there";
    }

    private static List<Manifest> Selected(List<Manifest> all, string space, Dictionary<string, string> selector) =>
        [.. all.Where(m => m.IsWorkload && m.Namespace == space && Matches(selector, Map(m.Pod, "metadata.labels")))];

    private static bool HasPort(Manifest workload, string port) =>
        workload.Containers.SelectMany(c => List(c, "ports")).Any(p => p["name"]?.ToString() == port || p["containerPort"]?.ToString() == port);

    private static bool Serves(List<Manifest> all, string? service, string? port) =>
        all.Any(m => m.Kind == "Service" && m.Name == service && m.List("spec.ports").Any(p => p["name"]?.ToString() == port));

    private static bool Made(List<Manifest> all, string kind, string space, string name) => all.Any(m => m.Kind == kind && m.Name == name && m.Namespace == space);

    /// <summary>A Secret that is there before, or that an operator makes in the same namespace, with the key that is asked for.</summary>
    private static bool Keeps(List<Manifest> all, string[] given, string space, string name, string? key) =>
        given.Contains(name) || all.Any(m => m.Namespace == space && m.Kind switch
        {
            "Secret" => m.Name == name && (key is null || m.Find("stringData")?[key] is not null || m.Find("data")?[key] is not null),
            "ExternalSecret" => m.Text("spec.target.name") == name && (key is null || m.List("spec.data").Any(d => d["secretKey"]?.ToString() == key)),
            "Certificate" => m.Text("spec.secretName") == name && key is null or "tls.crt" or "tls.key",
            "Elasticsearch" => name == m.Name + "-es-elastic-user" || name == m.Name + "-es-http-certs-public",
            _ => false,
        });
}
