using Orleans.Concurrency;
using Orleans.Runtime;
using Plenary.Rooms;

namespace Plenary.Calls;

/// <summary>
/// Who is in a call. Every change is told to all relays as the whole list with a greater version. A peer whose connection is lost, or whose process died,
/// stays for <see cref="Grace"/>: the browsers' own connections go on meanwhile, and nobody should notice that somebody's hub was exchanged.
/// </summary>
[Reentrant]
internal sealed class CallGrain(CallEngines engines, IClusterMembershipService membership, TimeProvider clock, ILogger<CallGrain> logger) : Grain, ICallGrain
{
    /// <summary>How long a peer may be away.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    /// <summary>After so long every relay has told a new activation who it has.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromSeconds(5);

    /// <summary>A relay that was not heard for this long is gone: three of its beats.</summary>
    private static readonly TimeSpan Patience = 3 * CallRelay.Beat;

    /// <summary>An answer about rights is waited for this long; a relay that hangs hears it when it comes back.</summary>
    private static readonly TimeSpan Attention = TimeSpan.FromSeconds(2);

    /// <summary>With more people only those are listed who publish, unless they are connected to each other.</summary>
    private const int MostListed = 24;

    private const int MostRemembered = 2_000;

    /// <summary>Stands for all people among those whose rights changed: the call ended.</summary>
    private static readonly Guid Everybody = Guid.Empty;

    private readonly Dictionary<Guid, Seated> peers = [];
    private readonly Dictionary<string, Ear> relays = [];
    private readonly Queue<Guid> remembered = new();
    private readonly HashSet<Guid> over = [];
    private readonly HashSet<Guid> goneInYouth = [];
    private readonly Reconsidered reconsidered = new(clock);
    private readonly long born = clock.GetTimestamp();
    private long version;
    private long order;
    private bool whole;
    private string? place;
    private Task? placing;

    private Guid Room => this.GetPrimaryKey();

