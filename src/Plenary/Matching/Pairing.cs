namespace Plenary.Matching;

/// <summary>Who is with whom so far.</summary>
internal sealed class Pairing
{
    private readonly Gathering people;
    private readonly int[] mates;

    public Pairing(Gathering people)
    {
        this.people = people;
        mates = new int[people.Count];
        Array.Fill(mates, -1);
    }

    /// <summary>-1 for whoever is alone.</summary>
    public int Of(int person) => mates[person];

    /// <summary>Joins two, whoever they were with stays alone.</summary>
    public void Join(int a, int b)
    {
        Part(a);
        Part(b);
        (mates[a], mates[b]) = (b, a);
    }

    public void Part(int person)
    {
        if (mates[person] >= 0) mates[mates[person]] = -1;
        mates[person] = -1;
    }

    public int[] Copy() => [.. mates];

    public void Restore(int[] before) => before.CopyTo(mates, 0);

    /// <summary>Whoever is alone, the most important first.</summary>
    public List<int> Alone() => [.. Enumerable.Range(0, mates.Length).Where(person => mates[person] < 0).OrderByDescending(person => people.Priority[person])];

    /// <summary>
    /// Takes the best prospects first, those of people who waited before all others: at least half of what is possible (D. Avis, A survey of heuristics
    /// for the weighted matching problem, Networks 13, 1983), for the improvement to begin with.
    /// </summary>
    public void TakeBest(Prospects prospects)
    {
        var most = 0;
        for (var a = 0; a < people.Count; a++) most += prospects.Of(a).Length;
        var (keys, edges) = (new ulong[most], new (int A, int B)[most]);
        var count = 0;
        for (var a = 0; a < people.Count; a++)
        {
            var (who, worth) = (prospects.Of(a), prospects.Worth(a));
            for (var n = 0; n < who.Length; n++)
            {
                var waited = (ulong)Math.Max(people.People[a].Waited, people.People[who[n]].Waited);
                // Positive floats are ordered as their bits are; the lowest key is the first.
                keys[count] = ~(waited << 32 | BitConverter.SingleToUInt32Bits(worth[n] + 2));
                edges[count++] = (a, who[n]);
            }
        }
        Array.Sort(keys, edges);
        foreach (var (a, b) in edges)
            if (mates[a] < 0 && mates[b] < 0) (mates[a], mates[b]) = (b, a);
    }
}
