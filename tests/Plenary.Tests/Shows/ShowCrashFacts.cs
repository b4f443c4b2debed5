using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Rooms.Notices;
using Plenary.Shows;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Shows;

/// <summary>A run of show outlives the process that runs it: nothing that was due is missed, and nothing happens twice.</summary>
[Trait("Speed", "Slow")]
public sealed class ShowCrashFacts(PostgresApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasDueWhileTheServerWasDeadFiresOnceWhenItIsBack()
    {
        await using var server = await ServerProcess.StartAsync();
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        using var crew = new Controls(server.Url, scene, await scene.Granted(EventRole.Organizer));
        await crew.Do(new { take = true });
        var (first, undone, done) = (await crew.Announces("First"), await crew.Announces("Decided"), await crew.Announces("Decided and done"));
        await crew.Do(new { autopilot = true });
        await crew.Do(new { fire = first });
        await crew.Until(first, "DONE");
        var due = await crew.Announces("Due while it was dead", at: TimeProvider.System.GetUtcNow().AddSeconds(30));
        var then = await crew.Announces("Right after", after: due);
        await server.Kill();

        // As a kill right after the decision, and one right after its effect, leave them; and the moment passes.
        var (run, person) = (Guid.CreateVersion7(), await scene.Stranger());
        await using (var db = server.OpenDb())
        {
            var now = TimeProvider.System.GetUtcNow();
            await Decided(undone, Guid.CreateVersion7());
            await Decided(done, run);
            db.Add(new Announcement { Id = run, EventId = scene.Event.Id, Text = "Decided and done", PersonId = person.Id, By = person.Name, At = now, Until = now.AddMinutes(5) });
            await db.SaveChangesAsync(Cancellation);
            await db.Set<Cue>().Where(c => c.Id == due).ExecuteUpdateAsync(set => set.SetProperty(c => c.At, now.AddSeconds(-20)), Cancellation);

            Task Decided(Guid cue, Guid firing) => db.Set<Cue>().Where(c => c.Id == cue)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CueState.Firing).SetProperty(c => c.RunId, firing).SetProperty(c => c.FiredAt, now), Cancellation);
        }
        await server.StartAgain();
        foreach (var cue in (Guid[])[first, undone, done, due, then]) await crew.Until(cue, "DONE");
        await using (var db = server.OpenDb())
        {
            var said = await db.Set<Announcement>().Where(a => a.EventId == scene.Event.Id).OrderBy(a => a.Text).Select(a => a.Text).ToListAsync(Cancellation);
            Assert.Equal(["Decided", "Decided and done", "Due while it was dead", "First", "Right after"], said);
        }
    }

    [Fact]
    public async Task WhenTheProcessThatRunsItIsKilledAnotherFiresWhatIsDue()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await app.CreateDatabaseAsync(), 2, "--Logging:LogLevel:Plenary.Shows=Debug");
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var person = await scene.Granted(EventRole.Organizer);
        using var crew = new Controls(cluster[0].Url, scene, person);
        await crew.Do(new { take = true });
        await crew.Do(new { autopilot = true });
        var first = await crew.Announces("First", at: TimeProvider.System.GetUtcNow().AddMilliseconds(200));
        await crew.Until(first, "DONE");
        var due = await crew.Announces("Due after the loss", at: TimeProvider.System.GetUtcNow().AddSeconds(3));
        var then = await crew.Announces("Right after", after: due);
        var runs = cluster.Processes.Last(process => process.Said.Any(s => s.Line.Contains($"The show of event {scene.Event.Id} is run here", StringComparison.Ordinal)));
        await runs.Kill();
        using var other = new Controls(cluster.Processes.Single(process => process.IsRunning).Url, scene, person);
        foreach (var cue in (Guid[])[due, then]) await other.Until(cue, "DONE");
        await using var db = cluster.OpenDb();
        Assert.Equal(["Due after the loss", "First", "Right after"], await db.Set<Announcement>().Where(a => a.EventId == scene.Event.Id).OrderBy(a => a.Text).Select(a => a.Text).ToListAsync(Cancellation));
    }
}
