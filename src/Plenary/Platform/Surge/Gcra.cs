using System.Collections.Concurrent;

namespace Plenary.Platform.Surge;

/// <summary>
/// A rate limit per key that costs one number per key and no timer: the generic cell rate algorithm (ITU-T I.371, a leaky bucket as a
/// meter). Each key has the time at which it will have paid for all that it took; whoever is more than a burst ahead of the clock is refused.
/// </summary>
/// <param name="perSecond">What a key may take for long.</param>
/// <param name="burst">What it may take at once after a rest; at least one.</param>
/// <param name="clock">Its timestamps.</param>
public sealed class Gcra<TKey>(double perSecond, int burst, TimeProvider clock) where TKey : notnull
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<TKey, long> paidAt = new();
    private readonly long interval = Math.Max(1, (long)(clock.TimestampFrequency / perSecond));
    private long sweptAt = clock.GetTimestamp();

    /// <summary>Keys that took something lately.</summary>
    public int Count => paidAt.Count;

    /// <summary>True when the key may take one now, and has.</summary>
    public bool Take(TKey key)
    {
        var now = clock.GetTimestamp();
        Sweep(now);
        while (true)
        {
            if (!paidAt.TryGetValue(key, out var paid))
            {
                if (paidAt.TryAdd(key, now + interval)) return true;
                continue;
            }
            var from = Math.Max(paid, now);
            if (from - now > (burst - 1) * interval) return false;
            if (paidAt.TryUpdate(key, from + interval, paid)) return true;
        }
    }

    /// <summary>Forgets who has paid for everything: a key that is not there is the same.</summary>
    private void Sweep(long now)
    {
        var last = Volatile.Read(ref sweptAt);
        if (clock.GetElapsedTime(last, now) < SweepEvery || Interlocked.CompareExchange(ref sweptAt, now, last) != last) return;
        foreach (var one in paidAt)
            if (one.Value <= now) paidAt.TryRemove(one);
    }
}
