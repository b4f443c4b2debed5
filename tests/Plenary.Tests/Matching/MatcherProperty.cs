using System.Numerics;
using CsCheck;
using Plenary.Matching;

namespace Plenary.Tests.Matching;

/// <summary>What a round promises, held against every possible round of small parties.</summary>
public sealed class MatcherProperty
{
    private static readonly Gen<SmallParty> Small = SmallParties.UpTo(8);

    [Fact]
    public void EverybodyMeetsSomebodyOrWaitsAndNobodyTwice() => Small.Sample(party =>
    {
        var round = party.Round();
        var told = round.Matches.SelectMany(match => match.People).Concat(round.Waiting).Where(person => person != party.Rules.Host).Order().ToList();
        Assert.Equal(party.Guests.Select(person => person.Person).Order(), told);
        Assert.DoesNotContain(party.Rules.Host ?? Guid.Empty, round.Waiting);
        Assert.True(round.Matches.Count(match => match.People.Contains(party.Rules.Host ?? Guid.Empty)) <= 1);
    }, iter: 1000, threads: 1, print: Print);

    [Fact]
    public void NobodyMeetsWhomTheyMayNotMeet() => SmallParties.UpTo(14).Sample(party =>
    {
        var known = Known(party);
        foreach (var match in party.Round().Matches)
        {
            var people = match.People.Select(person => known[person]).ToArray();
            Assert.True(people.Length == 2 ? party.May(people[0], people[1]) : party.IsTrio(people[0], people[1], people[2]));
        }
    }, iter: 1000, threads: 1, print: Print);

    [Fact]
    public void AsManyMeetAsCan() => Small.Sample(party =>
    {
        var round = party.Round();
        Assert.Equal(party.MeetingSets().Max(set => BitOperations.PopCount((uint)set)), party.Guests.Length - round.Waiting.Count);
    }, iter: 600, threads: 1, print: Print);

    [Fact]
    public void WhoWaitsIsWhoWaitedLeastAndHasMetMost() => Small.Sample(party =>
    {
        // Of three, anybody can be the one who is added: the promise is about pairs.
        party = party with { Rules = party.Rules with { Trio = false, Host = null } };
        var guests = party.Guests;
        var sets = party.MeetingSets();
        var most = sets.Max(set => BitOperations.PopCount((uint)set));
        var fairest = sets.Where(set => BitOperations.PopCount((uint)set) == most)
            .Select(set => guests.Where((_, n) => (set >> n & 1) == 0).Select(Importance).OrderDescending().ToArray())
            .MinBy(waiting => waiting, Comparer<(int, int)[]>.Create((a, b) => a.Zip(b).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0)));
        var known = Known(party);
        Assert.Equal(fairest, party.Round().Waiting.Select(person => Importance(known[person])));
    }, iter: 600, threads: 1, print: Print);

    [Fact]
    public void ThreeMeetOnlyWhenTheNumberIsOddAndOnlyOnce() => SmallParties.UpTo(15).Sample(party =>
    {
        var trios = party.Round().Matches.Where(match => match.People.Length != 2).ToList();
        Assert.All(trios, trio => Assert.Equal(3, trio.People.Length));
        Assert.True(trios.Count <= (party.Rules.Trio && party.Guests.Length % 2 == 1 ? 1 : 0));
        Assert.DoesNotContain(trios, trio => trio.People.Contains(party.Rules.Host ?? Guid.Empty));
    }, iter: 600, threads: 1, print: Print);

    [Fact]
    public void TheHostStepsInOnlyForSomebodyWhoWouldBeAlone() => Small.Sample(party =>
    {
        if (party.Rules.Host is not { } host || !party.Round().Matches.Any(match => match.People.Contains(host))) return;
        var without = party with { People = party.Guests, Rules = party.Rules with { Host = null, Trio = false } };
        Assert.NotEmpty(without.Round().Waiting);
    }, iter: 600, threads: 1, print: Print);

    [Fact]
    public void TheSameSeedMakesTheSameRoundInWhateverOrderPeopleCome() => SmallParties.UpTo(30).Sample(party =>
    {
        var turned = party with { People = [.. party.People.Reverse()], Met = new([.. party.Met.Blocked.Reverse()], [.. party.Met.Here.Select(pair => (pair.Item2, pair.Item1))], party.Met.Elsewhere) };
        Assert.Equal(Text(party.Round()), Text(turned.Round()));
    }, iter: 200, threads: 1, print: Print);

    [Fact]
    public void EveryReasonIsTrue() => SmallParties.UpTo(9).Sample(party =>
    {
        var known = Known(party);
        foreach (var (ids, _, reason) in party.Round().Matches)
        {
            var people = ids.Select(person => known[person]).ToArray();
            var pairs = (from a in people from b in people where a != b select (A: a, B: b)).ToList();
            var common = people.Select(person => person.Interests.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).ToList();
            Assert.True(reason.Terms.Length <= 3);
            switch (reason.Kind)
            {
                case MatchReasons.Goal:
                    Assert.NotEmpty(reason.Terms);
                    Assert.All(reason.Terms, term => Assert.Contains(pairs, pair => pair.A.LooksFor.Contains(term) && pair.B.Offers.Contains(term)));
                    break;
                case MatchReasons.Interests:
                    Assert.NotEmpty(reason.Terms);
                    Assert.All(reason.Terms, term => Assert.Contains(term, common));
                    break;
                case MatchReasons.Different:
                    Assert.All(reason.Terms, term => Assert.True(people.Any(person => person.Interests.Contains(term)) && !common.Contains(term)));
                    if (reason.Terms.Length == 0) Assert.Empty(common);
                    break;
                case MatchReasons.Language:
                    Assert.NotEmpty(reason.Terms);
                    Assert.All(reason.Terms, term => Assert.All(people, person => Assert.Contains(term, person.Languages)));
                    break;
                case MatchReasons.New:
                    Assert.DoesNotContain(pairs, pair => SmallParty.Between(party.Met.Elsewhere, pair.A, pair.B));
                    break;
                default:
                    Assert.Fail(reason.Kind);
                    break;
            }
        }
    }, iter: 1000, threads: 1, print: Print);

    private static (int, int) Importance(Candidate person) => (person.Waited, -person.Seen);

    private static Dictionary<Guid, Candidate> Known(SmallParty party)
    {
        var known = party.People.ToDictionary(person => person.Person);
        if (party.Rules.Host is { } host) known.TryAdd(host, SmallParties.Person(host));
        return known;
    }

    private static string Text(Round round) =>
        string.Join('\n', round.Matches.Select(match => $"{string.Join('+', match.People)} {match.Score} {match.Reason.Kind} {string.Join(',', match.Reason.Terms)}").Concat(round.Waiting.Select(person => person.ToString())));

    private static string Print(SmallParty party) =>
        $"{party.Rules} tickets {party.Rules.TicketGroups?.Count} seed {party.Seed}\nblocked {string.Join(' ', party.Met.Blocked)}\nhere {string.Join(' ', party.Met.Here)}\nelsewhere {string.Join(' ', party.Met.Elsewhere)}\n"
        + string.Join('\n', party.People.Select(p => $"{p.Person} {p.Group} likes {string.Join(',', p.Interests)} seeks {string.Join(',', p.LooksFor)} offers {string.Join(',', p.Offers)} speaks {string.Join(',', p.Languages)} {p.Company} {p.TicketGroup} {p.Waited} {p.Seen}"));
}
