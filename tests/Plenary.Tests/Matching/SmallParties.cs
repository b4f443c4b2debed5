using CsCheck;
using Plenary.Matching;

namespace Plenary.Tests.Matching;

/// <summary>A party small enough to look at every possible round of it.</summary>
internal sealed record SmallParty(Candidate[] People, MatchRules Rules, MetBefore Met, ulong Seed)
{
    public Round Round() => Matcher.Round(People, Rules, Met, Seed);

    /// <summary>All but the host.</summary>
    public Candidate[] Guests => [.. People.Where(person => person.Person != Rules.Host)];

    /// <summary>The rules as the product's documents say them, once more.</summary>
    public bool May(Candidate a, Candidate b, bool beside = false)
    {
        if (a.Person == b.Person || Between(Met.Blocked, a, b) || Between(Met.Here, a, b)) return false;
        if (a.Person == Rules.Host || b.Person == Rules.Host) return true;
        if (!beside && Rules.Mode == MatchMode.Groups && a.Group is not null && a.Group == b.Group) return false;
        if (Rules.NotSameCompany && a.Company is not null && string.Equals(a.Company, b.Company, StringComparison.OrdinalIgnoreCase)) return false;
        if (Rules.TicketGroups is { } allowed && !allowed.Any(pair => (pair.Item1, pair.Item2) == (a.TicketGroup ?? "", b.TicketGroup ?? "") || (pair.Item2, pair.Item1) == (a.TicketGroup ?? "", b.TicketGroup ?? ""))) return false;
        return !Rules.CommonLanguage || a.Languages.Length == 0 || b.Languages.Length == 0 || a.Languages.Intersect(b.Languages).Any();
    }

    public static bool Between(IEnumerable<(Guid, Guid)> pairs, Candidate a, Candidate b) => pairs.Any(pair => pair == (a.Person, b.Person) || pair == (b.Person, a.Person));

    /// <summary>Every set of guests that some round lets meet, as bits; tried out one by one.</summary>
    public HashSet<int> MeetingSets()
    {
        var host = Rules.Host is null ? null : People.FirstOrDefault(person => person.Person == Rules.Host) ?? SmallParties.Person(Rules.Host.Value);
        var guests = Guests;
        var found = new HashSet<int>();
        var tried = new HashSet<(int, int, bool, bool)>();
        Try(0, 0, host is not null, Rules.Trio && guests.Length % 2 == 1);
        return found;

        void Try(int decided, int meeting, bool hostFree, bool trioFree)
        {
            if (!tried.Add((decided, meeting, hostFree, trioFree))) return;
            var a = 0;
            while (a < guests.Length && (decided >> a & 1) == 1) a++;
            if (a == guests.Length)
            {
                found.Add(meeting);
                return;
            }
            Try(decided | 1 << a, meeting, hostFree, trioFree);
            if (hostFree && May(guests[a], host!)) Try(decided | 1 << a, meeting | 1 << a, false, trioFree);
            for (var b = a + 1; b < guests.Length; b++)
            {
                if ((decided >> b & 1) == 1) continue;
                var two = 1 << a | 1 << b;
                if (May(guests[a], guests[b])) Try(decided | two, meeting | two, hostFree, trioFree);
                for (var c = b + 1; trioFree && c < guests.Length; c++)
                    if ((decided >> c & 1) == 0 && IsTrio(guests[a], guests[b], guests[c])) Try(decided | two | 1 << c, meeting | two | 1 << c, hostFree, false);
            }
        }
    }

    public bool IsTrio(Candidate a, Candidate b, Candidate c) =>
        May(a, b, true) && May(a, c, true) && May(b, c, true) && (May(a, b) || May(a, c) || May(b, c));
}

/// <summary>Small parties of all sorts.</summary>
internal static class SmallParties
{
    private static readonly string[] Tags = ["AI", "Chess", "jazz", "Rust", "tea"];

    private static readonly Gen<string[]> SomeTags = Choose(Tags).Array[0, 3].Select(tags => tags.Distinct().ToArray());

    private static readonly Gen<Candidate> AnyPerson =
        from tags in Gen.Select(SomeTags, SomeTags, SomeTags)
        from languages in Choose("en", "de", "fr").Array[0, 2]
        from names in Gen.Select(Choose("a", "b", null), Choose("X", "x", "Y", null), Choose("vip", "free", null))
        from past in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3])
        select new Candidate(Guid.Empty, names.Item1, tags.Item1, tags.Item2, tags.Item3, [.. languages.Distinct()], names.Item2, names.Item3, past.Item1, past.Item2);

    private static readonly Gen<MatchRules> AnyRules =
        from mode in Gen.Enum<MatchMode>()
        from good in Gen.Enum<MatchBy>()
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool)
        from tickets in Choose<IReadOnlyList<(string, string)>?>(null, null, [("vip", "free"), ("free", "free"), ("", "vip")])
        from host in Gen.Int[0, 5]
        select new MatchRules(mode, good, flags.Item1, flags.Item2, tickets, flags.Item3, host == 0 ? Id(0) : host == 1 ? Id(99) : null);

    /// <summary>Up to so many people, whose rules and past leave them more or less choice.</summary>
    public static Gen<SmallParty> UpTo(int most) =>
        from people in AnyPerson.Array[0, most]
        from rules in AnyRules
        from blocked in Pairs(most, 6)
        from here in Pairs(most, 20)
        from elsewhere in Pairs(most, 6)
        from seed in Gen.ULong
        select new SmallParty([.. people.Select((person, n) => person with { Person = Id(n) })], rules, new(blocked, here, elsewhere), seed);

    public static Candidate Person(Guid id) => new(id, null, [], [], [], [], null, null, 0, 0);

    public static Guid Id(int number) => new(number + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private static Gen<T> Choose<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    private static Gen<(Guid, Guid)[]> Pairs(int people, int most) =>
        Gen.Select(Gen.Int[0, people - 1], Gen.Int[0, people - 1]).Where(pair => pair.Item1 != pair.Item2).Select(pair => (Id(pair.Item1), Id(pair.Item2))).Array[0, most];
}
