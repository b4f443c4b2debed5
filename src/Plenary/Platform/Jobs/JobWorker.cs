using System.Diagnostics;
using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Jobs;

/// <summary>
/// Does due jobs, a few at a time, in every process. Stopping lets the running ones finish; what does not finish in time is given back.
/// </summary>
public sealed class JobWorker(
    JobQueue queue, JobSignal signal, IServiceScopeFactory scopes, IEnumerable<RepeatingJob> repeating, TimeProvider clock, ILogger<JobWorker> log) : BackgroundService
{
    /// <summary>How many jobs one process does at once.</summary>
    public const int Hands = 8;

    private const long NothingWaits = long.MaxValue;

    /// <summary>Longest time until jobs of other processes, and leases that ran out, are noticed.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    /// <summary>How long running jobs may take to finish when the process stops.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private static readonly Counter<long> Done = PlenaryMeter.Meter.CreateCounter<long>("plenary.jobs.done", "{job}", "Jobs done, by kind.");
    private static readonly Counter<long> Failed = PlenaryMeter.Meter.CreateCounter<long>("plenary.jobs.failed", "{attempt}", "Attempts that failed, by kind.");
    private static readonly Counter<long> GivenUp = PlenaryMeter.Meter.CreateCounter<long>("plenary.jobs.given_up", "{job}", "Jobs given up, by kind.");
    private static readonly Histogram<double> Lag = PlenaryMeter.Waits("plenary.jobs.lag", "From due to begun, by kind.");

    private readonly string owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";
    private readonly Dictionary<string, TimeSpan> every = repeating.ToDictionary(r => r.Kind, r => r.Every);
    private long waitingSince = NothingWaits;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var kinds = Kinds();
        using var abort = new CancellationTokenSource();
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var rung = signal.Next;
                running.RemoveAll(t => t.IsCompleted);
                var free = Hands - running.Count;
                var jobs = free == 0 ? [] : await queue.Claim(owner, kinds, free, stoppingToken);
                foreach (var job in jobs) running.Add(Do(job, abort.Token));
                if (jobs.Count == free) await Task.WhenAny(running).WaitAsync(stoppingToken);
                else await Wait(rung, running, Seen(await queue.NextDue(kinds, stoppingToken)), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception error)
            {
                // The database is away for a while: jobs are safe in it, and this loop must outlive it.
                log.LogWarning(error, "Looking for jobs failed; trying again in {Seconds} s", PollInterval.TotalSeconds);
                await Task.Delay(PollInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        abort.CancelAfter(Farewell);
        await Task.WhenAll(running);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await RepeatingJob.Ensure(scope.ServiceProvider, every.Keys, clock.GetUtcNow(), cancellationToken);
        PlenaryMeter.Meter.CreateObservableGauge("plenary.jobs.overdue", Overdue, "s", "How long the oldest job that nobody does has been due; 0 when none is.");
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Keeps for operators since when the oldest job waits: when nothing is begun any more, nothing else tells.</summary>
    private DateTimeOffset? Seen(DateTimeOffset? nextDue)
    {
        Volatile.Write(ref waitingSince, nextDue?.UtcTicks ?? NothingWaits);
        return nextDue;
    }

    private double Overdue() => Math.Max(0, TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - Volatile.Read(ref waitingSince)).TotalSeconds);

    private List<string> Kinds()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IJobHandler>().Select(h => h.Kind)];
    }

    private async Task Wait(Task rung, List<Task> running, DateTimeOffset? nextDue, CancellationToken stopping)
    {
        var wait = nextDue is { } due && due - clock.GetUtcNow() < PollInterval ? due - clock.GetUtcNow() : PollInterval;
        if (wait <= TimeSpan.Zero) wait = TimeSpan.FromMilliseconds(20); // due, but taken meanwhile
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny([rung, Task.Delay(wait, clock, enough.Token), .. running]);
        await enough.CancelAsync();
    }

    private async Task Do(Job job, CancellationToken abort)
    {
        await Task.Yield();
        var kind = new KeyValuePair<string, object?>("kind", job.Kind);
        TimeSpan? again = every.TryGetValue(job.Kind, out var span) ? span : null;
        Lag.Record(Math.Max(0, (clock.GetUtcNow() - job.DueAt).TotalSeconds), kind);
        using var activity = PlenaryTracing.Source.StartActivity("job " + job.Kind, ActivityKind.Consumer);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var renewal = KeepLease(job, lost);
        try
        {
            // More attempts than allowed means that earlier ones took the process down with them.
            if (again is null && job.Attempts > JobQueue.MostAttempts) throw new PermanentFailureException(job.LastError ?? "Every attempt ended with its process.");
            await using var scope = scopes.CreateAsyncScope();
            var handler = scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == job.Kind);
            await handler.Handle(job.Payload, lost.Token);
            await queue.Done(job, again, CancellationToken.None);
            Done.Add(1, kind);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            if (abort.IsCancellationRequested) await Quietly(queue.Release(job));
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
            Failed.Add(1, kind);
            await Quietly(Note(job, error, again is not null, kind));
        }
        finally
        {
            await lost.CancelAsync();
            await renewal;
        }
    }

    private async Task Note(Job job, Exception error, bool repeats, KeyValuePair<string, object?> kind)
    {
        if (await queue.Failed(job, error, repeats, CancellationToken.None))
        {
            GivenUp.Add(1, kind);
            log.LogError("Job {Job} of kind {Kind} was given up after {Attempts} attempts: {Error}", job.Id, job.Kind, job.Attempts, error.GetType().Name);
        }
        else log.LogWarning("Attempt {Attempt} of job {Job} of kind {Kind} failed: {Error}", job.Attempts, job.Id, job.Kind, error.GetType().Name);
    }

    /// <summary>Renews the lease while the job runs; a job whose lease was lost is somebody else's and is cancelled here.</summary>
    private async Task KeepLease(Job job, CancellationTokenSource lost)
    {
        try
        {
            while (true)
            {
                await Task.Delay(JobQueue.Lease / 3, clock, lost.Token);
                if (await queue.Renew(job, lost.Token)) continue;
                await lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) { }
        catch (Exception error)
        {
            log.LogWarning(error, "The lease of job {Job} could not be renewed", job.Id);
            await lost.CancelAsync();
        }
    }

    /// <summary>What cannot be written now is put right by the lease: it runs out and the job is tried again.</summary>
    private async Task Quietly(Task write)
    {
        try { await write; }
        catch (Exception error) { log.LogWarning(error, "The outcome of a job could not be written"); }
    }
}
