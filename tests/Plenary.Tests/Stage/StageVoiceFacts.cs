using Plenary.Calls;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Rooms;
using Plenary.Tests.Calls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>What is decided about a stage is true in the call behind it.</summary>
public abstract class StageVoiceFacts(App app)
{
    [Fact]
    public async Task WhoeverTheCrewMutesNobodyHears()
    {
        var scene = await Scene.Arrange(app);
        var speaker = await scene.Granted(EventRole.Speaker);
        using var producer = new Director(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        using var amara = new Director(app.Url, scene, speaker);
        await using var caller = new Caller(await scene.Enter(speaker, room: scene.Backstage));
        await caller.Enter();
        await amara.Consent();
        await producer.Direct(new { bringOn = new { person = speaker.Id } });
        await producer.Direct(new { mute = new { person = speaker.Id, muted = true } });
        await caller.Until(() => caller.Peers.Any(p => p.Person == speaker.Id && p.Silenced), "silence");
        await producer.Direct(new { mute = new { person = speaker.Id, muted = false } });
        await caller.Until(() => caller.Peers.Any(p => p.Person == speaker.Id && !p.Silenced), "being heard again");
    }

    [Fact]
    public async Task AGuestWhoGoesBackIsOutOfTheCallAtOnce()
    {
        var scene = await Scene.Arrange(app);
        var guest = await scene.Attendee();
        using var gus = new Director(app.Url, scene, guest);
        using var moderator = new Director(app.Url, scene, await scene.Granted(EventRole.Moderator));
        await using (var outside = new Caller(await scene.Enter(guest)))
            Assert.False((await outside.Enter()).MayPublish); // in the room of the audience they are only seen when they are backstage
        await moderator.Direct(new { askHand = new { person = guest.Id } });
        await gus.Graph("mutation($room: ID!) { answerHand(room: $room, accept: true, recording: true) { state } }", new { room = scene.Stage.Id });
        await using var caller = new Caller(await scene.Enter(guest, room: scene.Backstage));
        Assert.True((await caller.Enter()).MayPublish);
        await moderator.Direct(new { removeFromBackstage = guest.Id });
        await caller.Until(() => caller.Heard<CallEnded>().Count > 0, "the end of the call");
        await caller.Live.Until(() => caller.Live.Removals.Count == 1, "being taken back");
    }
}

public sealed class StageVoiceFactsOnSqlite(SqliteApp app) : StageVoiceFacts(app);

public sealed class StageVoiceFactsOnPostgres(PostgresApp app) : StageVoiceFacts(app);
