using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Profiles;
using Plenary.Rooms;
using Plenary.Tables;
using Plenary.Tests.Calls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Tables;

/// <summary>A floor of small tables: who sits where, who may, and who hears of it.</summary>
public abstract class FloorFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<(Scene Scene, Room Floor, Sitter Staff, Sitter[] People)> Arrange(int people)
    {
        var scene = await Scene.Arrange(app);
        var floor = await scene.Floor();
        var staff = new Sitter(app.Url, scene, floor, await scene.Granted(EventRole.Moderator));
        return (scene, floor, staff, [.. (await scene.Attendees(people)).Select(p => new Sitter(app.Url, scene, floor, p))]);
    }

    [Fact]
    public async Task PeopleSitDownMoveAndStandUpAndEverybodySeesIt()
    {
        var (scene, floor, staff, people) = await Arrange(2);
        var (ann, ben) = (people[0], people[1]);
        await using var watching = await scene.Enter(staff.Person, room: floor);
        Assert.Empty((await ann.See())["tables"]!.AsArray());
        var (tea, coffee) = (await staff.Add("Tea, no topic"), await staff.Add("Coffee", seats: 2));
        await ann.TakeSeat(tea, 3);
        await ben.TakeSeat(tea, 1);
        await watching.Until(() => watching.Floor()?.Tables.Sum(t => t.Sitters.Count) == 2, "two people seated");
        Assert.Equal([(1, "Person 2"), (3, "Person 1")], (await ann.See()).At(tea));

        // Moving is one step: the old seat is free for others.
        var moved = await ann.TakeSeat(coffee, 2);
        Assert.Equal([(1, "Person 2")], moved.At(tea));
        Assert.Equal([(2, "Person 1")], moved.At(coffee));
        Assert.Equal("seat-taken", await ben.Refused(Sitter.Sit, new { table = coffee, seat = 2 }));
        Assert.Equal("invalid-input", await ben.Refused(Sitter.Sit, new { table = coffee, seat = 3 }));
        Assert.Equal([(1, "Person 2")], (await ben.See()).At(tea)); // refused, nothing is lost
        Assert.Empty((await ben.StandUp()).At(tea));
        await ben.StandUp();
        await watching.Until(() => watching.Floor()?.Tables.Sum(t => t.Sitters.Count) == 1, "one person left");
        var versions = watching.Told.Where(t => t.About == FloorNow.About).Select(t => FloorNow.Read(t.Data).Version).ToList();
        Assert.Equal(versions.Order(), versions);
    }

    [Fact]
    public async Task OneSeatIsTakenOnce()
    {
        var (_, _, staff, people) = await Arrange(8);
        var table = await staff.Add("The only seat", seats: 2);
        async Task<string> TakeSeat(Sitter who)
        {
            try { await who.TakeSeat(table, 1); return ""; }
            catch (Xunit.Sdk.TrueException refused) when (refused.Message.Contains("seat-taken", StringComparison.Ordinal)) { return "seat-taken"; }
        }
        var answers = await Task.WhenAll(people.Select(TakeSeat));
        Assert.Equal(7, answers.Count(a => a == "seat-taken"));
        Assert.Single((await staff.See()).At(table));
        // The database says so too, whoever writes.
        await using var db = app.OpenDb();
        var seat = await db.Set<Seat>().AsNoTracking().SingleAsync(s => s.TableId == table, Cancellation);
        var other = people.First(p => p.Person.Id != seat.PersonId).Person.Id;
        db.Add(new Seat { RoomId = seat.RoomId, PersonId = other, TableId = table, Number = 1 });
        Assert.True(Plenary.Platform.Database.Db.IsTaken(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation))));
    }

    [Fact]
    public async Task StrangersAreRefusedAndOnlyTheStaffArranges()
    {
        var (scene, floor, staff, people) = await Arrange(1);
        var table = await staff.Add("Tea");
        using var stranger = new Sitter(app.Url, scene, floor, await scene.Stranger());
        using var nobody = new Sitter(app.Url, scene, floor, null);
        using var elsewhere = new Sitter(app.Url, scene, floor, people[0].Person, onlyEvent: Guid.CreateVersion7());
        foreach (var who in (Sitter[])[stranger, elsewhere])
        {
            Assert.Equal("not-found", await who.Refused(Sitter.Read, new { room = floor.Id }));
            Assert.Equal("not-found", await who.Refused(Sitter.Sit, new { table, seat = 1 }));
            Assert.Equal("not-found", await who.Refused(Sitter.Say, new { table, id = Guid.CreateVersion7(), text = "hello" }));
            Assert.Equal("not-found", await who.Refused(Sitter.Save, new { input = new { room = floor.Id, topic = "Mine", seats = 4 } }));
        }
        Assert.Equal("sign-in-required", await nobody.Refused(Sitter.Sit, new { table, seat = 1 }));
        Assert.Equal("not-found", await nobody.Refused(Sitter.Read, new { room = floor.Id }));
        var ann = people[0];
        Assert.Equal("forbidden", await ann.Refused(Sitter.Save, new { input = new { room = floor.Id, topic = "Mine", seats = 4 } }));
        Assert.Equal("forbidden", await ann.Refused(Sitter.Remove, new { table }));
        Assert.Equal("forbidden", await ann.Refused(Sitter.Shuffle, new { room = floor.Id }));
        Assert.Equal("forbidden", await ann.Refused(Sitter.List, new { table, people = Array.Empty<string>() }));
        Assert.Equal("forbidden", await ann.Refused(Sitter.Lock, new { table, locked = true }));
        Assert.Equal("not-a-floor", await ann.Refused(Sitter.Read, new { room = scene.Stage.Id }));
        Assert.Equal("not-seated", await ann.Refused(Sitter.Say, new { table, id = Guid.CreateVersion7(), text = "hello" }));
        Assert.Equal("invalid-input", await staff.Refused(Sitter.Save, new { input = new { room = floor.Id, topic = "Too large", seats = 9 } }));
        Assert.Equal("invalid-input", await staff.Refused(Sitter.Save, new { input = new { room = floor.Id, topic = "x", seats = 4, host = (await scene.Stranger()).Id } }));

        await using (var db = app.OpenDb()) await db.Set<Event>().Where(e => e.Id == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Ended), Cancellation);
        Assert.Equal("event-over", await ann.Refused(Sitter.Sit, new { table, seat = 1 }));
    }

    [Fact]
    public async Task WhoSitsAtATableIsInItsCallAndNobodyElse()
    {
        var (scene, floor, staff, people) = await Arrange(3);
        var (ann, ben, cleo) = (people[0], people[1], people[2]);
        var table = await staff.Add("Tea");
        await ann.TakeSeat(table, 1);
        await ben.TakeSeat(table, 2);
        await using var first = new Caller(await scene.Enter(ann.Person, room: floor)) { Call = table };
        await using var second = new Caller(await scene.Enter(ben.Person, room: floor)) { Call = table };
        await using var uninvited = new Caller(await scene.Enter(cleo.Person, room: floor)) { Call = table };
        await using var moderator = new Caller(await scene.Enter(staff.Person, room: floor)) { Call = table };
        await first.Enter();
        await second.Enter();
        await first.Until(() => first.Peers.Count() == 2, "the other");
        Assert.Equal("not-found", await LiveClient.Refused(() => uninvited.Enter()));
        Assert.Equal("not-found", await LiveClient.Refused(() => moderator.Enter()));

        // What is written at the table is for those who sit there.
        await ann.Do(Sitter.Say, new { table, id = Guid.CreateVersion7(), text = "Tea?" });
        await second.Live.Until(() => second.Live.Told.Exists(t => t.About == "table-chat" && t.Data.Contains("Tea?", StringComparison.Ordinal)), "a line");
        Assert.DoesNotContain(uninvited.Live.Told.Concat(moderator.Live.Told), t => t.About == "table-chat");

        await ben.StandUp();
        await second.Until(() => second.Heard<Plenary.Calls.CallEnded>().Any(e => e.Code == "stood-up"), "the end of the call");
        Assert.Equal("not-found", await LiveClient.Refused(() => second.Anew().Enter()));
        // Whose registration ends is out of the room, and soon out of the call.
        await cleo.TakeSeat(table, 3);
        await uninvited.Anew().Enter();
        await scene.Cancel(cleo.Person);
        await uninvited.Until(() => uninvited.Heard<Plenary.Calls.CallEnded>().Count > 0, "the end of a registration");
        await staff.Do(Sitter.Remove, new { table });
        await first.Until(() => first.Heard<Plenary.Calls.CallEnded>().Any(e => e.Code == "table-gone"), "the end of the table");
    }

    [Fact]
    public async Task AtALockedTableOneKnocks()
    {
        var (scene, floor, staff, people) = await Arrange(3);
        var (ann, ben, cleo) = (people[0], people[1], people[2]);
        var started = await ann.Do(Sitter.Start, new { room = floor.Id, topic = "Elections, calmly", seats = 2 });
        var table = Guid.Parse((string)started["tables"]![0]!["id"]!);
        Assert.Equal((ann.Person.Id.ToString(), true), ((string)started["tables"]![0]!["host"]!["person"]!, (bool)started["tables"]![0]!["passing"]!));
        Assert.Equal("table-open", await ben.Refused(Sitter.Knock, new { table }));
        await ann.Do(Sitter.Lock, new { table, locked = true });
        await using var outside = await scene.Enter(ben.Person, room: floor);
        Assert.Equal("table-locked", await ben.Refused(Sitter.Sit, new { table, seat = 2 }));
        await ben.Do(Sitter.Knock, new { table });
        await cleo.Do(Sitter.Knock, new { table });
        Assert.Equal(2, (await ann.See()).Table(table)["knocks"]!.AsArray().Count);
        await cleo.Do(Sitter.Knock, new { table, knocks = false });
        Assert.Equal("nobody-knocks", await ann.Refused(Sitter.Answer, new { table, person = cleo.Person.Id, letIn = true }));
        Assert.Equal("not-seated", await cleo.Refused(Sitter.Answer, new { table, person = ben.Person.Id, letIn = true }));
        await ann.Do(Sitter.Answer, new { table, person = ben.Person.Id, letIn = false });
        await outside.Until(() => outside.Told.Exists(t => t.About == "knock" && t.Data.Contains("\"letIn\":false", StringComparison.Ordinal)), "a no");
        await ben.Do(Sitter.Knock, new { table });
        Assert.Equal([(1, "Person 1"), (2, "Person 2")], (await ann.Do(Sitter.Answer, new { table, person = ben.Person.Id, letIn = true })).At(table));
        Assert.Equal("table-full", await cleo.Refused(Sitter.Knock, new { table }));

        // The host hands on what they started when they leave; with the last it is gone.
        Assert.Equal(ben.Person.Id.ToString(), (string)(await ann.StandUp()).Table(table)["host"]!["person"]!);
        Assert.Empty((await ben.StandUp())["tables"]!.AsArray());
    }

    [Fact]
    public async Task SeatsAreKeptForHostsAndForThoseOnTheList()
    {
        var (scene, _, staff, people) = await Arrange(4);
        var (ann, ben, cleo, dan) = (people[0], people[1], people[2], people[3]);
        var hosted = await staff.Add("Ask an operator", host: ann.Person);
        Assert.Equal("seat-kept", await ben.Refused(Sitter.Sit, new { table = hosted, seat = 1 }));
        await ben.TakeSeat(hosted, 2);
        await ann.TakeSeat(hosted, 1);
        Assert.Equal("forbidden", await ben.Refused(Sitter.Stand, new { room = (string)(await ben.See())["room"]!, person = ann.Person.Id }));
        Assert.Equal([(1, "Person 1")], (await ann.StandUp(ben.Person.Id)).At(hosted));

        // Just before its time a roundtable keeps seats for its list, and for others what is left.
        Assert.Equal("no-roundtable", await cleo.Refused(Sitter.Book, new { table = hosted, comes = true }));
        var round = await staff.Add("Roundtable", seats: 3, startsAt: TimeProvider.System.GetUtcNow().AddMinutes(2));
        await cleo.Do(Sitter.Book, new { table = round, comes = true });
        Assert.Equal("invalid-input", await staff.Refused(Sitter.List, new { table = round, people = new[] { (await scene.Stranger()).Email } }));
        var listed = (await staff.Do(Sitter.List, new { table = round, people = new[] { cleo.Person.Email!.ToUpperInvariant(), dan.Person.Email } })).Table(round);
        Assert.Equal(["Person 3", "Person 4"], listed["list"]!.AsArray().Select(p => (string)p!["name"]!));
        Assert.Equal(2, (int)listed["kept"]!);
        await ben.TakeSeat(round, 1);
        Assert.Equal("seat-kept", await staff.Refused(Sitter.Sit, new { table = round, seat = 2 }));
        Assert.Equal(1, (int)(await cleo.TakeSeat(round, 3)).Table(round)["kept"]!);
        await dan.Do(Sitter.Book, new { table = round, comes = false });
        await staff.TakeSeat(round, 2);
    }

    [Fact]
    public async Task BlockedPeopleDoNotMeetAndAreNotToldWhy()
    {
        var (scene, floor, staff, people) = await Arrange(3);
        var (ann, ben, cleo) = (people[0], people[1], people[2]);
        var table = await staff.Add("Tea");
        await ann.TakeSeat(table, 1);
        await ben.TakeSeat(table, 2);
        await cleo.TakeSeat(table, 3);
        using (var studio = new Studio(app.Url, scene, ann.Person))
            await studio.Graph("mutation($event: ID!, $person: ID!) { blockPerson(event: $event, person: $person) }", new { @event = scene.Event.Id, person = ben.Person.Id });
        Assert.Equal([(1, "Person 1"), (3, "Person 3")], (await cleo.See()).At(table));
        Assert.Equal("seat-kept", await ben.Refused(Sitter.Sit, new { table, seat = 2 }));
        var other = await staff.Add("Coffee");
        await ben.TakeSeat(other, 1);
        Assert.Equal("seat-kept", await ann.Refused(Sitter.Sit, new { table = other, seat = 2 }));
        for (var i = 0; i < 5; i++)
        {
            var mixed = await staff.Do(Sitter.Shuffle, new { room = floor.Id });
            Assert.NotEqual(SeatOf(mixed, ann), SeatOf(mixed, ben));
        }

        static string SeatOf(JsonNode floor, Sitter who) => (string)floor["tables"]!.AsArray().Single(t => t!["sitters"]!.AsArray().Any(s => (string)s!["person"]! == who.Person.Id.ToString()))!["id"]!;
    }

    [Fact]
    public async Task AShuffleMixesEverybodyAndLeavesHostsAndLockedTablesAlone()
    {
        var (_, floor, staff, people) = await Arrange(9);
        var (one, two, locked) = (await staff.Add("One", host: people[0].Person), await staff.Add("Two"), await staff.Add("Locked"));
        foreach (var (who, seat) in people.Take(4).Select((p, i) => (p, i + 1))) await who.TakeSeat(one, seat);
        foreach (var (who, seat) in people.Skip(4).Take(4).Select((p, i) => (p, i + 1))) await who.TakeSeat(two, seat);
        await people[8].TakeSeat(locked, 5);
        await people[8].Do(Sitter.Lock, new { table = locked, locked = true });
        var before = (await staff.See()).At(one).Select(s => s.Item2).Skip(1).ToList();
        var mixed = await staff.Do(Sitter.Shuffle, new { room = floor.Id });
        Assert.Equal((1, "Person 1"), mixed.At(one).First());
        Assert.Equal([(5, "Person 9")], mixed.At(locked));
        Assert.Equal((4, 4), (mixed.At(one).Count(), mixed.At(two).Count()));
        // Three sat with the host and four elsewhere: at least one and at most two of the three can stay when all are mixed.
        Assert.InRange(mixed.At(one).Count(s => before.Contains(s.Item2)), 1, 2);
        Assert.Equal(8, mixed.At(one).Concat(mixed.At(two)).Select(s => s.Item2).Distinct().Count());
        await people[1].StandUp();
        foreach (var who in people.Skip(2).Take(6)) await who.StandUp();
        Assert.Equal("nobody-to-shuffle", await staff.Refused(Sitter.Shuffle, new { room = floor.Id }));
    }

    public sealed class OnSqlite(SqliteApp app) : FloorFacts(app);

    public sealed class OnPostgres(PostgresApp app) : FloorFacts(app);
}
