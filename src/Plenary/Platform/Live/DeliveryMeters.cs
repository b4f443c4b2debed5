using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Live;

/// <summary>What becomes of frames on their way to readers. Counted per frame, never per reader: a big room has a hundred thousand of those a second.</summary>
internal static class DeliveryMeters
{
    public static readonly Histogram<double> Lag = PlenaryMeter.Seconds("plenary.live.delivery.lag", "From handing a frame over until the last connection of the room in this process was written to.");

    public static readonly Counter<long> Bytes = PlenaryMeter.Meter.CreateCounter<long>("plenary.live.sent", "By", "Bytes of frames, once for each connection they were sent to.");

    private static readonly Counter<long> CutOff = PlenaryMeter.Meter.CreateCounter<long>("plenary.live.readers.cut", "{connection}", "Connections ended because their reader was too slow, by reason.");

    /// <summary>More waited for a reader than is kept for one.</summary>
    public static void TooFarBehind() => CutOff.Add(1, new KeyValuePair<string, object?>("reason", "backlog"));

    /// <summary>A reader took nothing for half a minute.</summary>
    public static void NoProgress() => CutOff.Add(1, new KeyValuePair<string, object?>("reason", "no-progress"));
}
