using Plenary.Platform.Surge;

namespace Plenary.Calls.Janus;

/// <summary>
/// Calls through Janus's VideoRoom: every peer sends once, to the server, and is given what it asks for. Browsers never see Janus: what they say goes through the
/// hub, and each process has its own session at each Janus. Rooms are at the least loaded one; they leave one that dies or is drained.
/// </summary>
internal sealed class JanusEngine(JanusSettings settings, Gateways gateways, TimeProvider clock, ILogger<JanusEngine> logger) : BackgroundService, ICallEngine
{
    internal const int Publishers = 12;

    /// <summary>A Janus that was away for so long is left, if there is another. One that is started again is back sooner.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    /// <summary>A publisher costs about as much as three who watch: it comes in three sizes.</summary>
    private const int PublisherWeight = 3;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Node, Guid Call), JanusRoom> rooms = [];
    private readonly SemaphoreSlim news = new(0, 1);
    private readonly List<JanusNode> nodes = [.. settings.Nodes.Select(address => new JanusNode(address, settings, clock, logger))];

    public string Kind => "janus";

    public int MostPublishers => Publishers;

    public int MostPeers => Publishers + settings.Viewers;

    public int Audience => settings.Viewers;

    public bool IsMesh => false;

    /// <summary>The nodes as this process sees them, by name.</summary>
    public IReadOnlyDictionary<string, NodeState> Nodes => nodes.ToDictionary(n => n.Name, n => n.State);

    /// <summary>Takes in one sender outside of any call. Throws <see cref="JanusException"/> or <see cref="JanusLostException"/>.</summary>
    internal Task<JanusInlet> OpenInlet(string offer) => JanusInlet.Open(nodes.Find(n => n.State == NodeState.Up) ?? throw new JanusLostException(), settings, offer);

    public async Task<string?> Place(Guid room, string? lost, CancellationToken cancellation)
    {
        while (true)
        {
            var loads = await Task.WhenAll(nodes.Where(n => n.State != NodeState.Down && n.Name != lost).Select(Load));
            if (Placement.Choose(room.ToString(), [.. loads.OfType<NodeLoad>()]) is { } chosen) return chosen;
            // Back where it was, if that is all there is.
            if (lost is not null && nodes.Find(n => n.Name == lost) is { State: not NodeState.Down }) return lost;
            await Task.Delay(Look / 5, clock, cancellation);
        }
    }

    public async Task<ICallSeat> Enter(CallSide side, CancellationToken cancellation)
    {
        var node = nodes.Find(n => n.Name == side.Place);
        if (node is null || (node.State == NodeState.Down && node.DownFor > Patience && nodes.Exists(n => n.State == NodeState.Up)))
        {
            _ = side.Elsewhere();
            throw JanusRefusals.Away.AsException();
        }
        while (true)
        {
            JanusRoom? room;
            lock (gate)
                if (!rooms.TryGetValue((node.Name, side.Room), out room) || room.Over) rooms[(node.Name, side.Room)] = room = new(node, settings, side.Room);
            var seat = new JanusSeat(this, room, side, clock, logger);
            if (!room.Add(seat)) continue;
            try
            {
                await room.Open().WaitAsync(cancellation);
                return seat;
            }
            catch (Exception failed)
            {
                await Leave(seat);
                if (failed is not (JanusException or JanusLostException)) throw;
                logger.LogInformation("Call {Room} cannot be entered at {Node}: {Reason}", side.Room, node.Name, failed.Message);
                throw JanusRefusals.Away.AsException();
            }
        }
    }

    public async Task Close(Guid room, string? place)
    {
        if (nodes.Find(n => n.Name == place) is not { State: not NodeState.Down } node) return;
        lock (gate)
            if (rooms.TryGetValue((node.Name, room), out var here) && !here.Over) return; // somebody has come meanwhile
        await new VideoRoom(settings, room).Destroy(node.Control);
    }

    /// <summary>The seat is empty.</summary>
    internal async Task Leave(JanusSeat seat)
    {
        if (!seat.Room.Remove(seat)) return;
        Forget(seat.Room);
        await seat.Room.Leave();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var node in nodes)
        {
            node.Lost = () => Lose(node);
            node.Changed = () => { lock (news) if (news.CurrentCount == 0) news.Release(); };
        }
        var running = nodes.Select(node => node.Run(stoppingToken)).ToList();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await news.WaitAsync(Look, stoppingToken);
                Evacuate();
                foreach (var seat in Rooms().SelectMany(r => r.Seats)) seat.Tick();
            }
        }
        catch (OperationCanceledException) { }
        await Task.WhenAll(running);
    }

    /// <summary>Has the calls leave nodes that are away or are to be emptied, when there is one to go to.</summary>
    private void Evacuate()
    {
        if (!nodes.Exists(n => n.State == NodeState.Up)) return;
        foreach (var room in Rooms())
            if ((room.Node.State == NodeState.Draining || room.Node.DownFor > Patience) && room.Seats is [var any, ..]) _ = Move(any);
    }

    private async Task Move(JanusSeat seat)
    {
        try
        {
            await seat.Side.Elsewhere();
        }
#pragma warning disable CA1031 // It is asked again at the next look.
        catch (Exception error)
        {
            logger.LogInformation("Call {Room} did not hear that it cannot stay at {Node}: {Reason}", seat.Side.Room, seat.Room.Node.Name, error.Message);
        }
#pragma warning restore CA1031
    }

    private void Lose(JanusNode node)
    {
        foreach (var room in Rooms().Where(r => r.Node == node))
        {
            Forget(room);
            room.Lose();
        }
    }

    private void Forget(JanusRoom room)
    {
        lock (gate)
            if (rooms.GetValueOrDefault((room.Node.Name, room.Call)) == room) rooms.Remove((room.Node.Name, room.Call));
    }

    private JanusRoom[] Rooms()
    {
        lock (gate) return [.. rooms.Values];
    }

    private async Task<NodeLoad?> Load(JanusNode node)
    {
        try
        {
            var calls = await VideoRoom.List(node.Control, settings);
            // Those who only watch are known here alone; connections are spread evenly, so it is about the same in the other processes.
            var watching = Rooms().Where(r => r.Node == node).Sum(r => r.Seats.Count(s => !s.Side.Publishes)) * gateways.Count;
            return new(node.Name, node.State, PublisherWeight * calls.Values.Sum() + watching, calls.Keys.ToHashSet());
        }
        catch (Exception lost) when (lost is JanusException or JanusLostException)
        {
            return null;
        }
    }
}
