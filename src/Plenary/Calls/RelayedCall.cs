using Plenary.Platform;
using Plenary.Platform.Live;

namespace Plenary.Calls;

/// <summary>
/// One call in this process: the peers that are connected here, the newest list, and the ear in the call's grain. What is done for one peer is done one after
/// another (<see cref="LocalPeer.Turn"/>); the lock is only for what is kept here.
/// </summary>
internal sealed class RelayedCall : ICallObserver
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, LocalPeer> locals = [];
    private readonly ICallGrain grain;
    private readonly ICallObserver reference;
    private readonly CallTools tools;
    private CallList latest = new(0, []);
    private Task? subscribing;

    public RelayedCall(Guid room, CallTools tools)
    {
        (Room, this.tools) = (room, tools);
        grain = tools.Grains.GetGrain<ICallGrain>(room);
        reference = tools.Grains.CreateObjectReference<ICallObserver>(this);
    }

    public Guid Room { get; }

    /// <summary>The peers of this process that have a seat, each by the engine that carries it and whether it may be heard and seen.</summary>
    public IReadOnlyList<(string Engine, bool Sends)> Seated
    {
        get { lock (gate) return [.. locals.Values.Where(p => p is { Entered: true, Away: false }).Select(p => (tools.Engines.At(p.Place).Kind, p.State.Publishes))]; }
    }

    /// <summary>Nobody was here at the last beat: the relay has let go of it.</summary>
    public bool Closed { get; private set; }

    /// <summary>The peer of this id, new unless it is here. Null when this object is closed and another must be asked. Refused: peer-over when it is somebody else's.</summary>
    public LocalPeer? Take(CallMember member, Guid id)
    {
        lock (gate)
        {
            if (Closed) return null;
            if (!locals.TryGetValue(id, out var peer))
                locals.Add(id, peer = new(id, member, new(id, member.Person, member.Name, member.Role, tools.Relay, false, false, false, [])));
            return peer.State.Person == member.Person ? peer : throw CallRefusals.PeerOver.AsException();
        }
    }

    public async Task<Entered> Enter(LocalPeer peer, CallMember member, bool publish, Guid? previous, CancellationToken cancellation)
    {
        foreach (var other in Others(member, peer)) await Leave(other);
        await peer.Turn.WaitAsync(cancellation);
        try
        {
            if (peer.Gone) throw new OperationCanceledException("The peer left while it entered.");
            Attach(peer, member);
            if (await member.Ask(cancellation) is not { } right)
            {
                if (peer.Entered) await PutOut(peer);
                throw Platform.Refusal.NotFound.AsException();
            }
            var state = peer.State with
            {
                Name = member.Name,
                Role = member.Role,
                MayPublish = right.MayPublish,
                Silenced = right.Silenced,
                Wishes = publish,
                Tracks = publish && right.MayPublish ? peer.State.Tracks : [],
                Stay = tools.NextStay(),
                IsDirect = member is DoorCallMember,
            };
            lock (gate) peer.State = peer.State with { Stay = state.Stay }; // what is said of an earlier stay does not concern it any more
            var answer = await grain.Enter(reference, state, previous);
            var engine = tools.Engines.At(answer.Place);
            if (Refusal(answer.Outcome, engine) is { } no) throw no.AsException();
            lock (gate) (peer.State, peer.Entered) = (state, true);
            if (answer.AskAgain) await Enforce(peer);
            if (peer.Gone) throw Platform.Refusal.NotFound.AsException();
            Hear(answer.List!);
            await peer.Sit(this, engine, answer.Place, tools.Clock, cancellation);
            IReadOnlyList<PeerInCall> list;
            long version;
            lock (gate) (version, list) = (latest.Version, [.. latest.Peers.Select(p => p.Shown)]);
            return new(Room, engine.Kind, peer.Id, peer.State.MayPublish, peer.State.Publishes, answer.Resumed, tools.Ice.For(state.Person), version, list, engine.MostPublishers, peer.Seat!.Access, tools.Ice.RelayOnly);
        }
        catch
        {
            if (!peer.Entered) await Forget(peer);
            else if (peer is { Seat: null, Gone: false }) await Away(peer); // it may come back as the same; until then it has no seat
            throw;
        }
        finally
        {
            peer.Turn.Release();
            if (member.Gone) MemberChanged(member); // before anybody listened
        }
    }

    /// <summary>The client says something. Refused: not-in-call, may-not-publish, peer-gone, peer-away, not-between-peers, and whatever the engine refuses.</summary>
    public async Task Signal(CallMember member, Guid? to, string kind, string data, bool sends, CancellationToken cancellation)
    {
        var peer = PeerOf(member);
        // Between peers the right counts: who just does not make use of it need not describe the connection anew.
        if (sends && !(to is null ? peer.State.Publishes : peer.State.MayPublish)) throw CallRefusals.MayNotPublish.AsException();
        if (to is { } other)
        {
            if (!tools.Engines.At(peer.Place).IsMesh) throw CallRefusals.NotBetweenPeers.AsException();
            switch (await grain.Signal(peer.Id, other, kind, data))
            {
                case Signalled.Away: throw CallRefusals.PeerAway.AsException();
                case Signalled.Gone: throw CallRefusals.PeerGone.AsException();
            }
            return;
        }
        await peer.InTurn(async () =>
        {
            if (kind == "moved") await peer.Rest();
            else if (sends && !peer.State.Publishes) throw CallRefusals.MayNotPublish.AsException();
            else await (peer.Seat ?? throw CallRefusals.NotInCall.AsException()).Signal(kind, data, cancellation);
        });
    }

    /// <summary>The client says what it sends. Refused: not-in-call, may-not-publish.</summary>
    public Task Tracks(CallMember member, CallTrack[] tracks)
    {
        var peer = PeerOf(member);
        return peer.InTurn(async () =>
        {
            if (!peer.State.Publishes && tracks.Length > 0) throw CallRefusals.MayNotPublish.AsException();
            await Become(peer, peer.State with { Tracks = tracks });
        });
    }

    /// <summary>Harmless when the connection is not in the call.</summary>
    public Task Leave(CallMember member) => Find(member) is { } peer ? Leave(peer) : Task.CompletedTask;

    public Task OnList(CallList list)
    {
        Hear(list);
        return Task.CompletedTask;
    }

    public Task<bool> OnSignal(Guid to, Guid from, string kind, string data)
    {
        lock (gate)
        {
            if (!locals.TryGetValue(to, out var peer) || peer.Away || peer.Member.Lane.Closed) return Task.FromResult(false);
            peer.Tell("CallSignal", new CallSignal(Room, from, kind, data));
            return Task.FromResult(true);
        }
    }

    public Task OnGone(Guid peer, long stay, string? code, string? message)
    {
        LocalPeer? gone;
        lock (gate)
        {
            if (!locals.TryGetValue(peer, out gone) || gone.State.Stay > stay) return Task.CompletedTask;
            gone.Gone = true;
            if (code is not null) gone.Tell("CallEnded", new CallEnded(Room, code, message ?? ""));
        }
        return gone.InTurn(() => Forget(gone));
    }

    public Task OnReconsider(Guid person)
    {
        LocalPeer[] those;
        lock (gate) those = [.. locals.Values.Where(p => p.State.Person == person)];
        return Task.WhenAll(those.Select(peer => peer.InTurn(() => Reconsider(peer))));
    }

    /// <summary>The door is asked again for this person, where one let them in; done when that is enforced.</summary>
    public Task ReconsiderAtDoor(Guid person)
    {
        LocalPeer[] those;
        lock (gate) those = [.. locals.Values.Where(p => p.State.Person == person && p.Member is DoorCallMember)];
        return Task.WhenAll(those.Select(peer => peer.InTurn(() => Reconsider(peer))));
    }

    public Task OnMove(string? place)
    {
        LocalPeer[] those;
        lock (gate) those = [.. locals.Values.Where(p => p.Seat is not null && p.Place != place)];
        foreach (var peer in those) EnterAgain(peer);
        return Task.CompletedTask;
    }

    public Task OnLost() => Subscribe();

    public void EnterAgain(LocalPeer peer)
    {
        peer.Stale = true;
        peer.Tell("CallMove", new CallMove(Room));
    }

    public Task Elsewhere(string? from) => grain.Move(from);

    /// <summary>Tells the call who is here, and asks what is missing, until it answers. Calls meanwhile share the answer.</summary>
    public Task Subscribe()
    {
        lock (gate) return subscribing ??= Ask();
    }

    public Task Unsubscribe() => grain.Unsubscribe(reference, tools.Relay);

    /// <summary>Every beat: true when nobody has been here and it is closed now.</summary>
    public bool CloseIfEmpty()
    {
        LocalPeer[] late;
        lock (gate)
        {
            late = [.. locals.Values.Where(p => p.Away && tools.Clock.GetElapsedTime(p.AwaySince) > 3 * CallGrain.Grace)];
            foreach (var peer in late) peer.Gone = true;
            Closed = locals.Count == 0;
        }
        foreach (var peer in late) _ = peer.InTurn(() => Forget(peer));
        return Closed;
    }

    /// <summary>What the door says of a member is another now, or it is gone.</summary>
    private void MemberChanged(CallMember member) => _ = Task.Run(async () =>
    {
        if (Find(member) is not { } peer) return;
        try
        {
            await peer.InTurn(async () =>
            {
                if (peer.Member != member) return; // it has come back by another
                if (!member.Gone) await Reconsider(peer);
                else if (member.Lane.Closed) await Away(peer);
                else await End(peer);
            });
        }
#pragma warning disable CA1031 // The call finds out by itself when it hears from this relay next.
        catch (Exception error)
        {
            tools.Logger.LogInformation(error, "Call {Room} did not hear of a change", Room);
        }
#pragma warning restore CA1031
    });

    private static Refusal? Refusal(EnterOutcome outcome, ICallEngine engine) => outcome switch
    {
        EnterOutcome.Full => CallRefusals.Full(engine.MostPeers),
        EnterOutcome.StageFull => CallRefusals.StageFull(engine.MostPublishers),
        EnterOutcome.Over => CallRefusals.PeerOver,
        _ => null,
    };

    private void Attach(LocalPeer peer, CallMember member)
    {
        lock (gate)
        {
            peer.Member.Changed -= MemberChanged;
            member.Changed += MemberChanged;
            (peer.Member.IsInCall, member.IsInCall) = (false, true);
            (peer.Member, peer.Away) = (member, false);
        }
    }

    /// <summary>Asks again what the peer may do, and enforces the answer. A right that was taken must not stay because something failed: it is tried until it works.</summary>
    private Task Reconsider(LocalPeer peer) => Insist(peer, () => peer.Gone ? Task.CompletedTask : Enforce(peer));

    private async Task Enforce(LocalPeer peer)
    {
        if (await peer.Member.Ask(CancellationToken.None) is not { } right)
        {
            await PutOut(peer);
            return;
        }
        var state = peer.State with { Name = peer.Member.Name, Role = peer.Member.Role, MayPublish = right.MayPublish, Silenced = right.Silenced };
        await Become(peer, state.Publishes ? state : state with { Tracks = [] });
    }

    /// <summary>The door does not let it in any more: nothing of it is carried from here on, it is told, and then the others are.</summary>
    private async Task PutOut(LocalPeer peer)
    {
        peer.Tell("CallEnded", new CallEnded(Room, CallRefusals.Removed.Code, CallRefusals.Removed.Message));
        await Forget(peer);
        await Insist(peer, () => grain.Leave(tools.Relay, peer.Id));
    }

    private async Task Insist(LocalPeer peer, Func<Task> act)
    {
        for (var wait = 50; ; wait = Math.Min(2 * wait, 1_000))
        {
            try
            {
                await act();
                return;
            }
#pragma warning disable CA1031 // Whatever it was, it is not enforced yet.
            catch (Exception error)
            {
                tools.Logger.LogWarning(error, "Call {Room} could not change what peer {Peer} may do", Room, peer.Id);
            }
#pragma warning restore CA1031
            await Task.Delay(TimeSpan.FromMilliseconds(wait), tools.Clock);
        }
    }

    /// <summary>Here first, so that signals are held to it at once; then at the engine, and at last everybody is told.</summary>
    private async Task Become(LocalPeer peer, CallPeer state)
    {
        lock (gate) peer.State = state;
        if (peer.Seat is not null) await peer.Seat.Changed(CancellationToken.None);
        if (!peer.Entered || await grain.Change(state) is not { } kept || kept.Publishes == state.Publishes) return;
        lock (gate) peer.State = kept;
        if (peer.Seat is not null) await peer.Seat.Changed(CancellationToken.None);
    }

    private Task Leave(LocalPeer peer) => peer.InTurn(() => End(peer));

    private async Task End(LocalPeer peer)
    {
        await Forget(peer);
        await grain.Leave(tools.Relay, peer.Id);
    }

    private Task Away(LocalPeer peer)
    {
        lock (gate) (peer.Away, peer.AwaySince) = (true, tools.Clock.GetTimestamp());
        return grain.Away(tools.Relay, peer.Id);
    }

    private async Task Forget(LocalPeer peer)
    {
        lock (gate)
        {
            peer.Gone = true;
            locals.Remove(peer.Id);
            peer.Member.Changed -= MemberChanged;
            peer.Member.IsInCall = false;
        }
        await peer.Rest();
        if (peer.Seat is { } seat) await seat.DisposeAsync();
        peer.Seat = null;
    }

    private LocalPeer[] Others(CallMember member, LocalPeer peer)
    {
        lock (gate) return [.. locals.Values.Where(p => p.Member == member && p != peer)];
    }

    private LocalPeer? Find(CallMember member)
    {
        lock (gate) return locals.Values.FirstOrDefault(p => p.Member == member);
    }

    private LocalPeer PeerOf(CallMember member) => Find(member) is { Entered: true, Gone: false } peer ? peer : throw CallRefusals.NotInCall.AsException();

    /// <summary>Takes a newer list over, and tells it to everybody here.</summary>
    private void Hear(CallList list)
    {
        lock (gate)
        {
            if (list.Version <= latest.Version) return;
            // A call that has just begun in its process may lack people whom it has not heard of yet.
            var missing = list.Whole ? [] : latest.Peers.Where(p => !list.Peers.Any(l => l.Peer == p.Peer) && list.Gone?.Contains(p.Peer) != true);
            latest = list with { Peers = [.. list.Peers, .. missing] };
            var frame = new SharedFrame("CallPeers", new CallPeers(Room, latest.Version, [.. latest.Peers.Select(p => p.Shown)]));
            foreach (var peer in locals.Values)
                if (peer is { Entered: true, Away: false }) peer.Member.Lane.Send(frame);
        }
    }

    private async Task Ask()
    {
        await Task.Yield(); // so that the caller's lock is over
        for (var wait = 50; !Closed; wait = Math.Min(wait * 2, 1_000))
        {
            try
            {
                CallPeer[] mine;
                long version;
                lock (gate) (mine, version, subscribing) = ([.. locals.Values.Where(p => p is { Entered: true, Away: false, Gone: false }).Select(p => p.State with { IsDirect = p.Place == CallEngines.Direct })], latest.Version, null);
                var tail = await grain.Subscribe(reference, tools.Relay, version, mine);
                Hear(tail.List);
                foreach (var gone in mine.Where(m => tail.Gone?.Contains(m.Peer) == true)) await OnGone(gone.Peer, gone.Stay, CallRefusals.PeerOver.Code, CallRefusals.PeerOver.Message);
                foreach (var person in tail.Reconsider ?? []) await OnReconsider(person);
                if (tail.Place is { } place) await OnMove(place);
                return;
            }
#pragma warning disable CA1031 // Whatever keeps the call from answering, those who are in it wait for it.
            catch (Exception error)
            {
                tools.Logger.LogWarning(error, "Call {Room} could not be reached", Room);
            }
#pragma warning restore CA1031
            await Task.Delay(TimeSpan.FromMilliseconds(wait), tools.Clock);
        }
    }
}
