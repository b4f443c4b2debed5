using Plenary.Matching;

namespace Plenary.Load.Bench;

/// <summary>How good a round is.</summary>
/// <param name="OfOptimum">The sum of its scores, of that of the best round there is.</param>
/// <param name="OverRandom">The mean of its scores, of that of people paired by chance who may meet.</param>
internal sealed record MatchQuality(double OfOptimum, double OverRandom)
{
    /// <summary>Of a whole score; the heaviest matching counts in whole numbers.</summary>
    private const double Whole = 1_000_000;

    /// <summary>More than all scores of a round together: first as many as possible are paired, then as well as possible.</summary>
    private const long EachPair = 1_000_000_000;

    public static MatchQuality Of(Candidate[] people, MatchRules rules, ulong seed)
    {
        rules = rules with { Trio = false };
        var round = Matcher.Round(people, rules, MetBefore.Nobody, seed);
        var draw = new Draw(seed);
        var gathering = new Gathering(people, rules, MetBefore.Nobody, ref draw);
        var affinity = new Affinity(gathering, rules.By);
        var (scores, weights) = (new double?[people.Length, people.Length], new long[people.Length, people.Length]);
        for (var a = 0; a < people.Length; a++)
            for (var b = 0; b < people.Length; b++)
            {
                if (!gathering.May(a, b)) continue;
                scores[a, b] = affinity.Of(a, b);
                weights[a, b] = EachPair + (long)Math.Round(affinity.Of(a, b) * Whole);
            }
        var optimum = HeaviestMatching.Of(weights).Index().Where(mate => mate.Item > mate.Index).Sum(mate => scores[mate.Index, mate.Item]!.Value);
        return new(round.Matches.Sum(match => match.Score) / optimum, round.Matches.Average(match => match.Score) / ByChance(scores, seed));
    }

    private static double ByChance(double?[,] scores, ulong seed)
    {
        var random = new Random((int)seed);
        var order = Enumerable.Range(0, scores.GetLength(0)).ToArray();
        var (sum, count) = (0d, 0);
        for (var time = 0; time < 50; time++)
        {
            random.Shuffle(order);
            foreach (var pair in order.Chunk(2))
                if (pair.Length == 2 && scores[pair[0], pair[1]] is { } score) (sum, count) = (sum + score, count + 1);
        }
        return sum / count;
    }
}
