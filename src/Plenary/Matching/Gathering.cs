namespace Plenary.Matching;

/// <summary>The people of a round as numbers from 0, in an order that the seed decides, and who of them may meet.</summary>
internal sealed class Gathering
{
    private readonly MatchRules rules;
    private readonly int[] group, company, ticket;
    private readonly bool[,]? mayTickets;
    private readonly int[][] barred, elsewhere;
    private readonly ulong[] tongues;
    private readonly (int Group, int Company, int Ticket)[] kinds;

    public Gathering(IReadOnlyList<Candidate> candidates, MatchRules rules, MetBefore met, ref Draw draw)
    {
        this.rules = rules;
        // First in an order of their own, so that the order in which they are given means nothing.
        People = [.. candidates.OrderBy(candidate => candidate.Person)];
        draw.Shuffle<Candidate>(People);
        Count = People.Length;
        var numbers = new Dictionary<Guid, int>(Count);
        for (var i = 0; i < Count; i++)
            if (!numbers.TryAdd(People[i].Person, i)) throw new ArgumentException($"{People[i].Person} is there twice", nameof(candidates));
        Host = rules.Host is { } its && numbers.TryGetValue(its, out var number) ? number : -1;

        var (groups, companies, tickets) = (new Words(), new Words(), new Words());
        (Interests, LooksFor, Offers, Languages) = (new int[Count][], new int[Count][], new int[Count][], new int[Count][]);
        (group, company, ticket, Priority) = (new int[Count], new int[Count], new int[Count], new long[Count]);
        for (var i = 0; i < Count; i++)
        {
            var person = People[i];
            (Interests[i], LooksFor[i], Offers[i], Languages[i]) = (InterestWords.Of(person.Interests), GoalWords.Of(person.LooksFor), GoalWords.Of(person.Offers), LanguageWords.Of(person.Languages));
            (group[i], company[i], ticket[i]) = (groups.Of(person.Group), companies.Of(person.Company), tickets.Of(person.TicketGroup));
            Priority[i] = i == Host ? long.MinValue : ((long)person.Waited << 32) - person.Seen;
        }
        tongues = Array.ConvertAll(Languages, Words.Sketch);
        if (rules.TicketGroups is { } allowed)
        {
            // The last row is of those without one.
            var named = allowed.Select(pair => (A: tickets.Of(pair.Item1), B: tickets.Of(pair.Item2))).ToList();
            var none = tickets.Count;
            mayTickets = new bool[none + 1, none + 1];
            foreach (var (a, b) in named) mayTickets[a < 0 ? none : a, b < 0 ? none : b] = mayTickets[b < 0 ? none : b, a < 0 ? none : a] = true;
            for (var i = 0; i < Count; i++)
                if (ticket[i] < 0) ticket[i] = none;
        }
        Kind = new int[Count];
        var kindNumbers = new Dictionary<(int, int, int), int>();
        for (var i = 0; i < Count; i++)
        {
            var kind = i == Host ? (-2, i, 0) : (rules.Mode == MatchMode.Groups ? group[i] : -1, rules.NotSameCompany ? company[i] : -1, mayTickets is null ? 0 : ticket[i]);
            if (!kindNumbers.TryGetValue(kind, out Kind[i])) kindNumbers.Add(kind, Kind[i] = kindNumbers.Count);
        }
        kinds = [.. kindNumbers.Keys];
        barred = Between(numbers, met.Blocked.Concat(met.Here));
        elsewhere = Between(numbers, met.Elsewhere);
    }

    public Candidate[] People { get; }

    public int Count { get; }

    /// <summary>Who only steps in; -1: nobody does.</summary>
    public int Host { get; }

    public Words InterestWords { get; } = new();

    public Words GoalWords { get; } = new();

    public Words LanguageWords { get; } = new();

    public int[][] Interests { get; }

    public int[][] LooksFor { get; }

    public int[][] Offers { get; }

    public int[][] Languages { get; }

    /// <summary>Whose is greater is left out later.</summary>
    public long[] Priority { get; }

    /// <summary>People of the same kind have the same group, company and kind of ticket, as far as the rules ask for them.</summary>
    public int[] Kind { get; }

    public int Kinds => kinds.Length;

    /// <summary>Whether people of these kinds may meet, so far as the rules about kinds go.</summary>
    public bool MayKinds(int one, int other)
    {
        var (a, b) = (kinds[one], kinds[other]);
        if (a.Group == -2 || b.Group == -2) return true;
        return (a.Group < 0 || a.Group != b.Group) && (a.Company < 0 || a.Company != b.Company) && (mayTickets is null || mayTickets[a.Ticket, b.Ticket]);
    }

    /// <summary>Whether these two may meet.</summary>
    public bool May(int a, int b) => Opposite(a, b) && MayBeside(a, b);

    /// <summary>Whether these may meet as two of three, of whom not all need to be of different groups.</summary>
    public bool MayBeside(int a, int b)
    {
        if (a == b || Has(barred[a], b)) return false;
        if (a == Host || b == Host) return true;
        if (rules.NotSameCompany && company[a] >= 0 && company[a] == company[b]) return false;
        if (mayTickets is not null && !mayTickets[ticket[a], ticket[b]]) return false;
        return !rules.CommonLanguage || CanTalk(a, b);
    }

    /// <summary>Whether their groups meet each other.</summary>
    public bool Opposite(int a, int b) => rules.Mode == MatchMode.Everyone || group[a] != group[b] || group[a] < 0 || a == Host || b == Host;

    public bool MetElsewhere(int a, int b) => Has(elsewhere[a], b);

    /// <summary>Whether they have a language in common, as far as is known.</summary>
    public bool CanTalk(int a, int b)
    {
        if ((tongues[a] & tongues[b]) == 0) return tongues[a] == 0 || tongues[b] == 0;
        return LanguageWords.Count <= 64 || Languages[a].AsSpan().ContainsAny(Languages[b]);
    }

    private static bool Has(int[] ordered, int one) => ordered.Length > 0 && ordered.AsSpan().BinarySearch(one) >= 0;

    private int[][] Between(Dictionary<Guid, int> numbers, IEnumerable<(Guid, Guid)> pairs)
    {
        var lists = new List<int>?[Count];
        foreach (var (one, other) in pairs)
        {
            if (!numbers.TryGetValue(one, out var a) || !numbers.TryGetValue(other, out var b)) continue;
            (lists[a] ??= []).Add(b);
            (lists[b] ??= []).Add(a);
        }
        return Array.ConvertAll(lists, list =>
        {
            list?.Sort();
            return list?.ToArray() ?? [];
        });
    }
}
