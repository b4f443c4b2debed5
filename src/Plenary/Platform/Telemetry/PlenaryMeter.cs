using System.Diagnostics.Metrics;

namespace Plenary.Platform.Telemetry;

/// <summary>
/// The meter every measure of the product belongs to. Each slice keeps its own instruments beside the code they measure; docs/operate/metrics.md lists
/// them all. A label takes only values from a short list of our own: no names, no addresses, no text that somebody typed.
/// </summary>
public static class PlenaryMeter
{
    public const string Name = "Plenary";

    public static readonly Meter Meter = new(Name);

    private static readonly double[] Quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] Patient = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800];

    /// <summary>How long something took that somebody waits for: told apart from 5 ms to 10 s.</summary>
    public static Histogram<double> Seconds(string name, string description) => Histogram(name, "s", description, Quick);

    /// <summary>How long something waited for its turn: told apart from a tenth of a second to half an hour.</summary>
    public static Histogram<double> Waits(string name, string description) => Histogram(name, "s", description, Patient);

    /// <summary>Values that are counted by the ranges between these bounds.</summary>
    public static Histogram<double> Histogram(string name, string unit, string description, IReadOnlyList<double> bounds) =>
        Meter.CreateHistogram(name, unit, description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
