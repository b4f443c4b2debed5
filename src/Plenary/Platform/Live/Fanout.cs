namespace Plenary.Platform.Live;

/// <summary>
/// Sends what crowds are sent, with as many threads as there are cores. A lane is always served by the same worker, so its frames stay in order
/// without a queue of its own; crowds that wait are served in turns, so a huge one never holds up a small one.
/// </summary>
public sealed class Fanout : IDisposable
{
    private readonly TimeProvider clock;
    private readonly ILogger<Fanout> logger;

    public Fanout(TimeProvider clock, ILogger<Fanout> logger)
    {
        (this.clock, this.logger) = (clock, logger);
        Workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(n => new FanoutWorker($"Fan-out {n}"))];
    }

    internal FanoutWorker[] Workers { get; }

    public Crowd NewCrowd() => new(this, clock, logger);

    /// <summary>Gives a lane to the worker with the fewest.</summary>
    internal void Assign(Lane lane)
    {
        var least = 0;
        for (var i = 1; i < Workers.Length; i++)
            if (Volatile.Read(ref Workers[i].Lanes) < Volatile.Read(ref Workers[least].Lanes)) least = i;
        Interlocked.Increment(ref Workers[least].Lanes);
        lane.Worker = least;
    }

    internal void Release(Lane lane) => Interlocked.Decrement(ref Workers[lane.Worker].Lanes);

    public void Dispose()
    {
        foreach (var worker in Workers) worker.Stop();
    }
}

/// <summary>One thread of the <see cref="Fanout"/>; asleep when nothing is to be sent.</summary>
internal sealed class FanoutWorker
{
    private readonly Queue<Row> ready = new();
    private bool stopped;

    public FanoutWorker(string name) => new Thread(Run) { IsBackground = true, Name = name }.Start();

    /// <summary>Lanes it serves.</summary>
    public int Lanes;

    public void Schedule(Row row)
    {
        lock (ready)
        {
            ready.Enqueue(row);
            Monitor.Pulse(ready);
        }
    }

    public void Stop()
    {
        lock (ready)
        {
            stopped = true;
            Monitor.Pulse(ready);
        }
    }

    private void Run()
    {
        while (true)
        {
            Row row;
            lock (ready)
            {
                while (ready.Count == 0 && !stopped) Monitor.Wait(ready);
                if (stopped) return;
                row = ready.Dequeue();
            }
            if (row.Serve()) Schedule(row);
        }
    }
}
