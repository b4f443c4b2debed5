using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Plenary.DeployTests.Charts.Manifest;

namespace Plenary.DeployTests.Charts;

/// <summary>How a pod goes without anybody noticing: it, its load balancer and Kubernetes must allow the others the time they need.</summary>
internal static partial class Departure
{
    /// <summary>The notice that AWS gives a spot instance is 120 s; ten of them pass until Kubernetes knows.</summary>
    private const int Longest = 110;

    /// <summary>3 s for those who were asked last (Drain), 5 s over the time of the host's services (DrainingLifetime).</summary>
    private const int Slack = 8;

    public static IEnumerable<string> Breaches(List<Manifest> all)
    {
        foreach (var workload in all.Where(m => m.IsWorkload && m.Kind != "Job"))
        {
            var grace = Number(Find(workload.Pod, "spec.terminationGracePeriodSeconds")) ?? 30;
            // A media node goes when it is empty, however long that takes.
            var waits = workload.Containers.Any(c => Find(c, "lifecycle.preStop.exec") is not null);
            if (!waits && grace > Longest) yield return $"{workload}: would be cut off by the end of a spot instance: a grace of {grace} s";
            foreach (var container in workload.Containers)
            {
                var notice = Number(Find(container, "lifecycle.preStop.sleep.seconds"));
                if (notice is null && Find(container, "lifecycle.preStop.exec") is null && all.Any(m => m.Kind == "Service" && Matches(Map(m.Json, "spec.selector"), Map(workload.Pod, "metadata.labels")))) yield return $"{workload}: is stopped while load balancers still send people: no preStop";
                var settings = Settings(container, workload, all);
                if (!settings.ContainsKey("Public__Url")) continue;
                var (drain, stop) = (Number(settings.GetValueOrDefault("Live__DrainSeconds")) ?? 20, Number(settings.GetValueOrDefault("Live__StopSeconds")) ?? 20);
                var takes = (notice ?? 0) + (Number(settings.GetValueOrDefault("Live__NoticeSeconds")) ?? 2) + drain + stop + Slack;
                if (takes >= grace) yield return $"{workload}: needs {takes} s to go and has {grace}";
            }
        }
        foreach (var ingress in all.Where(m => m.Kind == "Ingress"))
            foreach (var breach in OfIngress(ingress, all)) yield return $"{ingress}: {breach}";
    }

    private static IEnumerable<string> OfIngress(Manifest ingress, List<Manifest> all)
    {
        var annotations = Map(ingress.Json, "metadata.annotations");
        if (annotations.TryGetValue("alb.ingress.kubernetes.io/target-type", out var target))
        {
            if (target != "ip") yield return "the load balancer knows nodes instead of pods";
            var idle = Attribute(annotations, "load-balancer-attributes", "idle_timeout.timeout_seconds");
            if (idle is not (>= 3600 and <= 4000)) yield return $"closes live connections after {idle ?? 60} s of silence";
            var workload = all.First(m => m.Kind == "Deployment" && m.Name == ingress.Name);
            var (grace, settings) = (Number(Find(workload.Pod, "spec.terminationGracePeriodSeconds")), Settings(workload.Containers.First(), workload, all));
            var needs = (Number(Find(workload.Containers.First(), "lifecycle.preStop.sleep.seconds")) ?? 0) + (Number(settings.GetValueOrDefault("Live__DrainSeconds")) ?? 20);
            var delay = Attribute(annotations, "target-group-attributes", "deregistration_delay.timeout_seconds") ?? 300;
            if (delay < needs || delay > grace) yield return $"the load balancer lets go of a pod after {delay} s, which needs {needs} and has {grace}";
            if (annotations.GetValueOrDefault("alb.ingress.kubernetes.io/healthcheck-path") != "/health/ready") yield return "the load balancer does not ask whether pods are ready";
        }
        else
        {
            foreach (var name in new[] { "proxy-read-timeout", "proxy-send-timeout" })
                if (!annotations.Any(a => a.Key.EndsWith('/' + name, StringComparison.Ordinal) && Number(a.Value) >= 3600)) yield return $"closes live connections: {name} is not an hour";
        }
    }

    /// <summary>The environment of a container that is said here or in a ConfigMap.</summary>
    public static Dictionary<string, string> Settings(JsonObject container, Manifest workload, List<Manifest> all)
    {
        var settings = new Dictionary<string, string>();
        foreach (var from in List(container, "envFrom"))
            foreach (var map in all.Where(m => m.Kind == "ConfigMap" && m.Namespace == workload.Namespace && m.Name == Find(from, "configMapRef.name")?.ToString()))
                foreach (var (name, value) in Map(map.Json, "data")) settings[name] = value;
        foreach (var variable in List(container, "env")) settings[variable["name"]!.ToString()] = variable["value"]?.ToString() ?? "";
        return settings;
    }

    private static int? Attribute(Dictionary<string, string> annotations, string list, string name) =>
        (annotations.GetValueOrDefault("alb.ingress.kubernetes.io/" + list) ?? "").Split(',').Select(p => p.Split('=')).Where(p => p[0] == name).Select(p => Number(p[1])).FirstOrDefault();

    private static int? Number(JsonNode? node) => Number(node?.ToString());

    private static int? Number(string? text) => text is not null && Whole().Match(text) is { Success: true } match ? int.Parse(match.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Whole();
}
