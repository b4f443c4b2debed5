using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Forecast;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;

namespace Plenary.Rehearsals;

/// <summary>
/// Runs rehearsals in this process: makes the copy, lets people come, writes down how it goes, reports, and removes the copy. What is written down is in the database each second, so
/// that any process shows it and any process can stop it.
/// </summary>
internal sealed class RehearsalRun(
    IDbContextFactory<Db> dbs, Sandbox sandbox, SimulatedSessions sessions, OwnAddress address, Occupancy occupancy, RehearsalLimits limits, Gateways gateways, NearEvents near, TimeProvider clock, ILogger<RehearsalRun> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>So many samples are kept; a longer rehearsal keeps every second, third … one.</summary>
    private const int MostSamples = 300;

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    /// <summary>Begins; the row is there and its slot is taken.</summary>
    public void Begin(Guid rehearsal) => running = Task.Run(() => Run(rehearsal));

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stopping.Dispose();

    private async Task Run(Guid id)
    {
        var (state, because, report) = (RehearsalState.Failed, "ended", (RehearsalReport?)null);
        await using var alive = Beat(id);
        try
        {
            (state, because, report) = await Drive(id);
        }
#pragma warning disable CA1031 // Whatever it was, the copy goes and the rehearsal is over.
        catch (Exception error)
        {
            logger.LogWarning(error, "Rehearsal {Rehearsal} failed", id);
        }
#pragma warning restore CA1031
        try
        {
            await Finish(id, state, because, report);
        }
#pragma warning disable CA1031 // TidyRehearsals does it.
        catch (Exception error)
        {
            logger.LogWarning(error, "Rehearsal {Rehearsal} could not be put away; that is tried again", id);
        }
#pragma warning restore CA1031
    }

    /// <summary>Nobody else puts the rehearsal away until this is disposed, or this process is gone.</summary>
    internal Heartbeat Beat(Guid id) => new(id, dbs, clock);

    /// <summary>Removes the copy and then frees the slot, in that order: of two rehearsals only one is ever there.</summary>
    internal async Task Finish(Guid id, RehearsalState state, string because, RehearsalReport? report)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var row = await db.Set<Rehearsal>().SingleAsync(r => r.Id == id);
        if (row.SandboxId is { } copy) await sandbox.Remove(copy, CancellationToken.None);
        (row.State, row.StoppedBecause, row.SandboxId, row.Slot, row.EndedAt) = (state, state == RehearsalState.Done ? "" : because, null, null, clock.GetUtcNow());
        row.Report = report is null ? null : JsonSerializer.Serialize(report, JsonSerializerOptions.Web);
        await db.SaveChangesAsync();
        logger.LogInformation("Rehearsal {Rehearsal} of event {Event} ended: {State} {Because}", id, row.EventId, state, row.StoppedBecause);
    }

    private async Task<(RehearsalState, string, RehearsalReport?)> Drive(Guid id)
    {
        await using var db = await dbs.CreateDbContextAsync(stopping.Token);
        var row = await db.Set<Rehearsal>().SingleAsync(r => r.Id == id, stopping.Token);
        var original = await db.Set<Event>().AsNoTracking().SingleAsync(e => e.Id == row.EventId, stopping.Token);
        var copy = await sandbox.Make(row.SandboxId!.Value, original, row.Attendees, stopping.Token);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        var crowd = new SimulatedCrowd(address.Hub, http, copy, TimeSpan.FromSeconds(row.Seconds), clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var stages = new StageWatch(dbs, address.Site, http, crowd.Tally);
        var before = new Usage(clock);
        await Task.Delay(Every, clock, stopping.Token); // what the process does without them
        var idle = before.TakeCpu();
        var watching = stages.Run(copy.First.Where(r => r.IsStage).Select(r => r.Original).ToList(), copy.People.Count, ending.Token);
        var crowded = crowd.Run(person => sessions.CookieOf(person, copy.Event), ending.Token);
        var real = new RealPeople(occupancy, () => gateways.ConnectionsElsewhere, limits);
        var (samples, usage, because) = (new List<RehearsalSample>(), new Usage(clock), (string?)null);
        using var timer = new PeriodicTimer(Every, clock);
        while (!crowded.IsCompleted)
        {
            await Task.WhenAny(timer.WaitForNextTickAsync(CancellationToken.None).AsTask(), crowded);
            var second = crowd.Tally.TakeSecond();
            var sample = new RehearsalSample(samples.Count, crowd.Tally.Asked, crowd.Tally.In, occupancy.Connections, second.At(0.5), second.At(0.99), crowd.Tally.Refused, usage.TakeCpu(), Usage.Megabytes);
            samples.Add(sample);
            because ??= await Keep(row.Id, samples) ? "organizer" : real.WhyEnd(crowd.Tally.In, sample.P99);
            if (because is not null) await ending.CancelAsync();
        }
        await ending.CancelAsync();
        await watching;
        await crowded;
        var state = because is not null ? RehearsalState.Stopped : stopping.IsCancellationRequested ? RehearsalState.Failed : RehearsalState.Done;
        return (state, because ?? "ended", await Report(row, crowd.Tally, samples, real.Most, before, idle));
    }

    /// <summary>Writes down how it goes; true when an organizer wants it to end.</summary>
    private async Task<bool> Keep(Guid id, List<RehearsalSample> samples)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync();
            var every = samples.Count / MostSamples + 1;
            var kept = JsonSerializer.Serialize(samples.Where((_, i) => i % every == 0 || i == samples.Count - 1), JsonSerializerOptions.Web);
            await db.Set<Rehearsal>().Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Samples, kept));
            return await db.Set<Rehearsal>().Where(r => r.Id == id).Select(r => r.StopAsked).SingleAsync();
        }
        catch (Exception away) when (away is DbUpdateException or System.Data.Common.DbException or TimeoutException)
        {
            return false; // a second later it is tried again
        }
    }

    private async Task<RehearsalReport> Report(Rehearsal row, CrowdTally tally, List<RehearsalSample> samples, int realPeople, Usage before, double idle)
    {
        var expected = (await near.Of([row.EventId], CancellationToken.None)).Select(e => (int)Math.Ceiling(ForecastModel.PeakOf(e, clock.GetUtcNow()).High)).FirstOrDefault();
        // While all are there: the middle of the time, without the coming and the leaving.
        var steady = samples.Skip(samples.Count * 2 / 5).SkipLast(1).Select(s => s.Cpu).DefaultIfEmpty(0).Average();
        var peak = samples.Max(s => s.Megabytes);
        var free = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024) - before.MegabytesThen;
        var capacity = CapacityFound.Of(tally.In, Math.Max(0, steady - idle), Math.Max(0, peak - before.MegabytesThen), Math.Max(0, free), occupancy.Capacity, gateways.Count, expected > 0 ? expected : row.Attendees);
        var (joins, delivery, stage) = (tally.JoinsFound(), tally.DeliveryFound(), tally.StageFound());
        return new(Worst(joins.Verdict, delivery.Verdict, stage.Verdict, capacity.Verdict), joins, delivery, stage, capacity, Math.Round(samples.Max(s => s.Cpu), 3), peak, realPeople);
    }

    /// <summary>One part that does not hold is enough; what was not seen says nothing.</summary>
    private static Verdict Worst(params ReadOnlySpan<Verdict> parts)
    {
        var worst = Verdict.Unknown;
        foreach (var part in parts) worst = part > worst ? part : worst;
        return worst;
    }
}
