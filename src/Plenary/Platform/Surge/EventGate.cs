namespace Plenary.Platform.Surge;

/// <summary>One event at the door of this process: who waits, who was called, who has been in, and its share of the rate.</summary>
internal sealed class EventGate
{
    private int served;

    public JoinQueue Queue { get; } = new();

    /// <summary>Those whose turn it is, with the timestamp of the call and the time of their arrival; they come in with their next ask.</summary>
    public Dictionary<Guid, (long At, long Arrived)> Called { get; } = [];

    /// <summary>Those who have been in, with the time of their arrival: they need not wait behind newcomers when they come back.</summary>
    public Dictionary<Guid, long> Inside { get; } = [];

    /// <summary>People expected here.</summary>
    public int Forecast { get; set; }

    /// <summary>Of the event's own, for its next newcomers.</summary>
    public double Tokens { get; set; }

    /// <summary>Timestamp of the latest ask.</summary>
    public long AskedAt { get; set; }

    /// <summary>Newcomers per second let in lately; zero before any was measured.</summary>
    public double Rate { get; private set; }

    /// <summary>Not more people came than were expected.</summary>
    public bool Within => Inside.Count <= Forecast;

    /// <summary>Its part of what is shared out by forecast.</summary>
    public int Weight => Math.Max(Forecast, 10);

    public void Call(Waiting first, long now)
    {
        Queue.Leave(first);
        Called[first.Person] = (now, first.Arrived);
        served++;
        first.Called?.TrySetResult();
    }

    /// <summary>Takes the measure of the last seconds, for the estimate; a queue that is empty says nothing about the rate.</summary>
    public void Measure(double seconds)
    {
        var now = served / seconds;
        if (Queue.Count > 0) Rate = Rate == 0 ? now : 0.7 * Rate + 0.3 * now;
        else if (served == 0) Rate = 0;
        served = 0;
    }

    /// <summary>Lets go of those who went away. Answers how many left the queue.</summary>
    public int Tidy(long notSince, long insideSince)
    {
        foreach (var (person, (at, _)) in Called)
            if (at < notSince) Called.Remove(person);
        foreach (var (person, arrived) in Inside)
            if (arrived < insideSince) Inside.Remove(person);
        return Queue.Tidy(notSince);
    }
}
