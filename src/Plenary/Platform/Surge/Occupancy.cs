namespace Plenary.Platform.Surge;

/// <summary>How full this process is: of live connections, of descriptors, and of work.</summary>
public sealed class Occupancy(SurgeSettings settings, TimeProvider clock, ILogger<Occupancy> logger) : BackgroundService
{
    /// <summary>Descriptors that connections never get: the database, files, pages, the cluster.</summary>
    private const int Reserve = 512;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Work that waits this long for a thread means that everything is in use, whoever uses it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(250);

    /// <summary>In samples.</summary>
    private const int CountEvery = 60;

    /// <summary>The load follows with this time constant: one busy moment is no surge.</summary>
    private const double SmoothSeconds = 1;

    private readonly int limit = LimitOf(settings, logger);
    private int connections;
    private int otherDescriptors;
    private double load;

    /// <summary>Live connections now.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Live connections that fit.</summary>
    public int Capacity => settings.MaxConnections is { } most ? Math.Min(most, Fitting) : Fitting;

    /// <summary>Files, sockets and connections that are open, those that are not live connections as they were counted last.</summary>
    public int Descriptors => Connections + Volatile.Read(ref otherDescriptors);

    /// <summary>How many may be open.</summary>
    public int MostDescriptors => limit;

    /// <summary>The part of the capacity that is in use.</summary>
    public double Full => (double)Connections / Capacity;

    /// <summary>1 when the processors, or the threads of this process, are fully in use over the last second or so.</summary>
    public double Load => Volatile.Read(ref load);

    private int Fitting => Math.Max(1, limit - Math.Max(Reserve, Volatile.Read(ref otherDescriptors)));

    /// <summary>Counts a connection until it ends.</summary>
    public Held Hold()
    {
        Interlocked.Increment(ref connections);
        return new(this);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SampleEvery, clock);
        var (cpu, at) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(stoppingToken); turn++)
            {
                var (nowCpu, now) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
                var took = clock.GetElapsedTime(at, now);
                var busy = (nowCpu - cpu) / took / Environment.ProcessorCount;
                // This loop itself waits for a thread like everything else.
                var lateness = Math.Max(0, (took - SampleEvery) / Late);
                var sample = Math.Max(busy, Math.Min(1, lateness));
                Volatile.Write(ref load, load + (sample - load) * (1 - Math.Exp(-took.TotalSeconds / SmoothSeconds)));
                (cpu, at) = (nowCpu, now);
                if (turn % CountEvery == 0) Volatile.Write(ref otherDescriptors, Math.Max(0, Surge.Descriptors.InUse() - Connections));
            }
        }
        catch (OperationCanceledException) { }
    }

    private static int LimitOf(SurgeSettings settings, ILogger logger)
    {
        var limit = Surge.Descriptors.Limit() ?? 1_000_000;
        logger.LogInformation("This process may open {Descriptors} descriptors and hold {Connections} live connections",
            limit, Math.Min(settings.MaxConnections ?? int.MaxValue, Math.Max(1, limit - Reserve)));
        return limit;
    }

    /// <summary>One connection, counted.</summary>
    public readonly struct Held(Occupancy of) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref of.connections);
    }
}
