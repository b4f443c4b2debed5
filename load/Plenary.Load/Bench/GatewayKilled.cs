namespace Plenary.Load.Bench;

/// <summary>
/// One of three gateways is killed (SIGKILL) in the middle of messages, and started again at once. Each round takes another one.
/// <list type="bullet">
/// <item>G10.seconds: until the last of its people is in the room again and has what was missed; reconnecting with full jitter, as clients do.</item>
/// <item>G10.lost, G10.doubled: over all rounds; see <see cref="Outcome"/>.</item>
/// </list>
/// </summary>
internal sealed class GatewayKilled(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    public async Task Run()
    {
        await using var ordeal = new Ordeal(work, postgres);
        await ordeal.Begin(scale.People);
        var outcomes = new List<Outcome>();
        for (var round = 0; round < (scale.Quick ? 1 : scale.RoundsEach); round++)
        {
            var door = (round + 1) % BroadcastOnThree.Gateways;
            outcomes.Add(await ordeal.Run(() => ordeal.Plenary.Kill(door), rate: 4, scale.Quick ? 12 : 20));
            findings.Remark($"gateway killed under {scale.People:N0}: {outcomes[^1].CameBack:N0} back, half of them after {outcomes[^1].BackMedian:0.0} s, the last after {outcomes[^1].BackAfter:0.0} s; {outcomes[^1].Trouble ?? "everybody holds everything"}");
        }
        if (outcomes.Any(o => o.Trouble is not null)) return;
        findings.Figures["G10.seconds"] = Medians.Of(outcomes.Select(o => o.BackAfter));
        findings.Figures["G10.lost"] = outcomes.Sum(o => o.Lost);
        findings.Figures["G10.doubled"] = outcomes.Sum(o => o.Doubled);
    }
}
