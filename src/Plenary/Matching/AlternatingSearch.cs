namespace Plenary.Matching;

/// <summary>
/// Finds room for somebody who is alone, by parting pairs and joining them anew along an alternating path: J. Edmonds, Paths, trees, and flowers, Canadian
/// Journal of Mathematics 17, 1965; blossoms are kept by their bases as in H. Gabow, An efficient implementation of Edmonds' algorithm for maximum
/// matching on graphs, Journal of the ACM 23, 1976. The edges are all pairs that may meet, not only prospects: what it does not find does not exist.
/// </summary>
internal sealed class AlternatingSearch
{
    private readonly Gathering people;
    private readonly Pairing pairing;
    private readonly int[] parent, bases, queue;
    private readonly bool[] outer, blossom, path, hopeless, aside;
    private int seen, queued;
    private long budget;

    public AlternatingSearch(Gathering people, Pairing pairing)
    {
        (this.people, this.pairing) = (people, pairing);
        (parent, bases, queue) = (new int[people.Count], new int[people.Count], new int[people.Count]);
        (outer, blossom, path) = (new bool[people.Count], new bool[people.Count], new bool[people.Count]);
        (hopeless, aside) = (new bool[people.Count], new bool[people.Count]);
    }

    /// <summary>Pairs that it may look at from now on before it gives up: a gathering of thousands where many must stay alone needs a limit.</summary>
    public void Allow(long budget) => this.budget = budget;

    /// <summary>From now on this one is not there.</summary>
    public void SetAside(int person) => aside[person] = true;

    /// <summary>And now is again.</summary>
    public void Return(int person)
    {
        aside[person] = false;
        Array.Clear(hopeless);
    }

    /// <summary>Pairs this one, and one more who is alone, if that can be; everybody else who was paired stays so.</summary>
    public bool Augment(int root)
    {
        var end = Search(root);
        if (end >= 0)
        {
            Flip(end);
            return true;
        }
        // A tree without a way out of it never gets one: whatever is in it need not be looked at again (Edmonds' Hungarian tree).
        if (budget > 0)
            for (var person = 0; person < people.Count; person++)
                hopeless[person] |= outer[person] || parent[person] >= 0;
        return false;
    }

    /// <summary>
    /// Pairs this one instead of the least important of all who can be left alone for it, if there is anybody less important. Done for each who is alone, nobody who waits could
    /// be helped without leaving a more important one: whoever can be paired together are the independent sets of a matroid (J. Edmonds,
    /// D. R. Fulkerson, Transversals and matroid partition, 1965), in which exchanges of one for one lead to the best.
    /// </summary>
    public bool Exchange(int root)
    {
        Array.Clear(hopeless);
        if (Search(root) is >= 0 and var end) // the first search had given up
        {
            Flip(end);
            return true;
        }
        var least = root;
        for (var person = 0; person < people.Count; person++)
            if (outer[person] && people.Priority[person] < people.Priority[least]) least = person;
        if (least == root || budget <= 0) return false;
        LeaveAlone(least);
        return true;
    }

    /// <summary>All who can be left alone instead of this one, itself the first.</summary>
    public List<int> Exchangeable(int root)
    {
        Array.Clear(hopeless);
        _ = Search(root);
        return [.. Enumerable.Range(0, people.Count).Where(person => person != root && outer[person]).Prepend(root)];
    }

    /// <summary>Pairs the root of the last search instead of this one, which that search has reached.</summary>
    public void LeaveAlone(int person)
    {
        var mate = pairing.Of(person);
        if (mate < 0) return;
        pairing.Part(person);
        Flip(mate);
    }

    /// <summary>Grows a tree from somebody alone until it meets another who is alone: that one, or -1.</summary>
    private int Search(int root)
    {
        Array.Clear(outer);
        Array.Fill(parent, -1);
        for (var person = 0; person < bases.Length; person++) bases[person] = person;
        (seen, queued) = (0, 0);
        Reach(root);
        while (seen < queued)
        {
            var from = queue[seen++];
            for (var to = 0; to < people.Count; to++)
            {
                if (aside[to] || hopeless[to] || bases[from] == bases[to] || pairing.Of(from) == to) continue;
                if (--budget <= 0) return -1;
                if (!people.May(from, to)) continue;
                if (to == root || (pairing.Of(to) >= 0 && parent[pairing.Of(to)] >= 0)) Contract(from, to);
                else if (parent[to] < 0)
                {
                    parent[to] = from;
                    if (pairing.Of(to) < 0) return to;
                    Reach(pairing.Of(to));
                }
            }
        }
        return -1;
    }

    private void Reach(int person)
    {
        outer[person] = true;
        queue[queued++] = person;
    }

    /// <summary>Two outer people may meet: the circle that closes is one from now on, and all in it are outer.</summary>
    private void Contract(int a, int b)
    {
        var stem = Stem(a, b);
        Array.Clear(blossom);
        Mark(a, stem, b);
        Mark(b, stem, a);
        for (var person = 0; person < bases.Length; person++)
        {
            if (!blossom[bases[person]]) continue;
            bases[person] = stem;
            if (!outer[person]) Reach(person);
        }
    }

    /// <summary>Where the paths of two from the root part.</summary>
    private int Stem(int a, int b)
    {
        Array.Clear(path);
        while (true)
        {
            a = bases[a];
            path[a] = true;
            if (pairing.Of(a) < 0) break;
            a = parent[pairing.Of(a)];
        }
        while (!path[bases[b]]) b = parent[pairing.Of(bases[b])];
        return bases[b];
    }

    private void Mark(int person, int stem, int child)
    {
        while (bases[person] != stem)
        {
            blossom[bases[person]] = blossom[bases[pairing.Of(person)]] = true;
            parent[person] = child;
            child = pairing.Of(person);
            person = parent[child];
        }
    }

    private void Flip(int end)
    {
        while (end >= 0)
        {
            var before = parent[end];
            var next = pairing.Of(before);
            pairing.Join(end, before);
            end = next;
        }
    }
}
