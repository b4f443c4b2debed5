namespace Plenary.Load.Bench;

/// <summary>
/// One room, one process, messages of 200 bytes, two a second. All engines stand side by side with their crowds and take turns.
/// <list type="bullet">
/// <item>G1: Plenary's CPU per delivery divided by the floor's.</item>
/// <item>G2.cpu, G3.cpu: stock SignalR's and Socket.IO's CPU per delivery divided by Plenary's. G2.p99, G3.p99: their p99 divided by Plenary's.</item>
/// <item>G6: KB of resident memory that a person takes in Plenary's process, after traffic, application state included.</item>
/// </list>
/// </summary>
internal sealed class BroadcastOnOne(Workspace work, Postgres postgres, Findings findings, Scale scale)
{
    public async Task Run()
    {
        var plenary = new PlenaryEngine(work, postgres);
        Engine[] engines = [new FloorEngine(work), plenary, new SignalREngine(work), new SocketIoEngine(work)];
        var standing = new List<(Engine Engine, Audience Audience, Rounds Rounds, long Empty)>();
        try
        {
            foreach (var engine in engines)
                await findings.Part($"{engine.Name}, {scale.People:N0} people", async () =>
                {
                    await engine.Start(1);
                    var audience = new Audience(work);
                    if (engine == plenary) audience.Add(plenary.CrowdOf(await plenary.Open(scale.People, posters: 12), 0, 0, scale.People));
                    else audience.Add(engine.Crowd(0, scale.People));
                    standing.Add((engine, audience, new(engine.Name, scale.People), engine.Memory));
                    await audience.Arrive();
                });
            // Ours is posted to more often meanwhile: the way of a post is long, and is compiled for good only after it was gone many times. It is
            // not sent more often for that.
            await Task.WhenAll(standing.Select(s => Round.WarmUp(s.Engine, s.Audience, rate: s.Engine == plenary ? 40 : 2)));
            for (var round = 1; round <= scale.RoundsEach; round++)
                foreach (var (engine, audience, rounds, _) in standing) await rounds.Next(engine, audience, scale.FramesEach, 2, 200);
            foreach (var (engine, _, rounds, empty) in standing) rounds.Takes(engine.Memory, empty);
            BroadcastFigures.Add(findings, [.. standing.Select(s => s.Rounds)]);
        }
        finally
        {
            foreach (var (_, audience, _, _) in standing) await audience.DisposeAsync();
            foreach (var engine in engines) await engine.DisposeAsync();
        }
    }
}

/// <summary>The figures of a comparison by broadcasting; those of a larger crowd replace a smaller one's.</summary>
internal static class BroadcastFigures
{
    public static void Add(Findings findings, Rounds[] all)
    {
        Rounds? Of(string name) => all.FirstOrDefault(r => r.Name == name && r.AreComplete);
        var (floor, mine) = (Of("floor"), Of("plenary"));
        foreach (var rounds in all) findings.Row(rounds, floor);
        if (mine is null) return;
        var figures = findings.Figures;
        figures["G6"] = mine.Memory;
        if (floor is not null) figures["G1"] = mine.Median(r => r.PerDelivery) / floor.Median(r => r.PerDelivery);
        Compare("G2", Of("signalr"));
        Compare("G3", Of("socketio"));

        void Compare(string figure, Rounds? peer)
        {
            if (peer is null) return;
            figures[$"{figure}.cpu"] = peer.Median(r => r.PerDelivery) / mine.Median(r => r.PerDelivery);
            figures[$"{figure}.p99"] = peer.Median(r => r.P99) / mine.Median(r => r.P99);
        }
    }
}
