using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Calls.Janus;

/// <summary>What an operator watches of the media servers.</summary>
internal static class JanusMeters
{
    public static readonly KeyValuePair<string, object?> Sending = new("direction", "up"), Receiving = new("direction", "down");

    public static readonly UpDownCounter<long> Up = PlenaryMeter.Meter.CreateUpDownCounter<long>("plenary.calls.janus.up", "{node}", "Janus servers that this process is connected to.");
    public static readonly UpDownCounter<long> Seats = PlenaryMeter.Meter.CreateUpDownCounter<long>("plenary.calls.janus.seats", "{peer}", "Peers of this process that Janus serves.");
    public static readonly Counter<long> SlowLinks = PlenaryMeter.Meter.CreateCounter<long>("plenary.calls.janus.slow_links", "{notice}", "Times that Janus told of a peer that loses too much, by direction as the peer sees it.");
    public static readonly Counter<long> Lost = PlenaryMeter.Meter.CreateCounter<long>("plenary.calls.janus.lost", "{seat}", "Peers that had to begin anew because their Janus had forgotten them.");
}
