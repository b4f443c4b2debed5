namespace Plenary.Matching;

/// <summary>Sees to it that nobody stays alone for whom there is somebody, and that whoever has to is the least important.</summary>
internal sealed class Completion(Gathering people, Affinity affinity, Pairing pairing)
{
    /// <summary>Pairs looked at for each of its two parts: enough for every gathering of some hundreds, and half a second's work at most.</summary>
    private const long Budget = 60_000_000;

    private const int BestOf = 64;

    private readonly AlternatingSearch search = new(people, pairing);

    public AlternatingSearch Run()
    {
        if (people.Host >= 0) search.SetAside(people.Host);
        PairThoseAlone();
        search.Allow(Budget);
        foreach (var person in Waiting())
            if (pairing.Of(person) < 0 && search.HasHope(person)) search.Augment(person);
        if (people.Host >= 0)
        {
            search.Return(people.Host);
            search.Renew();
            _ = Waiting().Any(search.Augment);
        }
        search.Allow(Budget);
        search.Renew();
        // Strictly the most important first: that one for whom there is no exchange rules it out for all who come later.
        var queue = new PriorityQueue<int, long>(Waiting().Select(person => (person, -people.Priority[person])));
        var least = Enumerable.Range(0, people.Count).Where(person => pairing.Of(person) >= 0).Select(person => people.Priority[person]).DefaultIfEmpty().Min();
        while (queue.TryDequeue(out var person, out _))
        {
            if (pairing.Of(person) >= 0 || people.Priority[person] <= least || !search.HasHope(person)) continue;
            if (TakeTheirPlace(person) is >= 0 and var displaced) queue.Enqueue(displaced, -people.Priority[displaced]);
            else search.Exchange(person);
        }
        return search;
    }

    /// <summary>All who are alone and should not be.</summary>
    private IEnumerable<int> Waiting() => pairing.Alone().Where(person => person != people.Host);

    /// <summary>What the prospects have left over: with the best of the first few others who are alone too.</summary>
    private void PairThoseAlone()
    {
        var alone = Waiting().ToArray();
        for (var n = 0; n < alone.Length; n++)
        {
            if (pairing.Of(alone[n]) >= 0) continue;
            var (best, most, looked) = (-1, float.MinValue, 0);
            for (var m = n + 1; m < alone.Length && looked < BestOf; m++)
            {
                if (pairing.Of(alone[m]) >= 0 || !people.May(alone[n], alone[m])) continue;
                looked++;
                if (affinity.Of(alone[n], alone[m]) is var worth && worth > most) (best, most) = (alone[m], worth);
            }
            if (best >= 0) pairing.Join(alone[n], best);
        }
    }

    /// <summary>The cheapest exchange: instead of the least important who is with somebody whom this one may meet too. Answers who is alone now; -1: there was nobody.</summary>
    private int TakeTheirPlace(int person)
    {
        var (least, third) = (people.Priority[person], -1);
        for (var other = 0; other < people.Count; other++)
            if (pairing.Of(other) is >= 0 and var mate && people.Priority[mate] < least && people.May(person, other)) (least, third) = (people.Priority[mate], other);
        if (third < 0) return -1;
        var displaced = pairing.Of(third);
        pairing.Join(person, third);
        return displaced;
    }
}
