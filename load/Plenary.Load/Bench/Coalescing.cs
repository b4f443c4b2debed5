namespace Plenary.Load.Bench;

/// <summary>
/// A hundred messages a second in a room of 1,000, written by its moderators, of whose words nothing is left out: as it is, and with a frame for each.
/// <list type="bullet">
/// <item>G8.cpu: CPU per message with a frame each, divided by the same as it is.</item>
/// <item>G8.p50: how many milliseconds later the median message arrives as it is.</item>
/// </list>
/// </summary>
internal sealed class Coalescing(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    private const double Rate = 100;

    /// <summary>Nobody may post more than a few a second.</summary>
    private const int Posters = 50;

    public async Task Run()
    {
        await using var usual = new PlenaryEngine(work, postgres);
        await using var each = new PlenaryEngine(work, postgres, "--Rooms:TickMilliseconds", "0");
        await using var ours = new Audience(work);
        await using var theirs = new Audience(work);
        foreach (var (engine, audience) in ((PlenaryEngine, Audience)[])[(usual, ours), (each, theirs)])
        {
            await engine.Start(1);
            audience.Add(engine.CrowdOf(await engine.Open(scale.People, Posters), 0, 0, scale.People));
            await audience.Arrive();
            await Round.WarmUp(engine, audience, Rate);
        }
        var (coalesced, alone) = (new Rounds("plenary at 100/s", scale.People), new Rounds("with a frame each", scale.People));
        for (var round = 1; round <= scale.RoundsEach; round++)
        {
            await coalesced.Next(usual, ours, (int)Rate * (scale.Quick ? 5 : 10), Rate, 200);
            await alone.Next(each, theirs, (int)Rate * (scale.Quick ? 5 : 10), Rate, 200);
        }
        findings.Row(coalesced, null);
        findings.Row(alone, null);
        if (!coalesced.AreComplete || !alone.AreComplete) return;
        findings.Figures["G8.cpu"] = alone.Median(r => r.Cpu) / coalesced.Median(r => r.Cpu);
        findings.Figures["G8.p50"] = coalesced.Median(r => r.P50) - alone.Median(r => r.P50);
    }
}
