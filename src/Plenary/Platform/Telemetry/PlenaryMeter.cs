using System.Diagnostics.Metrics;

namespace Plenary.Platform.Telemetry;

/// <summary>The meter every measure of the product belongs to. Each slice keeps its own instruments beside the code they measure.</summary>
public static class PlenaryMeter
{
    public const string Name = "Plenary";

    public static readonly Meter Meter = new(Name);
}
