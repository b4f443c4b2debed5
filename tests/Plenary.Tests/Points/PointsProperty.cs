using Plenary.Points;

namespace Plenary.Tests.Points;

/// <summary>A ledger earns the same however it is told what people did.</summary>
public sealed class PointsProperty
{
    [Fact]
    public void ToldAgainInAnotherOrderOrInPartsTheSumStaysTheSame()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var chance = new Random(seed);
            var people = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
            var subjects = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToArray();
            var done = Enumerable.Range(0, chance.Next(1, 300)).Select(_ => new DeedDone(people[chance.Next(5)], (Deed)chance.Next(4), subjects[chance.Next(30)])).ToList();

            var atOnce = Sums([.. PointsRules.New(new HashSet<DeedDone>(), done)]);
            var ledger = new HashSet<DeedDone>();
            var told = new List<DeedDone>();
            while (told.Count < done.Count)
            {
                // What was told before is told again, in an order of its own.
                told.AddRange(done.Skip(told.Count).Take(chance.Next(1, 40)));
                var again = told.ToArray();
                chance.Shuffle(again);
                foreach (var one in PointsRules.New(ledger, again)) Assert.True(ledger.Add(one), "a deed earned twice");
            }
            Assert.Empty(PointsRules.New(ledger, done));

            Assert.Equal(atOnce, Sums(ledger));
            foreach (var (key, count) in ledger.GroupBy(d => (d.Person, d.Deed)).Select(g => (g.Key, g.Count()))) Assert.True(count <= PointsRules.Of(key.Deed).Most);
        }
    }

    [Fact]
    public void EveryDeedHasARule()
    {
        foreach (var deed in Enum.GetValues<Deed>()) Assert.Equal(deed, PointsRules.Of(deed).Deed);
    }

    private static SortedDictionary<Guid, int> Sums(HashSet<DeedDone> deeds) => new(deeds.GroupBy(d => d.Person).ToDictionary(g => g.Key, g => g.Sum(d => PointsRules.Of(d.Deed).Points)));
}
