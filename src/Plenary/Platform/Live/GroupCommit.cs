namespace Plenary.Platform.Live;

/// <summary>
/// Group commit for a grain that writes by itself: what comes while a group is being kept, or within a blink of the last, is kept together in the next. The first after a rest
/// does not wait. Made for one grain's scheduler, so it has no locks: call it from the grain only.
/// </summary>
/// <param name="keep">Makes a group durable and answers each of its items, in their order. What it throws belongs to all of them.</param>
/// <param name="every">From one group to the next.</param>
/// <param name="most">Items of one group.</param>
/// <param name="clock">Its timestamps.</param>
public sealed class GroupCommit<TItem, TAnswer>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> keep, TimeSpan every, int most, TimeProvider clock)
{
    private readonly Queue<(TItem Item, TaskCompletionSource<TAnswer> Answer)> waiting = new();
    private bool pumping;
    private long keptAt;

    /// <summary>Items that are not kept yet.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Answers once the item is kept with its group.</summary>
    public Task<TAnswer> Add(TItem item)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue((item, answer));
        if (!pumping)
        {
            pumping = true;
            _ = Pump();
        }
        return answer.Task;
    }

    private async Task Pump()
    {
        await Task.Yield(); // whoever comes in the same turn comes along
        while (waiting.Count > 0)
        {
            var rest = keptAt == 0 ? TimeSpan.Zero : every - clock.GetElapsedTime(keptAt);
            if (rest > TimeSpan.Zero && waiting.Count < most) await Task.Delay(rest, clock);
            keptAt = clock.GetTimestamp();
            var group = new List<(TItem Item, TaskCompletionSource<TAnswer> Answer)>(Math.Min(most, waiting.Count));
            while (group.Count < most && waiting.TryDequeue(out var next)) group.Add(next);
            try
            {
                var answers = await keep(group.ConvertAll(one => one.Item));
                for (var i = 0; i < group.Count; i++) group[i].Answer.SetResult(answers[i]);
            }
#pragma warning disable CA1031 // It belongs to those who wait, and the next group has to be kept.
            catch (Exception error)
            {
                foreach (var (_, answer) in group) answer.TrySetException(error);
            }
#pragma warning restore CA1031
        }
        pumping = false;
    }
}
