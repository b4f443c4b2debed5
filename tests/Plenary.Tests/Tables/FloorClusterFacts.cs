using Plenary.Events;
using Plenary.Tests.Calls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Tables;

/// <summary>A floor over several processes: seats outlive any of them, and are kept for a while for whoever is away.</summary>
[Trait("Speed", "Slow")]
public sealed class FloorClusterFacts(PostgresApp app)
{
    [Fact]
    public async Task AProcessThatDiesCostsNobodyTheirSeatAndWhoStaysAwayLosesIt()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        await using var cluster = await ClusterOfProcesses.StartAsync(await app.CreateDatabaseAsync(), 3, "--Tables:KeepSeatSeconds=6");
        var scene = await Scene.Arrange(cluster.OpenDb, cluster[0].Url, cluster.Keys);
        var floor = await scene.Floor();
        using var staff = new Sitter(cluster[0].Url, scene, floor, await scene.Granted(EventRole.Moderator));
        var table = await staff.Add("Tea");
        var people = await scene.Attendees(3);
        var callers = new List<Caller>();
        foreach (var (person, process) in people.Zip((int[])[0, 1, 2]))
        {
            using var sitter = new Sitter(cluster[process].Url, scene, floor, person);
            await sitter.TakeSeat(table, process + 1);
            var live = await cluster.Enter(scene.Sessions.Cookie(person.Id), floor.Id, process);
            callers.Add(new(live) { Call = table });
            await callers[^1].Enter();
        }
        var (ada, ben, lost) = (callers[0], callers[1], callers[2]);
        await ada.Until(() => ada.Peers.Count() == 3, "everybody");

        // Two lose their process; one of them comes back by another, the other never does.
        await lost.DisposeAsync();
        await cluster[1].Kill();
        await ben.Live.Until(() => ben.Live.Resyncs > 0, "being back in the room");
        await ben.UntilEntered();
        await ada.Until(() => ada.Sees(ben), "who came back", 40);
        var seen = (await staff.See()).At(table).ToList();
        Assert.Contains((1, people[0].Name), seen);
        Assert.Contains((2, people[1].Name), seen);
        await ada.Live.Until(() => ada.Live.Floor() is { } now && now.Tables[0].Sitters.Select(s => s.Person).SequenceEqual([people[0].Id, people[1].Id]), "the seat of who stayed away");
        Assert.Equal([(1, people[0].Name), (2, people[1].Name)], (await staff.See()).At(table));
        foreach (var caller in callers) await caller.DisposeAsync();
    }
}
