using System.Globalization;
using Plenary.Load.Bench;

namespace Plenary.Load.Scaling;

/// <summary>The tables of docs/operate/scaling.md and docs/operate/cost.md, and the chart: a simulated day, the same on every machine.</summary>
internal static class ScalingBench
{
    public static Dictionary<string, double> Run(string prices, string? chart, Action<string> say)
    {
        var results = Play();
        if (chart is not null) File.WriteAllText(chart, DayChart.Of(results));
        var priced = Prices.Read(prices);
        say("");
        say(Days(results, priced));
        say("");
        say(Mixes(results[0], priced));
        say("");
        say(Environments(results[0], priced));
        var figures = new Dictionary<string, double>();
        foreach (var (result, name) in results.Zip(["forecast", "connections", "cpu65", "cpu30"]))
            foreach (var (figure, value) in new[] { ("podHours", result.PodHours), ("mostPods", result.MostPods), ("waited", result.Waited), ("p99", result.P99), ("longest", result.Longest), ("neverIn", result.NeverIn) })
                figures[$"{name}.{figure}"] = value;
        return figures;
    }

    public static List<DayResult> Play()
    {
        var day = new SimulatedDay();
        return [.. ScalingPolicy.All.Select(policy => new DayRun(day, policy).Run())];
    }

    public static string Days(IReadOnlyList<DayResult> results, Prices prices)
    {
        var table = new Table("scaled by", "pod hours", "pods at most", "nodes for the day", "waited over 2 s", "p99 until in", "longest until in", "never in");
        foreach (var r in results)
        {
            var cost = prices.Node * (prices.SavingsPlan * (r.PodHours - r.SurgeHours) + prices.Spot * r.SurgeHours);
            table.Add(r.Policy.Name, Text($"{r.PodHours:0}"), Text($"{r.MostPods}"), Text($"${cost:0.00}"), Text($"{r.Waited:N0}"), double.IsInfinity(r.P99) ? "never" : Text($"{r.P99:N0} s"), Text($"{r.Longest:N0} s"), Text($"{r.NeverIn:N0}"));
        }
        return table.ToString();
    }

    public static string Mixes(DayResult day, Prices prices)
    {
        var table = new Table("how nodes are paid", "a pod for an hour", "attendee-hours for a dollar, at the target", "on the simulated day");
        foreach (var (mix, hour, full, used) in Costs.Mixes(prices, day)) table.Add(mix, Text($"${hour:0.000}"), Text($"{full:N0}"), Text($"{used:N0}"));
        return table.ToString();
    }

    public static string Environments(DayResult day, Prices prices)
    {
        var table = new Table("environment", "stands, a month", "with a Savings Plan", "days of events", "surge on spot", "traffic of live connections", "month", "attendee-hours", "for a dollar");
        foreach (var environment in prices.Environments)
        {
            var (standing, planned, surge, traffic, hours) = Costs.Monthly(prices, environment, day);
            var month = planned + surge + traffic;
            table.Add(environment.Name, Text($"${standing:N0}"), Text($"${planned:N0}"), Text($"{environment.DaysOfEvents:0}"), Text($"${surge:N2}"), Text($"${traffic:N0}"), Text($"${month:N0}"), Text($"{hours:N0}"), hours == 0 ? "" : Text($"{hours / month:N0}"));
        }
        return table.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
