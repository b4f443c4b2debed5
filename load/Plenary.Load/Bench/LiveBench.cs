using System.Globalization;

namespace Plenary.Load.Bench;

/// <summary>
/// The live engine against the floor and its peers: live-engine targets G1 to G11. What each figure means is said where it is measured, and in
/// load/README.md.
/// </summary>
internal sealed class LiveBench(Workspace work, bool quick, string[] options)
{
    private readonly Dictionary<string, double> figures = [];
    private readonly Table table = new("engine", "crowd", "CPU per delivery", "ratio to the floor", "p50 / p99", "bus or database", "RSS per connection", "rounds");

    private int People => options.FirstOrDefault(o => o.StartsWith("--people=", StringComparison.Ordinal)) is { } given ? int.Parse(given[9..], CultureInfo.InvariantCulture) : 10_000;

    private int RoundsEach => quick ? 2 : 3;

    public async Task<Dictionary<string, double>> Run()
    {
        await using var postgres = await Postgres.Start(work);
        await OneProcess(postgres);
        work.Say("");
        work.Say(table.ToString());
        return figures;
    }

    /// <summary>
    /// G1: Plenary's CPU per delivery divided by the floor's. G2.cpu, G3.cpu: stock SignalR's and Socket.IO's divided by Plenary's; G2.p99, G3.p99: their
    /// p99 divided by Plenary's. G6: KB of RSS that a person takes in Plenary, after traffic, application state included.
    /// One room, frames of 200 bytes, 2 a second, in one process; medians of interleaved rounds.
    /// </summary>
    private async Task OneProcess(Postgres postgres)
    {
        await using var plenary = new PlenaryEngine(work, postgres);
        Engine[] engines = [new FloorEngine(work), plenary, new SignalREngine(work), new SocketIoEngine(work)];
        var all = new List<(Rounds Rounds, long Empty)>();
        try
        {
            foreach (var engine in engines)
            {
                await engine.Start(1);
                var audience = new Audience(work);
                if (engine == plenary) audience.Add(plenary.CrowdOf(await plenary.Open(People, posters: 2), 0, 0, People));
                else audience.Add(engine.Crowd(0, People));
                var empty = engine.Memory;
                await audience.Arrive();
                work.Say($"{engine.Name}: {People} in after {(await audience.Reports())[0].ArrivedIn:0.0} s");
                all.Add((new(engine, audience), empty));
                await Round.Run(engine, audience, 10, 10, 200); // so that nobody is measured while still being compiled
            }
            for (var round = 1; round <= RoundsEach; round++)
                foreach (var (rounds, _) in all) await rounds.Next(quick ? 16 : 30, 2, 200);
            var floor = all[0].Rounds;
            foreach (var (rounds, empty) in all) Row(rounds, floor, People, empty);
            var mine = all[1].Rounds;
            figures["G1"] = mine.Median(r => r.PerDelivery) / floor.Median(r => r.PerDelivery);
            Compare("G2", all[2].Rounds, mine);
            Compare("G3", all[3].Rounds, mine);
            figures["G6"] = (plenary.Memory - all[1].Empty) / 1024.0 / People;
        }
        finally
        {
            foreach (var (rounds, _) in all) await rounds.Audience.DisposeAsync();
            foreach (var engine in engines) await engine.DisposeAsync();
        }
    }

    private void Compare(string figure, Rounds peer, Rounds mine)
    {
        figures[$"{figure}.cpu"] = peer.Median(r => r.PerDelivery) / mine.Median(r => r.PerDelivery);
        figures[$"{figure}.p99"] = peer.Median(r => r.P99) / mine.Median(r => r.P99);
    }

    private void Row(Rounds rounds, Rounds floor, int people, long empty)
    {
        var (cpu, per) = (rounds.Median(r => r.PerDelivery), (rounds.Engine.Memory - empty) / 1024.0 / people);
        table.Add(rounds.Engine.Name, $"{people:N0}", $"{cpu:0.0} µs", $"{cpu / floor.Median(r => r.PerDelivery):0.00}×",
            $"{rounds.Median(r => r.P50):0} / {rounds.Median(r => r.P99):0} ms", rounds.Median(r => r.BesidePerDelivery) is var beside and > 0 ? $"{beside:0.0} µs" : "",
            $"{per:0.0} KB", $"{rounds.Complete.Count} complete" + (rounds.Rejected.Count > 0 ? $", {rounds.Rejected.Count} rejected: {rounds.Rejected[^1]}" : ""));
        work.Say($"{rounds.Engine.Name}: {string.Join(", ", rounds.Complete.Select(r => $"{r.PerDelivery:0.0}"))} µs a delivery; the simulator takes {rounds.Median(r => r.ClientPerDelivery):0.0} µs");
    }
}
