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
        var guests = await Task.WhenAll(new[] { ada, ben }.Concat(await scene.Attendees(2)).Select(person => Guest.Attend(scene, person, app.Url)));
        var party = await host.Start(scene.Stage.Id, "minutes: 15, rounds: 1");
        foreach (var guest in guests) await guest.Come(party);
        await host.Direct(party, "begin: true");
        foreach (var guest in guests) await guest.UntilMeeting(1);
        var partner = guests.Single(g => g.Id == guests[0].Partner);

        Guid[] calls = [meeting.Id, conversation, table];
        var inParty = guests[0].Part!.Meeting!.Id;
        var adas = await Callers(scene, ada, [.. calls, inParty]);
        var bens = await Callers(scene, ben, calls);
        await using var partners = new Caller(await scene.Connect(partner.Person)) { Call = inParty };
        await partners.Enter();
        foreach (var caller in bens.Append(partners)) await caller.Until(() => caller.Peers.Count() == 2, "both in the call");

        await scene.Cancel(ada);
        foreach (var caller in adas) await caller.Until(() => caller.Heard<CallEnded>().Count > 0, "to be out");
        foreach (var caller in bens) await caller.Until(() => caller.Peers.Select(p => p.Name).SequenceEqual(["Ben"]), "to be alone");
        // Nobody sits there alone until the round ends: the meeting of the party is over.
        await partner.Until(() => partner.Part is { Meeting: null, Ended.Why: "left" }, "to be told");
        foreach (var call in (Guid[])[.. calls, inParty])
        {
            await using var again = new Caller(await scene.Connect(ada)) { Call = call };
            Assert.Equal("not-found", await LiveClient.Refused(() => again.Enter()));
        }
        foreach (var caller in adas.Concat(bens)) await caller.DisposeAsync();
        foreach (var guest in guests) await guest.DisposeAsync();
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
