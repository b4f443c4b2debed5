namespace Plenary.Matching;

/// <summary>With an odd number of people, finds the pair that somebody who is alone joins.</summary>
internal sealed class Trio(Gathering people, Affinity affinity, Pairing pairing, AlternatingSearch search)
{
    private const int MostExchanges = 200;

    /// <summary>Who joins whom; null when nobody can, or nobody has to.</summary>
    public (int Third, int First, int Second)? Find()
    {
        var alone = pairing.Alone().Where(person => person != people.Host).ToList();
        foreach (var third in alone)
            if (Join(third) is { } trio) return trio;
        foreach (var root in alone)
            foreach (var instead in search.Exchangeable(root).Take(MostExchanges))
            {
                var before = pairing.Copy();
                search.LeaveAlone(instead);
                if (Join(instead) is { } trio) return trio;
                pairing.Restore(before);
            }
        return null;
    }

    private (int Third, int First, int Second)? Join(int third)
    {
        (int Third, int First, int Second)? best = null;
        var most = float.MinValue;
        for (var first = 0; first < people.Count; first++)
        {
            var second = pairing.Of(first);
            if (second < first || first == people.Host || second == people.Host || !people.MayBeside(first, third) || !people.MayBeside(second, third)) continue;
            // The pair's own score counts once for each of three instead of two.
            var (pair, one, other) = (affinity.Of(first, second), affinity.Of(first, third), affinity.Of(second, third));
            if ((one + other) / 2 - pair / 2 is var gain && gain > most) (most, best) = (gain, (third, first, second));
        }
        return best;
    }
}
