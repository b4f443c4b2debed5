using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Stage.Backstage;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>What producers and speakers change of a stage, who sees it, and who does not.</summary>
public abstract class DirectingFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACommandIsSeenByEverybodyBackstageAndItsAudiencePartByTheAudience()
    {
        var scene = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var amara = new Director(app.Url, scene, speaker);
        await using var backstage = await scene.Enter(speaker, room: scene.Backstage);
        await using var audience = await scene.Enter(await scene.Attendee());
        await amara.Consent();
        var plan = await producer.Direct(new { bringOn = new { person = speaker.Id } });
        Assert.Equal(speaker.Id.ToString(), (string)plan["on"]![0]!["person"]!);
        await producer.Direct(new { layout = "SOLO" });
        await producer.Direct(new { card = new { kind = "BREAK", title = "Back soon", seconds = 60 } });
        await backstage.Until(() => backstage.Plan is { Version: 3 }, "the third plan");
        var seen = JsonNode.Parse(backstage.Plan!.Document)!;
        Assert.Equal(("solo", "break", 3), ((string)seen["layout"]!, (string)seen["card"]!["kind"]!, (int)seen["version"]!));
        await audience.Until(() => audience.Stage is { Card.Title: "Back soon", On.Length: 1 }, "the card");
        Assert.Equal((StageState.Dark, speaker.Name), (audience.Stage.State, audience.Stage.On![0].Name));
        await producer.Direct(new { takeOff = (string)plan["on"]![0]!["spot"]! });
        await producer.Direct(new { clear = "CARD" });
        await audience.Until(() => audience.Stage is { Card: null, On: null }, "nothing on stage");
        // Whoever comes later is told the plan as it is.
        await using var late = await scene.Enter(speaker, json: true, room: scene.Backstage);
        await late.Until(() => late.Plan is { Version: 5 }, "the fifth plan");
        Assert.Null(audience.Plan);
    }

    [Fact]
    public async Task TheSameCommandAgainIsDoneOnce()
    {
        var scene = await Scene.Arrange(app);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        var id = Guid.CreateVersion7();
        var first = await producer.Direct(new { timer = new { label = "Talk", seconds = 600 } }, id);
        var second = await producer.Direct(new { timer = new { label = "Talk", seconds = 600 } }, id);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task CommandsThatComeTogetherAreAllDone()
    {
        var scene = await Scene.Arrange(app);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        await using var backstage = await scene.Enter(await scene.Granted(EventRole.Speaker), room: scene.Backstage);
        await Task.WhenAll(
            producer.Direct(new { layout = "DUO" }), producer.Direct(new { timer = new { label = "Talk", seconds = 600 } }),
            producer.Direct(new { banner = new { text = "Why fourteen?", by = "Zoë" } }), producer.Direct(new { brand = new { frame = "FULL" } }));
        await backstage.Until(() => backstage.Plan is { Version: 4 }, "all four");
        var plan = JsonNode.Parse(backstage.Plan!.Document)!;
        Assert.Equal(("duo", "Talk", "Zoë", "full"), ((string)plan["layout"]!, (string)plan["timer"]!["label"]!, (string)plan["banner"]!["by"]!, (string)plan["brand"]!["frame"]!));
    }

    [Fact]
    public async Task NobodyIsBroughtOnWithoutHavingAgreedToBeRecorded()
    {
        var scene = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var amara = new Director(app.Url, scene, speaker);
        Assert.Equal("consent-missing", await producer.Refused(new { bringOn = new { person = speaker.Id } }));
        await amara.Consent();
        await amara.Consent();
        await producer.Direct(new { bringOn = new { person = speaker.Id } });
        await using var db = app.OpenDb();
        Assert.Equal(1, await db.Set<RecordingConsent>().CountAsync(c => c.RoomId == scene.Stage.Id && c.PersonId == speaker.Id, Cancellation));
    }

    [Fact]
    public async Task WhoMayOnlyWatchLearnsNothingAndChangesNothing()
    {
        const string Look = "query($id: ID!) { room(id: $id) { stage { plan { version document } backstage { id slug } viewerMayDirect viewerMayModerate } } }";
        var scene = await Scene.Arrange(app);
        var elsewhere = await Scene.Arrange(app);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        await producer.Direct(new { timer = new { label = "Secret", seconds = 600 } });
        foreach (var (person, onlyEvent) in new (Person, Guid?)[] { (await scene.Attendee(), null), (await scene.Attendee(), scene.Event.Id) })
        {
            using var attendee = new Director(app.Url, scene, person, onlyEvent);
            var stage = (await attendee.Graph(Look, new { id = scene.Stage.Id }))["room"]!["stage"]!;
            Assert.Equal("""{"plan":null,"backstage":null,"viewerMayDirect":false,"viewerMayModerate":false}""", stage.ToJsonString());
            Assert.Equal("not-found", await attendee.Refused("query($id: ID!) { room(id: $id) { name } }", new { id = scene.Backstage.Id }));
            foreach (object command in new object[] { new { layout = "SOLO" }, new { bringOn = new { person = person.Id } }, new { host = new { peer = Guid.CreateVersion7() } }, new { ready = true } })
                Assert.Equal("forbidden", await attendee.Refused(command));
            Assert.Equal("forbidden", await attendee.Refused(Director.ConsentDocument, new { room = scene.Stage.Id }));
            await using var client = await scene.Connect(person, onlyEvent: onlyEvent);
            Assert.Equal("not-found", await LiveClient.Refused(() => client.Join(scene.Backstage.Id)));
        }
        foreach (var person in new[] { null, await scene.Stranger(), await elsewhere.Member(OrganizationRole.Owner), await elsewhere.Granted(EventRole.Speaker) })
        {
            using var other = new Director(app.Url, scene, person);
            Assert.Equal(person is null ? "sign-in-required" : "not-found", await other.Refused(new { layout = "SOLO" }));
        }
        // The backstage is in no list.
        using var crew = new Director(app.Url, scene, await scene.Member(OrganizationRole.Owner));
        var rooms = (await crew.Graph("query($slug: String!) { event(slug: $slug) { rooms { kind } } }", new { slug = scene.Event.Slug }))["event"]!["rooms"]!;
        Assert.Equal("STAGE", (string)Assert.Single(rooms.AsArray())!["kind"]!);
        var plan = (await crew.Graph(Look, new { id = scene.Stage.Id }))["room"]!["stage"]!["plan"]!;
        Assert.Equal(1, (int)plan["version"]!);
    }

    [Fact]
    public async Task CrewChatStaysBackstage()
    {
        var scene = await Scene.Arrange(app);
        var attendee = await scene.Attendee();
        await using var crew = await scene.Enter(await scene.Granted(EventRole.Producer), room: scene.Backstage);
        await using var audience = await scene.Enter(attendee);
        using var watching = new Director(app.Url, scene, attendee);
        await crew.Post("Cut her off in two minutes");
        Assert.Equal("not-joined", await LiveClient.Refused(() => audience.Hub.InvokeAsync<Posted>("Post", new PostRequest(scene.Backstage.Id.ToString(), Guid.CreateVersion7().ToString(), "hello"), Cancellation)));
        Assert.NotEmpty(await LiveClient.Refused(() => audience.Hub.InvokeAsync("EnterCall", new { room = scene.Backstage.Id.ToString(), peer = Guid.CreateVersion7().ToString(), publish = true }, Cancellation)));
        Assert.Equal("not-found", await watching.Refused("query($event: String!, $slug: String!) { room(event: $event, slug: $slug) { id } }", new { @event = scene.Event.Slug, slug = scene.Backstage.Slug }));
        await audience.Post("Great talk");
        await audience.Until(() => audience.Log.Length != 0, "their own message");
        Assert.Equal("Great talk", Assert.Single(audience.Log).Text);
        Assert.Equal(1, audience.Present);
    }

    [Fact]
    public async Task NotesAreReadByWhoWroteThemAlone()
    {
        const string Save = "mutation($room: ID!, $text: String!) { saveNotes(room: $room, text: $text) }";
        const string Read = "query($id: ID!) { room(id: $id) { stage { notes } } }";
        var scene = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var amara = new Director(app.Url, scene, speaker);
        using var onHerPhone = new Director(app.Url, scene, speaker, scene.Event.Id);
        using var owner = new Director(app.Url, scene, await scene.Member(OrganizationRole.Owner));
        using var attendee = new Director(app.Url, scene, await scene.Attendee());
        async Task<string?> Notes(Director who) => (string?)(await who.Graph(Read, new { id = scene.Stage.Id }))["room"]!["stage"]!["notes"];
        await amara.Graph(Save, new { room = scene.Stage.Id, text = "Thank Jonas." });
        await amara.Graph(Save, new { room = scene.Stage.Id, text = "Thank Jonas.\nName the joke." });
        await owner.Graph(Save, new { room = scene.Stage.Id, text = "Mine" });
        Assert.Equal(("Thank Jonas.\nName the joke.", "Mine", null), (await Notes(onHerPhone), await Notes(owner), await Notes(attendee)));
        Assert.Equal("forbidden", await attendee.Refused(Save, new { room = scene.Stage.Id, text = "Mine" }));
        Assert.Equal("invalid-input", await amara.Refused(Save, new { room = scene.Stage.Id, text = new string('a', 20_001) }));
    }

    [Fact]
    public async Task ASpeakerDirectsUntilSomebodyElseHasOpenedTheStage()
    {
        var scene = await Scene.Arrange(app);
        var (one, other) = (await scene.Granted(EventRole.Speaker), await scene.Granted(EventRole.Speaker));
        using var mine = new Director(app.Url, scene, one);
        using var theirs = new Director(app.Url, scene, other);
        await theirs.Direct(new { layout = "DUO" });
        using var studio = new Studio(app.Url, scene, one);
        await studio.GoLive(scene.Stage);
        await mine.Direct(new { layout = "SOLO" });
        Assert.Equal("forbidden", await theirs.Refused(new { layout = "DUO" }));
        // What concerns themselves they may say.
        await mine.Direct(new { next = new { person = other.Id, seconds = 90 } });
        Assert.True((bool)(await theirs.Direct(new { ready = true }))["next"]!["ready"]!);
        Assert.Equal("not-next", await mine.Refused(new { ready = true }));
    }

    [Fact]
    public async Task WhatCannotBeDoneIsRefusedAndChangesNothing()
    {
        var scene = await Scene.Arrange(app);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        foreach (object command in new object[]
        {
            new { }, new { layout = "SOLO", ready = true }, new { timer = new { label = "", seconds = 5 } }, new { timer = new { label = "x", seconds = -1 } },
            new { brand = new { accent = "red" } }, new { brand = new { logo = Guid.CreateVersion7() } }, new { order = new[] { "first" } }, new { banner = new { text = "a\u0007b" } },
        })
            Assert.Equal("invalid-input", await producer.Refused(command));
        Assert.Equal("no-such-spot", await producer.Refused(new { takeOff = Guid.CreateVersion7() }));
        Assert.Equal("nothing-to-show", await producer.Refused(new { bringOn = new { kind = "SLIDES" } }));
        Assert.Equal("not-backstage", await producer.Refused(new { bringOn = new { person = (await scene.Attendee()).Id } }));
        Assert.Equal("not-a-guest", await producer.Refused(new { removeFromBackstage = (await scene.Granted(EventRole.Speaker)).Id }));
        var plan = (await producer.Graph("query($id: ID!) { room(id: $id) { stage { plan { version } } } }", new { id = scene.Stage.Id }))["room"]!["stage"]!["plan"]!;
        Assert.Equal(0, (int)plan["version"]!);
        var over = await Scene.Arrange(app, EventStatus.Ended);
        using var late = new Director(app.Url, over, await over.Member(OrganizationRole.Producer));
        Assert.Equal("event-over", await late.Refused(new { layout = "SOLO" }));
    }

    [Fact]
    public async Task AGuestComesBackstageAndGoesAndSeesNothingAfterwards()
    {
        var scene = await Scene.Arrange(app);
        var guest = await scene.Attendee("Gus Guest");
        await scene.Save(new RoomGuest { RoomId = scene.Backstage.Id, PersonId = guest.Id, Since = TimeProvider.System.GetUtcNow(), Until = TimeProvider.System.GetUtcNow().AddHours(1) });
        using var gus = new Director(app.Url, scene, guest);
        using var moderator = new Director(app.Url, scene, await scene.Granted(EventRole.Moderator));
        await gus.Consent();
        await using var client = await scene.Enter(guest, room: scene.Backstage);
        await moderator.Direct(new { bringOn = new { person = guest.Id } });
        await client.Until(() => client.Plan is { Version: 1 }, "being on stage");
        // A guest changes nothing but their own place, a moderator nothing of the programme.
        Assert.Equal("forbidden", await gus.Refused(new { layout = "SOLO" }));
        Assert.Equal("forbidden", await moderator.Refused(new { layout = "SOLO" }));
        await moderator.Direct(new { removeFromBackstage = guest.Id });
        await client.Until(() => client.Removals.Count == 1, "being taken back to the audience");
        Assert.Equal("not-found", await LiveClient.Refused(() => client.Join(scene.Backstage.Id)));
        Assert.Equal("forbidden", await gus.Refused(new { ready = true }));
        await using var audience = await scene.Enter(guest);
        await audience.Until(() => audience.Stage.On is null, "an empty stage");
    }
}

public sealed class DirectingFactsOnSqlite(SqliteApp app) : DirectingFacts(app);

public sealed class DirectingFactsOnPostgres(PostgresApp app) : DirectingFacts(app);
