using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Plenary.Platform.Access;

namespace Plenary.Platform.Live;

/// <summary>
/// The way out to every connection of a hub. A message is encoded once per protocol and the same bytes are written to all; nobody waits
/// for a slow reader.
/// </summary>
public sealed class Lanes<THub> : DefaultHubLifetimeManager<THub> where THub : Hub
{
    private readonly ConcurrentDictionary<string, Lane> lanes = new();

    public Lanes(SessionEnds ends, ILogger<DefaultHubLifetimeManager<THub>> logger) : base(logger) => ends.Ended += session =>
    {
        foreach (var lane in lanes.Values)
            if (lane.Session == session) lane.Close();
    };

    /// <summary>The lane of a connection, or null when it is gone.</summary>
    public Lane? Find(string connectionId) => lanes.GetValueOrDefault(connectionId);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        lanes[connection.ConnectionId] = new Lane(connection);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        lanes.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}

/// <summary>The way out to one connection, in order.</summary>
public sealed class Lane(HubConnectionContext connection)
{
    /// <summary>Messages waiting for a slow reader above which those that may be lost are.</summary>
    private const int Crowded = 16;

    /// <summary>Above which the reader is cut off: it comes back and asks for what it lacks, which costs less than keeping it.</summary>
    private const int Full = 128;

    private int waiting;

    public string ConnectionId => connection.ConnectionId;

    /// <summary>The sign-in it was opened with, if any.</summary>
    public string? Session { get; } = SessionEnds.IdOf(connection.User);

    /// <summary>Cuts the reader off.</summary>
    public void Close() => connection.Abort();

    public bool Closed => connection.ConnectionAborted.IsCancellationRequested;

    /// <summary>Writes in the order of the calls; never waits.</summary>
    /// <param name="message">Shared by all lanes.</param>
    /// <param name="ephemeral">May be lost when the reader is slow.</param>
    public void Send(SerializedHubMessage message, bool ephemeral = false)
    {
        var behind = Volatile.Read(ref waiting);
        if (ephemeral && behind > Crowded) return;
        if (behind > Full)
        {
            Close();
            return;
        }
        var write = connection.WriteAsync(message);
        if (!write.IsCompletedSuccessfully) _ = Wait(write);
    }

    private async Task Wait(ValueTask write)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await write;
        }
#pragma warning disable CA1031 // A connection that breaks while it is written to ends by itself.
        catch (Exception) { }
#pragma warning restore CA1031
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
