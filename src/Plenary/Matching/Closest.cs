namespace Plenary.Matching;

/// <summary>Whom one person might want to meet, outside of rounds: the same measure as <see cref="Matcher"/> has, without anybody being paired.</summary>
public static class Closest
{
    /// <summary>
    /// The few of the others who fit this person best, best first, each as a match of the person and that one. Only those for whom there is a reason that can be told:
    /// a goal of one that the other can help with, or a shared interest. How rare a tag is counts among all that are given.
    /// </summary>
    /// <exception cref="ArgumentException">Somebody is there twice.</exception>
    public static IReadOnlyList<Match> To(Candidate person, IReadOnlyList<Candidate> others, int most)
    {
        // Of many who fit equally well, others are told to everybody: the order of equals follows from the person.
        var draw = new Draw(BitConverter.ToUInt64(person.Person.ToByteArray(), 8));
        var people = new Gathering([person, .. others], new MatchRules(), MetBefore.Nobody, ref draw);
        var affinity = new Affinity(people, MatchBy.Shared);
        var reasons = new Reasons(people, affinity, MatchBy.Shared);
        var self = Array.FindIndex(people.People, candidate => candidate.Person == person.Person);
        return [.. Enumerable.Range(0, people.Count).Where(other => other != self)
            .Select(other => (Other: other, Score: affinity.Of(self, other)))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Other)
            .Select(one => new Match([person.Person, people.People[one.Other].Person], one.Score, reasons.Of([self, one.Other])))
            .Where(match => match.Reason.Kind is MatchReasons.Goal or MatchReasons.Interests)
            .Take(most)];
    }
}
