namespace Plenary.Platform.Surge;

/// <summary>What <see cref="Admission"/> answers.</summary>
/// <param name="In">May come in now.</param>
/// <param name="Place">Otherwise the place in the queue of the event, from 1.</param>
/// <param name="People">Who wait there.</param>
/// <param name="Seconds">Until they should be in, by the rate at which people of the event have been let in lately.</param>
/// <param name="Ticket">Keeps the place; when in, the right to come back.</param>
public sealed record Admitted(bool In, int Place, int People, int Seconds, JoinTicket Ticket);

/// <summary>
/// How many newcomers this process lets in, and whose. A token bucket, whose rate follows the load (a little more while there is room, much
/// less at once when there is none), is shared out to events by their forecasts: an event within its forecast has its share whatever happens
/// to others, one beyond it gets what is left. What an event lacks its own newcomers wait for, in the order in which they first came. Who has
/// been in before does not wait behind newcomers: they take tokens in advance.
/// </summary>
/// <remarks>
/// Across processes: each has its own tokens and its own queues. Order is by the time in the ticket wherever one asks, so whoever changes the
/// process keeps their place there; two people at different processes may be let in in either order.
/// </remarks>
public sealed class Admission(SurgeSettings settings, SurgeMeters meters, TimeProvider clock)
{
    /// <summary>Who does not ask for this long has gone; so has a place that was called and not taken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>An event nobody asks about has no share.</summary>
    private static readonly TimeSpan Active = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(1);

    /// <summary>The size of each bucket, in seconds of its rate.</summary>
    private const double Burst = 0.5;

    /// <summary>How far people who come back may run ahead of the rate, in seconds of it.</summary>
    private const double Advance = 2;

    /// <summary>The rate never falls below this part of what is set: somebody always gets in.</summary>
    private const double Least = 0.1;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, EventGate> gates = [];
    private double spare = settings.JoinsPerSecond * Burst;
    private bool expectedOnesWait;
    private long filledAt = clock.GetTimestamp();
    private long tidiedAt = clock.GetTimestamp();

    /// <summary>Newcomers per second, now.</summary>
    public double Rate { get; private set; } = settings.JoinsPerSecond;

    /// <summary>People who wait, over all events.</summary>
    public int People
    {
        get { lock (gate) return gates.Values.Sum(g => g.Queue.Count); }
    }

    /// <summary>Somebody asks to come in. Asking again is the same arrival.</summary>
    /// <param name="eventId">Of the room.</param>
    /// <param name="forecast">People the event expects in this process; beyond it the event has no share of its own.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="ticket">What they hold, opened; null for none.</param>
    public Admitted Ask(Guid eventId, int forecast, Guid person, JoinTicket? ticket)
    {
        lock (gate) return AskWithin(eventId, forecast, person, ticket, out _);
    }

