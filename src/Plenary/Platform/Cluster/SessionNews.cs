using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;
using Plenary.Platform.Access;

namespace Plenary.Platform.Cluster;

/// <summary>
/// Carries the end of a session to every process of the cluster, where <see cref="SessionEnds"/> tells it. Each process is called by itself
/// until it has answered or is gone, and with it whatever it held open.
/// </summary>
public sealed class SessionNews(SessionEnds ends, IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails self, TimeProvider clock, ILogger<SessionNews> logger)
{
    /// <summary>Whoever signs out waits this long for the other processes; telling goes on afterwards.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A process that does not answer for this long is not told any more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lazy<SessionEarClient> ears = new(() => new(services));

    /// <summary>Tells that a session ended: here at once, everywhere when this returns unless a process is slow to answer.</summary>
    public async Task Tell(string session)
    {
        ends.Tell(session);
        var others = membership.CurrentSnapshot.Members.Values.Where(m => m.Status is not SiloStatus.Dead && !m.SiloAddress.Equals(self.SiloAddress)).Select(m => m.SiloAddress);
        await Task.WhenAny(Task.WhenAll(others.Select(other => Tell(other, session))), Task.Delay(Patience, clock));
    }

    private async Task Tell(SiloAddress silo, string session)
    {
        var began = clock.GetTimestamp();
        for (var wait = 100; membership.CurrentSnapshot.GetSiloStatus(silo) is not SiloStatus.Dead and not SiloStatus.None; wait = Math.Min(wait * 2, 2_000))
        {
            try
            {
                await ears.Value.Of(silo).Ended(session);
                return;
            }
#pragma warning disable CA1031 // Whatever keeps it from answering, it is asked again until it is gone.
            catch (Exception error)
            {
                if (clock.GetElapsedTime(began) > Longest)
                {
                    logger.LogWarning(error, "Process {Silo} could not be told that a session ended", silo);
                    return;
                }
            }
#pragma warning restore CA1031
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }
}

/// <summary>A process's ear for the ends of sessions.</summary>
[Alias("plenary.session-ear")]
internal interface ISessionEar : IGrainService
{
    [Alias("ended")]
    Task Ended(string session);
}

internal sealed class SessionEar(GrainId id, Silo silo, ILoggerFactory loggers, SessionEnds ends) : GrainService(id, silo, loggers), ISessionEar
{
    public Task Ended(string session)
    {
        ends.Tell(session);
        return Task.CompletedTask;
    }
}

internal sealed class SessionEarClient(IServiceProvider services) : GrainServiceClient<ISessionEar>(services)
{
    public ISessionEar Of(SiloAddress silo) => GetGrainService(silo);
}
