namespace Plenary.Load.Scaling;

/// <summary>What an autoscaler goes by.</summary>
/// <param name="Value">Of the whole workload: connections, or cores.</param>
/// <param name="Target">What one pod should have of it.</param>
/// <param name="OfReadyPods">A resource: measured of the pods that are ready, and pods that start count as idle. Otherwise a figure of the whole.</param>
internal readonly record struct ScalingMetric(double Value, double Target, bool OfReadyPods = false);

/// <summary>
/// The HorizontalPodAutoscaler of Kubernetes (autoscaling/v2): its formula, tolerance, treatment of pods that start, stabilization and default rates. Source:
/// https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ and pkg/controller/podautoscaler of Kubernetes 1.34. KEDA makes such an
/// autoscaler and serves its metrics.
/// </summary>
/// <param name="least">Fewest pods.</param>
/// <param name="most">Most pods.</param>
/// <param name="downAfter">Seconds over which the highest recommendation counts before pods are taken away.</param>
internal sealed class HorizontalAutoscaler(int least, int most, int downAfter)
{
    /// <summary>Seconds between looks: <c>--horizontal-pod-autoscaler-sync-period</c>.</summary>
    public const int SyncPeriod = 15;

    /// <summary>A ratio this near to 1 changes nothing: <c>--horizontal-pod-autoscaler-tolerance</c>.</summary>
    public const double Tolerance = 0.1;

    /// <summary>Within a period at most so many pods more, or twice as many, whichever is more: the default behaviour.</summary>
    private const int FewestMore = 4;

    private readonly Queue<(int At, int Pods)> recommendations = new();

    /// <summary>Pods that there should be.</summary>
    /// <param name="now">Seconds.</param>
    /// <param name="pods">Pods that there are.</param>
    /// <param name="ready">Of these, ready ones.</param>
    /// <param name="metrics">The greatest answer of all wins.</param>
    public int Decide(int now, int pods, int ready, params ReadOnlySpan<ScalingMetric> metrics)
    {
        var wanted = least;
        foreach (var metric in metrics) wanted = Math.Max(wanted, metric.OfReadyPods ? ByResource(metric, pods, ready) : ByFigure(metric, pods));
        wanted = Math.Clamp(wanted, least, most);
        while (recommendations.TryPeek(out var oldest) && oldest.At <= now - downAfter) recommendations.Dequeue();
        recommendations.Enqueue((now, wanted));
        if (wanted < pods) wanted = Math.Min(pods, recommendations.Max(r => r.Pods));
        return Math.Min(wanted, Math.Max(pods * 2, pods + FewestMore));
    }

    private static int ByFigure(ScalingMetric metric, int pods) =>
        Math.Abs(metric.Value / (metric.Target * pods) - 1) <= Tolerance ? pods : Whole(metric.Value / metric.Target);

    private static int ByResource(ScalingMetric metric, int pods, int ready)
    {
        if (ready == 0) return pods;
        var ratio = metric.Value / (metric.Target * ready);
        if (ready == pods || ratio <= 1) return Math.Abs(ratio - 1) <= Tolerance ? pods : ratio < 1 && ready < pods ? pods : Whole(ratio * ready);
        // Pods that start are taken for idle, so that a start that takes long is not answered by ever more starts.
        var damped = metric.Value / (metric.Target * pods);
        return Math.Abs(damped - 1) <= Tolerance || damped < 1 ? pods : Whole(damped * pods);
    }

    /// <summary>Rounded up; what is a whole number but for the arithmetic stays one.</summary>
    private static int Whole(double pods) => (int)Math.Ceiling(pods - 1e-9);
}
