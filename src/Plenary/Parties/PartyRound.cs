using Plenary.Matching;

namespace Plenary.Parties;

/// <summary>
/// Fits people who came or went into a round that was matched a little before it begins: with thousands that takes a while, and a round begins on time.
/// </summary>
internal static class PartyRound
{
    /// <summary>So few are matched anew altogether: it takes no time, and is the best there is.</summary>
    private const int Few = 400;

    /// <summary>So many pairs that were found are matched again together with those who have nobody.</summary>
    private const int Loosened = 24;

    /// <param name="matched">As it was found.</param>
    /// <param name="free">Who is to be matched now.</param>
    /// <param name="rules">The same as then.</param>
    /// <param name="met">As it is now.</param>
    /// <param name="seed">For the matcher.</param>
    public static Round Mend(Round matched, IReadOnlyList<Candidate> free, MatchRules rules, MetBefore met, ulong seed)
    {
        var here = free.Where(c => c.Person != rules.Host).ToDictionary(c => c.Person);
        var apart = met.Blocked as IReadOnlySet<(Guid, Guid)> ?? met.Blocked.ToHashSet();
        var kept = matched.Matches.Where(match => match.People.All(p => p == rules.Host || here.ContainsKey(p)) && !AnyApart(match.People)).ToList();
        var loose = here.Keys.ToHashSet();
        foreach (var match in kept) loose.ExceptWith(match.People);
        if (kept.Count == matched.Matches.Count && loose.SetEquals(matched.Waiting.Where(here.ContainsKey))) return new(kept, [.. loose]);
        if (free.Count <= Few) return Matcher.Round(free, rules, met, seed);
        // A trio, or a meeting with the host, is there because the number was odd, which may be different now.
        var again = kept.Where(match => match.People.Length > 2 || Array.Exists(match.People, p => p == rules.Host)).Concat(kept.Where(match => match.People.Length == 2).Take(Loosened)).ToHashSet();
        var asked = loose.Concat(again.SelectMany(match => match.People)).Distinct().Where(here.ContainsKey).Select(p => here[p]).ToList();
        var mended = Matcher.Round(asked, rules, met, seed);
        return new([.. kept.Where(match => !again.Contains(match)), .. mended.Matches], mended.Waiting);

        bool AnyApart(Guid[] some)
        {
            for (var i = 0; i < some.Length; i++)
                for (var j = i + 1; j < some.Length; j++)
                    if (apart.Contains(LiveParty.Pair(some[i], some[j]))) return true;
            return false;
        }
    }
}
