using System.Net.WebSockets;

namespace Plenary.Calls.Janus;

/// <summary>What a Janus is good for at the moment.</summary>
internal enum NodeState
{
    /// <summary>It cannot be reached.</summary>
    Down,

    Up,

    /// <summary>It was told to take no new sessions: what it serves goes on until it can be elsewhere.</summary>
    Draining,
}

/// <summary>
/// This process's connection to one Janus, kept up. What it has there lasts through a lost connection as long as Janus keeps it.
/// </summary>
internal sealed class JanusNode(Uri address, JanusSettings settings, TimeProvider clock, ILogger logger)
{
    /// <summary>How often it is asked how it is.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100), LongestWait = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private JanusSession? session;
    private JanusHandle? control;
    private NodeState state = NodeState.Down;
    private long downSince = clock.GetTimestamp();
    private bool said;

    /// <summary>Names it, for all processes alike.</summary>
    public string Name => address.AbsoluteUri;

    public NodeState State
    {
        get { lock (gate) return state; }
    }

    /// <summary>For how long it has not been reached; zero while it is.</summary>
    public TimeSpan DownFor
    {
        get { lock (gate) return state == NodeState.Down ? clock.GetElapsedTime(downSince) : TimeSpan.Zero; }
    }

    /// <summary>Whatever this process had there is gone: told before anything new can be had.</summary>
    public Action? Lost { get; set; }

    /// <summary>Its state is another.</summary>
    public Action? Changed { get; set; }

    /// <summary>The session, to attach to. Throws <see cref="JanusLostException"/> while there is none.</summary>
    public JanusSession Session
    {
        get { lock (gate) return state == NodeState.Down || session is null ? throw new JanusLostException() : session; }
    }

    /// <summary>A handle for what concerns rooms as a whole.</summary>
    public JanusHandle Control
    {
        get { lock (gate) return state == NodeState.Down || control is null ? throw new JanusLostException() : control; }
    }

    /// <summary>Connects, and connects again, until it is told to stop.</summary>
    public async Task Run(CancellationToken stopping)
    {
        var wait = FirstWait;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var socket = await JanusSocket.Connect(address, settings.Secret, clock, stopping);
                await Begin(socket);
                wait = FirstWait;
                await Keep(socket, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
            catch (Exception lost) when (lost is WebSocketException or JanusLostException or JanusException or TimeoutException or OperationCanceledException or IOException)
            {
                if (!said) logger.LogWarning("Janus at {Node} cannot be reached: {Reason}", Name, lost.Message);
                said = true;
            }
            Become(NodeState.Down);
            if (stopping.IsCancellationRequested) return;
            await Task.Delay(wait * (0.5 + Random.Shared.NextDouble() / 2), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private async Task Begin(JanusSocket socket)
    {
        var info = await socket.Ask(new() { ["janus"] = "info" });
        if (info.Of("plugins")?.Of("janus.plugin.videoroom") is null) throw new JanusException(0, "its VideoRoom plugin is not loaded");
        if (session is not null && !await session.Claim(socket))
        {
            lock (gate) (session, control) = (null, null);
            Lost?.Invoke();
        }
        if (session is null)
        {
            var made = await JanusSession.Create(socket);
            var handle = await made.Attach(_ => { });
            lock (gate) (session, control) = (made, handle);
        }
        logger.LogInformation("Janus {Version} at {Node} is connected", info.Text("version_string"), Name);
        said = false;
        Become(info.Flag("accepting-new-sessions") ? NodeState.Up : NodeState.Draining);
    }

    private async Task Keep(JanusSocket socket, CancellationToken stopping)
    {
        using var beat = new PeriodicTimer(Beat, clock);
        while (true)
        {
            var next = beat.WaitForNextTickAsync(stopping).AsTask();
            if (await Task.WhenAny(next, socket.Closed) == socket.Closed) throw new JanusLostException();
            await next;
            await session!.KeepAlive();
            if (session.Ended) throw new JanusLostException();
            Become((await socket.Ask(new() { ["janus"] = "info" })).Flag("accepting-new-sessions") ? NodeState.Up : NodeState.Draining);
        }
    }

    private void Become(NodeState now)
    {
        lock (gate)
        {
            if (state == now) return;
            if (now == NodeState.Down) downSince = clock.GetTimestamp();
            if (state == NodeState.Down || now == NodeState.Down) JanusMeters.Up.Add(now == NodeState.Down ? -1 : 1);
            state = now;
        }
        Changed?.Invoke();
    }
}
