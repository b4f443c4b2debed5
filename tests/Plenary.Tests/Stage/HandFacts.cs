using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Jobs;
using Plenary.Rooms;
using Plenary.Stage.Backstage;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>An attendee raises a hand, is asked on stage, comes with consent, and goes back.</summary>
public abstract class HandFacts(App app)
{
    private const string Raise = "mutation($room: ID!) { raiseHand(room: $room) { state } }";
    private const string Lower = "mutation($room: ID!) { lowerHand(room: $room) }";
    private const string Answer = "mutation($room: ID!, $accept: Boolean!, $recording: Boolean) { answerHand(room: $room, accept: $accept, recording: $recording) { state } }";
    private const string Mine = "query($id: ID!) { room(id: $id) { stage { handsOpen hand { state by text } backstage { id } plan { version } decks { id } clips { id } } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FromARaisedHandToTheStageAndBack()
    {
        var scene = await Scene.Arrange(app);
        var (room, ann) = (new { room = scene.Stage.Id }, await scene.Attendee());
        var moderator = await scene.Granted(EventRole.Moderator);
        using var attendee = new Director(app.Url, scene, ann);
        using var elif = new Director(app.Url, scene, moderator);
        await using var audience = await scene.Enter(ann);
        await using var crew = await scene.Enter(moderator, room: scene.Backstage);
        Assert.Equal("RAISED", (string)(await attendee.Graph(Raise, room))["raiseHand"]!["state"]!);
        Assert.Equal("RAISED", (string)(await attendee.Graph(Raise, room))["raiseHand"]!["state"]!);
        await crew.Until(() => crew.Plan is { Version: 1 }, "the hand");
        var hand = JsonNode.Parse(crew.Plan!.Document)!["hands"]!.AsArray().Single()!;
        Assert.Equal((ann.Id.ToString(), ann.Name, "raised"), ((string)hand["person"]!, (string)hand["name"]!, (string)hand["state"]!));

        // Asked, they are told by whom and what for; before they agree nothing is open to them.
        Assert.Equal("not-asked", await attendee.Refused(Answer, new { room = scene.Stage.Id, accept = true, recording = true }));
        await elif.Direct(new { askHand = new { person = ann.Id, text = "The exact place in the queue?" } });
        await audience.Until(() => audience.Told.Exists(t => t.Data.Contains("asked", StringComparison.Ordinal)), "being asked");
        var seen = (await attendee.Graph(Mine, new { id = scene.Stage.Id }))["room"]!["stage"]!;
        Assert.Equal(("ASKED", moderator.Name, "The exact place in the queue?"), ((string)seen["hand"]!["state"]!, (string)seen["hand"]!["by"]!, (string)seen["hand"]!["text"]!));
        Assert.True(seen["backstage"] is null && seen["plan"] is null);
        Assert.Equal("not-backstage", await elif.Refused(new { bringOn = new { person = ann.Id } }));
        Assert.Equal("consent-missing", await attendee.Refused(Answer, new { room = scene.Stage.Id, accept = true, recording = false }));
        await using (var db = app.OpenDb()) Assert.False(await db.Set<RecordingConsent>().AnyAsync(c => c.PersonId == ann.Id, Cancellation));

        await attendee.Graph(Answer, new { room = scene.Stage.Id, accept = true, recording = true });
        await using var guest = await scene.Enter(ann, room: scene.Backstage);
        seen = (await attendee.Graph(Mine, new { id = scene.Stage.Id }))["room"]!["stage"]!;
        Assert.Equal((scene.Backstage.Id.ToString(), "ACCEPTED"), ((string)seen["backstage"]!["id"]!, (string)seen["hand"]!["state"]!));
        Assert.True(seen["decks"] is null && seen["clips"] is null); // a guest has nothing to do with those
        await using (var db = app.OpenDb()) Assert.True(await db.Set<RecordingConsent>().AnyAsync(c => c.PersonId == ann.Id && c.RoomId == scene.Stage.Id, Cancellation));
        await elif.Direct(new { bringOn = new { person = ann.Id } });
        await audience.Until(() => audience.Stage.On is [{ } on] && on.Person == ann.Id, "Ann on stage");

        await elif.Direct(new { removeFromBackstage = ann.Id });
        await guest.Until(() => guest.Removals.Count == 1, "being taken back");
        await audience.Until(() => audience.Stage.On is null && audience.Told[^1].Data.Contains("down", StringComparison.Ordinal), "the end of it");
        Assert.Equal("not-found", await LiveClient.Refused(() => guest.Join(scene.Backstage.Id)));
        Assert.Null((await attendee.Graph(Mine, new { id = scene.Stage.Id }))["room"]!["stage"]!["hand"]);
    }

