namespace Plenary.Matching;

/// <summary>
/// Numbers that look random and are the same for the same seed on every machine and in every version of .NET: SplitMix64 (G. Steele, D. Lea, C. Flood:
/// Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
/// </summary>
internal struct Draw(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to, not including, this.</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>Fisher and Yates, as D. Knuth has it: The Art of Computer Programming 2, 3.4.2, algorithm P.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
