namespace Plenary.Rooms.Chat;

/// <summary>
/// Reactions to a room's messages that wait to be counted. However many react, the log grows by one entry in half a second: it counts all of them, in the
/// transaction that keeps them. The first after a rest does not wait. Of one grain, so without locks.
/// </summary>
internal sealed class ReactionQueue
{
    /// <summary>From one count to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Of one count; the rest waits for the next.</summary>
    private const int Most = 500;

    private readonly Queue<Reacting> waiting = new();

    public int Count => waiting.Count;

    /// <summary>A timestamp of the clock; 0 before the first.</summary>
    public long CountedAt { get; private set; }

    /// <summary>Answers once it is counted.</summary>
    public Task<AppendOutcome> Add(ReactionWish wish)
    {
        var reacting = new Reacting(wish);
        waiting.Enqueue(reacting);
        return reacting.Answer.Task;
    }

    /// <summary>Those that are counted now.</summary>
    public IReadOnlyList<Reacting> Take(long now)
    {
        CountedAt = now;
        var some = new List<Reacting>();
        while (some.Count < Most && waiting.TryDequeue(out var next)) some.Add(next);
        return some;
    }

    /// <summary>Nobody counts here any more: whoever waits asks again.</summary>
    public void GiveUp()
    {
        while (waiting.TryDequeue(out var one)) one.Answer.TrySetResult(AppendOutcome.Again);
    }
}

/// <summary>A reaction that somebody waits for.</summary>
internal sealed class Reacting(ReactionWish wish)
{
    public ReactionWish Wish { get; } = wish;

    public AppendOutcome Outcome { get; set; } = AppendOutcome.Again;

    public TaskCompletionSource<AppendOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
