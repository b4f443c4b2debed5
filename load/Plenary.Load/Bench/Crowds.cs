using Plenary.Matching;
using Meetings = Plenary.Matching.Round;

namespace Plenary.Load.Bench;

/// <summary>People to match, with tags as they come in a crowd: a few that many have, many that few have (Zipf's law).</summary>
internal static class Crowds
{
    private const int Tags = 300;

    public static IEnumerable<Candidate> Of(int count, ulong seed)
    {
        var random = new Random(unchecked((int)(seed ^ seed >> 32)));
        for (var n = 0; n < count; n++)
        {
            var id = new byte[16];
            random.NextBytes(id);
            yield return new(new(id), null, Some(7), Some(3), Some(3), random.Next(3) == 0 ? ["en", "de"] : ["en"], $"company {random.Next(1 + count / 10)}", null, 0, 0);
        }

        string[] Some(int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => $"tag {(int)Math.Pow(Tags, random.NextDouble())}").Distinct()];
    }
}

/// <summary>A party's rounds one after the other; who met and who waited is known in the next.</summary>
internal sealed class Evening(Candidate[] people, MatchRules rules)
{
    private readonly List<(Guid, Guid)> met = [];

    public Candidate[] People { get; private set; } = people;

    /// <summary>The round that was matched last.</summary>
    public Meetings? Last { get; private set; }

    public Meetings Round(ulong seed)
    {
        Match(seed);
        Remember();
        return Last!;
    }

    public void Match(ulong seed) => Last = Matcher.Round(People, rules, new([], met, []), seed);

    /// <summary>What the last round changes for the next.</summary>
    public void Remember()
    {
        var with = Last!.Matches.SelectMany(match => match.People.Select(person => (person, Others: match.People.Length - 1))).ToDictionary(meeting => meeting.person, meeting => meeting.Others);
        foreach (var match in Last.Matches)
            for (var a = 0; a < match.People.Length; a++)
                for (var b = 0; b < a; b++)
                    met.Add(match.People[a].CompareTo(match.People[b]) < 0 ? (match.People[a], match.People[b]) : (match.People[b], match.People[a]));
        People = [.. People.Select(person => with.TryGetValue(person.Person, out var others) ? person with { Waited = 0, Seen = person.Seen + others } : person with { Waited = person.Waited + 1 })];
    }

    /// <summary>Pairs that met more than once.</summary>
    public int Repeats => met.Count - met.Distinct().Count();
}
