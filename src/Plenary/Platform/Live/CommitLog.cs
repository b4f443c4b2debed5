using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Live;

/// <summary>
/// Commits what all live grains of this silo have to keep together, in one transaction per turn of the loop: a busy database is asked
/// once for every room, not once for every message. A batch is kept as a whole or not at all, and one that the database refuses never
/// takes others with it.
/// </summary>
public sealed class CommitLog(IDbContextFactory<Db> dbs, LiveMeters meters, TimeProvider clock) : BackgroundService
{
    /// <summary>Rows of one transaction, unless one batch alone has more.</summary>
    private const int LargestGroup = PostgresDb.LargestBatch;

    private readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(1_000);

    /// <summary>Returns once the rows are durable; <see cref="ChangedRow"/> and <see cref="GoneRow"/> say of rows that are there already what becomes of them. Throws what the database said; then it is unknown whether they are, so read before trying again.</summary>
    public async Task Append(IReadOnlyCollection<object> rows)
    {
        var started = clock.GetTimestamp();
        var pending = new Pending(rows, new(TaskCreationOptions.RunContinuationsAsynchronously), Activity.Current?.Context);
        await queue.Writer.WriteAsync(pending);
        await pending.Done.Task;
        meters.Committed(rows.Count, clock.GetElapsedTime(started));
    }

    /// <summary>What was handed over before the stop is still written.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } loop) await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Pending>();
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            group.Clear();
            for (var rows = 0; queue.Reader.TryPeek(out var next) && (rows == 0 || rows + next.Rows.Count <= LargestGroup); rows += next.Rows.Count)
            {
                queue.Reader.TryRead(out _); // nobody else reads
                group.Add(next);
            }
            await Commit(group);
        }
    }

    private async Task Commit(List<Pending> group)
    {
        try
        {
            await Write(group);
            foreach (var pending in group) pending.Done.SetResult();
        }
        catch (Exception error) when (group.Count > 1 && error is DbUpdateException or InvalidOperationException)
        {
            foreach (var pending in group) await Commit([pending]);
        }
#pragma warning disable CA1031 // Whatever it was, it belongs to those who wait, and the loop must go on.
        catch (Exception error)
        {
            foreach (var pending in group)
            {
                meters.NotCommitted();
                pending.Done.TrySetException(error);
            }
        }
#pragma warning restore CA1031
    }

    private async Task Write(List<Pending> group)
    {
        using var span = Trace(group);
        await using var db = await dbs.CreateDbContextAsync();
        foreach (var pending in group) Enter(db, pending.Rows);
        // PostgreSQL takes what is sent together as one transaction that it ends by itself. With BEGIN and COMMIT of our own, a process that froze
        // in between would go on holding its numbers, and whoever took over its rooms would wait for it.
        if (db.Database.IsNpgsql() && group.Sum(pending => pending.Rows.Count) <= LargestGroup) db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        await db.SaveChangesAsync();
    }

    private static void Enter(Db db, IReadOnlyCollection<object> rows)
    {
        foreach (var row in rows)
            switch (row)
            {
                case ChangedRow changed:
                    var entry = db.Attach(changed.Row);
                    foreach (var column in changed.Columns) entry.Property(column).IsModified = true;
                    break;
                case GoneRow gone: db.Remove(gone.Row); break;
                default: db.Add(row); break;
            }
    }

    /// <summary>One transaction keeps what several asked for: it is a part of the first one's trace, and names the others.</summary>
    private static Activity? Trace(List<Pending> group)
    {
        if (!PlenaryTracing.Source.HasListeners() || group.Find(pending => pending.Cause is not null) is not { Cause: { } first }) return null;
        var span = PlenaryTracing.Source.StartActivity("live commit", ActivityKind.Internal, first, links: group.Where(p => p.Cause is { } other && other != first).Select(p => new ActivityLink(p.Cause!.Value)));
        return span?.SetTag("plenary.rows", group.Sum(pending => pending.Rows.Count));
    }

    private sealed record Pending(IReadOnlyCollection<object> Rows, TaskCompletionSource Done, ActivityContext? Cause);
}

/// <summary>A row that is there already, and of which these columns are written. It must be there, else nothing of its batch is kept.</summary>
/// <param name="Row">The entity, with its key and what is written.</param>
/// <param name="Columns">Names of properties.</param>
public sealed record ChangedRow(object Row, params string[] Columns);

/// <summary>A row that is to be taken away. It must be there, else nothing of its batch is kept.</summary>
/// <param name="Row">The entity, by its key.</param>
public sealed record GoneRow(object Row);
