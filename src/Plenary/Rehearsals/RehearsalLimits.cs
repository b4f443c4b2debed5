using Plenary.Platform;

namespace Plenary.Rehearsals;

/// <summary>What real people are spared.</summary>
/// <param name="BeginBelow">Load of this process, 1 is all of it, above which no rehearsal begins.</param>
/// <param name="EndAbove">Load above which one ends by itself while real people are there.</param>
/// <param name="Slowest">Milliseconds that the slowest hundredth of deliveries may take before it ends.</param>
internal sealed record RehearsalLimits(double BeginBelow, double EndAbove, double Slowest)
{
    /// <summary>As they are set.</summary>
    public static RehearsalLimits Of(IConfiguration configuration) => new(
        Settings.Number(configuration, "Rehearsals:BeginBelowLoadPercent", 70, 1, 10_000) / 100.0,
        Settings.Number(configuration, "Rehearsals:EndAboveLoadPercent", 92, 1, 10_000) / 100.0,
        Settings.Number(configuration, "Rehearsals:EndAboveDelayMilliseconds", 1_500, 50, 600_000));
}
