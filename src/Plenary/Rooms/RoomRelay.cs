using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>
/// This process's gateway to the rooms of all events: a batch crosses the cluster once per process, not once per person. Rooms are let go
/// when the last member has left.
/// </summary>
public sealed class RoomRelay(
    IGrainFactory grains,
    Lanes<LiveHub> lanes,
    Fanout fanout,
    ILocalSiloDetails silo,
    IClusterMembershipService membership,
    IDbContextFactory<Db> dbs,
    LiveMeters meters,
    TimeProvider clock,
    ILogger<RoomRelay> logger) : BackgroundService
{
    /// <summary>How often a relay makes sure that its rooms still know it.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Guid, RelayedRoom> rooms = new();

    /// <summary>Brings a connection into a room; again, it is told what it lacks.</summary>
    /// <param name="pass">The right to be there.</param>
    /// <param name="viewer">Whose session the connection is of.</param>
    /// <param name="connectionId">A connection of <see cref="LiveHub"/> in this process.</param>
    /// <param name="after">The latest number the client has, if any.</param>
    /// <param name="cancellation">Ends the wait for a room that does not answer.</param>
    public async Task<Joined> Join(RoomPass pass, Viewer viewer, string connectionId, long? after, CancellationToken cancellation)
    {
        var lane = lanes.Find(connectionId) ?? throw new HubException("The connection is closed.");
        while (true)
        {
            var room = rooms.GetOrAdd(pass.Room.Id, Open);
            var isNew = room.Member(connectionId) is null;
            if (await room.Join(new(lane, viewer, pass), after, cancellation) is not { } joined) continue;
            if (isNew) meters.Members(1);
            return joined;
        }
    }

    public void Leave(Guid room, string connectionId)
    {
        if (rooms.TryGetValue(room, out var relayed) && relayed.Leave(connectionId)) meters.Members(-1);
    }

    /// <summary>The connection as a member of the room, or null.</summary>
    public RoomMember? Member(Guid room, string connectionId) => rooms.GetValueOrDefault(room)?.Member(connectionId);

    internal void React(Guid room, string kind) => rooms.GetValueOrDefault(room)?.React(kind);

    internal void Watch(Guid room, string connectionId, int latencyMs, bool stalled) =>
        rooms.GetValueOrDefault(room)?.Watch(connectionId, latencyMs, stalled);

    /// <summary>Rooms need not speak to a process that ends; their people come back elsewhere.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(rooms.Values.Select(LetGo));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = OnChanges(stoppingToken);
        using var beat = new PeriodicTimer(Beat / 3, clock);
        try
        {
            for (var turn = 1; await beat.WaitForNextTickAsync(stoppingToken); turn++)
            {
                foreach (var room in rooms.Values)
                    if (room.CloseIfEmpty()) await LetGo(room);
                if (turn % 3 == 0) SubscribeAll();
            }
        }
        catch (OperationCanceledException) { }
        await changes;
    }

    /// <summary>A room that was on a lost silo has forgotten its relays: call again as soon as the cluster has changed.</summary>
    private async Task OnChanges(CancellationToken stopping)
    {
        try
        {
            await foreach (var _ in membership.MembershipUpdates.WithCancellation(stopping)) SubscribeAll();
        }
        catch (OperationCanceledException) { }
    }

    private void SubscribeAll()
    {
        foreach (var room in rooms.Values) _ = room.Subscribe();
    }

    private RelayedRoom Open(Guid room) => new(room, silo.SiloAddress.ToString(), grains, fanout, Reconsider, meters, clock, logger);

    private async Task LetGo(RelayedRoom room)
    {
        rooms.TryRemove(KeyValuePair.Create(room.Room, room));
        try
        {
            await room.Unsubscribe();
        }
#pragma warning disable CA1031 // The room notices by itself, when the beats stay away.
        catch (Exception error)
        {
            logger.LogInformation(error, "Room {Room} did not hear that nobody is here", room.Room);
        }
#pragma warning restore CA1031
    }

    /// <summary>Looks again at what a person's connections in a room may do.</summary>
    private async Task Reconsider(Guid person, RelayedRoom room)
    {
        foreach (var member in room.MembersOf(person))
        {
            await using var db = await dbs.CreateDbContextAsync();
            if (await db.RoomPassOf(member.Viewer, room.Room, CancellationToken.None) is { } pass) member.Pass = pass;
            else if (room.Leave(member.Lane.ConnectionId))
            {
                meters.Members(-1);
                var removed = new Removed(room.Room, RoomRefusals.NoLongerHere.Code, RoomRefusals.NoLongerHere.Message);
                member.Lane.Send(new("Removed", removed));
            }
        }
    }
}
