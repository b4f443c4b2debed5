using System.Diagnostics.Metrics;

namespace Plenary.Stage;

/// <summary>What an operator watches of the stages (meter <c>Plenary.Stage</c>).</summary>
public sealed class StageMetrics
{
    private readonly Counter<long> bytesIn, stalls, partsServed, takes;
    private readonly Meter meter;

    public StageMetrics(IMeterFactory meters)
    {
        meter = meters.Create("Plenary.Stage");
        bytesIn = meter.CreateCounter<long>("plenary.stage.upload", "By", "Recording that is on disk.");
        stalls = meter.CreateCounter<long>("plenary.stage.stalls", "{stall}", "Times that a live picture stopped arriving.");
        partsServed = meter.CreateCounter<long>("plenary.stage.parts.served", "{part}", "Parts and segments given to players and caches.");
        takes = meter.CreateCounter<long>("plenary.stage.takes", "{take}", "Recorder runs begun; more than one for each broadcast means trouble.");
    }

    public void Stored(long bytes) => bytesIn.Add(bytes);

    public void Stalled() => stalls.Add(1);

    public void Served() => partsServed.Add(1);

    public void TakeBegun() => takes.Add(1);

    /// <summary>Lets the meter ask what is on air: how many broadcasts are live, and the age of the newest part of the one that waits longest.</summary>
    internal void Watch(Func<int> live, Func<double> oldestPart)
    {
        meter.CreateObservableGauge("plenary.stage.broadcasts.active", live, "{broadcast}", "Broadcasts that are live.");
        meter.CreateObservableGauge("plenary.stage.part.age", oldestPart, "s", "Age of the newest part of the live broadcast that waits longest.");
    }
}
