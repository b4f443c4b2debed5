namespace Plenary.Rehearsals;

/// <summary>How things stood at one second of a rehearsal.</summary>
/// <param name="Second">From 0.</param>
/// <param name="Asked">Simulated people who have come to the door so far.</param>
/// <param name="In">Of them, those who are in.</param>
/// <param name="Connected">Live connections of all people, real ones too.</param>
/// <param name="P50">Milliseconds from a message's writing to its arrival, at half of the deliveries of this second; null when there was none.</param>
/// <param name="P99">At 99 of 100.</param>
/// <param name="Refused">Refusals so far; a place in the line is none.</param>
/// <param name="Cpu">Of the process, 0 to 1.</param>
/// <param name="Megabytes">Memory of the process.</param>
public sealed record RehearsalSample(int Second, int Asked, int In, int Connected, double? P50, double? P99, long Refused, double Cpu, int Megabytes);

/// <summary>What a part of a rehearsal says about the day.</summary>
public enum Verdict
{
    /// <summary>Nothing was to be seen of it.</summary>
    Unknown,
    Go,

    /// <summary>It held, with little to spare.</summary>
    Close,
    NoGo,
}

/// <summary>What a rehearsal found. Durations are milliseconds.</summary>
public sealed record RehearsalReport(
    Verdict Verdict, JoinsFound Joins, DeliveryFound Delivery, StageFound Stage, CapacityFound Capacity, double PeakCpu, int PeakMegabytes, int RealPeople);

/// <param name="Asked">People who came to the door.</param>
/// <param name="In">People who got in.</param>
/// <param name="Queued">Of them, those who were shown a line.</param>
/// <param name="Refused">Refusals other than the line, of whatever was done.</param>
public sealed record JoinsFound(Verdict Verdict, int Asked, int In, int Queued, long Refused, double? P50, double? P99)
{
    /// <summary>Longer than this a person thinks that it does not work.</summary>
    public const int Slow = 5_000, Quick = 2_000;

    /// <summary>99.5 of a hundred must get in.</summary>
    public const double Share = 0.995;

    internal static JoinsFound Of(int asked, int inside, int queued, long refused, double? p50, double? p99) =>
        new(asked == 0 ? Verdict.Unknown : inside < asked * Share || p99 > Slow ? Verdict.NoGo : p99 > Quick || refused > asked / 100 ? Verdict.Close : Verdict.Go, asked, inside, queued, refused, p50, p99);
}

/// <param name="Posted">Messages and votes acknowledged as kept.</param>
/// <param name="Delivered">Arrivals of messages at people.</param>
/// <param name="Lost">Numbers of a room's log that somebody never saw.</param>
/// <param name="Doubled">Numbers that somebody saw twice.</param>
public sealed record DeliveryFound(Verdict Verdict, long Posted, long Votes, long Delivered, double? P50, double? P99, long Lost, long Doubled)
{
    public const int Slow = 2_000, Quick = 1_000;

    internal static DeliveryFound Of(long posted, long votes, long delivered, double? p50, double? p99, long lost, long doubled) =>
        new(lost + doubled > 0 || p99 > Slow ? Verdict.NoGo : delivered == 0 ? Verdict.Unknown : p99 > Quick ? Verdict.Close : Verdict.Go, posted, votes, delivered, p50, p99, lost, doubled);
}

/// <summary>What watching the event's own stages gave, if one was live meanwhile.</summary>
/// <param name="Segments">Pieces of picture that were served.</param>
/// <param name="Failed">Playlists and pieces that were not.</param>
public sealed record StageFound(Verdict Verdict, long Segments, long Failed, double? P99)
{
    internal static StageFound Of(long segments, long failed, double? p99) =>
        new(segments + failed == 0 ? Verdict.Unknown : segments == 0 || failed > segments / 100 ? Verdict.NoGo : p99 > 2_000 ? Verdict.Close : Verdict.Go, segments, failed, p99);
}

/// <summary>How many people this installation is reckoned to hold (docs/organize/rehearsals.md says how), beside how many are expected.</summary>
/// <param name="People">Over all processes.</param>
/// <param name="LimitedBy">processor, memory, connections, or tried: more than twenty times what was tried is not guessed.</param>
/// <param name="Expected">People at once, at the high end of the forecast; of an event without a forecast, those who were simulated.</param>
public sealed record CapacityFound(Verdict Verdict, int People, string LimitedBy, int Expected)
{
    /// <summary>Beyond that the figures of a few people say nothing about many.</summary>
    public const int Farthest = 20;

    /// <summary>Fewer tell whether it works, not how many more fit: what the process does besides weighs too much.</summary>
    public const int Telling = 50;

    /// <summary>Of the processors that simulated people may use up until it is full.</summary>
    public const double FullCpu = 0.7;

    internal static CapacityFound Of(int there, double cpuUsed, double megabytesUsed, double megabytesFree, int connections, int processes, int expected)
    {
        if (there == 0) return new(Verdict.Unknown, 0, "tried", expected);
        var limits = new (string By, double People)[]
        {
            ("tried", (double)there * Farthest),
            ("processor", there * FullCpu / Math.Max(cpuUsed, 0.001)),
            ("memory", there * megabytesFree * 0.8 / Math.Max(megabytesUsed, 0.1)),
            ("connections", connections),
        };
        var (by, people) = limits.MinBy(l => l.People);
        var all = (int)Math.Min(1_000_000, Math.Round(people * processes));
        return new(all >= expected * 1.2 ? Verdict.Go : all >= expected ? Verdict.Close : by == "tried" || there < Telling ? Verdict.Unknown : Verdict.NoGo, all, by, expected);
    }
}
