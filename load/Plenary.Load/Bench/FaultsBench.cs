using System.Globalization;

namespace Plenary.Load.Bench;

/// <summary>
/// What goes wrong in operation, done to three gateways under load, one after the other. <c>--people=N</c> sets the crowd. The figures are the sums
/// over all faults; anything lost or doubled, or not right again in time, fails the bench.
/// </summary>
internal sealed class FaultsBench(Workspace work, bool quick, string[] options)
{
    public async Task<Dictionary<string, double>> Run()
    {
        var people = options.FirstOrDefault(o => o.StartsWith("--people=", StringComparison.Ordinal)) is { } given ? int.Parse(given[9..], CultureInfo.InvariantCulture) : quick ? 1_500 : 12_000;
        await using var postgres = await Postgres.Start(work);
        await using var ordeal = new Ordeal(work, postgres);
        work.Say($"-- {people:N0} people on {BroadcastOnThree.Gateways} gateways, 10 messages a second");
        await ordeal.Begin(people);
        var plenary = ordeal.Plenary;
        var faults = new List<(string Name, Func<Task> Do)> { ("nothing", () => Task.CompletedTask) };
        for (var door = 0; door < BroadcastOnThree.Gateways; door++)
        {
            var one = door;
            faults.Add(($"gateway {one} killed", () => plenary.Kill(one)));
            if (quick && one > 0) continue;
            faults.Add(($"gateway {one} stopped for 6 s", () => Stopped(one)));
            faults.Add(($"gateway {one} told to end", () => Told(one)));
        }
        faults.Add(("PostgreSQL killed", postgres.Restart));
        var table = new Table("fault", "came back", "half after", "last after", "moved", "told to wait", "lost", "doubled", "said last");
        var outcomes = new List<Outcome>();
        foreach (var (name, act) in faults)
        {
            var outcome = await ordeal.Run(act, rate: 10, seconds: quick ? 10 : 15);
            outcomes.Add(outcome);
            work.Say($"{name}: {outcome.Trouble ?? "right again"}");
            table.Add(name, $"{outcome.CameBack:N0}", outcome.CameBack == 0 ? "" : $"{outcome.BackMedian:0.0} s", $"{outcome.BackAfter:0.0} s", $"{outcome.Moved:N0}", $"{outcome.Waited:N0}", $"{outcome.Lost}", $"{outcome.Doubled}", (outcome.Trouble ?? outcome.Last ?? "").ReplaceLineEndings(" "));
        }
        work.Say("");
        work.Say(table.ToString());
        return new() { ["lost"] = outcomes.Sum(o => o.Lost), ["doubled"] = outcomes.Sum(o => o.Doubled), ["unresolved"] = outcomes.Count(o => o.Trouble is not null), ["seconds"] = outcomes.Max(o => o.BackAfter) };

        // Over when it has gone and another runs in its place.
        async Task Told(int door)
        {
            var id = plenary.Ids[door];
            await plenary.Signal(door, "TERM");
            await Workspace.Until(() => Task.FromResult(plenary.Ids[door] != id), 90, () => $"gateway {door} did not end");
        }

        async Task Stopped(int door)
        {
            await plenary.Signal(door, "STOP");
            await Task.Delay(TimeSpan.FromSeconds(6));
            await plenary.Signal(door, "CONT");
        }
    }
}
