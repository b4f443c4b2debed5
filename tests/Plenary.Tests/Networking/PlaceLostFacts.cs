using Plenary.Calls;
using Plenary.Events;
using Plenary.Networking.Meetings;
using Plenary.Platform.Access;
using Plenary.Tests.Calls;
using Plenary.Tests.Messages;
using Plenary.Tests.Parties;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;
using Plenary.Tests.Tables;

namespace Plenary.Tests.Networking;

/// <summary>Whose place at the event ends while they talk is out of every call at once, and whoever was with them is told.</summary>
public abstract class PlaceLostFacts(App app)
{
    [Fact]
    public async Task TheCallsOfAMeetingAConversationAPartyAndATableEndForWhoeverIsNotOfTheEventAnyMore()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee("Ada"), await scene.Attendee("Ben"));
        var now = TimeProvider.System.GetUtcNow();
        var meeting = new Meeting { EventId = scene.Event.Id, ById = ada.Id, WithId = ben.Id, StartsAt = now, EndsAt = now.AddMinutes(15), State = MeetingState.Accepted, AskedAt = now };
        await scene.Save(meeting);
        Guid conversation;
        using (var writer = new Correspondent(scene, app.Url, ada)) conversation = (Guid)(await writer.Write(ben.Id, "Shall we talk?"))["conversation"]!;

        var floor = await scene.Floor();
        using var staff = new Sitter(app.Url, scene, floor, await scene.Granted(EventRole.Moderator));
        var table = await staff.Add("Tea");
        foreach (var (person, seat) in new[] { (ada, 1), (ben, 2) })
            using (var sitter = new Sitter(app.Url, scene, floor, person)) await sitter.TakeSeat(table, seat);

        await using var host = await Guest.Attend(scene, await scene.Granted(EventRole.Speaker), app.Url);
        await using var adaGuest = await Guest.Attend(scene, ada, app.Url);
        await using var benGuest = await Guest.Attend(scene, ben, app.Url);
        var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 1");
        await adaGuest.Come(party);
        await benGuest.Come(party);
        await host.Direct(party, "begin: true");
        await adaGuest.UntilMeeting(1);
        await benGuest.UntilMeeting(1);

        Guid[] calls = [meeting.Id, conversation, table, adaGuest.Part!.Meeting!.Id];
        var adas = await Callers(scene, ada, calls);
        var bens = await Callers(scene, ben, calls);
        foreach (var caller in bens) await caller.Until(() => caller.Peers.Count() == 2, "both in the call");

        await scene.Cancel(ada);
        foreach (var caller in adas) await caller.Until(() => caller.Heard<CallEnded>().Count == 1, "to be out");
        foreach (var caller in bens.Where(c => c.Call != calls[3])) await caller.Until(() => caller.Peers.Select(p => p.Name).SequenceEqual(["Ben"]), "to be alone");
        await benGuest.Until(() => benGuest.Part is { Meeting: null, Ended.Why: "left" }, "that the meeting of the party is over");
        foreach (var call in calls)
        {
            await using var again = new Caller(await scene.Connect(ada)) { Call = call };
            Assert.Equal("not-found", await LiveClient.Refused(() => again.Enter()));
        }
        foreach (var caller in adas.Concat(bens)) await caller.DisposeAsync();
    }

    /// <summary>This person in all of these calls.</summary>
    private static async Task<Caller[]> Callers(Scene scene, Person person, Guid[] calls)
    {
        var callers = new List<Caller>();
        foreach (var call in calls)
        {
            var caller = new Caller(await scene.Connect(person)) { Call = call };
            await caller.Enter();
            callers.Add(caller);
        }
        return [.. callers];
    }
}

public sealed class PlaceLostFactsOnSqlite(SqliteApp app) : PlaceLostFacts(app);

public sealed class PlaceLostFactsOnPostgres(PostgresApp app) : PlaceLostFacts(app);
