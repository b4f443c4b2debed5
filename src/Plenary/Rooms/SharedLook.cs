using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;

namespace Plenary.Rooms;

/// <summary>
/// A question that a crowd asks the database at the same moment. Who asks while a look is under way waits for the next one and shares it with
/// all who wait: a crowd costs a few queries for hundreds of people, and nobody is answered by what was true earlier.
/// </summary>
/// <typeparam name="TQuestion">What one of them asks.</typeparam>
/// <typeparam name="TAnswer">What that one is answered.</typeparam>
public abstract class SharedLook<TQuestion, TAnswer>(IDbContextFactory<Db> dbs, TimeProvider clock) : BackgroundService
{
    /// <summary>Looked up at once; more wait for the next look, so that no query grows without bound.</summary>
    internal const int LargestBatch = 500;

    /// <summary>From so many in one look on it is a crowd, and the next look waits a little for more: what a look costs hardly depends on how many share it.</summary>
    private const int Crowd = 8;

    /// <summary>From one look at a crowd to the next; nobody notices it among thousands who come.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(25);

    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });

    /// <summary>Who still waits is answered.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } loop) await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Looks up the answers to all of these, in their order.</summary>
    private protected abstract Task<TAnswer[]> Look(Db db, IReadOnlyList<TQuestion> questions);

    /// <summary>The answer, as it is now. Throws what the database said when it could not be asked.</summary>
    private protected async Task<TAnswer> Ask(TQuestion question, CancellationToken cancellation)
    {
        var mine = new Waiting(question, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellation);
        if (!queue.Writer.TryWrite(mine)) throw new OperationCanceledException("The server is stopping.");
        return await mine.Answer.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(LargestBatch);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var next))
                if (next.Cancellation.IsCancellationRequested) next.Answer.SetCanceled(next.Cancellation);
                else batch.Add(next);
            if (batch.Count == 0) continue;
            var started = clock.GetTimestamp();
            await Check(batch);
            if (batch.Count is >= Crowd and < LargestBatch && Gather - clock.GetElapsedTime(started) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Check(List<Waiting> batch)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync();
            var answers = await Look(db, batch.ConvertAll(w => w.Question));
            for (var i = 0; i < answers.Length; i++) batch[i].Answer.SetResult(answers[i]);
        }
#pragma warning disable CA1031 // Whatever it was, it belongs to those who wait; who comes next asks anew.
        catch (Exception error)
        {
            foreach (var waiting in batch) waiting.Answer.TrySetException(error);
        }
#pragma warning restore CA1031
    }

    private sealed record Waiting(TQuestion Question, TaskCompletionSource<TAnswer> Answer, CancellationToken Cancellation);
}
