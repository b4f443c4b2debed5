using CsCheck;
using Microsoft.AspNetCore.DataProtection;
using Plenary.Platform.Surge;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Surge;

/// <summary>The line before an event is fair, and one event's crowd is no other event's trouble.</summary>
public sealed class AdmissionFacts
{
    private const int Rate = 20;
    private static readonly Guid A = Guid.CreateVersion7(), B = Guid.CreateVersion7();

    private readonly VirtualClock clock = new();
    private readonly Admission admission;

    public AdmissionFacts() => admission = Make(clock);

    private enum Step
    {
        /// <summary>Somebody new comes.</summary>
        Come,

        /// <summary>Whoever waits longest without having asked asks again.</summary>
        Ask,

        /// <summary>The page is loaded again: only the ticket is left, and the same person asks with it.</summary>
        Refresh,

        /// <summary>Somebody loses patience and stops asking.</summary>
        GiveUp,

        /// <summary>Whoever gave up comes back with the old ticket.</summary>
        ComeBack,

        /// <summary>Time goes on.</summary>
        Wait,
        WaitLong,
    }

    [Fact]
    public void NobodyIsOvertakenByALaterArrivalEverybodyGetsInAndNeverMoreThanTheRate() =>
        Gen.Select(Gen.Int[0, Enum.GetValues<Step>().Length - 1].Select(n => (Step)n), Gen.Int[0, 1_000_000]).Array[1, 250].Sample(Play, iter: 300, threads: 1);