    [Fact]
    public async Task WhoDeclinesStaysInTheRoomAndNobodyElseLearnsOfIt()
    {
        var scene = await Scene.Arrange(app);
        var (ann, bob) = (await scene.Attendee(), await scene.Attendee("Bob Bystander"));
        using var attendee = new Director(app.Url, scene, ann);
        using var bystander = new Director(app.Url, scene, bob);
        using var elif = new Director(app.Url, scene, await scene.Granted(EventRole.Moderator));
        await using var watching = await scene.Enter(bob);
        await using var audience = await scene.Enter(ann);
        await elif.Direct(new { askHand = new { person = ann.Id } }); // who did not raise a hand may be asked too
        await audience.Until(() => audience.Told.Count == 1, "being asked");
        Assert.Equal("not-asked", await bystander.Refused(Answer, new { room = scene.Stage.Id, accept = true, recording = true }));
        await attendee.Graph(Answer, new { room = scene.Stage.Id, accept = false });
        await audience.Until(() => audience.Told.Count == 2, "the end of it");
        Assert.Equal("not-found", await LiveClient.Refused(() => audience.Join(scene.Backstage.Id)));
        await watching.Post("still here");
        await watching.Until(() => watching.Log.Length != 0, "a message");
        Assert.Empty(watching.Told);
        Assert.All(watching.Log, entry => Assert.Equal(EntryKind.Chat, entry.Kind));
        Assert.Null((await bystander.Graph(Mine, new { id = scene.Stage.Id }))["room"]!["stage"]!["hand"]);
    }

    [Fact]
    public async Task HandsAreForAttendeesOfARunningEventWhileTheyAreOpen()
    {
        var scene = await Scene.Arrange(app);
        var room = new { room = scene.Stage.Id };
        using var elif = new Director(app.Url, scene, await scene.Granted(EventRole.Moderator));
        using var attendee = new Director(app.Url, scene, await scene.Attendee());
        using var early = new Director(app.Url, scene, await scene.Attendee());
        using var speaker = new Director(app.Url, scene, await scene.Granted(EventRole.Speaker));
        using var stranger = new Director(app.Url, scene, await scene.Stranger());
        using var nobody = new Director(app.Url, scene, null);
        await using var audience = await scene.Enter(await scene.Attendee());
        await early.Graph(Raise, room);
        await elif.Direct(new { handsOpen = false });
        await audience.Until(() => audience.Stage.HandsClosed == true, "closed hands");
        Assert.False((bool)(await attendee.Graph(Mine, new { id = scene.Stage.Id }))["room"]!["stage"]!["handsOpen"]!);
        Assert.Equal("hands-closed", await attendee.Refused(Raise, room));
        Assert.Equal("RAISED", (string)(await early.Graph(Raise, room))["raiseHand"]!["state"]!); // those that are up stay up
        await early.Graph(Lower, room);
        Assert.Equal("hands-closed", await early.Refused(Raise, room));
        Assert.Equal("backstage-already", await speaker.Refused(Raise, room));
        Assert.Equal("not-found", await stranger.Refused(Raise, room));
        Assert.Equal("sign-in-required", await nobody.Refused(Raise, room));
        Assert.Equal("invalid-input", await elif.Refused(new { askHand = new { person = (await scene.Stranger()).Id } }));
        var over = await Scene.Arrange(app, EventStatus.Ended);
        using var late = new Director(app.Url, over, await over.Attendee());
        Assert.Equal("event-over", await late.Refused(Raise, new { room = over.Stage.Id }));
    }

    [Fact]
    public async Task AGuestWhoIsForgottenGoesBackByItself()
    {
        var scene = await Scene.Arrange(app);
        var guest = await scene.Attendee();
        var now = TimeProvider.System.GetUtcNow();
        await scene.Save(new RoomGuest { RoomId = scene.Backstage.Id, PersonId = guest.Id, Since = now.AddHours(-2), Until = now });
        await using var client = await scene.Enter(guest, room: scene.Backstage);
        await using (var db = app.OpenDb())
        {
            db.AddJob("end-stay-backstage", new { stage = scene.Stage.Id, person = guest.Id }, now);
            await db.SaveChangesAsync(Cancellation);
        }
        await client.Until(() => client.Removals.Count == 1, "being taken back");
        await using (var db = app.OpenDb()) Assert.False(await db.Set<RoomGuest>().AnyAsync(g => g.PersonId == guest.Id, Cancellation));
    }

    [Fact]
    public async Task AGuestWhoLowersTheirHandGoesBackWithAllTheyHadOnStage()
    {
        var scene = await Scene.Arrange(app);
        var ann = await scene.Attendee();
        using var attendee = new Director(app.Url, scene, ann);
        using var elif = new Director(app.Url, scene, await scene.Granted(EventRole.Moderator));
        await elif.Direct(new { askHand = new { person = ann.Id } });
        await attendee.Graph(Answer, new { room = scene.Stage.Id, accept = true, recording = true });
        await elif.Direct(new { bringOn = new { person = ann.Id } });
        await using var guest = await scene.Enter(ann, room: scene.Backstage);
        await attendee.Graph(Lower, new { room = scene.Stage.Id });
        await guest.Until(() => guest.Removals.Count == 1, "being taken back");
        var plan = await elif.Direct(new { handsOpen = true });
        Assert.True(plan["on"]!.AsArray().Count == 0 && plan["hands"]!.AsArray().Count == 0);
    }
}

public sealed class HandFactsOnSqlite(SqliteApp app) : HandFacts(app);

public sealed class HandFactsOnPostgres(PostgresApp app) : HandFacts(app);
