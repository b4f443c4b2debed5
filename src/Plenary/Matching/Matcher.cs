namespace Plenary.Matching;

/// <summary>
/// Matching, on one page: who meets whom. Nothing but a function: the same people, rules, past and seed make the same round, on any machine, in whatever order the
/// people are given. It knows no database and no grain.
/// <para>
/// What is guaranteed: the rules; nobody is alone who could be paired without parting two for good (a maximum matching); those who have to wait are the least important,
/// which is whoever waited least and has met most; with an odd number of people one meeting is of three, or with the host. What is sought: the largest sum of
/// scores, to within a few percent. In gatherings of thousands in which many must stay alone, looking for exchanges ends after a fixed amount of work.
/// </para>
/// </summary>
public static class Matcher
{
    /// <summary>One round of meetings.</summary>
    /// <param name="seed">Decides between equals.</param>
    /// <exception cref="ArgumentException">Somebody is there twice.</exception>
    public static Round Round(IReadOnlyList<Candidate> people, MatchRules rules, MetBefore met, ulong seed)
    {
        var draw = new Draw(seed);
        if (rules.Host is { } host && people.All(candidate => candidate.Person != host)) people = [.. people, new(host, null, [], [], [], [], null, null, 0, 0)];
        var gathering = new Gathering(people, rules, met, ref draw);
        var affinity = new Affinity(gathering, rules.By);
        var prospects = new Prospects(gathering, affinity, ref draw);
        var pairing = new Pairing(gathering);
        pairing.TakeBest(prospects);
        var search = new Completion(gathering, affinity, pairing).Run();
        new Improvement(gathering, affinity, pairing, prospects).Run(40 * gathering.Count);
        var trio = rules.Trio && (gathering.Count - (rules.Host is null ? 0 : 1)) % 2 == 1 ? new Trio(gathering, affinity, pairing, search).Find() : null;
        return Tell(gathering, affinity, rules, pairing, trio);
    }

    private static Round Tell(Gathering people, Affinity affinity, MatchRules rules, Pairing pairing, (int Third, int First, int Second)? trio)
    {
        var reasons = new Reasons(people, affinity, rules.By);
        var matches = new List<Match>(people.Count / 2);
        for (var a = 0; a < people.Count; a++)
        {
            var b = pairing.Of(a);
            if (b < a) continue;
            int[] some = trio is { } three && (three.First == a || three.First == b) ? [a, b, three.Third] : [a, b];
            var scores = from one in some from other in some where one < other select affinity.Of(one, other);
            matches.Add(new([.. some.Select(person => people.People[person].Person)], scores.Average(), reasons.Of(some)));
        }
        return new(matches, [.. pairing.Alone().Where(person => person != trio?.Third && person != people.Host).Select(person => people.People[person].Person)]);
    }
}
