using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Live.Transport;

/// <summary>
/// Looks after all connections of a hub in turns, so that none needs a timer: keeps them alive, and ends those whose client is gone or reads
/// nothing. Its turns are the clock of lanes and connections; they are short against the times that matter.
/// </summary>
internal sealed class ConnectionWatch : IDisposable
{
    /// <summary>A reader that takes nothing for this long is given up.</summary>
    private static readonly TimeSpan NoProgress = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to answer that we end.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly SharedFrame ping = new(PingMessage.Instance);
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly int keepAlive;
    private readonly int clientTimeout;
    private readonly int noProgress;
    private readonly int farewell;
    private SocketConnection[] connections = new SocketConnection[64];
    private SocketConnection[] looked = [];
    private int count;
    private int turn = 1;
    private int looking;
    private int behind;

    /// <param name="keepAliveInterval">A client that was told nothing for so long is sent a ping; null: 15 s, as SignalR has it.</param>
    /// <param name="clientTimeoutInterval">A client that said nothing for so long is gone; null: 30 s.</param>
    /// <param name="lifetime">Of the process.</param>
    /// <param name="clock">For turns.</param>
    public ConnectionWatch(TimeSpan? keepAliveInterval, TimeSpan? clientTimeoutInterval, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        this.clock = clock;
        var keepAlive = keepAliveInterval ?? TimeSpan.FromSeconds(15);
        var clientTimeout = clientTimeoutInterval ?? TimeSpan.FromSeconds(30);
        var pace = (keepAlive < clientTimeout ? keepAlive : clientTimeout) / 8;
        pace = pace > TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : pace;
        int Turns(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time / pace));
        // A turn early: what was sent late in a turn counts as if it had been at its beginning.
        (this.keepAlive, this.clientTimeout) = (Math.Max(1, Turns(keepAlive) - 2), Turns(clientTimeout) + 1);
        (noProgress, farewell) = (Turns(NoProgress < clientTimeout ? NoProgress : clientTimeout), Turns(Farewell < clientTimeout ? Farewell : clientTimeout));
        timer = clock.CreateTimer(_ => Look(), null, pace, pace);
        lifetime.ApplicationStopping.Register(Stop);
        PlenaryMeter.Meter.CreateObservableGauge("plenary.live.readers.behind", () => Volatile.Read(ref behind), "{connection}", "Connections for which something waits because their reader is slow, looked at once a second.");
    }

    /// <summary>Counts up.</summary>
    public int Turn => Volatile.Read(ref turn);

    /// <summary>The process goes away.</summary>
    public bool IsStopping { get; private set; }

    public void Add(SocketConnection connection)
    {
        lock (gate)
        {
            if (count == connections.Length) Array.Resize(ref connections, 2 * count);
            connections[connection.Place = count++] = connection;
        }
        if (IsStopping) connection.Stop();
    }

    public void Remove(SocketConnection connection)
    {
        lock (gate)
        {
            var last = connections[--count];
            (connections[last.Place = connection.Place], connections[count]) = (last, null!);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Stop()
    {
        IsStopping = true;
        foreach (var connection in Snapshot()) connection.Stop();
    }

    private ReadOnlySpan<SocketConnection> Snapshot()
    {
        lock (gate) return connections.AsSpan(0, count).ToArray();
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref looking, 1) != 0) return; // the last turn still goes on
        try
        {
            var now = Interlocked.Increment(ref turn);
            var time = clock.GetUtcNow();
            int seen;
            lock (gate)
            {
                seen = count;
                if (looked.Length < seen) looked = new SocketConnection[connections.Length];
                connections.AsSpan(0, seen).CopyTo(looked);
            }
            var slow = 0;
            foreach (var connection in looked.AsSpan(0, seen))
            {
                if (connection.Lane.IsBehind) slow++;
                Look(connection, now, time);
            }
            Volatile.Write(ref behind, slow);
            looked.AsSpan(0, seen).Clear();
        }
        finally
        {
            Volatile.Write(ref looking, 0);
        }
    }

    private void Look(SocketConnection connection, int now, DateTimeOffset time)
    {
        var lane = connection.Lane;
        if (lane.Broken
            || (connection.EndedAt != 0 && now - connection.EndedAt > farewell)
            || (!connection.IsHeldBack && now - connection.HeardAt > clientTimeout)) connection.Abort();
        else if (lane.IsBehind && now - lane.WroteAt > noProgress)
        {
            DeliveryMeters.NoProgress();
            connection.Abort();
        }
        else if (!lane.IsReady) return;
        else if (connection.ExpiresAt <= time) lane.Close();
        else if (!lane.IsBehind && now - lane.WroteAt >= keepAlive) lane.Send(ping, FrameClass.Ephemeral);
    }
}
