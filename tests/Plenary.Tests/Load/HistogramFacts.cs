using CsCheck;
using Plenary.Load.Bench;
using Plenary.Load.Simulator;

namespace Plenary.Tests.Load;

/// <summary>What a bench says about latencies is what was measured.</summary>
public sealed class HistogramFacts
{
    [Fact]
    public void APercentileIsWithinThreePercentOfTheExactOne() =>
        Gen.Long[0, 1_000_000_000].Array[1, 200].Sample(values =>
        {
            var histogram = new Histogram();
            foreach (var value in values) histogram.Add(value);
            foreach (var share in (double[])[0.01, 0.5, 0.9, 0.99, 1])
            {
                var exact = values.Order().ElementAt((int)Math.Ceiling(values.Length * share) - 1);
                var told = histogram.Milliseconds(share) * 1000;
                Assert.InRange(told, exact, exact * 1.032 + 0.001);
            }
            Assert.Equal(values.Max(), histogram.Max);
        });

    [Fact]
    public void HistogramsOfSeveralProcessesAddUp() =>
        Gen.Select(Gen.Long[0, 10_000_000].Array, Gen.Long[0, 10_000_000].Array).Sample((first, second) =>
        {
            var (one, two, both) = (Of(first), Of(second), Of([.. first, .. second]));
            var sum = Histogram.Unpack(one.Pack());
            sum.Add(Histogram.Unpack(two.Pack()));
            Assert.Equal(both.Pack(), sum.Pack());
            Assert.Equal(both.Count, sum.Count);
        });

    [Fact]
    public void NothingMeasuredHasNoPercentileAndTheLongestNeverEndsTheTable()
    {
        Assert.Equal(double.NaN, new Histogram().Milliseconds(0.99));
        Assert.Equal(long.MaxValue / 1000.0, Of([long.MaxValue]).Milliseconds(1));
        Assert.Equal(0, Of([-5]).Milliseconds(0.5));
    }

    [Fact]
    public void AMedianIsTheMiddleAndLeavesOutWhatWasNotMeasured()
    {
        Assert.Equal(2, Medians.Of([3, 1, double.NaN, 2]));
        Assert.Equal(2.5, Medians.Of([1, 2, 3, 4]));
        Assert.Equal(double.NaN, Medians.Of([]));
    }

    private static Histogram Of(long[] values)
    {
        var histogram = new Histogram();
        foreach (var value in values) histogram.Add(value);
        return histogram;
    }
}