    [Fact]
    public void AnEventsCrowdQueuesOnlyItsOwnNewcomers()
    {
        var crowd = People(5_000);
        foreach (var one in crowd) admission.Ask(A, forecast: 500, one, null);
        // It has taken whatever was spare; another event has its share from its first person on.
        Assert.False(admission.Ask(B, forecast: 500, Guid.CreateVersion7(), null).In);
        for (var second = 0; second < 30; second++)
        {
            for (var n = 0; n < 5; n++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(200));
                admission.Turn();
                Assert.True(admission.Ask(B, forecast: 500, Guid.CreateVersion7(), null).In, $"person {n} in second {second}");
            }
            foreach (var one in crowd) admission.Ask(A, forecast: 500, one, null);
        }
    }

    [Fact]
    public void AnEventBeyondItsForecastComesAfterThoseWithin()
    {
        var (tooMany, expected) = (People(2_000), People(100));
        var inside = new HashSet<Guid>();
        void Everybody(Guid @event, int forecast, Guid[] people)
        {
            foreach (var one in people)
                if (!inside.Contains(one) && admission.Ask(@event, forecast, one, null).In) inside.Add(one);
        }
        // Ten were expected: with the eleventh it is beyond, and alone it still goes on.
        while (inside.Count < 30)
        {
            Everybody(A, 10, tooMany);
            clock.Advance(TimeSpan.FromMilliseconds(100));
            admission.Turn();
        }
        var before = inside.Count;
        while (!expected.All(inside.Contains))
        {
            Everybody(B, 200, expected);
            Everybody(A, 10, tooMany);
            clock.Advance(TimeSpan.FromMilliseconds(100));
            admission.Turn();
        }
        Assert.InRange(inside.Count - before - expected.Length, 0, Rate); // a burst of what was spare, no more
    }

    [Fact]
    public void WhoHasBeenInDoesNotWaitBehindNewcomers()
    {
        var first = Guid.CreateVersion7();
        var ticket = admission.Ask(A, 500, first, null).Ticket;
        foreach (var one in People(1_000)) admission.Ask(A, 500, one, null);
        Assert.True(admission.Ask(A, 500, first, null).In);
        var elsewhere = Make(clock);
        foreach (var one in People(1_000)) elsewhere.Ask(A, 500, one, null);
        Assert.True(elsewhere.Ask(A, 500, first, ticket).In);
        Assert.False(elsewhere.Ask(A, 500, Guid.CreateVersion7(), null).In);
    }

    [Fact]
    public void ThePlaceHoldsAtAnotherProcessAndThePlaceToldIsTheTruePlace()
    {
        var line = People(200);
        var tickets = line.Select(one =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return admission.Ask(A, 500, one, null);
        }).ToArray();
        Assert.Equal(tickets[^1].People, tickets[^1].Place);
        Assert.InRange(tickets[^1].Seconds, 5, 15); // some 180 who wait, 20 a second
        var elsewhere = Make(clock);
        foreach (var one in People(100)) elsewhere.Ask(A, 500, one, null);
        var moved = elsewhere.Ask(A, 500, line[150], tickets[150].Ticket);
        Assert.Equal(1, moved.Place); // everybody there came later
        Assert.Equal(2, elsewhere.Ask(A, 500, line[160], tickets[160].Ticket).Place);
        Assert.Equal(2, elsewhere.Ask(A, 500, line[160], null).Place);
    }

    [Fact]
    public void TheRateFollowsTheLoad()
    {
        for (var i = 0; i < 8; i++) admission.Fit(1);
        Assert.InRange(admission.Rate, 1, Rate / 3.0);
        for (var i = 0; i < 100; i++) admission.Fit(1);
        Assert.True(admission.Rate > 0);
        admission.Fit(0.8);
        var rate = admission.Rate;
        admission.Fit(0.8);
        Assert.Equal(rate, admission.Rate);
        for (var i = 0; i < 100; i++) admission.Fit(0.1);
        Assert.Equal(Rate, admission.Rate);
    }

    [Fact]
    public void ATicketIsOfOnePersonAndEventAndNothingElseIsATicket()
    {
        var tickets = new JoinTickets(new EphemeralDataProtectionProvider(), clock);
        var (ann, eve, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        var text = tickets.Seal(ann, new(A, now, true));
        Assert.Equal(new JoinTicket(A, now, true), tickets.Open(text, ann));
        Assert.Null(tickets.Open(text, eve));
        foreach (var rubbish in new[] { null, "", "x", "{}", text[..^2], text + "AAAA", text[..20] + (text[20] == 'A' ? 'B' : 'A') + text[21..], new string('A', 100_000), "Ü%&/" })
            Assert.Null(tickets.Open(rubbish, ann));
        Assert.Null(new JoinTickets(new EphemeralDataProtectionProvider(), clock).Open(text, ann));
        var early = tickets.Seal(ann, new(A, now + 3_600_000, false)); // sealed where the clock was fast: nobody comes before now
        Assert.Equal(now, tickets.Open(early, ann)!.Value.Arrived);
        clock.Advance(JoinTickets.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Null(tickets.Open(text, ann));
    }

    [Fact]
    public void ARateLimitAllowsABurstAndThenItsRateAndForgetsWhoRests()
    {
        var limit = new Gcra<int>(10, 5, clock);
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => limit.Take(1)));
        Assert.True(limit.Take(2));
        var taken = 0;
        for (var i = 0; i < 1_000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            if (limit.Take(1)) taken++;
        }
        Assert.InRange(taken, 99, 101);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.True(limit.Take(3));
        Assert.Equal(1, limit.Count);
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => limit.Take(1)));
    }

    private static Admission Make(VirtualClock clock) =>
        new(new SurgeSettings(null, null, Rate, 60, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(20)), new SurgeMeters(), clock);

    private static Guid[] People(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    private static void Play((Step Step, int Which)[] steps)
    {
        var clock = new VirtualClock();
        var admission = Make(clock);
        var started = clock.GetTimestamp();
        var asking = new Dictionary<Guid, JoinTicket>(); // with the latest answer
        var away = new Dictionary<Guid, (JoinTicket Ticket, long Since)>();
        var late = new HashSet<Guid>(); // came back after the line had let go of them: those who were called meanwhile go first
        var inside = 0;

        bool Ask(Guid person, JoinTicket? ticket)
        {
            var answer = admission.Ask(A, 1_000, person, ticket);
            if (!answer.In)
            {
                if (asking.TryGetValue(person, out var known)) Assert.Equal(known.Arrived, answer.Ticket.Arrived);
                asking[person] = answer.Ticket;
                Assert.InRange(answer.Place, 1, answer.People);
                return false;
            }
            asking.Remove(person);
            inside++;
            var most = Rate * 1.5 + Rate * clock.GetElapsedTime(started).TotalSeconds;
            Assert.True(inside <= most, $"{inside} in, at most {most}");
            // Whoever came earlier and still asks was called before: it is in when it asks now.
            foreach (var (earlier, place) in asking.Where(w => w.Value.Arrived < answer.Ticket.Arrived && !late.Contains(w.Key)).ToList())
                Assert.True(!asking.ContainsKey(earlier) || Ask(earlier, place), $"{earlier} of {place.Arrived} was overtaken by {person} of {answer.Ticket.Arrived}");
            return true;
        }
        void Go(TimeSpan time)
        {
            for (var gone = TimeSpan.Zero; gone < time; gone += TimeSpan.FromMilliseconds(250))
            {
                clock.Advance(TimeSpan.FromMilliseconds(250));
                admission.Turn();
            }
        }

        foreach (var (step, which) in steps)
        {
            var somebody = asking.Count == 0 ? default : asking.OrderBy(w => w.Value.Arrived).ElementAt(which % asking.Count).Key;
            switch (step)
            {
                case Step.Come:
                    for (var n = 0; n < 1 + which % 15; n++) Ask(Guid.CreateVersion7(), null);
                    break;
                case Step.Ask when asking.Count > 0:
                    Ask(somebody, null);
                    break;
                case Step.Refresh when asking.Count > 0:
                    Ask(somebody, asking[somebody]);
                    break;
                case Step.GiveUp when asking.Count > 0:
                    asking.Remove(somebody, out var ticket);
                    away[somebody] = (ticket, clock.GetTimestamp());
                    break;
                case Step.ComeBack when away.Count > 0:
                    var (back, held) = away.ElementAt(which % away.Count);
                    away.Remove(back);
                    if (clock.GetElapsedTime(held.Since) > Admission.Patience / 3) late.Add(back);
                    Ask(back, held.Ticket);
                    break;
                case Step.Wait:
                    clock.Advance(TimeSpan.FromMilliseconds(which % 300));
                    admission.Turn();
                    break;
                case Step.WaitLong:
                    // Everybody who has not given up asks in time, as their clients do.
                    Go(TimeSpan.FromSeconds(which % 15));
                    foreach (var (person, place) in asking.ToList())
                        if (asking.ContainsKey(person)) Ask(person, place);
                    break;
            }
        }
        for (var rounds = 0; asking.Count > 0; rounds++)
        {
            Assert.True(rounds < 1_000, $"{asking.Count} never got in");
            Go(TimeSpan.FromSeconds(1));
            foreach (var (person, place) in asking.ToList())
                if (asking.ContainsKey(person)) Ask(person, place);
        }
    }
}
