using System.Collections.Concurrent;

namespace Plenary.Rooms;

/// <summary>
/// What this process hands to the rooms' grains of a kind: posts, votes. The first command to a room goes at once; those that come within a blink go in one call, each answered by itself,
/// because a call to another process costs more than what it asks for.
/// </summary>
/// <param name="hand">Hands several commands to the grain of a room; answers in their order.</param>
/// <param name="clock">By which they are gathered.</param>
public sealed class RoomCalls<TCommand, TAnswer>(Func<Guid, IReadOnlyList<TCommand>, Task<TAnswer[]>> hand, TimeProvider clock)
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    /// <summary>Of one call; more go in the next.</summary>
    private const int Most = 200;

    private readonly Func<Guid, IReadOnlyList<TCommand>, Task<TAnswer[]>> hand = hand;
    private readonly TimeProvider clock = clock;
    private readonly ConcurrentDictionary<Guid, Outbox> outboxes = new();

    /// <summary>What the grain answers. Throws when the call fails; then it is unknown whether it was done.</summary>
    public Task<TAnswer> Do(Guid room, TCommand command)
    {
        while (true)
        {
            var outbox = outboxes.GetOrAdd(room, id => new(this, id));
            if (outbox.Add(command) is { } answer) return answer;
        }
    }

    /// <summary>The commands of one room. It lives from the first until the last is answered.</summary>
    private sealed class Outbox(RoomCalls<TCommand, TAnswer> calls, Guid room)
    {
        private readonly Lock gate = new();
        private readonly Queue<(TCommand Command, TaskCompletionSource<TAnswer> Answer)> waiting = new();
        private int under;
        private bool closed;
        private long handedAt;

        /// <summary>Null when it is closed: take the next.</summary>
        public Task<TAnswer>? Add(TCommand command)
        {
            var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                if (closed) return null;
                waiting.Enqueue((command, answer));
                if (waiting.Count > 1) return answer.Task; // whoever gathers takes it along
                under++;
            }
            _ = Hand();
            return answer.Task;
        }

        private async Task Hand()
        {
            var rest = handedAt == 0 ? TimeSpan.Zero : Gather - calls.clock.GetElapsedTime(handedAt);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, calls.clock);
            while (Take() is { Count: > 0 } batch) _ = Call(batch);
            Finish();
        }

        private List<(TCommand Command, TaskCompletionSource<TAnswer> Answer)> Take()
        {
            var batch = new List<(TCommand, TaskCompletionSource<TAnswer>)>();
            lock (gate)
            {
                while (batch.Count < Most && waiting.TryDequeue(out var next)) batch.Add(next);
                if (batch.Count > 0) under++;
                handedAt = calls.clock.GetTimestamp();
            }
            return batch;
        }

        private async Task Call(List<(TCommand Command, TaskCompletionSource<TAnswer> Answer)> batch)
        {
            try
            {
                var answers = await calls.hand(room, batch.ConvertAll(b => b.Command));
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
                if (--under > 0 || waiting.Count > 0) return;
                closed = true;
            }
            calls.outboxes.TryRemove(KeyValuePair.Create(room, this));
        }
    }
}
