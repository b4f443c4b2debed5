using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plenary.Giveaways;

namespace Plenary.Tests.Giveaways;

/// <summary>What a draw promises, whatever the seed and the list.</summary>
public sealed class VerifiableDrawProperty
{
    private static string Seed(int n) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(n.ToString(CultureInfo.InvariantCulture))));

    [Fact]
    public void NobodyIsDrawnTwiceAndEverybodyOnce()
    {
        for (var n = 1; n <= 60; n++)
        {
            var drawn = VerifiableDraw.Draw(Seed(n), Seed(n * 1000), n, n);
            Assert.Equal(Enumerable.Range(0, n), drawn.Order());
        }
    }

    [Fact]
    public void TheSameInputDrawsTheSameAndFewerTurnsDrawTheFirstOfMore()
    {
        for (var n = 1; n <= 60; n++)
        {
            var all = VerifiableDraw.Draw(Seed(n), Seed(7), 50, 50);
            Assert.Equal(all, VerifiableDraw.Draw(Seed(n), Seed(7), 50, 50));
            Assert.Equal(all.Take(n % 50 + 1), VerifiableDraw.Draw(Seed(n), Seed(7), 50, n % 50 + 1));
            Assert.NotEqual(all, VerifiableDraw.Draw(Seed(n), Seed(8), 50, 50)); // another list, another draw
        }
    }

    /// <summary>Chi-square over 20 places and 20,000 fixed seeds; 43.8 is passed by one of a thousand honest draws with 19 degrees of freedom.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryPlaceIsDrawnAsOftenAsTheOthers(int turn)
    {
        const int places = 20, draws = 20_000;
        var counts = new int[places];
        for (var n = 0; n < draws; n++) counts[VerifiableDraw.Draw(Seed(n), Seed(-1), places, turn)[^1]]++;

        var expected = draws / (double)places;
        var chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);

        Assert.True(chiSquare < 43.8, string.Create(CultureInfo.InvariantCulture, $"chi-square {chiSquare:F1}: {string.Join(' ', counts)}"));
    }

    /// <summary>The numbers that web/src/giveaways/draw.test.ts and docs/organize/giveaways-and-points.md have too: three programs agree.</summary>
    [Fact]
    public void TheDocumentedExampleComesOutAsDocumented()
    {
        var tags = Enumerable.Range(1, 5).Select(n => Seed(n)).Order(StringComparer.Ordinal).ToList();
        var hash = VerifiableDraw.ListHash(tags);

        Assert.Equal("5122a1d1bc9d87662dcf5fb870adf8c55faf2ce12fad1bacac2fe7df88172466", VerifiableDraw.Commitment(Seed(0)));
        Assert.Equal("8e6a596854aaaeaa0a2e84cc0e18a4f3d6a1d670a6e31c14949caf35769559d9", hash);
        Assert.Equal("3 2 0 1 4", string.Join(' ', VerifiableDraw.Draw(Seed(0), hash, 5, 5)));
    }
}
