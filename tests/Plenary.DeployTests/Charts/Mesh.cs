using System.Globalization;
using System.Text.Json.Nodes;
using static Plenary.DeployTests.Charts.Manifest;

namespace Plenary.DeployTests.Charts;

/// <summary>What a mesh does by itself and must not do here: ask again, give up on what lasts, take every pod out, end before the program.</summary>
internal static class Mesh
{
    public static IEnumerable<string> Breaches(List<Manifest> all)
    {
        foreach (var service in all.Where(m => m.Kind == "VirtualService"))
        {
            var routes = service.List("spec.http").ToList();
            if (routes.Count == 0 || !IsUpgrade(routes[0])) yield return $"{service}: WebSockets have no rule of their own before the others";
            foreach (var route in routes)
            {
                if (Find(route, "retries.attempts") is not { } attempts) yield return $"{service}: {route["name"]}: asks again, as Istio does unless told";
                else if (attempts.ToString() != "0" && (IsUpgrade(route) || !ReadsOnly(route))) yield return $"{service}: {route["name"]}: a change or a WebSocket is asked for again";
                else if (attempts.ToString() != "0" && Find(route, "retries.retryOn")?.ToString() is not ("connect-failure,refused-stream" or "connect-failure" or "refused-stream")) yield return $"{service}: {route["name"]}: asks again what may have been answered";
                if (route["timeout"]?.ToString() != "0s") yield return $"{service}: {route["name"]}: ends what lasts longer than {route["timeout"]}";
            }
        }
        foreach (var rule in all.Where(m => m.Kind == "DestinationRule"))
        {
            if (Of(rule, "outlierDetection.maxEjectionPercent") is not <= 50) yield return $"{rule}: may take all pods out";
            if (Of(rule, "outlierDetection.minHealthPercent") is not > 0) yield return $"{rule}: takes pods out although few are left";
            if (Of(rule, "outlierDetection.consecutiveGatewayErrors") != 0 || Of(rule, "outlierDetection.consecutive5xxErrors") != 0) yield return $"{rule}: takes a pod out that is full or draining and says so";
            var fits = all.Where(m => m.Kind == "Deployment" && m.Name == rule.Text("spec.host"))
                .Sum(m => int.Parse(Departure.Settings(m.Containers.First(), m, all)["Live__MaxConnections"], CultureInfo.InvariantCulture) * Most(m, all));
            foreach (var limit in new[] { "connectionPool.tcp.maxConnections", "connectionPool.http.http1MaxPendingRequests", "connectionPool.http.http2MaxRequests" })
                if (Of(rule, limit) is not { } most || most <= fits) yield return $"{rule}: {limit} is below the {fits} connections that pods take";
            foreach (var workload in all.Where(m => m.IsWorkload && m.Kind != "Job" && Find(m.Pod, "spec.hostNetwork") is null))
            {
                var annotations = Map(workload.Pod, "metadata.annotations");
                var config = annotations.GetValueOrDefault("proxy.istio.io/config") ?? "";
                if (annotations.GetValueOrDefault("sidecar.istio.io/nativeSidecar") != "true" && !config.Contains("EXIT_ON_ZERO_ACTIVE_CONNECTIONS: \"true\"", StringComparison.Ordinal)) yield return $"{workload}: its sidecar ends before it";
                if (annotations.GetValueOrDefault("traffic.sidecar.istio.io/excludeInboundPorts")?.Split(',').Contains("11111") is not true) yield return $"{workload}: what silos say goes through the sidecar";
            }
            foreach (var job in all.Where(m => m.Kind == "Job"))
                if (Map(job.Pod, "metadata.annotations").GetValueOrDefault("sidecar.istio.io/inject") is not ("false" or "False")) yield return $"{job}: its sidecar keeps it from ending";
        }
    }

    private static bool IsUpgrade(JsonObject route) => List(route, "match").Any(m => Find(m, "headers.upgrade") is not null);

    private static bool ReadsOnly(JsonObject route) => List(route, "match").ToList() is { Count: > 0 } matches && matches.All(m => Find(m, "method.exact")?.ToString() is "GET" or "HEAD");

    private static int? Of(Manifest rule, string path) => int.TryParse(rule.Text("spec.trafficPolicy." + path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Most(Manifest workload, List<Manifest> all) =>
        all.FirstOrDefault(m => m.Kind is "HorizontalPodAutoscaler" or "ScaledObject" && m.Text("spec.scaleTargetRef.name") == workload.Name) is { } scaler
            ? int.Parse(scaler.Text(scaler.Kind == "ScaledObject" ? "spec.maxReplicaCount" : "spec.maxReplicas"), CultureInfo.InvariantCulture) : Policies.Least(workload, all);
}
