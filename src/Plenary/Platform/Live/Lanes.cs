using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Plenary.Platform.Access;
using Plenary.Platform.Live.Transport;

namespace Plenary.Platform.Live;

/// <summary>The ways out to every connection of a hub in this process.</summary>
public sealed class Lanes<THub> : DefaultHubLifetimeManager<THub> where THub : Hub
{
    private readonly ConcurrentDictionary<string, Lane> lanes = new();
    private readonly Fanout fanout;

    public Lanes(Fanout fanout, SessionEnds ends, ILogger<DefaultHubLifetimeManager<THub>> logger) : base(logger)
    {
        this.fanout = fanout;
        ends.Ended += session =>
        {
            foreach (var lane in All)
                if (lane.Session == session) lane.Close();
        };
    }

    /// <summary>Everyone's; may be read while connections come and go.</summary>
    public IEnumerable<Lane> All => lanes.Select(one => one.Value);

    public int Count => lanes.Count;

    /// <summary>The lane of a connection, or null when it is gone.</summary>
    public Lane? Find(string connectionId) => lanes.GetValueOrDefault(connectionId);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        Lane lane = connection.Features.Get<SocketLane>() ?? (Lane)new StockLane();
        lane.Attach(connection);
        fanout.Assign(lane);
        lanes[connection.ConnectionId] = lane;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (lanes.TryRemove(connection.ConnectionId, out var lane)) fanout.Release(lane);
        return base.OnDisconnectedAsync(connection);
    }
}
