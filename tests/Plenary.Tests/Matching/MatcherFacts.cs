using CsCheck;
using Plenary.Load.Bench;
using Plenary.Matching;

namespace Plenary.Tests.Matching;

/// <summary>What people see of the matcher in the course of a party, and how good it is.</summary>
public sealed class MatcherFacts
{
    [Fact]
    public void InManyRoundsNobodyMeetsTwiceAndEverybodyMeetsInEach() => Gen.Select(Gen.Int[2, 15], Gen.ULong).Sample((pairs, seed) =>
    {
        var evening = new Evening([.. Crowds.Of(2 * pairs, seed)], new());
        // So long everybody is free to meet at least half of the others (Dirac), and all can be paired.
        for (var n = 0; n <= pairs - 1; n++) Assert.Empty(evening.Round(seed + (ulong)n).Waiting);
        Assert.Equal(0, evening.Repeats);
    }, iter: 25, threads: 1);

    [Fact]
    public void SixPeopleMeetEachOtherInFiveRounds() => Gen.ULong.Sample(seed =>
    {
        var evening = new Evening([.. Crowds.Of(6, seed)], new());
        for (var n = 0; n < 5; n++) Assert.Empty(evening.Round(seed + (ulong)n).Waiting);
        Assert.Equal(0, evening.Repeats);
        Assert.All(evening.People, person => Assert.Equal(5, person.Seen));
    }, iter: 25, threads: 1);

    [Fact]
    public void WithAnOddNumberAndNoTrioNobodyWaitsTwiceInARow() => Gen.Select(Gen.Int[5, 20], Gen.ULong).Sample((pairs, seed) =>
    {
        var evening = new Evening([.. Crowds.Of(2 * pairs + 1, seed)], new(Trio: false));
        for (var n = 0; n < pairs - 1; n++)
        {
            var waited = evening.People.Where(person => person.Waited > 0).Select(person => person.Person).ToList();
            var waiting = Assert.Single(evening.Round(seed + (ulong)n).Waiting);
            Assert.DoesNotContain(waiting, waited);
        }
        Assert.True(evening.People.Max(person => person.Seen) - evening.People.Min(person => person.Seen) <= 1);
    }, iter: 25, threads: 1);

    [Fact]
    public void ManyOfOneGroupAndFewOfTheOtherTakeTurns()
    {
        var evening = new Evening([.. Crowds.Of(60, 7).Select((person, n) => person with { Group = n < 20 ? "hiring" : "looking" })], new(Mode: MatchMode.Groups, Trio: false));
        for (var n = 0; n < 6; n++) Assert.Equal(20, evening.Round((ulong)n).Waiting.Count);
        Assert.Equal(0, evening.Repeats);
        // Twenty of forty in each of six rounds.
        Assert.All(evening.People.Where(person => person.Group == "looking"), person => Assert.Equal(3, person.Seen));
    }

    [Fact]
    public void AnOddNumberMakesOneTrioOrTheHostComesAlong()
    {
        var people = Crowds.Of(21, 3).ToArray();
        var trio = Matcher.Round(people, new(), MetBefore.Nobody, 1);
        Assert.Empty(trio.Waiting);
        Assert.Equal(3, Assert.Single(trio.Matches, match => match.People.Length != 2).People.Length);

        var host = Guid.CreateVersion7();
        var hosted = Matcher.Round(people, new(Host: host), MetBefore.Nobody, 1);
        Assert.Empty(hosted.Waiting);
        Assert.All(hosted.Matches, match => Assert.Equal(2, match.People.Length));
        Assert.Single(hosted.Matches, match => match.People.Contains(host));
        Assert.DoesNotContain(Matcher.Round(people[1..], new(Host: host), MetBefore.Nobody, 1).Matches, match => match.People.Contains(host));
    }

    [Fact]
    public void WhoMayHardlyMeetAnybodyIsNotForgottenInAHugeParty()
    {
        // Six of ten are of one company: each of them needs one of the others, and none of those is to be spent on another.
        var people = Crowds.Of(5000, 5).Select((person, n) => person with { Company = n < 3000 ? "Acme" : null }).ToArray();
        var round = Matcher.Round(people, new(NotSameCompany: true), MetBefore.Nobody, 1);
        Assert.Equal(2000, round.Matches.Count);
        var acme = people.Take(3000).Select(person => person.Person).ToHashSet();
        Assert.All(round.Matches, match => Assert.Single(match.People, acme.Contains));
    }

    [Fact]
    public void AsManyAreMatchedAsTheHeaviestMatchingMatchesAlsoInTangles() => Gen.Select(Gen.Int[2, 40], Gen.Int[5, 60], Gen.ULong).Sample((count, percent, seed) =>
    {
        // A random graph of who may meet: its odd circles are what makes this difficult.
        var draw = new Draw(seed);
        var people = Crowds.Of(count, seed).ToArray();
        var (weights, blocked) = (new long[count, count], new List<(Guid, Guid)>());
        for (var a = 0; a < count; a++)
            for (var b = 0; b < a; b++)
                if (draw.Below(100) < percent) weights[a, b] = weights[b, a] = 1;
                else blocked.Add((people[a].Person, people[b].Person));
        var round = Matcher.Round(people, new(Trio: false), new(blocked, [], []), seed);
        Assert.Equal(HeaviestMatching.Of(weights).Count(mate => mate >= 0), 2 * round.Matches.Count);
    }, iter: 80, threads: 1);

    [Fact]
    public void MeetingsAreAlmostAsGoodAsCanBeAndMuchBetterThanByChance()
    {
        foreach (var by in Enum.GetValues<MatchBy>())
        {
            var quality = MatchQuality.Of([.. Crowds.Of(100, 11)], new(By: by), 1);
            Assert.InRange(quality.OfOptimum, 0.97, 1.0001);
            Assert.InRange(quality.OverRandom, 1.3, 100);
        }
    }

    [Fact]
    public void WhoLooksForSomethingIsClosestToWhoOffersIt()
    {
        var (one, mentor, twin) = (SmallParties.Id(1), SmallParties.Id(2), SmallParties.Id(3));
        var person = SmallParties.Person(one) with { Interests = ["Jazz"], LooksFor = ["mentor"] };
        Candidate[] others = [SmallParties.Person(twin) with { Interests = ["jazz"] }, SmallParties.Person(SmallParties.Id(4)), SmallParties.Person(mentor) with { Offers = ["Mentor "] }];
        var closest = Closest.To(person, others, 3);
        Assert.Equal([mentor, twin], closest.Select(match => match.People[1]));
        Assert.Equal([MatchReasons.Goal, MatchReasons.Interests], closest.Select(match => match.Reason.Kind));
    }

    [Fact]
    public void SomebodyWhoIsThereTwiceIsAMistake()
    {
        var person = SmallParties.Person(SmallParties.Id(1));
        Assert.Throws<ArgumentException>(() => Matcher.Round([person, person], new(), MetBefore.Nobody, 1));
    }
}
