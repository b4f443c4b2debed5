using System.Numerics;

namespace Plenary.Load.Simulator;

/// <summary>
/// Counts durations in buckets that grow with them: 32 to each doubling, so that a percentile is right within 3 %. Exact below 32 µs; anything
/// above 17 minutes falls into the last bucket. Histograms of several processes add up.
/// </summary>
internal sealed class Histogram
{
    private const int SubBits = 5;
    private const int Sub = 1 << SubBits;

    private readonly long[] buckets = new long[Sub * 26];

    public long Count { get; private set; }

    /// <summary>The longest, in microseconds; exact.</summary>
    public long Max { get; private set; }

    public void Add(long microseconds)
    {
        microseconds = Math.Max(microseconds, 0);
        buckets[Index(microseconds)]++;
        Count++;
        if (microseconds > Max) Max = microseconds;
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < buckets.Length; i++) buckets[i] += other.buckets[i];
        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    public void Clear()
    {
        Array.Clear(buckets);
        (Count, Max) = (0, 0);
    }

    /// <summary>The duration in milliseconds below which this share of all lies; NaN when there is none.</summary>
    /// <param name="share">0.5 for the median, 0.99 for p99.</param>
    public double Milliseconds(double share)
    {
        if (Count == 0) return double.NaN;
        var (wanted, seen) = ((long)Math.Ceiling(Count * share), 0L);
        for (var i = 0; i < buckets.Length; i++)
            if ((seen += buckets[i]) >= wanted) return (i == buckets.Length - 1 ? Max : Math.Min(Upper(i), Max)) / 1000.0;
        return Max / 1000.0;
    }

    /// <summary>Bucket, count, bucket, count … and the longest at the end: for another process to <see cref="Unpack"/>.</summary>
    public long[] Pack() => [.. buckets.Index().Where(b => b.Item > 0).SelectMany(b => (long[])[b.Index, b.Item]), Max];

    public static Histogram Unpack(ReadOnlySpan<long> packed)
    {
        var histogram = new Histogram();
        for (var i = 0; i + 1 < packed.Length; i += 2)
        {
            histogram.buckets[packed[i]] += packed[i + 1];
            histogram.Count += packed[i + 1];
        }
        histogram.Max = packed.Length > 0 ? packed[^1] : 0;
        return histogram;
    }

    private int Index(long microseconds)
    {
        if (microseconds < Sub) return (int)microseconds;
        var octave = BitOperations.Log2((ulong)microseconds) - SubBits;
        return Math.Min((octave * Sub) + (int)(microseconds >> octave), buckets.Length - 1);
    }

    private static long Upper(int index)
    {
        if (index < 2 * Sub) return index;
        var octave = (index / Sub) - 1;
        return (((long)(index % Sub) + Sub + 1) << octave) - 1;
    }
}
