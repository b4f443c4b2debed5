using Plenary.Forecast;

namespace Plenary.Load.Scaling;

/// <summary>An event of the day.</summary>
/// <param name="Name">For the reader.</param>
/// <param name="Starts">Minute of the day.</param>
/// <param name="Minutes">Its length.</param>
/// <param name="Registered">By its start.</param>
/// <param name="Comes">The part that really comes, which nobody knows before.</param>
/// <param name="Sharp">The part of them who come within two minutes of the start: a calendar entry that rings for all.</param>
/// <param name="Past">Events of the same organization, from which the forecast learns.</param>
/// <param name="CancelledAt">Minute of the day, if it is.</param>
internal sealed record DayEvent(string Name, int Starts, int Minutes, int Registered, double Comes, double Sharp, PastEvent[] Past, int? CancelledAt = null)
{
    private const double Prior = 0.6; // Live:ShowRate

    private readonly Guid id = Guid.CreateVersion7();

    /// <summary>Second of the day.</summary>
    public int Ends => (Starts + Minutes) * 60;

    /// <summary>As the program knows it at this minute: a twentieth of the registrations comes on the day itself.</summary>
    public NearEvent? KnownAt(DateTimeOffset midnight, int minute)
    {
        if (CancelledAt <= minute) return null;
        var (starts, ends) = (midnight.AddMinutes(Starts), midnight.AddMinutes(Starts + Minutes));
        var registered = (int)(Registered * (0.95 + 0.05 * Math.Min(1, minute / (double)Starts)));
        return new(id, starts, ends, [new Stretch(starts, ends)], registered, Registered, Registered / 20, Registered / 20 / 24, ShowRate.Of(Prior, Past));
    }
}

/// <summary>The people of a day, and when each comes and goes. The same on every machine.</summary>
internal sealed class SimulatedDay
{
    public const int Seconds = 86_400;

    public static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Five events, one of them cancelled; of the two largest, one comes as its organization's events do and one brings a quarter more than assumed.</summary>
    public static readonly DayEvent[] Events =
    [
        new("Training", 8 * 60, 90, 1_500, 0.58, 0.3, []),
        new("Conference", 9 * 60, 480, 30_000, 0.52, 0.3, [new(28_000, 14_900), new(29_000, 15_400)]),
        new("Town hall", 14 * 60, 60, 60_000, 0.85, 0.75, [new(55_000, 45_000), new(57_500, 47_700), new(58_700, 48_300)]),
        new("Webinar", 15 * 60, 60, 80_000, 0.5, 0.4, [], CancelledAt: 11 * 60),
        new("Premiere", 19 * 60, 90, 110_000, 0.75, 0.6, []),
        new("Meetup", 20 * 60, 60, 15_000, 0.35, 0.3, []),
    ];

    /// <summary>When each person comes, ordered; in seconds of the day.</summary>
    public (int Comes, int Goes, int Event)[] People { get; } = [.. Crowd().OrderBy(person => person.Comes)];

    /// <summary>The forecast of each minute: connections within a quarter of an hour.</summary>
    public double[] Expected { get; } = [.. Enumerable.Range(0, Seconds / 60).Select(minute => ForecastModel.Most(
        Events.Select(e => e.KnownAt(Midnight, minute)).OfType<NearEvent>(), Midnight.AddMinutes(minute), [TimeSpan.FromMinutes(15)])[0])];

    private static IEnumerable<(int Comes, int Goes, int Event)> Crowd()
    {
        var chance = new Chance(20261123);
        foreach (var (number, @event) in Events.Index().Where(e => e.Item.CancelledAt is null))
            for (var person = 0; person < (int)(@event.Registered * @event.Comes); person++)
            {
                var (start, end) = (@event.Starts * 60, @event.Ends);
                var drawn = chance.Next();
                var comes = drawn < @event.Sharp ? start - 60 + 180 * chance.Next() // from a minute before to two after
                    : drawn < @event.Sharp + 0.6 * (1 - @event.Sharp) ? start - 1800 * Math.Pow(chance.Next(), 2) // half an hour before, mostly later
                    : start - 600 * Math.Log(1 - chance.Next()); // late, ten minutes on average
                var goes = chance.Next() < 0.15 ? comes + (end - comes) * chance.Next() : end + 600 * chance.Next();
                if (comes < end) yield return ((int)comes, (int)Math.Max(comes + 30, goes), number);
            }
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014): the same numbers on every machine and version.</summary>
    private sealed class Chance(ulong state)
    {
        /// <summary>From 0 to 1, less than 1.</summary>
        public double Next()
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
        }
    }
}
