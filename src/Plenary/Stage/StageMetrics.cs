using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Stage;

/// <summary>What an operator watches of the stages.</summary>
internal static class StageMetrics
{
    public static readonly KeyValuePair<string, object?> Healthy = new("state", "healthy"), Behind = new("state", "behind"), BrokenOff = new("state", "broken-off");

    public static readonly Counter<long> Stored = PlenaryMeter.Meter.CreateCounter<long>("plenary.stage.upload", "By", "Recording that is on disk.");
    public static readonly Counter<long> Stalls = PlenaryMeter.Meter.CreateCounter<long>("plenary.stage.stalls", "{stall}", "Times that a live picture stopped arriving.");
    public static readonly Counter<long> PartsServed = PlenaryMeter.Meter.CreateCounter<long>("plenary.stage.parts.served", "{part}", "Parts and segments given to players and caches.");
    public static readonly Counter<long> Takes = PlenaryMeter.Meter.CreateCounter<long>("plenary.stage.takes", "{take}", "Recorder runs begun; many more than broadcasts mean trouble.");
    public static readonly UpDownCounter<long> Live = PlenaryMeter.Meter.CreateUpDownCounter<long>("plenary.stage.broadcasts.live", "{broadcast}", "Broadcasts that are live.");
    public static readonly Histogram<double> PartAge = PlenaryMeter.Histogram(
        "plenary.stage.part.age", "s", "Age of the newest part of a live broadcast, looked at a few times each second.", [0.25, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 20]);
    public static readonly Counter<long> Looks = PlenaryMeter.Meter.CreateCounter<long>(
        "plenary.stage.looks", "{look}", "Looks at broadcasts, a few each second, by what viewers have of them: healthy, behind (nothing new for 4 s), or broken off within the last minute.");
}
