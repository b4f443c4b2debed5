using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Platform.Surge;
using Plenary.Rehearsals;

namespace Plenary.Tests.Rehearsals;

/// <summary>What figures mean go, and when a rehearsal gives way to real people.</summary>
public sealed class RehearsalVerdictFacts
{
    [Theory]
    [InlineData(0, 0, 0, null, Verdict.Unknown)]
    [InlineData(1000, 1000, 0, 900.0, Verdict.Go)]
    [InlineData(1000, 995, 0, 900.0, Verdict.Go)]
    [InlineData(1000, 994, 0, 900.0, Verdict.NoGo)]
    [InlineData(1000, 1000, 11, 900.0, Verdict.Close)]
    [InlineData(1000, 1000, 0, 2_001.0, Verdict.Close)]
    [InlineData(1000, 1000, 0, 5_001.0, Verdict.NoGo)]
    public void JoiningHolds(int asked, int inside, long refused, double? p99, Verdict verdict) =>
        Assert.Equal(verdict, JoinsFound.Of(asked, inside, 0, refused, p99, p99).Verdict);

    [Theory]
    [InlineData(0, null, 0, 0, Verdict.Unknown)]
    [InlineData(50, 80.0, 0, 0, Verdict.Go)]
    [InlineData(50, 80.0, 1, 0, Verdict.NoGo)]
    [InlineData(50, 80.0, 0, 1, Verdict.NoGo)]
    [InlineData(50, 1_001.0, 0, 0, Verdict.Close)]
    [InlineData(50, 2_001.0, 0, 0, Verdict.NoGo)]
    public void MessagesHold(long delivered, double? p99, long lost, long doubled, Verdict verdict) =>
        Assert.Equal(verdict, DeliveryFound.Of(delivered, 0, delivered, p99, p99, lost, doubled).Verdict);

    [Theory]
    [InlineData(0, 0, Verdict.Unknown)]
    [InlineData(100, 0, Verdict.Go)]
    [InlineData(100, 2, Verdict.NoGo)]
    [InlineData(0, 1, Verdict.NoGo)]
    public void TheStageHolds(long segments, long failed, Verdict verdict) => Assert.Equal(verdict, StageFound.Of(segments, failed, 20).Verdict);

    [Theory]
    [InlineData(1_000, 0.10, 10_000, 1, 5_000, 7_000, "processor", Verdict.Go)]
    [InlineData(1_000, 0.10, 10_000, 1, 6_500, 7_000, "processor", Verdict.Close)]
    [InlineData(1_000, 0.10, 10_000, 1, 9_000, 7_000, "processor", Verdict.NoGo)]
    [InlineData(1_000, 0.10, 10_000, 2, 9_000, 14_000, "processor", Verdict.Go)]
    [InlineData(1_000, 0.10, 3_000, 1, 2_000, 3_000, "connections", Verdict.Go)]
    [InlineData(20, 0.01, 10_000, 1, 5_000, 400, "tried", Verdict.Unknown)]
    [InlineData(20, 0.28, 10_000, 1, 5_000, 50, "processor", Verdict.Unknown)]
    public void RoomForTheDayIsTheLeastOfWhatThereIs(int there, double cpu, int connections, int processes, int expected, int people, string by, Verdict verdict)
    {
        var found = CapacityFound.Of(there, cpu, 100, 100_000, connections, processes, expected);

        Assert.Equal((people, by, verdict), (found.People, found.LimitedBy, found.Verdict));
    }

    [Fact]
    public void PeopleComeOnTheCurveAndAllOfThem()
    {
        Assert.Equal((0, 0.75, 1), (SimulatedCrowd.ComesAt(0), SimulatedCrowd.ComesAt(0.2), SimulatedCrowd.ComesAt(1)));
        for (var n = 1; n <= 100; n++) Assert.True(SimulatedCrowd.ComesAt(n / 100.0) > SimulatedCrowd.ComesAt((n - 1) / 100.0));
    }

    [Fact]
    public void ItEndsWhenRealPeopleWouldFeelItAndNeverForItself()
    {
        var clock = TimeProvider.System;
        var occupancy = new Occupancy(new SurgeSettings(null, 1_000, 100, 60, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), clock, NullLogger<Occupancy>.Instance);
        var alone = new RealPeople(occupancy, () => 0, new(0.7, 0.92, 1_500));
        for (var second = 0; second < 20; second++) Assert.Null(alone.WhyEnd(0, 10_000));

        using var real = occupancy.Hold();
        var beside = new RealPeople(occupancy, () => 0, new(0.7, 0.92, 1_500));
        for (var second = 0; second < 3; second++) Assert.Null(beside.WhyEnd(0, 10_000));
        Assert.Null(beside.WhyEnd(0, 100)); // one good second in between
        for (var second = 0; second < 3; second++) Assert.Null(beside.WhyEnd(0, 10_000));
        Assert.Equal(("delivery", 1), (beside.WhyEnd(0, 10_000), beside.Most));

        // Of forty simulated people half came in elsewhere, where twelve real ones are.
        var here = Enumerable.Range(0, 19).Select(_ => occupancy.Hold()).ToList();
        var scattered = new RealPeople(occupancy, () => 32, new(0.7, 0.92, 1_500));
        for (var second = 0; second < 3; second++) Assert.Null(scattered.WhyEnd(40, 10_000));
        Assert.Equal(("delivery", 12), (scattered.WhyEnd(40, 10_000), scattered.Most));
        foreach (var one in here) one.Dispose();
    }
}
