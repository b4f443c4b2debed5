using System.Text.Json;
using Orleans.Runtime;
using Plenary.Platform.Jobs;

namespace Plenary.Parties;

/// <summary>Looks after a party at the end of each phase, written with its beginning: should the process that leads it be lost, another goes on.</summary>
internal sealed class WakeParty(LiveParties parties) : IJobHandler
{
    public const string JobKind = "parties.wake";

    /// <summary>A living party has done it by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public string Kind => JobKind;

    public Task Handle(string payload, CancellationToken cancellation) => parties.Wake(JsonSerializer.Deserialize<Message>(payload, JsonSerializerOptions.Web)!.Party);

    internal sealed record Message(Guid Party);
}

/// <summary>Wakes all parties that go on when this process starts, and whenever one of the cluster is lost: within seconds, not at the end of their phase.</summary>
internal sealed class PartyWatch(PartyStore store, LiveParties parties, IClusterMembershipService membership, ILogger<PartyWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = -1;
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                var now = snapshot.Members.Values.Count(m => m.Status is SiloStatus.Dead);
                if (now == lost) continue;
                lost = now;
                await WakeAll();
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task WakeAll()
    {
        try
        {
            foreach (var party in await store.Open()) parties.Wake(party).Ignore();
        }
#pragma warning disable CA1031 // The jobs wake them, a little later.
        catch (Exception error)
        {
            logger.LogWarning(error, "Parties that go on could not be looked up");
        }
#pragma warning restore CA1031
    }
}
