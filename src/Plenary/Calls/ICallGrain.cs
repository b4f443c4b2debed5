namespace Plenary.Calls;

/// <summary>
/// A call: who is in it, over all processes. Its key is the id of the room, or of what else it is the call of. It keeps nothing on disk: what it forgets when its process dies, the
/// relays tell it again.
/// </summary>
[Alias("plenary.call")]
public interface ICallGrain : IGrainWithGuidKey
{
    /// <summary>Brings a peer in, or back on another connection.</summary>
    /// <param name="observer">The relay of the process that has its connection.</param>
    /// <param name="peer">Its relay is named in it.</param>
    /// <param name="previous">A peer of the same person that this one replaces.</param>
    [Alias("enter")]
    Task<EnteredCall> Enter(ICallObserver observer, CallPeer peer, Guid? previous);

    /// <summary>The peer may do, or sends, something else now. Answers what it is then: as many may publish as the engine takes. Null when another relay has it.</summary>
    [Alias("change")]
    Task<CallPeer?> Change(CallPeer peer);

    [Alias("leave")]
    Task Leave(string relay, Guid peer);

    /// <summary>The peer's connection is lost. It may come back for some seconds.</summary>
    [Alias("away")]
    Task Away(string relay, Guid peer);

    /// <summary>Passes a word of one peer on to another; answers when the other's process has sent it.</summary>
    [Alias("signal")]
    Task<Signalled> Signal(Guid from, Guid to, string kind, string data);

    /// <summary>Counts a relay in, or keeps it counted, with those of its peers that are connected.</summary>
    /// <param name="observer">The relay's ear.</param>
    /// <param name="relay">Its name.</param>
    /// <param name="version">The newest list that it knows.</param>
    /// <param name="peers">Its peers.</param>
    [Alias("subscribe")]
    Task<CallTail> Subscribe(ICallObserver observer, string relay, long version, CallPeer[] peers);

    [Alias("unsubscribe")]
    Task Unsubscribe(ICallObserver observer, string relay);

    /// <summary>The call cannot stay at this place: another is found, and everybody enters again.</summary>
    [Alias("move")]
    Task Move(string? from);

    /// <summary>Has every relay look again at what this person may do; answers when they have.</summary>
    [Alias("reconsider")]
    Task Reconsider(Guid person);

    /// <summary>Takes a person out, with all their peers; null means everybody. Their clients are told why.</summary>
    [Alias("end")]
    Task End(Guid? person, string code, string message);

    /// <summary>Everybody who is in the call.</summary>
    [Alias("peers")]
    Task<CallPeer[]> Peers();
}

/// <summary>A process's ear in a call.</summary>
[Alias("plenary.call-observer")]
public interface ICallObserver : IGrainObserver
{
    [Alias("list"), Orleans.Concurrency.OneWay]
    Task OnList(CallList list);

    /// <summary>False when the peer is not here, or its connection is lost.</summary>
    [Alias("signal")]
    Task<bool> OnSignal(Guid to, Guid from, string kind, string data);

    /// <summary>The peer is not this relay's any more. With a code: its client is told why. Without: it is elsewhere, or was away for too long.</summary>
    [Alias("gone"), Orleans.Concurrency.OneWay]
    Task OnGone(Guid peer, long stay, string? code, string? message);

    [Alias("reconsider")]
    Task OnReconsider(Guid person);

    /// <summary>The call is elsewhere: everybody enters again.</summary>
    [Alias("move"), Orleans.Concurrency.OneWay]
    Task OnMove(string? place);

    /// <summary>This activation of the call ends: subscribe to the next.</summary>
    [Alias("lost"), Orleans.Concurrency.OneWay]
    Task OnLost();
}

