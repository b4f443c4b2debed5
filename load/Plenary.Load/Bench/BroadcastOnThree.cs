namespace Plenary.Load.Bench;

/// <summary>
/// The same on three processes, 50,000 people in one room, two messages of 200 bytes a second. So many sockets leave no room to stand side by side:
/// in every round each engine is started, filled, measured and stopped.
/// <list type="bullet">
/// <item>G5.cores: processor seconds of all gateways for each second of the round. G5.p99: p99 divided by the floor's.</item>
/// <item>G1, G2, G3, G6 as on one process, of this crowd.</item>
/// </list>
/// </summary>
internal sealed class BroadcastOnThree(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    public const int Gateways = 3;

    public async Task Run()
    {
        Func<Engine>[] makes = [() => new FloorEngine(work), () => new PlenaryEngine(work, postgres), () => new SignalREngine(work), () => new SocketIoEngine(work)];
        var all = makes.Select(make => new Rounds(make().Name, scale.People)).ToArray();
        for (var round = 1; round <= scale.RoundsEach; round++)
            foreach (var (rounds, make) in all.Zip(makes))
                await findings.Part($"{rounds.Name} on {Gateways}, round {round}", () => One(make(), rounds));
        BroadcastFigures.Add(findings, all);
        if (all[1] is not { AreComplete: true } mine) return;
        findings.Figures["G5.cores"] = mine.Median(r => r.Cpu / r.Seconds);
        if (all[0].AreComplete) findings.Figures["G5.p99"] = mine.Median(r => r.P99) / all[0].Median(r => r.P99);
    }

    private async Task One(Engine engine, Rounds rounds)
    {
        await using var audience = new Audience(work);
        await using (engine)
        {
            await engine.Start(Gateways);
            await Fill(engine, audience, scale.People);
            var empty = engine.Memory;
            await audience.Arrive(120);
            await Round.WarmUp(engine, audience, rate: 2);
            await rounds.Next(engine, audience, scale.FramesEach, 2, 200);
            rounds.Takes(engine.Memory, empty);
        }
    }

    /// <summary>A simulator for each gateway, with its share of the people.</summary>
    public static async Task<Hall?> Fill(Engine engine, Audience audience, int people, int posters = 2)
    {
        var hall = engine is PlenaryEngine plenary ? await plenary.Open(people, posters) : null;
        var first = 0;
        for (var door = 0; door < Gateways; door++)
        {
            var share = (people / Gateways) + (door < people % Gateways ? 1 : 0);
            audience.Add(hall is null ? engine.Crowd(door, share) : ((PlenaryEngine)engine).CrowdOf(hall, door, first, share));
            first += share;
        }
        return hall;
    }
}
