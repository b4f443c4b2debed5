using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Parties;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Parties;

/// <summary>A party outlives the process that leads it: no round and nobody's second is lost.</summary>
[Trait("Speed", "Slow")]
public sealed class PartyCrashFacts(PostgresApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] Settings = [.. ShortParties.Arguments, "--Logging:LogLevel:Plenary.Parties=Debug"];

    [Fact]
    public async Task WhenTheProcessThatLeadsItIsKilledInRoundTwoThePartyGoesOnWhereItWas()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await app.CreateDatabaseAsync(), 3, Settings);
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var people = await scene.Attendees(6);
        var speaker = await scene.Granted(EventRole.Speaker);
        // Everybody is connected everywhere, as browsers are that come back when a process is lost: what is told is told by whichever lives.
        var guests = new List<Guest[]>();
        foreach (var person in people) guests.Add(await Task.WhenAll(cluster.Processes.Select(process => Guest.Attend(scene, person, process.Url))));
        var hosts = await Task.WhenAll(cluster.Processes.Select(process => Guest.Attend(scene, speaker, process.Url)));
        var party = await hosts[0].Start(scene.Stage.Id, "minutes: 7, rounds: 3");
        for (var i = 0; i < people.Length; i++) await guests[i][i % 3].Come(party);
        await hosts[0].Direct(party, "begin: true");
        foreach (var guest in guests) await guest[0].UntilPhase("talk", 1);
        await hosts[1].Direct(party, "endRound: true");
        foreach (var guest in guests) await guest[0].UntilPhase("talk", 2);

        var led = cluster.Processes.Single(process => process.Said.Any(s => s.Line.Contains($"Party {party} is led here", StringComparison.Ordinal)));
        var before = await Task.WhenAll(guests.Select(g => g[0].Ask(party)));
        await led.Kill();
        var lives = Enumerable.Range(0, 3).First(n => cluster[n].IsRunning);
        // As soon as the loss is noticed, and not only when the round ends, another leads it; nothing has changed.
        var after = await Task.WhenAll(guests.Select(g => g[lives].Ask(party)));
        Assert.Equal(before.Select(b => (b!.Meeting!.Id, b.Meeting.From, b.Meeting.Until)), after.Select(a => (a!.Meeting!.Id, a.Meeting.From, a.Meeting.Until)));
        foreach (var guest in guests) await guest[lives].UntilMeeting(3);
        var third = await Task.WhenAll(guests.Select(g => g[lives].Ask(party)));
        // The round began when the second one had ended, or as soon as the loss was noticed.
        var began = third[0]!.Meeting!.From;
        Assert.InRange(began - before[0]!.Meeting!.Until, 500, 8_000);
        Assert.All(third, t => Assert.Equal((began, began + 7_000), (t!.Meeting!.From, t.Meeting.Until)));
        await hosts[lives].Direct(party, "end: true");
        foreach (var guest in guests) await guest[lives].UntilPhase("over", 3);

        await using var db = cluster.Processes[lives].OpenDb();
        var meetings = await db.Set<PartyMeeting>().Where(m => m.PartyId == party).ToListAsync(Cancellation);
        Assert.Equal([3, 3, 3], meetings.GroupBy(m => m.Round).OrderBy(r => r.Key).Select(r => r.Count()));
        Assert.Equal(9, meetings.Select(m => LiveParty.Pair(m.First, m.Second)).Distinct().Count());
        foreach (var guest in guests.SelectMany(g => g).Concat(hosts)) await guest.DisposeAsync();
    }

    [Fact]
    public async Task OnOneProcessAndSqliteItGoesOnWhenTheServerStartsAgain()
    {
        await using var server = await ServerProcess.StartAsync(null, Settings);
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        var people = await scene.Attendees(4);
        var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), server.Url);
        var guests = await Task.WhenAll(people.Select(person => Guest.Attend(scene, person, server.Url)));
        var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 2");
        foreach (var guest in guests) await guest.Come(party);
        await host.Direct(party, "begin: true");
        foreach (var guest in guests) await guest.UntilPhase("talk", 1);
        var before = guests.Select(g => g.Part!.Meeting!).ToArray();
        await server.Kill();
        foreach (var guest in guests) await guest.DisposeAsync();
        await host.DisposeAsync();
        await server.StartAgain();

        guests = await Task.WhenAll(people.Select(person => Guest.Attend(scene, person, server.Url)));
        var after = await Task.WhenAll(guests.Select(g => g.Ask(party)));
        Assert.Equal(before.Select(m => (m.Id, m.From, m.Until)), after.Select(a => (a!.Meeting!.Id, a.Meeting.From, a.Meeting.Until)));
        host = await Guest.Attend(scene, host.Person, server.Url);
        await host.Direct(party, "endRound: true");
        foreach (var guest in guests) await guest.UntilMeeting(2);
        await host.DisposeAsync();
        Assert.DoesNotContain(guests[0].Partner, before[0].People.Select(p => p.Person));
        foreach (var guest in guests) await guest.DisposeAsync();
    }
}