/// <summary>A peer, between processes.</summary>
/// <param name="Peer">One stay of one tab in the call.</param>
/// <param name="Person">Who.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Role">organizer, producer, moderator, speaker or attendee.</param>
/// <param name="Relay">The process that has its connection.</param>
/// <param name="MayPublish">It may send.</param>
/// <param name="Wishes">It wants to send.</param>
/// <param name="Silenced">Nobody may hear it.</param>
/// <param name="Tracks">What it sends; nothing unless it publishes.</param>
/// <param name="Stay">Grows each time it enters by the same relay, so that a word about an earlier stay is known to be one.</param>
/// <param name="IsDirect">Its call may begin between the browsers; of a peer that is in it, it is served there.</param>
[GenerateSerializer, Immutable, Alias("plenary.call-peer")]
public sealed record CallPeer(
    [property: Id(0)] Guid Peer,
    [property: Id(1)] Guid Person,
    [property: Id(2)] string Name,
    [property: Id(3)] string Role,
    [property: Id(4)] string Relay,
    [property: Id(5)] bool MayPublish,
    [property: Id(6)] bool Wishes,
    [property: Id(7)] bool Silenced,
    [property: Id(8)] CallTrack[] Tracks,
    [property: Id(9)] long Stay = 0,
    [property: Id(10)] bool IsDirect = false)
{
    /// <summary>It may send and wants to.</summary>
    public bool Publishes => MayPublish && Wishes;

    internal PeerInCall Shown => new(Peer, Person, Name, Role, Publishes, Publishes ? Tracks : [], Silenced, MayPublish);
}

/// <summary>Those in a call whom the others are told of.</summary>
/// <param name="Version">Grows with every change, over restarts of the call too.</param>
/// <param name="Peers">In the order they came.</param>
/// <param name="Whole">False while the call has just begun in its process and may not have heard of everybody yet: whoever is missing and not <paramref name="Gone"/> is still there.</param>
/// <param name="Gone">Who left since then.</param>
[GenerateSerializer, Immutable, Alias("plenary.call-list")]
public sealed record CallList(
    [property: Id(0)] long Version,
    [property: Id(1)] CallPeer[] Peers,
    [property: Id(2)] bool Whole = true,
    [property: Id(3)] Guid[]? Gone = null);

/// <summary>Answers a relay that subscribes.</summary>
/// <param name="List">Who is there.</param>
/// <param name="Gone">Of the relay's peers, those that are not its own any more.</param>
/// <param name="Reconsider">People to look at again, who changed while the relay could not hear it.</param>
/// <param name="Place">Where the call is served.</param>
[GenerateSerializer, Immutable, Alias("plenary.call-tail")]
public sealed record CallTail(
    [property: Id(0)] CallList List,
    [property: Id(1)] Guid[]? Gone = null,
    [property: Id(2)] Guid[]? Reconsider = null,
    [property: Id(3)] string? Place = null);

/// <summary>What became of a peer that wanted to enter.</summary>
public enum EnterOutcome
{
    In,

    /// <summary>There are as many as the engine takes.</summary>
    Full,

    /// <summary>As many publish as the engine takes.</summary>
    StageFull,

    /// <summary>This peer was taken out, or its id is somebody else's.</summary>
    Over,
}

/// <summary>Answers a peer that wanted to enter.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Resumed">It was in, and the others did not lose it.</param>
/// <param name="Place">Where the call is served.</param>
/// <param name="List">Who is there.</param>
/// <param name="AskAgain">What the person may do changed lately, or the call ended: what was decided before it entered may be worth nothing.</param>
[GenerateSerializer, Immutable, Alias("plenary.entered-call")]
public sealed record EnteredCall(
    [property: Id(0)] EnterOutcome Outcome,
    [property: Id(1)] bool Resumed = false,
    [property: Id(2)] string? Place = null,
    [property: Id(3)] CallList? List = null,
    [property: Id(4)] bool AskAgain = false);

/// <summary>What became of a word to a peer.</summary>
public enum Signalled
{
    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>The peer's connection is lost; it may come back.</summary>
    Away,

    /// <summary>It is not in the call.</summary>
    Gone,
}
