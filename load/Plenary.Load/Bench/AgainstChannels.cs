namespace Plenary.Load.Bench;

/// <summary>
/// Django Channels with Redis, what the closest open-source platform stands on: 2,000 people, one message of 200 bytes a second.
/// <list type="bullet">
/// <item>G4.core: CPU per delivery of its web process and Redis together, divided by Plenary's at the same crowd and rate.</item>
/// <item>G4.layer: that of its channel layer and Redis alone, without any WebSocket, divided by Plenary's.</item>
/// </list>
/// </summary>
internal sealed class AgainstChannels(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    public async Task Run()
    {
        await using var channels = new ChannelsEngine(work);
        await using var plenary = new PlenaryEngine(work, postgres);
        await using var theirs = new Audience(work);
        await using var ours = new Audience(work);
        await channels.Start(1);
        theirs.Add(channels.Crowd(0, scale.People));
        await theirs.Arrive();
        await plenary.Start(1);
        ours.Add(plenary.CrowdOf(await plenary.Open(scale.People, posters: 1), 0, 0, scale.People));
        await ours.Arrive();
        var (their, mine, layer) = (new Rounds("channels", scale.People), new Rounds("plenary", scale.People), new List<double>());
        await Round.WarmUp(plenary, ours);
        for (var round = 1; round <= scale.RoundsEach; round++)
        {
            await their.Next(channels, theirs, scale.FramesEach / 2, 1, 200);
            await mine.Next(plenary, ours, scale.FramesEach / 2, 1, 200);
            layer.Add(await channels.LayerAlone(scale.People, scale.FramesEach / 4, 1));
        }
        findings.Row(their, null);
        findings.Row(mine, null);
        if (!mine.AreComplete) return;
        var one = mine.Median(r => r.PerDelivery);
        if (their.AreComplete) findings.Figures["G4.core"] = their.Median(r => r.PerDelivery + r.BesidePerDelivery) / one;
        findings.Figures["G4.layer"] = Medians.Of(layer) / one;
        findings.Remark($"channels: the layer and Redis alone take {Medians.Of(layer):0.0} µs a delivery");
    }
}
