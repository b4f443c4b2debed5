using MessagePack;

namespace Plenary.Calls;

// The records of docs/develop/protocol.md, section Calls; names are only ever added. What clients send is checked by the hub: ids are texts until then.

/// <summary>Something a peer sends.</summary>
/// <param name="Id">Unique within the peer; made by its client.</param>
/// <param name="Kind">camera, screen, microphone or program.</param>
/// <param name="Muted">Nothing is to be seen or heard of it for the moment.</param>
[GenerateSerializer, Immutable, Alias("plenary.call-track"), MessagePackObject]
public sealed record CallTrack(
    [property: Id(0), Key("id")] string Id,
    [property: Id(1), Key("kind")] string Kind,
    [property: Id(2), Key("muted")] bool Muted = false);

/// <summary>Somebody in a call, as the others are told.</summary>
/// <param name="Peer">One stay of one tab in the call.</param>
/// <param name="Publishes">May send and does: what comes of anybody else is neither shown nor heard.</param>
/// <param name="Tracks">What it sends.</param>
/// <param name="Silenced">The hosts let nobody hear it.</param>
/// <param name="MayPublish">Whether it would be allowed to.</param>
[MessagePackObject]
public sealed record PeerInCall(
    [property: Key("peer")] Guid Peer,
    [property: Key("person")] Guid Person,
    [property: Key("name")] string Name,
    [property: Key("role")] string Role,
    [property: Key("publishes")] bool Publishes,
    [property: Key("tracks")] IReadOnlyList<CallTrack> Tracks,
    [property: Key("silenced")] bool Silenced,
    [property: Key("mayPublish")] bool MayPublish);

/// <summary>Everybody in the call; the list with the greatest version is the newest.</summary>
[MessagePackObject]
public sealed record CallPeers(
    [property: Key("room")] Guid Room,
    [property: Key("version")] long Version,
    [property: Key("peers")] IReadOnlyList<PeerInCall> Peers);

/// <summary>A server that helps peers to reach each other, as browsers configure it.</summary>
[MessagePackObject]
public sealed record IceServer(
    [property: Key("urls")] string[] Urls,
    [property: Key("username")] string? Username = null,
    [property: Key("credential")] string? Credential = null);

/// <summary>Answers EnterCall.</summary>
/// <param name="Engine">mesh, janus or livekit.</param>
/// <param name="Resumed">The others never lost sight of this peer: what it has built with them still stands. Otherwise it begins anew.</param>
/// <param name="Most">Peers that may publish at the same time.</param>
/// <param name="Access">What the engine needs to be told by its client, as JSON.</param>
/// <param name="RelayOnly">Connections go through the TURN server only.</param>
[MessagePackObject]
public sealed record Entered(
    [property: Key("room")] Guid Room,
    [property: Key("engine")] string Engine,
    [property: Key("peer")] Guid Peer,
    [property: Key("mayPublish")] bool MayPublish,
    [property: Key("publishes")] bool Publishes,
    [property: Key("resumed")] bool Resumed,
    [property: Key("ice")] IceServer[] Ice,
    [property: Key("version")] long Version,
    [property: Key("peers")] IReadOnlyList<PeerInCall> Peers,
    [property: Key("most")] int Most,
    [property: Key("access")] string? Access = null,
    [property: Key("relayOnly")] bool RelayOnly = false);

/// <summary>One peer, or the engine when <paramref name="From"/> is absent, speaks to another.</summary>
[MessagePackObject]
public sealed record CallSignal(
    [property: Key("room")] Guid Room,
    [property: Key("from")] Guid? From,
    [property: Key("kind")] string Kind,
    [property: Key("data")] string Data);

/// <summary>The client was taken out of the call; it does not enter again by itself.</summary>
[MessagePackObject]
public sealed record CallEnded([property: Key("room")] Guid Room, [property: Key("code")] string Code, [property: Key("message")] string Message);

/// <summary>Enter again as the same peer, and let go of what you have once the new stands.</summary>
[MessagePackObject]
public sealed record CallMove([property: Key("room")] Guid Room);

/// <summary>Who is being heard now.</summary>
[MessagePackObject]
public sealed record CallSpeaking([property: Key("room")] Guid Room, [property: Key("peer")] Guid Peer);

[MessagePackObject]
public sealed record EnterCallRequest(
    [property: Key("room")] string? Room,
    [property: Key("peer")] string? Peer,
    [property: Key("publish")] bool Publish = false,
    [property: Key("previous")] string? Previous = null);

[MessagePackObject]
public sealed record SignalCallRequest(
    [property: Key("room")] string? Room,
    [property: Key("to")] string? To,
    [property: Key("kind")] string? Kind,
    [property: Key("data")] string? Data);
