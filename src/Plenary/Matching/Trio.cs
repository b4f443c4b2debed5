namespace Plenary.Matching;

/// <summary>With an odd number of people, finds the pair that somebody who is alone joins.</summary>
internal sealed class Trio(Gathering people, Affinity affinity, Pairing pairing, AlternatingSearch search)
{
    private const int MostExchanges = 200;
    private const int Few = 24;

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
        return people.Count <= Few ? Rebuild() : null;
    }

    /// <summary>Among few, tries every three, with the others paired around them, until nobody is left alone.</summary>
    private (int Third, int First, int Second)? Rebuild()
    {
        var (before, least) = (pairing.Copy(), pairing.Alone().Count);
        (int Third, int First, int Second)? best = null;
        var bestPairs = before;
        for (var third = 0; third < people.Count; third++)
            for (var first = 0; first < people.Count; first++)
                for (var second = first + 1; second < people.Count && least > Spare; second++)
                {
                    if (third == first || third == second || third == people.Host || first == people.Host || second == people.Host) continue;
                    if (!people.May(first, second) || !people.MayBeside(first, third) || !people.MayBeside(second, third)) continue;
                    pairing.Restore(before);
                    pairing.Part(third);
                    pairing.Join(first, second);
                    int[] some = [third, first, second];
                    foreach (var person in some) search.SetAside(person);
                    search.Renew();
                    foreach (var person in pairing.Alone())
                        if (person != third && pairing.Of(person) < 0) search.Augment(person);
                    foreach (var person in some) search.Return(person);
                    // The third is not alone.
                    if (pairing.Alone().Count - 1 is var alone && alone < least) (least, best, bestPairs) = (alone, (third, first, second), pairing.Copy());
                }
        pairing.Restore(bestPairs);
        return best;
    }

    /// <summary>A host may stay alone.</summary>
    private int Spare => people.Host >= 0 ? 1 : 0;

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
