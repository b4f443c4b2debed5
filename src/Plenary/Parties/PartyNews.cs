using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;
using Plenary.Rooms.Attendance;

namespace Plenary.Parties;

/// <summary>
/// Tells the people of a party how it stands. It is told after it was kept, and may be lost: whoever missed it asks. Numbers that change with everybody who comes are
/// told together, at most twice a second; what everybody waits for at once.
/// </summary>
internal sealed class PartyNews(LivePeople people, ILogger<PartyNews> logger)
{
    /// <summary>What <c>Told</c> says about a party.</summary>
    public const string About = "party";

    /// <summary>What it says about the person's own part in it.</summary>
    public const string AboutMeeting = "meeting";

    /// <summary>From one telling of numbers to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private static readonly Histogram<double> Late = PlenaryMeter.Seconds(
        "plenary.parties.late", "From the moment when a phase of a party begins until everybody was told; 0 when they were told before.");

    /// <summary>How long the matcher took.</summary>
    public static readonly Histogram<double> Matching = PlenaryMeter.Seconds("plenary.parties.matching.duration", "How long it took to match everybody for a round.");

    /// <summary>Everybody was told of a phase, so long after its beginning.</summary>
    public static void Told(TimeSpan late) => Late.Record(Math.Max(0, late.TotalSeconds));

    public Task Now(Guid eventId, IReadOnlyList<Guid> members, string now) => Quietly(people.TellAll(eventId, members, About, now));

    public Task Each(Guid eventId, IReadOnlyList<(Guid Person, string Data)> each) => Quietly(people.TellEach(eventId, AboutMeeting, each));

    private async Task Quietly(Task telling)
    {
        try
        {
            await telling;
        }
#pragma warning disable CA1031 // The truth is in the database, and whoever missed it asks for it.
        catch (Exception error)
        {
            logger.LogWarning(error, "People of a party were not told");
        }
#pragma warning restore CA1031
    }
}
