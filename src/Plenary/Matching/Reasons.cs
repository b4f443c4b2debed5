namespace Plenary.Matching;

/// <summary>Says why these people meet: the strongest thing that is true of them.</summary>
internal sealed class Reasons(Gathering people, Affinity affinity, MatchBy by)
{
    private const int Most = 3;

    public MatchReason Of(int[] some)
    {
        var pairs = (from a in some from b in some where a != b select (A: a, B: b)).ToList();
        var goals = pairs.SelectMany(pair => people.LooksFor[pair.A].Intersect(people.Offers[pair.B])).Distinct().OrderBy(goal => affinity.OfferCounts[goal]).ThenBy(goal => goal).ToList();
        if (goals.Count > 0) return Say(MatchReasons.Goal, people.GoalWords, goals);

        var shared = InAll(people.Interests, some).OrderBy(interest => affinity.InterestCounts[interest]).ThenBy(interest => interest).ToList();
        // One of each that not all of them have, the rarest.
        var different = some.Select(person => people.Interests[person].Except(shared).OrderBy(interest => affinity.InterestCounts[interest]).ThenBy(interest => interest).Take(1)).SelectMany(one => one).Distinct().ToList();
        if (by == MatchBy.Different && different.Count > 1) return Say(MatchReasons.Different, people.InterestWords, different);
        if (shared.Count > 0) return Say(MatchReasons.Interests, people.InterestWords, shared);

        var languages = InAll(people.Languages, some).OrderBy(affinity.Speakers).ThenBy(language => language).ToList();
        if (languages.Any(affinity.IsSpokenByFew)) return Say(MatchReasons.Language, people.LanguageWords, languages.Where(affinity.IsSpokenByFew));
        if (!pairs.Any(pair => people.MetElsewhere(pair.A, pair.B))) return new(MatchReasons.New, []);
        return languages.Count > 0 ? Say(MatchReasons.Language, people.LanguageWords, languages) : Say(MatchReasons.Different, people.InterestWords, different);
    }

    private static IEnumerable<int> InAll(int[][] lists, int[] some) => some.Skip(1).Aggregate(lists[some[0]].AsEnumerable(), (common, person) => common.Intersect(lists[person]));

    private static MatchReason Say(string kind, Words words, IEnumerable<int> terms) => new(kind, [.. terms.Take(Most).Select(term => words[term])]);
}
