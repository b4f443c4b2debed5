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
    private readonly List<int>[] open;
    private readonly List<int>[] alone;
    private readonly List<int> kindsAlone = [];
    private readonly int[] place, hopeful;
    private int seen, queued;
    private long budget;

    public AlternatingSearch(Gathering people, Pairing pairing)
    {
        (this.people, this.pairing) = (people, pairing);
        (parent, bases, queue) = (new int[people.Count], new int[people.Count], new int[people.Count]);
        (outer, blossom, path) = (new bool[people.Count], new bool[people.Count], new bool[people.Count]);
        (open, alone, place) = (new List<int>[people.Kinds], new List<int>[people.Kinds], new int[people.Count]);
        for (var kind = 0; kind < open.Length; kind++) (open[kind], alone[kind]) = ([], []);
        (hopeless, aside, hopeful) = (new bool[people.Count], new bool[people.Count], new int[people.Kinds]);
        Renew();
    }

    /// <summary>Pairs that it may look at from now on before it gives up: a gathering of thousands where many must stay alone needs a limit.</summary>
    public void Allow(long budget) => this.budget = budget;

    /// <summary>From now on this one is not there.</summary>
    public void SetAside(int person) => aside[person] = true;

    /// <summary>And now is again.</summary>
    public void Return(int person) => aside[person] = false;

    /// <summary>Pairs this one, and one more who is alone, if that can be; everybody else who was paired stays so.</summary>
    public bool Augment(int root)
    {
        var end = Search(root);
        if (end >= 0)
        {
            Flip(end);
            return true;
        }
        GiveUp();
        return false;
    }

    /// <summary>Whether there is anybody left whom this one might meet, or be exchanged through.</summary>
    public bool HasHope(int person)
    {
        for (var kind = 0; kind < hopeful.Length; kind++)
            if (hopeful[kind] > 0 && people.MayKinds(people.Kind[person], kind)) return true;
        return false;
    }

    /// <summary>Everybody has hope again.</summary>
    public void Renew()
    {
        Array.Clear(hopeless);
        Array.Clear(hopeful);
        foreach (var kind in people.Kind) hopeful[kind]++;
    }

    /// <summary>A tree without a way out of it never gets one: whatever is in it need not be looked at again (Edmonds' Hungarian tree).</summary>
    private void GiveUp()
    {
        if (budget <= 0) return;
        for (var person = 0; person < people.Count; person++)
        {
            if (hopeless[person] || (!outer[person] && parent[person] < 0)) continue;
            hopeless[person] = true;
            hopeful[people.Kind[person]]--;
        }
    }

    /// <summary>
    /// Pairs this one instead of the least important of all who can be left alone for it, if there is anybody less important. Done, the most important first, for each who is alone, nobody who waits could
    /// be helped without leaving a more important one: whoever can be paired together are the independent sets of a matroid (J. Edmonds,
    /// D. R. Fulkerson, Transversals and matroid partition, 1965), in which exchanges of one for one lead to the best.
    /// </summary>
    public bool Exchange(int root)
    {
        if (Search(root) is >= 0 and var end) // the first search had given up
        {
            Flip(end);
            return true;
        }
        if (budget <= 0) return false;
        var least = root;
        for (var person = 0; person < people.Count; person++)
            if (outer[person] && people.Priority[person] < people.Priority[least]) least = person;
        if (least == root)
        {
            // Nor for anybody still less important: they come later.
            GiveUp();
            return false;
        }
        LeaveAlone(least);
        return true;
    }

    /// <summary>All who can be left alone instead of this one, itself the first.</summary>
    public List<int> Exchangeable(int root)
    {
        Renew();
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
        foreach (var some in open) some.Clear();
        for (var person = 0; person < bases.Length; person++) bases[person] = person;
        foreach (var kind in kindsAlone) alone[kind].Clear();
        kindsAlone.Clear();
        for (var person = 0; person < bases.Length; person++)
        {
            if (aside[person] || hopeless[person]) continue;
            Open(person);
            if (pairing.Of(person) >= 0 || person == root) continue;
            var kind = people.Kind[person];
            if (alone[kind].Count == 0) kindsAlone.Add(kind);
            alone[kind].Add(person);
        }
        (seen, queued) = (0, 0);
        if (Reach(root) is >= 0 and var near) return near;
        while (seen < queued)
        {
            var from = queue[seen++];
            for (var kind = 0; kind < open.Length; kind++)
                if (people.MayKinds(people.Kind[from], kind) && Look(root, from, open[kind]) is >= 0 and var end) return end;
            if (budget <= 0) return -1;
        }
        return -1;
    }

    private int Look(int root, int from, List<int> some)
    {
        // Backwards: whoever is closed meanwhile changes places with one who has been looked at.
        for (var n = some.Count - 1; n >= 0; n--)
        {
            if (--budget <= 0) return -1;
            if (n >= some.Count) continue;
            var to = some[n];
            if (bases[from] == bases[to] || pairing.Of(from) == to || !people.May(from, to)) continue;
            if (to == root || (pairing.Of(to) >= 0 && parent[pairing.Of(to)] >= 0))
            {
                if (Contract(from, to) is >= 0 and var end) return end;
            }
            else if (parent[to] < 0)
            {
                parent[to] = from;
                Close(to);
                if (Reach(pairing.Of(to)) is >= 0 and var end) return end;
            }
        }
        return -1;
    }

    /// <summary>Only who is not reached yet, or outer, needs to be looked at.</summary>
    private void Open(int person)
    {
        var some = open[people.Kind[person]];
        place[person] = some.Count;
        some.Add(person);
    }

    private void Close(int person)
    {
        var some = open[people.Kind[person]];
        (some[place[person]], place[some[^1]]) = (some[^1], place[person]);
        some.RemoveAt(some.Count - 1);
    }

    /// <summary>
    /// This one is outer now. Looks at once whether it may meet anybody alone, which saves most of the tree (I. Duff, On algorithms for obtaining a maximum transversal, ACM
    /// Transactions on Mathematical Software 7, 1981): that one, or -1.
    /// </summary>
    private int Reach(int person)
    {
        outer[person] = true;
        queue[queued++] = person;
        foreach (var kind in kindsAlone)
        {
            budget--;
            if (!people.MayKinds(people.Kind[person], kind)) continue;
            foreach (var other in alone[kind])
            {
                budget--;
                if (!people.May(person, other)) continue;
                parent[other] = person;
                return other;
            }
        }
        return -1;
    }

    /// <summary>Two outer people may meet: the circle that closes is one from now on, and all in it are outer. Answers as <see cref="Reach"/>.</summary>
    private int Contract(int a, int b)
    {
        var stem = Stem(a, b);
        Array.Clear(blossom);
        Mark(a, stem, b);
        Mark(b, stem, a);
        var end = -1;
        for (var person = 0; person < bases.Length; person++)
        {
            if (!blossom[bases[person]]) continue;
            bases[person] = stem;
            if (outer[person]) continue;
            Open(person); // was inner
            if (Reach(person) is >= 0 and var found && end < 0) end = found;
        }
        return end;
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
