using Plenary.Platform.Surge;

namespace Plenary.Rehearsals;

/// <summary>
/// Watches over real people while simulated ones are there: a rehearsal ends by itself before they notice it. Simulated people may come in at any process of the installation, so real ones
/// are what all processes have and the crowd is not.
/// </summary>
/// <param name="occupancy">Of this process.</param>
/// <param name="elsewhere">Live connections of the other processes.</param>
/// <param name="limits">What is too much.</param>
internal sealed class RealPeople(Occupancy occupancy, Func<int> elsewhere, RehearsalLimits limits)
{
    /// <summary>One slow second is no suffering.</summary>
    private const int Patience = 4;

    private int busy, slow;

    /// <summary>Most real connections that were seen.</summary>
    public int Most { get; private set; }

    /// <summary>Why it has to end; null while it may go on. Called once a second.</summary>
    /// <param name="simulated">Simulated people who are in, wherever.</param>
    /// <param name="p99">Of the deliveries of the last second.</param>
    public string? WhyEnd(int simulated, double? p99)
    {
        var real = Math.Max(0, occupancy.Connections + elsewhere() - simulated);
        Most = Math.Max(Most, real);
        // Alone on the installation it may find its limit.
        if (real == 0) return null;
        busy = occupancy.Load > limits.EndAbove ? busy + 1 : 0;
        // Deliveries go the same way as those of real people, so they suffer alike.
        slow = p99 > limits.Slowest ? slow + 1 : 0;
        return busy >= Patience ? "busy" : slow >= Patience ? "delivery" : null;
    }
}
