namespace Plenary.Forecast;

/// <summary>What a forecast is made of: an event that people are registered for.</summary>
/// <param name="Id">Of the event.</param>
/// <param name="StartsAt">Of the event.</param>
/// <param name="EndsAt">Of the event.</param>
/// <param name="Sessions">Of its agenda, in any order; those long over may be missing.</param>
/// <param name="Registered">Places given and not given back.</param>
/// <param name="Capacity">Places that there are.</param>
/// <param name="LastDay">Of those registered, so many came within the last 24 hours.</param>
/// <param name="LastHour">And so many within the last hour.</param>
/// <param name="Comes">How many of a hundred usually come.</param>
public sealed record NearEvent(
    Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<Stretch> Sessions, int Registered, int Capacity, int LastDay, int LastHour, ShowRate Comes);

/// <summary>A stretch of time.</summary>
public readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To);

/// <summary>How many were registered for an event that is over, and how many of them came.</summary>
public readonly record struct PastEvent(int Registered, int Came);

/// <summary>The part of those registered who come.</summary>
/// <param name="Mean">From 0 to 1.</param>
/// <param name="Deviation">The standard deviation from one event to the next.</param>
/// <param name="Events">Past events that it was learned from.</param>
public readonly record struct ShowRate(double Mean, double Deviation, int Events)
{
    /// <summary>What is assumed weighs as much as so many registrations of past events.</summary>
    public const int PriorWeight = 100;

    /// <summary>How far one event is from the next, where nothing is known: two thirds are within 15 of a hundred.</summary>
    public const double PriorDeviation = 0.15;

    /// <summary>
    /// What is assumed, drawn towards what was: the mean of a Beta distribution, (came + prior · w) / (registered + w). The deviation is
    /// shrunk likewise, as if one more event had differed by <see cref="PriorDeviation"/>.
    /// </summary>
    /// <param name="prior">From 0 to 1: what is assumed when nothing is known.</param>
    /// <param name="past">Events of the same organization.</param>
    public static ShowRate Of(double prior, IReadOnlyCollection<PastEvent> past)
    {
        var known = past.Where(e => e.Registered > 0).ToList();
        var mean = (known.Sum(e => (double)e.Came) + prior * PriorWeight) / (known.Sum(e => (double)e.Registered) + PriorWeight);
        var squares = known.Sum(e => Math.Pow((double)e.Came / e.Registered - mean, 2)) + PriorDeviation * PriorDeviation;
        return new(mean, Math.Sqrt(squares / (known.Count + 1)), known.Count);
    }
}
