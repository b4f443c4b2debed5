using CsCheck;
using Plenary.Load.Bench;

namespace Plenary.Tests.Load;

/// <summary>What the matcher is measured against has to be right itself.</summary>
public sealed class HeaviestMatchingFacts
{
    private static readonly Gen<long[,]> Graphs = Gen.Select(Gen.Int[1, 9], Gen.Long[-10, 20].Array[36]).Select((count, drawn) =>
    {
        var (weights, next) = (new long[count, count], 0);
        for (var a = 0; a < count; a++)
            for (var b = 0; b < a; b++)
                weights[a, b] = weights[b, a] = Math.Max(0, drawn[next++]);
        return weights;
    });

    [Fact]
    public void NoMatchingIsHeavier() => Graphs.Sample(weights =>
    {
        var mates = HeaviestMatching.Of(weights);
        Assert.All(mates.Index().Where(mate => mate.Item >= 0), mate => Assert.Equal(mate.Index, mates[mate.Item]));
        Assert.Equal(Best(weights, 0), mates.Index().Where(mate => mate.Item > mate.Index).Sum(mate => weights[mate.Index, mate.Item]));
    }, iter: 5000, threads: 1);

    private static long Best(long[,] weights, int decided)
    {
        var (count, a) = (weights.GetLength(0), 0);
        while (a < count && (decided >> a & 1) == 1) a++;
        if (a == count) return 0;
        var best = Best(weights, decided | 1 << a);
        for (var b = a + 1; b < count; b++)
            if ((decided >> b & 1) == 0 && weights[a, b] > 0) best = Math.Max(best, weights[a, b] + Best(weights, decided | 1 << a | 1 << b));
        return best;
    }
}
