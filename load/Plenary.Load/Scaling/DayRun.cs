namespace Plenary.Load.Scaling;

/// <summary>How the number of pods follows the day.</summary>
/// <param name="Name">For the reader.</param>
/// <param name="Connections">By live connections.</param>
/// <param name="Forecast">By the forecast.</param>
/// <param name="Cpu">By the use of the cores that a pod asked for, in percent; null: not.</param>
/// <param name="DownAfter">Seconds of stabilization before pods are taken away.</param>
internal sealed record ScalingPolicy(string Name, bool Connections, bool Forecast, int? Cpu, int DownAfter)
{
    /// <summary>As the chart has it, the same without the forecast, and two that go by cores alone.</summary>
    public static readonly ScalingPolicy[] All =
    [
        new("forecast and connections", true, true, 65, 1800),
        new("connections", true, false, 65, 1800),
        new("CPU 65 %", false, false, 65, 300),
        new("CPU 30 %", false, false, 30, 300),
    ];
}

/// <summary>What a day under one policy was like.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="PodHours">Paid for.</param>
/// <param name="SurgeHours">Of these, beyond the fewest pods: those that spot instances run.</param>
/// <param name="MostPods">At once.</param>
/// <param name="AttendeeHours">That people were in.</param>
/// <param name="Waited">People who were not in within two seconds.</param>
/// <param name="P99">Seconds until in, of all people but the unluckiest hundredth.</param>
/// <param name="Longest">Seconds until in, of those who came in.</param>
/// <param name="NeverIn">People who had not come in when they would have gone, or when it was over.</param>
/// <param name="Samples">Every five minutes: people who are in, who wait, and pods.</param>
internal sealed record DayResult(ScalingPolicy Policy, double PodHours, double SurgeHours, int MostPods, double AttendeeHours, int Waited, double P99, int Longest, int NeverIn, (double People, int Waiting, int Pods)[] Samples);

/// <summary>Plays a day second by second.</summary>
internal sealed class DayRun(SimulatedDay day, ScalingPolicy policy)
{
    public const int Least = 3;

    public const int Most = 30;

    /// <summary>Seconds until a figure of the program has gone through Prometheus.</summary>
    private const int Lag = 30;

    private const int SampleEvery = 300;

    private readonly Pods pods = new(Least);
    private readonly HorizontalAutoscaler autoscaler = new(Least, Most, policy.DownAfter);
    private readonly Queue<(int Since, int Goes, int Event)> waiting = new();
    private readonly int[] leaving = new int[SimulatedDay.Seconds + 3600];
    private readonly int[][] leavingFrom = [.. SimulatedDay.Events.Select(_ => new int[SimulatedDay.Seconds + 3600])];
    private readonly int[] inside = new int[SimulatedDay.Events.Length];
    private readonly List<int> waits = [];
    private readonly double[] cores = new double[SimulatedDay.Seconds];
    private readonly double[] connections = new double[SimulatedDay.Seconds];
    private int neverIn;

    public DayResult Run()
    {
        var (next, podSeconds, surgeSeconds, mostPods, personSeconds) = (0, 0L, 0L, 0, 0d);
        var samples = new List<(double, int, int)>();
        for (var now = 0; now < SimulatedDay.Seconds; now++)
        {
            Go(now);
            pods.Pass(now);
            for (; next < day.People.Length && day.People[next].Comes <= now; next++) waiting.Enqueue((now, day.People[next].Goes, day.People[next].Event));
            var arrived = LetIn(now);
            (connections[now], cores[now]) = (pods.People, Math.Min(Delivering() + arrived * PodCapacity.PerArrival + pods.Ready(now) * PodCapacity.Idle, pods.Ready(now) * PodCapacity.Cores));
            if (now % HorizontalAutoscaler.SyncPeriod == 0) pods.Scale(Wanted(now), now);
            (podSeconds, surgeSeconds, mostPods, personSeconds) = (podSeconds + pods.Paid, surgeSeconds + Math.Max(0, pods.Paid - Least), Math.Max(mostPods, pods.Paid), personSeconds + pods.People);
            if (now % SampleEvery == 0) samples.Add((pods.People, waiting.Count, pods.Paid));
        }
        neverIn += waiting.Count;
        waits.AddRange(Enumerable.Repeat(int.MaxValue, neverIn));
        waits.Sort();
        var p99 = waits[(int)(waits.Count * 0.99)];
        return new(policy, podSeconds / 3600.0, surgeSeconds / 3600.0, mostPods, personSeconds / 3600, waits.Count(wait => wait > 2), p99 == int.MaxValue ? double.PositiveInfinity : p99,
            waits[waits.Count - neverIn - 1], neverIn, [.. samples]);
    }

    private void Go(int now)
    {
        pods.Leave(leaving[now]);
        for (var number = 0; number < inside.Length; number++) inside[number] -= leavingFrom[number][now];
    }

    /// <summary>Those who came first, first; whoever has waited for as long as they wanted to stay is gone.</summary>
    private int LetIn(int now)
    {
        var ready = pods.Ready(now);
        var free = ready * PodCapacity.Cores * PodCapacity.Busy - Delivering();
        var (arrived, most) = (0, (int)Math.Max(0, free / PodCapacity.PerArrival));
        while (waiting.TryPeek(out var person))
        {
            // Whoever comes in when it is over has not come in.
            if (Math.Min(person.Goes, SimulatedDay.Events[person.Event].Ends) > now)
            {
                if (arrived >= most || !pods.Enter(now)) break;
                arrived++;
                waits.Add(now - person.Since);
                leaving[person.Goes]++;
                leavingFrom[person.Event][person.Goes]++;
                inside[person.Event]++;
            }
            else neverIn++;
            waiting.Dequeue();
        }
        return arrived;
    }

    /// <summary>Cores that everybody's frames take, if they talk without pause.</summary>
    private double Delivering()
    {
        var sum = 0d;
        foreach (var people in inside) sum += people * PodCapacity.Frames(people) * PodCapacity.PerDelivery;
        return sum;
    }

    private int Wanted(int now)
    {
        var then = Math.Max(0, now - Lag);
        var metrics = new List<ScalingMetric>();
        if (policy.Cpu is { } percent) metrics.Add(new(cores[Math.Max(0, then - 15)..(then + 1)].Average(), PodCapacity.Cores * percent / 100.0, OfReadyPods: true));
        if (policy.Connections) metrics.Add(new(connections[then], PodCapacity.Target));
        if (policy.Forecast) metrics.Add(new(day.Expected[then / 60], PodCapacity.Target));
        return autoscaler.Decide(now, pods.Wanted, pods.Ready(now), [.. metrics]);
    }
}
