namespace Plenary.Matching;

/// <summary>A round as far as one try makes it.</summary>
internal sealed class Attempt
{
    private readonly Gathering people;
    private readonly Affinity affinity;
    private readonly Pairing pairing;
    private readonly MatchRules rules;
    private readonly (int Third, int First, int Second)? trio;

    /// <param name="noise">How far the try may go astray, to find what the straight way does not: added to the worth of each pair, up to this.</param>
    public Attempt(IReadOnlyList<Candidate> candidates, MatchRules rules, MetBefore met, ulong seed, float noise = 0)
    {
        this.rules = rules;
        var draw = new Draw(seed);
        people = new(candidates, rules, met, ref draw);
        affinity = new(people, rules.By, noise, draw.Next());
        pairing = new(people);
        var prospects = new Prospects(people, affinity, ref draw);
        pairing.TakeBest(prospects);
        var search = new Completion(people, affinity, pairing).Run();
        new Improvement(people, affinity, pairing, prospects).Run(ref draw);
        var others = people.Count - (people.Host >= 0 ? 1 : 0);
        if (rules.Trio && others % 2 == 1) trio = new Trio(people, affinity, pairing, search).Find();
        Waiting = [.. pairing.Alone().Where(person => person != people.Host && person != trio?.Third)];
        for (var person = 0; person < people.Count; person++)
            if (pairing.Of(person) > person) Score += affinity.Plain(person, pairing.Of(person));
    }

    /// <summary>The most important first.</summary>
    public List<int> Waiting { get; }

    /// <summary>The sum of the pairs' worth.</summary>
    public double Score { get; }

    /// <summary>How bad it is that these wait: that many do, and then that important ones do.</summary>
    public (int Number, long Most) Loss => (Waiting.Count, Waiting.Count == 0 ? 0 : people.Priority[Waiting[0]]);

    public Round Tell()
    {
        var reasons = new Reasons(people, affinity, rules.By);
        var matches = new List<Match>(people.Count / 2);
        foreach (var some in Meetings())
        {
            var score = (from one in some from other in some where one < other select affinity.Plain(one, other)).Average();
            matches.Add(new([.. some.Select(person => people.People[person].Person)], score, reasons.Of(some)));
        }
        return new(matches, [.. Waiting.Select(person => people.People[person].Person)]);
    }

    /// <summary>All of whom it would be said that they met.</summary>
    public IEnumerable<(Guid, Guid)> Pairs() =>
        from some in Meetings() from one in some from other in some where one < other select (people.People[one].Person, people.People[other].Person);

    private IEnumerable<int[]> Meetings()
    {
        for (var first = 0; first < people.Count; first++)
            if (pairing.Of(first) is var second && second > first)
                yield return trio?.First == first ? [first, second, trio.Value.Third] : [first, second];
    }
}
