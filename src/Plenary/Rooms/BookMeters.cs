using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Rooms;

/// <summary>How fast votes, questions and whatever else people change of a room by commands becomes durable.</summary>
internal static class BookMeters
{
    private static readonly Counter<long> Commands = PlenaryMeter.Meter.CreateCounter<long>("plenary.commands", "{command}", "Commands of people about a room that were decided and are durable, refused ones included, by what they are about.");
    private static readonly Counter<long> Failures = PlenaryMeter.Meter.CreateCounter<long>("plenary.commands.failures", "{group}", "Groups of commands that the database did not keep; they are applied again.");
    private static readonly Histogram<double> Duration = PlenaryMeter.Seconds("plenary.commands.duration", "From beginning with a group of commands until it is durable.");
    private static readonly Counter<long> Tellings = PlenaryMeter.Meter.CreateCounter<long>("plenary.commands.told", "{telling}", "Times that a room was told what changed: at most once a tick for each thing.");

    public static void Kept(string about, int commands, TimeSpan after)
    {
        Commands.Add(commands, new KeyValuePair<string, object?>("about", about));
        Duration.Record(after.TotalSeconds, new KeyValuePair<string, object?>("about", about));
    }

    public static void Failed(string about) => Failures.Add(1, new KeyValuePair<string, object?>("about", about));

    public static void Told(string about) => Tellings.Add(1, new KeyValuePair<string, object?>("about", about));
}
