using Plenary.Platform.Live;

namespace Plenary.Platform.Surge;

/// <summary>
/// How a process goes away without anybody noticing: it says that it takes no more, waits until proxies know, asks its people to move one after
/// the other, and ends when they have gone. A process without siblings has nowhere to send them and ends at once.
/// </summary>
public sealed class Drain(
    Gateways gateways, Occupancy occupancy, IEnumerable<Func<IEnumerable<Lane>>> hubs, SurgeSettings settings, SurgeMeters meters, TimeProvider clock, ILogger<Drain> logger)
{
    /// <summary>For those who were asked last.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private long begunAt;

    /// <summary>From here on the process is not ready and takes no live connections; everything else works.</summary>
    public bool Begun { get; private set; }

    /// <summary>How long it has been going on; zero before it began.</summary>
    public TimeSpan Lasts => Begun ? clock.GetElapsedTime(Volatile.Read(ref begunAt)) : TimeSpan.Zero;

    /// <summary>Returns when everybody has gone, or has had the time to.</summary>
    /// <param name="hurry">Ends the wait.</param>
    public async Task Run(CancellationToken hurry)
    {
        Volatile.Write(ref begunAt, clock.GetTimestamp());
        Begun = true;
        await gateways.Leave(hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (gateways.Siblings.Count == 0) return;
        logger.LogInformation("Going away: {Connections} people are asked to move to {Siblings} other processes", occupancy.Connections, gateways.Siblings.Count);
        try
        {
            await Task.Delay(settings.Notice, clock, hurry);
            var asked = Ask();
            var started = clock.GetTimestamp();
            while (occupancy.Connections > 0 && clock.GetElapsedTime(started) < settings.Drain + Grace) await Task.Delay(LookEvery, clock, hurry);
            logger.LogInformation("{Asked} were asked to move, {Connections} are still here", asked, occupancy.Connections);
        }
        catch (OperationCanceledException) { }
    }

    private int Ask()
    {
        var asked = 0;
        var over = (int)settings.Drain.TotalMilliseconds;
        foreach (var lane in hubs.SelectMany(lanes => lanes()))
        {
            lane.Send(new SharedFrame("Moving", new Moving(gateways.PickSibling(), over == 0 ? 0 : Random.Shared.Next(over))));
            meters.Moved("draining");
            asked++;
        }
        return asked;
    }
}
