using System.Collections.Concurrent;

namespace Plenary.Rooms;

/// <summary>
/// What this process hands to the rooms' logs. The first post to a room goes at once; those that come within a blink go in one
/// call, each answered by itself.
/// </summary>
internal sealed class RoomPosts(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    /// <summary>Of one call; more go in the next.</summary>
    private const int Most = 200;

    private readonly IGrainFactory grains = grains;
    private readonly TimeProvider clock = clock;
    private readonly ConcurrentDictionary<Guid, Outbox> outboxes = new();

    /// <summary>What the room answers. Throws when the call fails; then it is unknown whether the entry is kept.</summary>
    public Task<Appended> Append(Guid room, NewEntry entry)
    {
        while (true)
        {
            var outbox = outboxes.GetOrAdd(room, id => new(this, id));
            if (outbox.Add(entry) is { } answer) return answer;
        }
    }

    /// <summary>The posts of one room. It lives from the first until the last is answered.</summary>
    private sealed class Outbox(RoomPosts posts, Guid room)
    {
        private readonly Lock gate = new();
        private readonly Queue<(NewEntry Entry, TaskCompletionSource<Appended> Answer)> waiting = new();
        private int calls;
        private bool closed;
        private long handedAt;

        /// <summary>Null when it is closed: take the next.</summary>
        public Task<Appended>? Add(NewEntry entry)
        {
            var answer = new TaskCompletionSource<Appended>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                if (closed) return null;
                waiting.Enqueue((entry, answer));
                if (waiting.Count > 1) return answer.Task; // whoever gathers takes it along
                calls++;
            }
            _ = Hand();
            return answer.Task;
        }

        private async Task Hand()
        {
            var rest = handedAt == 0 ? TimeSpan.Zero : Gather - posts.clock.GetElapsedTime(handedAt);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, posts.clock);
            while (Take() is { Count: > 0 } batch) _ = Call(batch);
            Finish();
        }

        private List<(NewEntry Entry, TaskCompletionSource<Appended> Answer)> Take()
        {
            var batch = new List<(NewEntry, TaskCompletionSource<Appended>)>();
            lock (gate)
            {
                while (batch.Count < Most && waiting.TryDequeue(out var next)) batch.Add(next);
                if (batch.Count > 0) calls++;
                handedAt = posts.clock.GetTimestamp();
            }
            return batch;
        }

        private async Task Call(List<(NewEntry Entry, TaskCompletionSource<Appended> Answer)> batch)
        {
            try
            {
                var grain = posts.grains.GetGrain<IRoomGrain>(room);
                Appended[] answers = batch.Count == 1 ? [await grain.Append(batch[0].Entry)] : await grain.AppendMany([.. batch.Select(b => b.Entry)]);
                for (var i = 0; i < batch.Count; i++) batch[i].Answer.SetResult(answers[i]);
            }
#pragma warning disable CA1031 // It belongs to those who wait.
            catch (Exception error)
            {
                foreach (var (_, answer) in batch) answer.TrySetException(error);
            }
#pragma warning restore CA1031
            Finish();
        }

        private void Finish()
        {
            lock (gate)
            {
                if (--calls > 0 || waiting.Count > 0) return;
                closed = true;
            }
            posts.outboxes.TryRemove(KeyValuePair.Create(room, this));
        }
    }
}
