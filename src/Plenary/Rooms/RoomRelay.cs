using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.SignalR;
using Orleans.Runtime;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Live;
using Plenary.Platform.Telemetry;

namespace Plenary.Rooms;

/// <summary>
/// This process's gateway to the rooms of all events: a batch crosses the cluster once per process, not once per person. Rooms are let go
/// when the last member has left.
/// </summary>
public sealed class RoomRelay(
    IGrainFactory grains,
    Lanes lanes,
    Fanout fanout,
    ILocalSiloDetails silo,
    IClusterMembershipService membership,
    DoorCheck door,
    LiveMeters meters,
    TimeProvider clock,
    ILogger<RoomRelay> logger) : BackgroundService
{
    /// <summary>How often a relay makes sure that its rooms still know it.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Events that operators are told apart.</summary>
    private const int MostEvents = 20;

    private readonly ConcurrentDictionary<Guid, RelayedRoom> rooms = new();
    private readonly Lock opening = new();

    /// <summary>Brings a connection into a room; again, it is told what it lacks. Throws when the room does not answer in time.</summary>
    /// <param name="pass">The right to be there.</param>
    /// <param name="asked">When it was asked for, a timestamp of the clock: should it have changed since, it is asked for again.</param>
    /// <param name="viewer">Whose session the connection is of.</param>
    /// <param name="connectionId">A connection of <see cref="LiveHub"/> in this process.</param>
    /// <param name="after">The latest number the client has, if any.</param>
    /// <param name="cancellation">Ends the wait for a room that does not answer.</param>
    internal async ValueTask<(RelayedRoom Room, RoomMember Member, Joined Joined)> Join(RoomPass pass, long asked, Viewer viewer, string connectionId, long? after, CancellationToken cancellation)
    {
        var lane = lanes.Find(connectionId) ?? throw new HubException("The connection is closed.");
        while (true)
        {
            var room = Of(pass.Room.Id);
            if (!room.Known) await room.Subscribe().WaitAsync(LiveRooms.Patience, clock, cancellation);
            if (room.Join(new(lane, viewer, pass), after, asked) is { } joined) return (room, joined.Member, joined.Joined);
            if (!room.IsStale(pass.Person, asked)) continue;
            asked = clock.GetTimestamp();
            pass = await door.PassOf(viewer, pass.Room.Id, cancellation) ?? throw Refusal.NotFound.AsException();
        }
    }

    /// <summary>Rooms need not speak to a process that ends; their people come back elsewhere.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(rooms.Values.Select(LetGo));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        PlenaryMeter.Meter.CreateObservableGauge("plenary.live.event.members", MembersByEvent, "{connection}", "Connections in rooms, of the 20 events with the most of them; the rest together as other.");
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

    /// <summary>Few enough values for a label, however many events there are.</summary>
    private IEnumerable<Measurement<long>> MembersByEvent()
    {
        var events = rooms.Values.GroupBy(room => room.Event, (id, of) => (Event: id, Members: of.Sum(room => (long)room.Members))).Where(e => e.Members > 0).OrderByDescending(e => e.Members).ToList();
        foreach (var (id, members) in events.Take(MostEvents)) yield return new(members, new KeyValuePair<string, object?>("event", id.ToString()));
        yield return new(events.Skip(MostEvents).Sum(e => e.Members), new KeyValuePair<string, object?>("event", "other"));
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

    private RelayedRoom Of(Guid room)
    {
        if (rooms.TryGetValue(room, out var known)) return known;
        // Not twice: each one opened is an ear in the cluster.
        lock (opening) return rooms.GetOrAdd(room, id => new(id, silo.SiloAddress.ToString(), grains, fanout.NewCrowd(), Reconsider, meters, clock, logger));
    }

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
        var members = room.MembersOf(person);
        if (members.Length == 0) return;
        var passes = await Task.WhenAll(members.Select(m => door.PassOf(m.Viewer, room.Room, CancellationToken.None)));
        foreach (var (member, pass) in members.Zip(passes))
            if (pass is not null) room.Change(member, pass);
            else if (room.Leave(member))
            {
                var why = await door.WhyNot(member.Viewer, room.Room, CancellationToken.None) ?? RoomRefusals.NoLongerHere;
                member.Lane.Send(new("Removed", new Removed(room.Room, why.Code, why.Message)));
            }
    }
}