    /// <summary>The same, but when it is only a moment the answer waits for it: nobody needs to be told of a queue of a second.</summary>
    public async Task<Admitted> Ask(Guid eventId, int forecast, Guid person, JoinTicket? ticket, TimeSpan moment, CancellationToken cancellation)
    {
        Admitted answer;
        Task called;
        lock (gate)
        {
            answer = AskWithin(eventId, forecast, person, ticket, out var waiting);
            if (answer.In || answer.Seconds > moment.TotalSeconds) return answer;
            called = (waiting!.Called ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        await called.WaitAsync(moment, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return Ask(eventId, forecast, person, answer.Ticket);
    }

    /// <summary>Lets somebody in who need not wait: crew, speakers. They count like everybody.</summary>
    public JoinTicket Pass(Guid eventId, int forecast, Guid person)
    {
        lock (gate)
        {
            var at = GateOf(eventId, forecast);
            if (at.Queue.Find(person) is { } waiting) at.Queue.Leave(waiting);
            at.Called.Remove(person);
            spare -= 1;
            return Enter(at, eventId, person, clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Fits the rate to the load of the process. Call it a few times a second.</summary>
    /// <param name="load">1 when everything is in use; above 0.85 the rate shrinks, below 0.75 it grows.</param>
    public void Fit(double load)
    {
        lock (gate)
        {
            Fill();
            if (load > 0.85) Rate = Math.Max(settings.JoinsPerSecond * Least, Rate * 0.85);
            else if (load < 0.75) Rate = Math.Min(settings.JoinsPerSecond, Rate * 1.1);
        }
    }

    /// <summary>Calls those whose turn it is and lets go of those who went away. Call it many times a second.</summary>
    public void Turn()
    {
        lock (gate)
        {
            Fill();
            var now = clock.GetTimestamp();
            foreach (var at in gates.Values) Call(at);
            var since = clock.GetElapsedTime(tidiedAt, now);
            if (since < TidyEvery) return;
            tidiedAt = now;
            var notSince = now - (long)(Patience.TotalSeconds * clock.TimestampFrequency);
            var insideSince = (clock.GetUtcNow() - JoinTickets.Lifetime).ToUnixTimeMilliseconds();
            foreach (var (id, at) in gates)
            {
                at.Measure(since.TotalSeconds);
                meters.GaveUp(at.Tidy(notSince, insideSince));
                if (at.Queue.Count + at.Called.Count + at.Inside.Count == 0 && !IsActive(at)) gates.Remove(id);
            }
        }
    }

    private Admitted AskWithin(Guid eventId, int forecast, Guid person, JoinTicket? ticket, out Waiting? waiting)
    {
        Fill();
        var (at, now) = (GateOf(eventId, forecast), clock.GetTimestamp());
        waiting = at.Queue.Find(person);
        var isCalled = at.Called.Remove(person, out var call);
        var known = at.Inside.TryGetValue(person, out var came) ? came : isCalled ? call.Arrived : waiting?.Arrived ?? clock.GetUtcNow().ToUnixTimeMilliseconds();
        var arrived = Math.Min(ticket?.Arrived ?? long.MaxValue, known);
        var wasInside = ticket is { Inside: true } || at.Inside.ContainsKey(person);
        if (!isCalled)
        {
            if (wasInside && spare > -Advance * Rate)
            {
                spare -= 1;
                if (waiting is not null) at.Queue.Leave(waiting);
                return new(true, 0, 0, 0, Enter(at, eventId, person, arrived));
            }
            waiting = at.Queue.Stand(person, arrived, now);
            Call(at);
            if (!at.Called.Remove(person))
            {
                var place = at.Queue.PlaceOf(waiting);
                return new(false, place, at.Queue.Count, Seconds(at, place), new(eventId, arrived, wasInside));
            }
        }
        meters.LetIn(clock.GetUtcNow().ToUnixTimeMilliseconds() - arrived);
        return new(true, 0, 0, 0, Enter(at, eventId, person, arrived));
    }

    private static JoinTicket Enter(EventGate at, Guid eventId, Guid person, long arrived)
    {
        at.Inside[person] = arrived;
        return new(eventId, arrived, true);
    }

    private EventGate GateOf(Guid eventId, int forecast)
    {
        if (!gates.TryGetValue(eventId, out var at)) gates.Add(eventId, at = new());
        (at.Forecast, at.AskedAt) = (forecast, clock.GetTimestamp());
        return at;
    }

    private bool IsActive(EventGate at) => at.Queue.Count > 0 || clock.GetElapsedTime(at.AskedAt) < Active;

    private void Call(EventGate at)
    {
        while (at.Queue.First is { } first && Take(at)) at.Call(first, clock.GetTimestamp());
    }

    /// <summary>The event's own token, or one that is left over; those of an event beyond its forecast come after everybody else's.</summary>
    private bool Take(EventGate at)
    {
        if (at.Tokens >= 1) at.Tokens -= 1;
        else if (spare >= 1 && (at.Within || !expectedOnesWait)) spare -= 1;
        else return false;
        return true;
    }

    /// <summary>Shares out what has come since: first what was taken in advance, of that no more than half; then the events within their forecasts; what they do not need is spare.</summary>
    private void Fill()
    {
        var now = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(filledAt, now).TotalSeconds;
        if (seconds < 0.005) return;
        filledAt = now;
        var left = Rate * Math.Min(seconds, 1);
        if (spare < 0)
        {
            var back = Math.Min(left / 2, -spare);
            (spare, left) = (spare + back, left - back);
        }
        var shared = left;
        double weights = 0;
        foreach (var at in gates.Values)
            if (at.Within && IsActive(at)) weights += at.Weight;
        expectedOnesWait = false;
        foreach (var at in gates.Values)
        {
            if (!at.Within || !IsActive(at)) continue;
            var part = at.Weight / weights;
            var give = Math.Clamp(Math.Max(1, Rate * part * Burst) - at.Tokens, 0, shared * part);
            (at.Tokens, left) = (at.Tokens + give, left - give);
            expectedOnesWait |= at.Queue.Count > at.Tokens;
        }
        spare = Math.Min(spare + left, Rate * Burst);
    }

    private int Seconds(EventGate at, int place)
    {
        var rate = at.Rate;
        if (rate == 0)
        {
            var weights = gates.Values.Where(g => g.Within && IsActive(g)).Sum(g => g.Weight);
            rate = at.Within ? Rate * at.Weight / weights : expectedOnesWait ? Rate * 0.1 : Rate;
        }
        return (int)Math.Clamp(Math.Ceiling(place / Math.Max(rate, 0.1)), 1, 3600);
    }
}
