using Microsoft.AspNetCore.SignalR;
using Plenary.Platform.Access;

namespace Plenary.Platform.Live;

/// <summary>
/// The way out to one connection. Whatever is sent goes out in the order of the calls, whole, and nobody ever waits for a slow reader.
/// </summary>
public abstract class Lane
{
    private protected Lane(HubConnectionContext connection)
    {
        Connection = connection;
        Session = SessionEnds.IdOf(connection.User);
    }

    public string ConnectionId => Connection.ConnectionId;

    /// <summary>The sign-in it was opened with, if any.</summary>
    public string? Session { get; }

    public bool Closed => Connection.ConnectionAborted.IsCancellationRequested;

    /// <summary>Which worker of the <see cref="Fanout"/> sends to it what crowds are sent: always the same one, which keeps frames in order.</summary>
    internal int Worker { get; set; }

    private protected HubConnectionContext Connection { get; }

    /// <summary>Ends the connection: its client is told, and does not come back by itself.</summary>
    public void Close() => Connection.Abort();

    /// <summary>Sends to this reader alone; never waits, never throws.</summary>
    /// <param name="frame">May be shared with others.</param>
    /// <param name="kind">What may become of it when the reader is slow. Sent to a lane by itself, it is dropped only if it is ephemeral.</param>
    public void Send(SharedFrame frame, FrameClass kind = FrameClass.Entries) => Send(frame, kind, null);

    /// <param name="crowd">The crowd it was sent to, within which frames may stand in for earlier ones.</param>
    internal abstract void Send(SharedFrame frame, FrameClass kind, Crowd? crowd);
}
