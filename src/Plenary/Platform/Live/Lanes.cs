using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Plenary.Platform.Access;
using Plenary.Platform.Live.Transport;

namespace Plenary.Platform.Live;

/// <summary>The ways out to every live connection of this process.</summary>
public sealed class Lanes
{
    private readonly ConcurrentDictionary<string, Lane> lanes = new();

    public Lanes(SessionEnds ends) => ends.Ended += session =>
    {
        foreach (var lane in All)
            if (lane.Session == session) lane.Close();
    };

    /// <summary>Everyone's; may be read while connections come and go.</summary>
    public IEnumerable<Lane> All => lanes.Select(one => one.Value);

    public int Count => lanes.Count;

    /// <summary>The lane of a connection, or null when it is gone.</summary>
    public Lane? Find(string connectionId) => lanes.GetValueOrDefault(connectionId);

    internal void Add(Lane lane) => lanes[lane.ConnectionId] = lane;

    /// <summary>The lane that this connection had.</summary>
    internal Lane? Remove(string connectionId) => lanes.TryRemove(connectionId, out var lane) ? lane : null;
}

/// <summary>Gives every connection of a hub its lane while it lasts.</summary>
internal sealed class LaneManager<THub>(Lanes lanes, Fanout fanout, ILogger<DefaultHubLifetimeManager<THub>> logger) : DefaultHubLifetimeManager<THub>(logger) where THub : Hub
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        Lane lane = connection.Features.Get<SocketLane>() ?? (Lane)new StockLane();
        lane.Attach(connection);
        fanout.Assign(lane);
        lanes.Add(lane);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (lanes.Remove(connection.ConnectionId) is { } lane) fanout.Release(lane);
        return base.OnDisconnectedAsync(connection);
    }
}
