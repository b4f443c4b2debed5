namespace Plenary.Matching;

/// <summary>
/// Matching, on one page: who meets whom. Nothing but a function: the same people, rules, past and seed make the same round, on any machine, in whatever order the
/// people are given. It knows no database and no grain.
/// <para>
/// What is guaranteed: the rules; nobody is alone who could be paired without another being alone instead (a maximum matching); those who have to wait are the least
/// important, which is whoever waited least and has met most; with an odd number of people one meeting is of three, or with the host. In gatherings of
/// thousands most of whom may not meet each other, the search for whom to leave alone ends after a fixed amount of work.
/// </para>
/// <para>
/// What is sought: the largest sum of scores, to within a few percent (docs/develop/matching.md has the figures). An inverted index gives each person
/// <see cref="Prospects"/>; the best are taken; a <see cref="Completion"/> sees to those left over; an <see cref="Improvement"/> exchanges partners while that gains.
/// </para>
/// </summary>
public static class Matcher
{
    /// <summary>
    /// Up to so many people, the next round is thought of too. With more, ten rounds leave everybody free to meet at least half of the others, and then all can
    /// be paired (G. Dirac, Some theorems on abstract graphs, 1952).
    /// </summary>
    private const int Few = 24;

    private const int Tries = 12;

    /// <summary>One round of meetings.</summary>
    /// <param name="seed">Decides between equals.</param>
    /// <exception cref="ArgumentException">Somebody is there twice.</exception>
    public static Round Round(IReadOnlyList<Candidate> people, MatchRules rules, MetBefore met, ulong seed)
    {
        if (rules.Host is { } host && people.All(candidate => candidate.Person != host)) people = [.. people, new(host, null, [], [], [], [], null, null, 0, 0)];
        var best = new Attempt(people, rules, met, seed);
        if (people.Count > Few) return best.Tell();

        var loss = (best.Loss, Next(best));
        for (var n = 1; n < Tries && (loss.Item1.Number > 0 || loss.Item2 > 0); n++)
        {
            var other = new Attempt(people, rules, met, seed + (ulong)n, (float)n / Tries);
            var its = (other.Loss, Next(other));
            if (its.CompareTo(loss) is var order && (order > 0 || (order == 0 && other.Score <= best.Score))) continue;
            (best, loss) = (other, its);
        }
        return best.Tell();

        // How many would wait in the round after this one.
        int Next(Attempt attempt) => new Attempt(people, rules, met with { Here = [.. met.Here, .. attempt.Pairs()] }, seed).Waiting.Count;
    }
}
