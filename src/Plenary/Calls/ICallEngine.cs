namespace Plenary.Calls;

/// <summary>
/// What carries the pictures and the sound of calls: the browsers themselves (mesh), Janus, or LiveKit. There is one in a process, the same in all
/// processes of a cluster. Rules, rights and the list of peers are not its business; it is told of them.
/// </summary>
public interface ICallEngine
{
    /// <summary>As browsers know it: mesh, janus or livekit.</summary>
    string Kind { get; }

    /// <summary>Peers of one call that may send at the same time.</summary>
    int MostPublishers { get; }

    /// <summary>Peers of one call, those included who only watch and listen.</summary>
    int MostPeers { get; }

    /// <summary>So many of them may be an audience, whom nobody is told of. None, where every one more costs the others something.</summary>
    int Audience => 0;

    /// <summary>Peers connect to each other, so everybody is told of everybody and may signal to them. Otherwise who only watches is not listed.</summary>
    bool IsMesh { get; }

    /// <summary>
    /// Where the call of this room is served. Asked by the call's grain when the first peer enters, and again after <see cref="CallSide.Elsewhere"/>; the answer
    /// is kept with the call and given to every peer's <see cref="CallSide.Place"/>. Null when there is nothing to choose.
    /// </summary>
    /// <param name="room">The call.</param>
    /// <param name="lost">The place it was at and cannot stay at, if any.</param>
    /// <param name="cancellation">Ends the search.</param>
    Task<string?> Place(Guid room, string? lost, CancellationToken cancellation);

    /// <summary>
    /// A peer is in the call. Runs in the process that has its connection, before it is answered. Throws a refusal, or anything else: then the client tries again.
    /// </summary>
    Task<ICallSeat> Enter(CallSide side, CancellationToken cancellation);

    /// <summary>The last peer of a call has left: what was kept for it at its place may go.</summary>
    Task Close(Guid room, string? place);
}

/// <summary>
/// What an engine has for one peer. Its methods are called one after another, never at the same time. It outlives a lost connection for some seconds, if the
/// client comes back to this process. <see cref="IAsyncDisposable.DisposeAsync"/>: the peer has left, was removed or moved away; from then on nothing of it
/// may be seen or heard. It must not throw.
/// </summary>
public interface ICallSeat : IAsyncDisposable
{
    /// <summary>What the client needs to reach the engine by itself, as JSON, with the answer to entering; null when everything goes through the hub.</summary>
    string? Access { get; }

    /// <summary>
    /// The client speaks to the engine (a signal without an addressee). Whether it may publish has been checked for offers and answers: they contain
    /// nothing that is sent unless <see cref="CallSide.Publishes"/>. Throws a refusal.
    /// </summary>
    Task Signal(string kind, string data, CancellationToken cancellation);

    /// <summary>What the peer may do, or what it publishes, is another now (see <see cref="CallSide"/>). Revoking is done when this returns.</summary>
    Task Changed(CancellationToken cancellation);
}

/// <summary>A peer of a call, as its engine sees it: who it is, what it may do, and the way back to its browser.</summary>
public sealed class CallSide
{
    private readonly LocalPeer peer;
    private readonly RelayedCall call;

    internal CallSide(LocalPeer peer, RelayedCall call, string? place) => (this.peer, this.call, Place) = (peer, call, place);

    public Guid Room => call.Room;

    /// <summary>Where the call is served, as <see cref="ICallEngine.Place"/> chose.</summary>
    public string? Place { get; }

    public Guid Peer => peer.Id;

    public Guid Person => peer.State.Person;

    /// <summary>As others see it.</summary>
    public string Name => peer.State.Name;

    /// <summary>The peer may send and wants to.</summary>
    public bool Publishes => peer.State.Publishes;

    /// <summary>Nobody may hear the peer.</summary>
    public bool Silenced => peer.State.Silenced;

    /// <summary>What the peer says it sends.</summary>
    public IReadOnlyList<CallTrack> Tracks => peer.State.Tracks;

    /// <summary>Tells the browser something, as <c>CallSignal</c> without <c>from</c>; in the order of the calls.</summary>
    public void Tell(string kind, string data) => peer.Tell("CallSignal", new CallSignal(Room, null, kind, data));

    /// <summary>Tells the browser who is being heard.</summary>
    public void Speaking(Guid speaker) => peer.Tell("CallSpeaking", new CallSpeaking(Room, speaker));

    /// <summary>This seat is of no use any more, the place may be: the client enters again, and gets a new seat.</summary>
    public void EnterAgain() => call.EnterAgain(peer);

    /// <summary>
    /// The whole call cannot stay where it is. Another place is chosen, once however many seats say so, and everybody enters again before they let go of what they have.
    /// </summary>
    public Task Elsewhere() => call.Elsewhere(Place);
}
