using Plenary.Load.Simulator;

namespace Plenary.Load.Bench;

/// <summary>What one round of broadcasting to a crowd came to.</summary>
internal sealed record Round
{
    /// <summary>Why it does not count; null when everybody got everything once, in order, over connections that held.</summary>
    public string? Rejected { get; init; }

    /// <summary>Frames with content that reached a person.</summary>
    public long Deliveries { get; init; }

    /// <summary>Processor seconds of the engine's processes over the round.</summary>
    public double Cpu { get; init; }

    /// <summary>Of the database or bus.</summary>
    public double BesideCpu { get; init; }

    /// <summary>Of the simulators.</summary>
    public double ClientCpu { get; init; }

    public double Seconds { get; init; }

    public Histogram Latency { get; init; } = new();

    /// <summary>Microseconds of the engine for one delivery.</summary>
    public double PerDelivery => Cpu / Deliveries * 1e6;

    public double BesidePerDelivery => BesideCpu / Deliveries * 1e6;

    public double ClientPerDelivery => ClientCpu / Deliveries * 1e6;

    public double P50 => Latency.Milliseconds(0.5);

    public double P99 => Latency.Milliseconds(0.99);

    /// <summary>
    /// So many messages to everybody who is in, from the first until the last has arrived: the window holds exactly these deliveries, so its
    /// edges cost no accuracy.
    /// </summary>
    public static async Task<Round> Run(Engine engine, Audience audience, int count, double rate, int size, Func<Task>? meanwhile = null)
    {
        await audience.Tell("window");
        if (engine.Protocol != Protocol.Plenary) await audience.Tell("renumber");
        await Task.Delay(50); // the simulators read their orders between two turns
        var (cpu, beside, client, began) = (engine.Cpu, engine.BesideCpu, audience.Cpu, TimeProvider.System.GetTimestamp());
        await engine.Broadcast(count, rate, size);
        if (meanwhile is not null) await meanwhile();
        var expected = (long)count * audience.Readers;
        await Task.Delay(TimeSpan.FromSeconds(Math.Max((count - 1) / rate - TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0)));
        var patience = TimeProvider.System.GetTimestamp();
        Report[] reports;
        do
        {
            await Task.Delay(200);
            reports = await audience.Reports();
        }
        while (reports.Sum(r => r.Entries) < expected && TimeProvider.System.GetElapsedTime(patience).TotalSeconds < 10);
        var latency = new Histogram();
        foreach (var report in reports) latency.Add(Histogram.Unpack(report.Latency));
        return new()
        {
            Rejected = WhyNot(reports, audience, expected),
            Deliveries = reports.Sum(r => r.Frames),
            Cpu = engine.Cpu - cpu,
            BesideCpu = engine.BesideCpu - beside,
            ClientCpu = audience.Cpu - client,
            Seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds,
            Latency = latency,
        };
    }

    /// <summary>Some seconds of traffic, so that nobody is measured while still being compiled.</summary>
    public static Task WarmUp(Engine engine, Audience audience, double rate = 8, int size = 200) => Run(engine, audience, (int)(rate * 6), rate, size);

    private static string? WhyNot(Report[] reports, Audience audience, long expected)
    {
        var (entries, lost, doubled, disordered) = (reports.Sum(r => r.Entries), reports.Sum(r => r.Lost), reports.Sum(r => r.Doubled), reports.Sum(r => r.Disordered));
        var (left, reconnects, joined) = (reports.Sum(r => r.Left), reports.Sum(r => r.Reconnects), reports.Sum(r => r.Joined));
        var trouble = reports.Select(r => r.Trouble).FirstOrDefault(t => t is not null);
        return lost + doubled + disordered > 0 ? $"{lost} lost, {doubled} doubled, {disordered} out of order"
            : reconnects > 0 || joined < audience.People ? $"{reconnects} connections lost, {joined} of {audience.People} in ({trouble})"
            : left > 0 ? $"{left} left out"
            : entries != expected ? $"{entries} of {expected} deliveries"
            : null;
    }
}

/// <summary>The rounds of one engine at one size, and what is said about them: medians of those that were complete.</summary>
internal sealed class Rounds(string name, int people)
{
    /// <summary>Rounds that may be rejected before an engine is given up.</summary>
    private const int MostRejected = 3;

    private readonly List<Round> complete = [];
    private readonly List<string> rejected = [];
    private readonly List<double> memory = [];

    public string Name { get; } = name;

    public int People { get; } = people;

    /// <summary>Runs one that counts, if it takes another try or two.</summary>
    public async Task Next(Engine engine, Audience audience, int count, double rate, int size)
    {
        while (rejected.Count < MostRejected)
        {
            var round = await Round.Run(engine, audience, count, rate, size);
            if (round.Rejected is null)
            {
                complete.Add(round);
                return;
            }
            rejected.Add(round.Rejected);
            if (rejected.Count < MostRejected) await audience.AllIn(30);
        }
    }

    /// <summary>Notes what a person takes in memory: bytes now, less those before anybody was there.</summary>
    public void Takes(long now, long empty) => memory.Add((now - empty) / 1024.0 / People);

    public bool AreComplete => complete.Count > 0;

    /// <summary>KB of resident memory for each person.</summary>
    public double Memory => Medians.Of(memory);

    /// <summary>How many counted, and why others did not.</summary>
    public string Count => $"{complete.Count} complete" + (rejected.Count > 0 ? $", {rejected.Count} rejected: {rejected[^1]}" : "");

    public double Median(Func<Round, double> of) => Medians.Of(complete.Select(of));

    /// <summary>All of them, to judge how far they lie apart.</summary>
    public string Each(Func<Round, double> of) => string.Join(", ", complete.Select(round => of(round).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)));
}

internal static class Medians
{
    /// <summary>The middle one, or the mean of the two in the middle; NaN of nothing.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