    private ICallEngine Engine => engines.At(place);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Beat, new GrainTimerCreationOptions(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) { Interleave = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var relay in relays.Values) relay.Observer.OnLost().Ignore();
        return Task.CompletedTask;
    }

    public async Task<EnteredCall> Enter(ICallObserver observer, CallPeer peer, Guid? previous)
    {
        await Placed(peer.IsDirect);
        Hear(observer, peer.Relay);
        var known = peers.GetValueOrDefault(peer.Peer);
        if (over.Contains(peer.Peer) || (known is not null && known.Peer.Person != peer.Person)) return new(EnterOutcome.Over);
        var replaced = previous is { } id && id != peer.Peer && peers.TryGetValue(id, out var before) && before.Peer.Person == peer.Person ? before : null;
        var others = peers.Values.Where(p => p != known && p != replaced).ToList();
        if (others.Count >= Engine.MostPeers) return new(EnterOutcome.Full, Place: place);
        if (peer.Publishes && others.Count(p => p.Peer.Publishes) >= Engine.MostPublishers) return new(EnterOutcome.StageFull, Place: place);

        if (replaced is not null) Dismiss(replaced, CallRefusals.TakenOver.Code, CallRefusals.TakenOver.Message);
        if (known is not null && known.Peer.Relay != peer.Relay) Tell(known, relay => relay.OnGone(peer.Peer, known.Peer.Stay, null, null));
        peers[peer.Peer] = new(peer, known?.Order ?? ++order, clock.GetTimestamp());
        if (replaced is not null || !Same(known?.Peer, peer)) Tell(peer);
        if (place == CallEngines.Direct && peers.Count > CallEngines.MostDirect) Move(place).Ignore();
        return new(EnterOutcome.In, known is not null, place, List(), reconsidered.Knows(peer.Person) || reconsidered.Knows(Everybody));
    }

    public Task<CallPeer?> Change(CallPeer peer)
    {
        if (!peers.TryGetValue(peer.Peer, out var seated) || seated.Peer.Relay != peer.Relay) return Task.FromResult<CallPeer?>(null);
        if (peer.Publishes && !seated.Peer.Publishes && peers.Values.Count(p => p.Peer.Publishes) >= Engine.MostPublishers) peer = peer with { Wishes = false };
        var before = seated.Peer;
        seated.Peer = peer;
        if (!Same(before, peer)) Tell(before.Publishes ? before : peer);
        return Task.FromResult<CallPeer?>(peer);
    }

    public Task Leave(string relay, Guid peer)
    {
        Remember(peer);
        if (peers.TryGetValue(peer, out var seated) && seated.Peer.Relay == relay) Remove([seated]);
        return Task.CompletedTask;
    }

    public Task Away(string relay, Guid peer)
    {
        if (peers.TryGetValue(peer, out var seated) && seated.Peer.Relay == relay) seated.AwaySince ??= clock.GetTimestamp();
        return Task.CompletedTask;
    }

    public async Task<Signalled> Signal(Guid from, Guid to, string kind, string data)
    {
        if (over.Contains(from) || !peers.TryGetValue(to, out var seated)) return Signalled.Gone;
        if (seated.AwaySince is not null || !relays.TryGetValue(seated.Peer.Relay, out var relay)) return Signalled.Away;
        return await relay.Observer.OnSignal(to, from, kind, data) ? Signalled.Sent : Signalled.Away;
    }

    public Task<CallTail> Subscribe(ICallObserver observer, string relay, long seen, CallPeer[] given)
    {
        var isNew = Hear(observer, relay);
        version = Math.Max(version, seen);
        // An activation that has just begun does not know where the call is; direct ones are where they are, the others are found.
        if (place is null && given.Any(g => g.IsDirect)) place = CallEngines.Direct;
        var changed = false;
        var gone = new List<Guid>();
        foreach (var peer in given)
        {
            var known = peers.GetValueOrDefault(peer.Peer);
            if (over.Contains(peer.Peer) || (known is { AwaySince: null } && known.Peer.Relay != relay))
            {
                gone.Add(peer.Peer);
                continue;
            }
            changed |= !Same(known?.Peer, peer);
            peers[peer.Peer] = new(peer, known?.Order ?? ++order, known?.Since ?? clock.GetTimestamp());
        }
        // Those that are just entering may not be in what it told.
        var lost = peers.Values.Where(p => p.Peer.Relay == relay && p.AwaySince is null && clock.GetElapsedTime(p.Since) > Youth && !given.Any(g => g.Peer == p.Peer.Peer)).ToList();
        if (lost.Count > 0) Remove(lost);
        else if (changed) Tell();
        return Task.FromResult(new CallTail(List(), gone.Count > 0 ? [.. gone] : null, isNew ? reconsidered.Recent() : null, place));
    }

    public Task Unsubscribe(ICallObserver observer, string relay)
    {
        // The same process may have come back meanwhile, with another ear.
        if (relays.TryGetValue(relay, out var ear) && ear.Observer.Equals(observer)) Forget(relay);
        return Task.CompletedTask;
    }

    public async Task Move(string? from)
    {
        if (from != place) return; // somebody said it before
        if (from == CallEngines.Direct && !engines.CanMove) return;
        if (placing is null)
        {
            placing = Place(false, from);
            try
            {
                await placing;
            }
            finally
            {
                placing = null;
            }
            foreach (var relay in relays.Values) relay.Observer.OnMove(place).Ignore();
        }
        else await placing;
    }

    public Task Reconsider(Guid person)
    {
        reconsidered.Add(person);
        return Task.WhenAll(relays.Values.Select(relay => relay.Observer.OnReconsider(person).WaitAsync(Attention, clock))
            .Select(async answer => await answer.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing)));
    }

    public Task End(Guid? person, string code, string message)
    {
        var those = peers.Values.Where(p => person is null || p.Peer.Person == person).ToList();
        reconsidered.Add(person ?? Everybody);
        foreach (var one in those) Dismiss(one, code, message);
        if (those.Count > 0) Emptied();
        if (those.Exists(p => Listed(p.Peer))) Tell();
        return Task.CompletedTask;
    }

    public Task<CallPeer[]> Peers() => Task.FromResult(InOrder());

    /// <summary>The same to whoever is told of it.</summary>
    private static bool Same(CallPeer? before, CallPeer now) =>
        before is not null && (before.Name, before.Role, before.Publishes, before.MayPublish, before.Silenced) == (now.Name, now.Role, now.Publishes, now.MayPublish, now.Silenced)
        && before.Tracks.SequenceEqual(now.Tracks);

    private async Task Placed(bool isDirect)
    {
        if (peers.Count > 0 && placing is null) return;
        try
        {
            await (placing ??= Place(isDirect, null));
        }
        finally
        {
            placing = null;
        }
    }

    private async Task Place(bool isDirect, string? lost)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), clock);
        place = await engines.Place(Room, isDirect, lost, patience.Token);
    }

    /// <summary>True when the relay was not known.</summary>
    private bool Hear(ICallObserver observer, string relay)
    {
        var isNew = !relays.ContainsKey(relay);
        relays[relay] = new(observer, clock.GetTimestamp());
        return isNew;
    }

    /// <summary>The relay is gone; its peers may come back by another.</summary>
    private void Forget(string relay)
    {
        relays.Remove(relay);
        foreach (var seated in peers.Values.Where(p => p.Peer.Relay == relay)) seated.AwaySince ??= clock.GetTimestamp();
    }

    private Task Beat(CancellationToken cancellation)
    {
        foreach (var member in membership.CurrentSnapshot.Members.Values)
            if (member.Status is SiloStatus.Dead && relays.ContainsKey(member.SiloAddress.ToString())) Forget(member.SiloAddress.ToString());
        foreach (var (name, ear) in relays)
            if (clock.GetElapsedTime(ear.HeardAt) > Patience) Forget(name);
        if (!whole && clock.GetElapsedTime(born) > Youth)
        {
            whole = true;
            goneInYouth.Clear();
            if (peers.Count > 0) Tell();
        }
        var late = peers.Values.Where(p => p.AwaySince is { } since && clock.GetElapsedTime(since) > Grace).ToList();
        foreach (var one in late) Tell(one, relay => relay.OnGone(one.Peer.Peer, one.Peer.Stay, null, null));
        if (late.Count > 0) Remove(late);
        return Task.CompletedTask;
    }

    /// <summary>Takes a peer out for good, and has its client told; the others are told by the caller.</summary>
    private void Dismiss(Seated seated, string code, string message)
    {
        Remember(seated.Peer.Peer);
        Tell(seated, relay => relay.OnGone(seated.Peer.Peer, seated.Peer.Stay, code, message));
        Drop(seated);
    }

    private void Remember(Guid peer)
    {
        if (over.Add(peer)) remembered.Enqueue(peer);
        if (remembered.Count > MostRemembered) over.Remove(remembered.Dequeue());
    }

    private void Remove(List<Seated> those)
    {
        foreach (var one in those) Drop(one);
        Emptied();
        if (those.Exists(p => Listed(p.Peer))) Tell();
    }

    private void Drop(Seated seated)
    {
        peers.Remove(seated.Peer.Peer);
        if (!whole) goneInYouth.Add(seated.Peer.Peer);
    }

    private void Emptied()
    {
        if (peers.Count > 0) return;
        var (room, at) = (Room, place);
        place = null;
        _ = Close();

        async Task Close()
        {
            try
            {
                await engines.At(at).Close(room, at);
            }
#pragma warning disable CA1031 // An engine that cannot be reached now tidies up by itself.
            catch (Exception error)
            {
                logger.LogInformation(error, "Call {Room} could not be closed at {Place}", room, at);
            }
#pragma warning restore CA1031
        }
    }

    private bool Listed(CallPeer peer) => Engine.IsMesh || peer.Publishes || peers.Count <= MostListed;

    private CallPeer[] InOrder() => [.. peers.Values.OrderBy(p => p.Order).Select(p => p.Peer)];

    private CallList List() => new(version, [.. InOrder().Where(Listed)], whole, whole ? null : [.. goneInYouth]);

    private void Tell(CallPeer changed)
    {
        if (Listed(changed)) Tell();
    }

    /// <summary>Tells every relay the newest list. One that misses it has it with its next beat.</summary>
    private void Tell()
    {
        // Greater than any that an earlier activation gave out, whose clock was about the same.
        version = Math.Max(version + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var list = List();
        foreach (var relay in relays.Values) relay.Observer.OnList(list).Ignore();
    }

    private void Tell(Seated seated, Func<ICallObserver, Task> word)
    {
        if (relays.TryGetValue(seated.Peer.Relay, out var relay)) word(relay.Observer).Ignore();
    }

    private sealed class Seated(CallPeer peer, long order, long since)
    {
        public CallPeer Peer { get; set; } = peer;

        public long Order { get; } = order;

        /// <summary>When it entered, last.</summary>
        public long Since { get; } = since;

        public long? AwaySince { get; set; }
    }

    private readonly record struct Ear(ICallObserver Observer, long HeardAt);
}
