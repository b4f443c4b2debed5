namespace Plenary.Load.Bench;

/// <summary>
/// Two events on one installation. To one of them 5,000 people come at once where 500 were expected, and ten messages a second are written there; the
/// other, of 1,000 people and two messages a second, must hardly notice.
/// <list type="bullet">
/// <item>G11: the other's p99 meanwhile, divided by its p99 while it is alone.</item>
/// </list>
/// </summary>
internal sealed class TwoEvents(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    private const int Quiet = 1_000;

    public async Task Run()
    {
        await using var plenary = new PlenaryEngine(work, postgres);
        await using var audience = new Audience(work);
        await plenary.Start(1);
        audience.Add(plenary.CrowdOf(await plenary.Open(Quiet, posters: 2), 0, 0, Quiet));
        var busy = await plenary.Open(scale.People, posters: 5);
        await audience.Arrive();
        await Round.WarmUp(plenary, audience);
        await Busy(new("warm-up", Quiet));
        var (alone, beside) = (new Rounds("alone", Quiet), new Rounds("beside a rush", Quiet));
        for (var round = 1; round <= scale.RoundsEach; round++)
        {
            await alone.Next(plenary, audience, scale.FramesEach, 2, 200);
            await Busy(beside);
        }
        findings.Row(alone, null);
        findings.Row(beside, null);
        if (alone.AreComplete && beside.AreComplete) findings.Figures["G11"] = beside.Median(r => r.P99) / alone.Median(r => r.P99);

        async Task Busy(Rounds rounds)
        {
            await using var rush = new Audience(work);
            rush.Add(plenary.CrowdOf(busy, 0, 0, scale.People));
            await rush.Reports(); // started
            plenary.Onto = 1;
            await plenary.Broadcast(scale.FramesEach * 5, 10, 200);
            await rush.Tell("go");
            plenary.Onto = 0;
            await rounds.Next(plenary, audience, scale.FramesEach, 2, 200);
            await rush.AllIn(60);
        }
    }
}
