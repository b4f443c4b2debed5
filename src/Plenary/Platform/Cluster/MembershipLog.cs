using Orleans.Runtime;

namespace Plenary.Platform.Cluster;

/// <summary>One line for each process that comes, goes or is lost, as this process sees it.</summary>
internal sealed partial class MembershipLog(IClusterMembershipService membership, ILocalSiloDetails self, ILogger<MembershipLog> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = new Dictionary<SiloAddress, SiloStatus>();
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                var processes = snapshot.Members.Values.Count(m => m.Status is SiloStatus.Active);
                foreach (var member in snapshot.Members.Values)
                {
                    var before = known.GetValueOrDefault(member.SiloAddress);
                    known[member.SiloAddress] = member.Status;
                    if (member.Status == before || member.SiloAddress.Equals(self.SiloAddress)) continue;
                    if (member.Status is SiloStatus.Active) Came(logger, member.SiloAddress, processes);
                    else if (member.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping && before is SiloStatus.Active) Leaves(logger, member.SiloAddress, processes);
                    else if (member.Status is SiloStatus.Dead && before is SiloStatus.Active) Lost(logger, member.SiloAddress, processes);
                }
            }
        }
        catch (OperationCanceledException) { }
    }

    [LoggerMessage(LogLevel.Information, "Process {Silo} is in the cluster; there are {Processes}")]
    private static partial void Came(ILogger logger, SiloAddress silo, int processes);

    [LoggerMessage(LogLevel.Information, "Process {Silo} is leaving the cluster; {Processes} stay")]
    private static partial void Leaves(ILogger logger, SiloAddress silo, int processes);

    [LoggerMessage(LogLevel.Warning, "Process {Silo} was declared dead; {Processes} go on")]
    private static partial void Lost(ILogger logger, SiloAddress silo, int processes);
}
