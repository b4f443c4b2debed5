namespace Plenary.Load.Bench;

/// <summary>
/// One in twenty never reads what it is sent, and the kernel keeps only little for it. Two rooms of one process take turns, one with such people, one
/// without, at ten messages of 1,500 bytes a second.
/// <list type="bullet">
/// <item>G9.p99: p99 of those who read beside such people, divided by that of the other room.</item>
/// <item>G9.memory: KB by which the process grew for each of them, over all rounds.</item>
/// </list>
/// </summary>
internal sealed class NeverRead(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    private const double Share = 0.05;

    public async Task Run()
    {
        await using var plenary = new PlenaryEngine(work, postgres);
        await using var usual = new Audience(work);
        await using var mixed = new Audience(work);
        await plenary.Start(1);
        usual.Add(plenary.CrowdOf(await plenary.Open(scale.People, posters: 5), 0, 0, scale.People));
        mixed.Add(plenary.CrowdOf(await plenary.Open(scale.People, posters: 5), 0, 0, scale.People, new() { Deaf = Share }));
        await usual.Arrive();
        await mixed.Arrive();
        await Round.WarmUp(plenary, usual, 10, 1_500);
        plenary.Onto = 1;
        await Round.Run(plenary, mixed, 20, 10, 1_500);
        var memory = plenary.Memory;
        var (without, with) = (new Rounds("everybody reads", scale.People), new Rounds("5 % never read", scale.People));
        for (var round = 1; round <= scale.RoundsEach; round++)
        {
            plenary.Onto = 0;
            await without.Next(plenary, usual, scale.FramesEach * 5, 10, 1_500);
            plenary.Onto = 1;
            await with.Next(plenary, mixed, scale.FramesEach * 5, 10, 1_500);
        }
        findings.Row(without, null);
        findings.Row(with, null);
        if (!without.AreComplete || !with.AreComplete) return;
        findings.Figures["G9.p99"] = with.Median(r => r.P99) / without.Median(r => r.P99);
        findings.Figures["G9.memory"] = Math.Max(plenary.Memory - memory, 0) / 1024.0 / (scale.People * Share);
    }
}
