namespace Plenary.Load.Scaling;

/// <summary>What a pod can do: the measured figures of docs/operate/capacity.md, and the chart's defaults.</summary>
internal static class PodCapacity
{
    /// <summary>Connections for which the chart adds a pod: <c>autoscaling.connectionsPerPod</c>.</summary>
    public const int Target = 10_000;

    /// <summary>Connections that a pod takes: <c>live.maxConnections</c>.</summary>
    public const int Most = 16_000;

    public const double Cores = 2;

    /// <summary>The part of its cores above which a pod lets nobody more in.</summary>
    public const double Busy = 0.9;

    /// <summary>Seconds of a core for one frame to one person.</summary>
    public const double PerDelivery = 12e-6;

    /// <summary>Seconds of a core for one person who comes: 450 µs measured for the join, the rest an assumption for the page and what it asks.</summary>
    public const double PerArrival = 0.005;

    /// <summary>Cores of a process that nobody uses.</summary>
    public const double Idle = 0.05;

    /// <summary>Seconds until a new pod is ready: a node of Karpenter, the image, the start of the program. An assumption.</summary>
    public const int StartsIn = 90;

    /// <summary>Seconds over which a pod that ends hands its people over.</summary>
    public const int Drain = 60;

    /// <summary>Frames a second that a room of this size gets at most, and gets while people talk without pause.</summary>
    public static double Frames(int people) => people < 1_000 ? 20 : people < 20_000 ? 10 : 2;
}

/// <summary>A pod: starting, ready, or handing its people over.</summary>
internal sealed class Pod(int readyAt)
{
    public int ReadyAt { get; } = readyAt;

    public double People { get; set; }

    /// <summary>When it began to hand its people over; null while it takes some.</summary>
    public int? EndsAt { get; set; }
}

/// <summary>All pods of a workload. A balancer sends whoever comes to where the fewest are.</summary>
internal sealed class Pods
{
    private readonly List<Pod> all = [];

    public Pods(int first)
    {
        for (var i = 0; i < first; i++) all.Add(new(0));
    }

    /// <summary>Pods that the autoscaler counts.</summary>
    public int Wanted => all.Count(pod => pod.EndsAt is null);

    /// <summary>Pods that are paid for.</summary>
    public int Paid => all.Count;

    public double People => all.Sum(pod => pod.People);

    public int Ready(int now) => all.Count(pod => pod.EndsAt is null && pod.ReadyAt <= now);

    /// <summary>Adds pods, or has the newest end.</summary>
    public void Scale(int wanted, int now)
    {
        for (var missing = wanted - Wanted; missing > 0; missing--) all.Add(new(now + PodCapacity.StartsIn));
        foreach (var pod in all.Where(pod => pod.EndsAt is null).OrderByDescending(pod => pod.ReadyAt).Take(Wanted - wanted)) pod.EndsAt = now + PodCapacity.Drain;
    }

    /// <summary>A person who may come in somewhere does; false when every pod is full.</summary>
    public bool Enter(int now)
    {
        Pod? emptiest = null;
        foreach (var pod in all)
            if (pod.EndsAt is null && pod.ReadyAt <= now && (emptiest is null || pod.People < emptiest.People)) emptiest = pod;
        if (emptiest is null || emptiest.People + 1 > PodCapacity.Most) return false;
        emptiest.People++;
        return true;
    }

    /// <summary>So many people go, from all pods alike.</summary>
    public void Leave(int people)
    {
        var here = People;
        if (here <= 0) return;
        foreach (var pod in all) pod.People -= Math.Min(pod.People, people * pod.People / here);
    }

    /// <summary>
    /// A second passes: pods that end hand over the part of their people that is due, where there is room. One whose people fit nowhere stays until they do,
    /// which is kinder than what would happen.
    /// </summary>
    public void Pass(int now)
    {
        foreach (var pod in all.Where(pod => pod.EndsAt is not null))
        {
            var due = pod.People / Math.Max(1, pod.EndsAt!.Value - now);
            foreach (var other in all.Where(o => o.EndsAt is null && o.ReadyAt <= now).OrderBy(o => o.People))
            {
                var moves = Math.Min(due, Math.Max(0, PodCapacity.Most - other.People));
                (pod.People, other.People, due) = (pod.People - moves, other.People + moves, due - moves);
                if (due <= 0) break;
            }
        }
        all.RemoveAll(pod => pod.EndsAt <= now && pod.People < 1);
    }
}
