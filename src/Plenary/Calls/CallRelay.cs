using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Orleans.Runtime;
using Plenary.Platform.Telemetry;

namespace Plenary.Calls;

/// <summary>This process's gateway to all calls. Calls are let go when the last of their peers here has left.</summary>
public sealed class CallRelay : BackgroundService
{
    /// <summary>How often a relay makes sure that its calls still know it.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Guid, RelayedCall> calls = new();
    private readonly Lock opening = new();
    private readonly CallTools tools;
    private readonly IClusterMembershipService membership;

    internal CallRelay(CallTools tools, IClusterMembershipService membership) => (this.tools, this.membership) = (tools, membership);

    /// <summary>Who may do what.</summary>
    internal CallRights Rights => tools.Rights;

    internal async Task<Entered> Enter(CallMember member, Guid peer, bool publish, Guid? previous, CancellationToken cancellation)
    {
        while (true)
        {
            var call = Of(member.Call);
            if (call.Take(member, peer) is { } taken) return await call.Enter(taken, member, publish, previous, cancellation);
        }
    }

    internal Task Signal(CallMember member, Guid? to, string kind, string data, bool sends, CancellationToken cancellation) =>
        In(member).Signal(member, to, kind, data, sends, cancellation);

    internal Task Tracks(CallMember member, CallTrack[] tracks) => In(member).Tracks(member, tracks);

    internal Task Leave(CallMember member) => calls.TryGetValue(member.Call, out var call) ? call.Leave(member) : Task.CompletedTask;

    /// <summary>
    /// A right of this person has changed: the doors are asked again for all of the calls that they are in through this process, whatever those are the calls of. Who is just entering is
    /// among them, because a peer is taken before the door is asked; calls of rooms follow their rooms.
    /// </summary>
    internal Task Reconsider(Guid person) => Task.WhenAll(calls.Values.Select(call => call.ReconsiderAtDoor(person)));

    /// <summary>Calls need not speak to a process that ends; their people come back elsewhere.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(calls.Values.Select(LetGo));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        PlenaryMeter.Meter.CreateObservableGauge("plenary.calls.rooms", () => calls.Count, "{call}", "Calls that have peers in this process.");
        PlenaryMeter.Meter.CreateObservableGauge("plenary.calls.peers", Peers, "{peer}", "Peers of calls in this process, by engine and by whether they send.");
        var changes = OnChanges(stoppingToken);
        using var beat = new PeriodicTimer(Beat / 3, tools.Clock);
        try
        {
            for (var turn = 1; await beat.WaitForNextTickAsync(stoppingToken); turn++)
            {
                foreach (var call in calls.Values)
                    if (call.CloseIfEmpty()) await LetGo(call);
                if (turn % 3 == 0) SubscribeAll();
            }
        }
        catch (OperationCanceledException) { }
        await changes;
    }

    private IEnumerable<Measurement<int>> Peers()
    {
        var peers = calls.Values.SelectMany(call => call.Seated).ToLookup(peer => peer);
        foreach (var engine in new[] { tools.Engines.Main.Kind, tools.Engines.At(CallEngines.Direct).Kind }.Distinct())
            foreach (var sends in new[] { true, false })
                yield return new(peers[(engine, sends)].Count(), new("engine", engine), new("sends", sends ? "true" : "false"));
    }

    /// <summary>A call that was on a lost silo has forgotten everybody: say again who is here as soon as the cluster has changed.</summary>
    private async Task OnChanges(CancellationToken stopping)
    {
        try
        {
            await foreach (var _ in membership.MembershipUpdates.WithCancellation(stopping)) SubscribeAll();
        }
        catch (OperationCanceledException) { }
    }

    private void SubscribeAll()
    {
        foreach (var call in calls.Values) _ = call.Subscribe();
    }

    private RelayedCall Of(Guid room)
    {
        if (calls.TryGetValue(room, out var known)) return known;
        // Not twice: each one opened is an ear in the cluster.
        lock (opening) return calls.GetOrAdd(room, id => new(id, tools));
    }

    private RelayedCall In(CallMember member) => calls.TryGetValue(member.Call, out var call) ? call : throw CallRefusals.NotInCall.AsException();

    private async Task LetGo(RelayedCall call)
    {
        calls.TryRemove(KeyValuePair.Create(call.Room, call));
        try
        {
            await call.Unsubscribe();
        }
#pragma warning disable CA1031 // The call notices by itself, when the beats stay away.
        catch (Exception error)
        {
            tools.Logger.LogInformation(error, "Call {Room} did not hear that nobody is here", call.Room);
        }
#pragma warning restore CA1031
    }
}

/// <summary>What the calls of a process share.</summary>
internal sealed class CallTools(IGrainFactory grains, CallEngines engines, CallRights rights, IceServers ice, ILocalSiloDetails silo, TimeProvider clock, ILogger<CallRelay> logger)
{
    private long stay = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IGrainFactory Grains => grains;

    public CallEngines Engines => engines;

    public CallRights Rights => rights;

    public IceServers Ice => ice;

    public TimeProvider Clock => clock;

    public ILogger Logger => logger;

    /// <summary>Names this process.</summary>
    public string Relay { get; } = silo.SiloAddress.ToString();

    public long NextStay() => Interlocked.Increment(ref stay);
}
