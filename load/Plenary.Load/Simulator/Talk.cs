using System.Text;
using Plenary.Load.Wire;

namespace Plenary.Load.Simulator;

/// <summary>What a crowd says and understands once a WebSocket stands.</summary>
internal abstract class Talk(Crowd crowd)
{
    protected Crowd Crowd { get; } = crowd;

    protected Tally Tally => Crowd.Tally;

    /// <summary>The cookie header of a person; empty for engines that know no people.</summary>
    public virtual string CookieOf(Attendee attendee) => "";

    /// <summary>The WebSocket stands: the first thing a client says.</summary>
    public abstract void Opened(Connection connection);

    /// <summary>A whole WebSocket message.</summary>
    public abstract void Received(Connection connection, ReadOnlySpan<byte> message, long now);

    /// <summary>Once a second for everybody: pings and whims.</summary>
    public virtual void Beat(Connection connection, long now) { }

    /// <summary>The connection is gone; it will be made again unless the crowd leaves.</summary>
    public virtual void Lost(Attendee attendee) { }

    /// <summary>Those who vote; null for engines that have no polls.</summary>
    public virtual Voters? Voters => null;

    public virtual void Post(Attendee attendee, int number, int size) => throw new NotSupportedException("only Plenary is posted to over the wire");
}

/// <summary>
/// Engines that only deliver: the floor, Django Channels, a stock SignalR hub, Socket.IO. Each message carries its number; every connection must see
/// every number once and in order.
/// </summary>
internal sealed class ListeningTalk(Crowd crowd, Protocol protocol) : Talk(crowd)
{
    private const long PingEvery = 15_000_000_000;

    private static readonly byte[] Join = HubMessages.Invoke("j", "Join");

    public override void Opened(Connection connection)
    {
        switch (protocol)
        {
            case Protocol.SignalR: Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.Handshake); break;
            case Protocol.SocketIo: break; // the server speaks first
            default: Crowd.In(connection.Attendee); break;
        }
    }

    public override void Received(Connection connection, ReadOnlySpan<byte> message, long now)
    {
        if (protocol == Protocol.SignalR) Hub(connection, message, now);
        else if (Stamp.TryFind(message, out var stamp)) Deliver(connection.Attendee, stamp, now);
        else if (protocol == Protocol.SocketIo) Handshake(connection, message);
    }

    public override void Beat(Connection connection, long now)
    {
        if (protocol != Protocol.SignalR || now - connection.SaidAt < PingEvery) return;
        Crowd.Send(connection, WebSocketFrame.Binary, HubMessages.PingMessage);
    }

    public override void Lost(Attendee attendee) => attendee.Seq = -1;

    private void Deliver(Attendee attendee, Stamp stamp, long now)
    {
        Tally.Frames++;
        Tally.Entries++;
        Tally.Latency.Add((now - stamp.SentAt) / 1000);
        if (stamp.Number == attendee.Seq) Tally.Doubled++;
        else if (stamp.Number < attendee.Seq && stamp.Number != 1) Tally.Disordered++; // 1 begins the next run
        else if (attendee.Seq > 0 && stamp.Number > attendee.Seq + 1) Tally.Lost += stamp.Number - attendee.Seq - 1;
        attendee.Seq = stamp.Number;
    }

    private void Hub(Connection connection, ReadOnlySpan<byte> message, long now)
    {
        var attendee = connection.Attendee;
        if (!attendee.Joining && !attendee.Joined)
        {
            message = message[(message.IndexOf(HubMessages.RecordSeparator) + 1)..];
            attendee.Joining = true;
            Crowd.Send(connection, WebSocketFrame.Binary, Join);
        }
        // A hub sends what came together in one WebSocket message.
        while (HubMessages.TryNext(ref message, out var one))
            if (Stamp.TryFind(one, out var stamp)) Deliver(attendee, stamp, now);
            else if (one is [_, HubMessages.Completion, ..]) Crowd.In(attendee);
    }

    /// <summary>Engine.IO's packets: 0 open, 2 ping, 3 pong, 4 message; of Socket.IO in a message: 0 connect, 2 event.</summary>
    private void Handshake(Connection connection, ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("0{"u8)) Crowd.Send(connection, WebSocketFrame.Text, "40"u8);
        else if (message.StartsWith("40"u8)) Crowd.In(connection.Attendee);
        else if (message.SequenceEqual("2"u8)) Crowd.Send(connection, WebSocketFrame.Text, "3"u8);
        else Tally.Trouble = $"unknown: {Encoding.UTF8.GetString(message[..Math.Min(message.Length, 100)])}";
    }
}
