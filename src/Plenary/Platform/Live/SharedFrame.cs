using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Plenary.Platform.Live.Transport;

namespace Plenary.Platform.Live;

/// <summary>What may become of a frame whose reader is slow.</summary>
public enum FrameClass
{
    /// <summary>
    /// Never left out unseen. When a reader is too far behind, everything of the room that waits is dropped but its newest frame; by the numbers
    /// of that one the reader sees what it lacks, and joins again.
    /// </summary>
    Entries,

    /// <summary>Only the latest of a room waits.</summary>
    State,

    /// <summary>Lost first.</summary>
    Ephemeral,
}

/// <summary>
/// One message for many connections: encoded once per protocol, the header of its WebSocket frame included, and shared by reference. It is
/// encoded when it is first written, on whatever thread that is, so what it tells must not change any more.
/// </summary>
public sealed class SharedFrame
{
    private readonly HubMessage message;
    private readonly Lock gate = new();
    private byte[]? text;
    private byte[]? binary;
    private SerializedHubMessage? stock;

    /// <param name="method">The client's method.</param>
    /// <param name="argument">Its only argument; immutable.</param>
    public SharedFrame(string method, object? argument) : this(new InvocationMessage(method, [argument])) { }

    internal SharedFrame(HubMessage message) => this.message = message;

    /// <summary>A whole WebSocket frame (RFC 6455, section 5.2) for connections of this protocol. Not to be written to.</summary>
    internal byte[] Encoded(IHubProtocol protocol)
    {
        ref var encoded = ref protocol.TransferFormat == TransferFormat.Text ? ref text : ref binary;
        if (Volatile.Read(ref encoded) is { } done) return done;
        lock (gate) return encoded ??= WebSocketFrame.Of(protocol.GetMessageBytes(message).Span, protocol.TransferFormat);
    }

    /// <summary>Bytes of it on the wire; 0 before it was first written to a socket.</summary>
    internal int Size => (Volatile.Read(ref binary) ?? Volatile.Read(ref text))?.Length ?? 0;

    /// <summary>The same for connections of the framework's own transports.</summary>
    internal SerializedHubMessage Stock
    {
        get
        {
            if (Volatile.Read(ref stock) is { } done) return done;
            lock (gate) return stock ??= new(message);
        }
    }
}
