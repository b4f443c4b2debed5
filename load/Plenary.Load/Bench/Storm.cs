namespace Plenary.Load.Bench;

/// <summary>
/// Everybody comes at once, as fast as the simulators can knock, while two messages a second go to those who are in. Joining Plenary is the whole way:
/// connection, session, ticket, room, snapshot; joining the stock hub is connection, handshake, group.
/// <list type="bullet">
/// <item>G7.seconds: until the last one is in.</item>
/// <item>G7.cpu: CPU of Plenary's processes for one join divided by stock SignalR's; deliveries meanwhile are in both.</item>
/// </list>
/// </summary>
internal sealed class Storm(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    private const int WarmUp = 500;

    public async Task Run()
    {
        var gateways = scale.Quick ? 1 : BroadcastOnThree.Gateways;
        await using var plenary = new PlenaryEngine(work, postgres);
        await using var stock = new SignalREngine(work);
        await plenary.Start(gateways);
        await stock.Start(gateways);
        var hall = await plenary.Open(scale.People, posters: 2);
        var (mine, theirs) = (new List<Arrival>(), new List<Arrival>());
        await Come(plenary, hall, WarmUp);
        await Come(stock, null, WarmUp);
        for (var round = 1; round <= scale.RoundsEach; round++)
        {
            theirs.Add(await Come(stock, null, scale.People));
            mine.Add(await Come(plenary, hall, scale.People));
        }
        findings.Figures["G7.seconds"] = Medians.Of(mine.Select(a => a.Seconds));
        findings.Figures["G7.cpu"] = Medians.Of(mine.Select(a => a.PerJoin)) / Medians.Of(theirs.Select(a => a.PerJoin));
        findings.Remark($"join storm of {scale.People:N0}: plenary {Tell(mine)}; stock SignalR {Tell(theirs)}");
    }

    private static string Tell(List<Arrival> arrivals) =>
        $"{Medians.Of(arrivals.Select(a => a.Seconds)):0.0} s, {Medians.Of(arrivals.Select(a => a.PerJoin)):0} µs a join"
        + (Medians.Of(arrivals.Select(a => a.BesidePerJoin)) is var beside and > 0 ? $" and {beside:0} µs of PostgreSQL" : "");

    private async Task<Arrival> Come(Engine engine, Hall? hall, int people)
    {
        await using var audience = new Audience(work);
        var doors = engine.Ports.Count();
        for (var (door, first) = (0, 0); door < doors; door++)
        {
            var share = (people / doors) + (door < people % doors ? 1 : 0);
            audience.Add(hall is null ? engine.Crowd(door, share) : ((PlenaryEngine)engine).CrowdOf(hall, door, first, share));
            first += share;
        }
        await audience.Reports(); // started
        await engine.Broadcast(180, 2, 200);
        var (cpu, beside) = (engine.Cpu, engine.BesideCpu);
        await audience.Arrive(90);
        var arrival = new Arrival((await audience.Reports()).Max(r => r.ArrivedIn), (engine.Cpu - cpu) / people * 1e6, (engine.BesideCpu - beside) / people * 1e6);
        await engine.Broadcast(0, 1, 200); // ends what goes on
        var reports = await audience.Reports();
        var (lost, doubled, disordered) = (reports.Sum(r => r.Lost), reports.Sum(r => r.Doubled), reports.Sum(r => r.Disordered));
        return lost + doubled + disordered == 0 ? arrival
            : throw new InvalidOperationException($"{engine.Name}: {lost} lost, {doubled} doubled, {disordered} out of order; {reports.Select(r => r.Trouble).FirstOrDefault(t => t is not null)}");
    }

    private sealed record Arrival(double Seconds, double PerJoin, double BesidePerJoin);
}
