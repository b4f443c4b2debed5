namespace Plenary.Rehearsals;

/// <summary>What this process uses of its machine.</summary>
internal sealed class Usage
{
    private readonly TimeProvider clock;
    private TimeSpan cpu = Environment.CpuUsage.TotalTime;
    private long at;

    public Usage(TimeProvider clock) => (this.clock, at, MegabytesThen) = (clock, clock.GetTimestamp(), Megabytes);

    /// <summary>Memory of the process when this was made.</summary>
    public int MegabytesThen { get; }


    public static int Megabytes => (int)(Environment.WorkingSet >> 20);

    /// <summary>The part of all processors that was in use since the last call.</summary>
    public double TakeCpu()
    {
        var (nowCpu, now) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        var busy = (nowCpu - cpu) / (clock.GetElapsedTime(at, now) + TimeSpan.FromMilliseconds(1)) / Environment.ProcessorCount;
        (cpu, at) = (nowCpu, now);
        return Math.Round(Math.Clamp(busy, 0, 1), 3);
    }
}
