using Microsoft.AspNetCore.SignalR;
using Plenary.Platform.Access;

namespace Plenary.Platform.Live;

/// <summary>
/// The way out to one connection. Whatever is sent goes out in the order of the calls, whole, and nobody ever waits for a slow reader.
/// </summary>
public abstract class Lane
{
    private HubConnectionContext? connection;

    private protected Lane() { }

    public string ConnectionId => Connection.ConnectionId;

    /// <summary>The sign-in it was opened with, if any.</summary>
    public string? Session { get; private set; }

    public bool Closed => Connection.ConnectionAborted.IsCancellationRequested;

    /// <summary>Which worker of the <see cref="Fanout"/> sends to it what crowds are sent: always the same one, which keeps frames in order.</summary>
    internal int Worker { get; set; }

    /// <summary>The hub's side, once it has shaken hands.</summary>
    private protected HubConnectionContext Connection => connection ?? throw new InvalidOperationException("The hub has not shaken hands yet.");

    private protected bool IsAttached => connection is not null;

    /// <summary>Ends the connection: its client is told, and does not come back by itself.</summary>
    public void Close() => Connection.Abort();

    /// <summary>Sends to this reader alone; never waits, never throws.</summary>
    /// <param name="frame">May be shared with others.</param>
    /// <param name="kind">What may become of it when the reader is slow. Sent to a lane by itself, it is dropped only if it is ephemeral.</param>
    public void Send(SharedFrame frame, FrameClass kind = FrameClass.Entries) => Send(frame, kind, null);

    /// <param name="crowd">The crowd it was sent to, within which frames may stand in for earlier ones.</param>
    internal abstract void Send(SharedFrame frame, FrameClass kind, Crowd? crowd);

    /// <summary>Called once, before anything else, when the hub has shaken hands.</summary>
    internal virtual void Attach(HubConnectionContext to)
    {
        Session = SessionEnds.IdOf(to.User);
        connection = to;
    }
}
