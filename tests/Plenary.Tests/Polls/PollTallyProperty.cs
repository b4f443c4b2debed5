using System.Text.Json;
using Plenary.Polls;

namespace Plenary.Tests.Polls;

/// <summary>However votes and changes of many come between each other, and however often the tally is written and read meanwhile, it is what counting everybody's latest vote anew gives.</summary>
public sealed class PollTallyProperty
{
    private const int Rounds = 40;
    private const int People = 30;
    private const int Votes = 200;

    [Theory]
    [InlineData(PollKind.Single)]
    [InlineData(PollKind.Multiple)]
    [InlineData(PollKind.Rating)]
    [InlineData(PollKind.Ranking)]
    [InlineData(PollKind.Words)]
    [InlineData(PollKind.Quiz)]
    public void IsThatOfTheLatestVotes(PollKind kind)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(100 * (int)kind + round);
            var poll = new Poll { Question = "?", Kind = kind, Options = ["A", "B", "C", "D"], Most = kind is PollKind.Single or PollKind.Quiz ? 1 : 3 };
            var (tally, latest) = (new PollTally(kind, "{}"), new Dictionary<int, string>());
            for (var n = 0; n < Votes; n++)
            {
                var who = random.Next(People);
                var choice = Choice(poll, random);
                if (latest.TryGetValue(who, out var before)) tally.Remove(before);
                tally.Add(choice);
                latest[who] = choice;
                if (random.Next(10) == 0) tally = new(kind, tally.ToJson());
            }
            var anew = new PollTally(kind, "{}");
            foreach (var choice in latest.Values.OrderBy(_ => random.Next())) anew.Add(choice);
            Assert.Equal(anew.Counts.Where(c => c.Value != 0), tally.Counts.Where(c => c.Value != 0));
            Assert.All(tally.Counts.Values, count => Assert.InRange(count, 0, People));
            if (kind == PollKind.Ranking) Assert.Equal(latest.Count * (4 + 3 + 2 + 1), Enumerable.Range(0, 4).Sum(option => tally.Borda(option, 4)));
            else if (kind is not (PollKind.Multiple or PollKind.Words)) Assert.Equal(latest.Count, tally.Counts.Values.Sum());
        }
    }

    [Fact]
    public void WordsBeyondThoseCountedApartAreCountedTogetherAndTakenAwayAgain()
    {
        var tally = new PollTally(PollKind.Words, "{}");
        string Said(int n) => JsonSerializer.Serialize(new[] { $"word {n}" });
        for (var n = 0; n < PollTally.MostWords + 50; n++) tally.Add(Said(n));
        Assert.Equal(50, tally.Of(PollTally.Others));
        tally.Remove(Said(3)); // nobody says it any more, and it keeps its place
        tally = new(PollKind.Words, tally.ToJson());
        tally.Add(Said(PollTally.MostWords + 1));
        Assert.Equal(51, tally.Of(PollTally.Others));
        for (var n = 0; n < PollTally.MostWords + 50; n++)
            if (n != 3) tally.Remove(Said(n));
        tally.Remove(Said(PollTally.MostWords + 1));
        Assert.All(tally.Counts.Values, count => Assert.Equal(0, count));
    }

    /// <summary>What somebody might say, as it is kept.</summary>
    private static string Choice(Poll poll, Random random)
    {
        if (poll.Kind == PollKind.Words) return PollChoice.Canonical(poll, null, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => $" Word{random.Next(6)}")]);
        var order = Enumerable.Range(0, 4).ToArray();
        random.Shuffle(order);
        return PollChoice.Canonical(poll, poll.Kind switch
        {
            PollKind.Multiple => order[..random.Next(1, 4)],
            PollKind.Rating => [random.Next(1, 4)],
            PollKind.Ranking => order,
            _ => order[..1],
        }, null);
    }
}
