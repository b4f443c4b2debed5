using System.Net;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>Who may go on a stage, upload to it, end it and watch it; what everybody else learns, which is nothing.</summary>
public abstract class StageAccessFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnlySpeakersAndCrewGoLive()
    {
        var scene = await Scene.Arrange(app);
        var elsewhere = await Scene.Arrange(app);
        var variables = new { room = scene.Stage.Id };
        async Task<string> Refused(Plenary.Platform.Access.Person? person, Guid? onlyEvent = null)
        {
            using var studio = new Studio(app.Url, scene, person, onlyEvent);
            return await studio.Refused(Studio.GoLiveDocument, variables);
        }
        Assert.Equal("sign-in-required", await Refused(null));
        Assert.Equal("not-found", await Refused(await scene.Stranger()));
        Assert.Equal("not-found", await Refused(await elsewhere.Granted(EventRole.Speaker)));
        Assert.Equal("not-found", await Refused(await elsewhere.Member(OrganizationRole.Owner)));
        Assert.Equal("not-found", await Refused(await scene.Granted(EventRole.Speaker), elsewhere.Event.Id));
        Assert.Equal("forbidden", await Refused(await scene.Attendee()));
        Assert.Equal("forbidden", await Refused(await scene.Granted(EventRole.Moderator)));
        // A personal link carries no crew role.
        Assert.Equal("not-found", await Refused(await scene.Granted(EventRole.Producer), scene.Event.Id));
        await using (var db = app.OpenDb()) Assert.False(await db.Set<Broadcast>().AnyAsync(b => b.RoomId == scene.Stage.Id, Cancellation));
        foreach (var host in new[] { await scene.Granted(EventRole.Producer), await scene.Member(OrganizationRole.Producer) })
        {
            using var studio = new Studio(app.Url, scene, host);
            await studio.End((await studio.Begin(scene.Stage)).Broadcast);
        }
    }

    [Fact]
    public async Task OnlyAStageOfAnEventThatIsNotOverGoesLive()
    {
        var scene = await Scene.Arrange(app);
        var lobby = new Room { EventId = scene.Event.Id, Slug = "lobby", Name = "Lobby", Kind = RoomKind.Lobby };
        await scene.Save(lobby);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        Assert.Equal("not-a-stage", await studio.Refused(Studio.GoLiveDocument, new { room = lobby.Id }));
        var over = await Scene.Arrange(app, EventStatus.Ended);
        using var late = new Studio(app.Url, over, await over.Granted(EventRole.Speaker));
        Assert.Equal("event-over", await late.Refused(Studio.GoLiveDocument, new { room = over.Stage.Id }));
    }

    [Fact]
    public async Task AStageHasOneHostAtATime()
    {
        var scene = await Scene.Arrange(app);
        using var one = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        using var other = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        using var crew = new Studio(app.Url, scene, await scene.Member(OrganizationRole.Producer));
        var (broadcast, container, _) = await one.Begin(scene.Stage);
        Assert.Equal("stage-busy", await other.Refused(Studio.GoLiveDocument, new { room = scene.Stage.Id }));
        Assert.Equal(broadcast, (await one.Begin(scene.Stage)).Broadcast);
        Assert.Equal(broadcast, (await crew.Begin(scene.Stage)).Broadcast);
        using (var uplink = await crew.Connect(broadcast)) Assert.Equal(0, await uplink.Hello(Guid.CreateVersion7(), container, 0));
        await crew.End(broadcast);
        Assert.NotEqual(broadcast, (await other.Begin(scene.Stage)).Broadcast);
    }

    [Fact]
    public async Task OfTwoWhoGoLiveAtOnceOneIsToldThatTheStageIsBusy()
    {
        var scene = await Scene.Arrange(app);
        var studios = new List<Studio>();
        for (var n = 0; n < 4; n++) studios.Add(new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker)));
        var answers = await Task.WhenAll(studios.Select(s => s.Answer(Studio.GoLiveDocument, new { room = scene.Stage.Id })));
        Assert.Single(answers, a => a["errors"] is null);
        Assert.All(answers.Where(a => a["errors"] is not null), a => Assert.Equal("stage-busy", (string)a["errors"]![0]!["extensions"]!["code"]!));
        studios.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task AnUploadIsForItsHostAndTheCrewAndNobodyLearnsWhetherItExists()
    {
        var scene = await Scene.Arrange(app);
        var elsewhere = await Scene.Arrange(app);
        var host = await scene.Granted(EventRole.Speaker);
        using var studio = new Studio(app.Url, scene, host);
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, container, recording);
        async Task<(string, string)> Refused(Plenary.Platform.Access.Person? person, Guid id)
        {
            using var other = new Studio(app.Url, scene, person);
            using var uplink = await other.Connect(id);
            return (await uplink.Refused(), await other.Refused("mutation($id: ID!) { endBroadcast(id: $id) { id } }", new { id }));
        }
        foreach (var id in new[] { broadcast, Guid.CreateVersion7() })
        {
            Assert.Equal(("sign-in-required", "sign-in-required"), await Refused(null, id));
            Assert.Equal(("not-found", "not-found"), await Refused(await scene.Stranger(), id));
            Assert.Equal(("not-found", "not-found"), await Refused(await scene.Attendee(), id));
            Assert.Equal(("not-found", "not-found"), await Refused(await scene.Granted(EventRole.Speaker), id));
            Assert.Equal(("not-found", "not-found"), await Refused(await elsewhere.Granted(EventRole.Speaker), id));
            Assert.Equal(("not-found", "not-found"), await Refused(await elsewhere.Member(OrganizationRole.Owner), id));
        }
        await using (var db = app.OpenDb()) await db.Set<EventRoleGrant>().Where(g => g.PersonId == host.Id).ExecuteDeleteAsync(Cancellation);
        Assert.Equal(("not-found", "not-found"), await Refused(host, broadcast));
    }

    [Fact]
    public async Task PlaylistsAndReplaysAreToldOnlyToThoseWhoMayWatch()
    {
        const string Document = "query($slug: String!) { event(slug: $slug) { rooms { stage { state broadcast { id speakerName playlistUrl } } } replays { id playlistUrl downloadUrl } } }";
        const string Replay = "query($id: ID!) { replay(id: $id) { playlistUrl chat { text } } }";
        var scene = await Scene.Arrange(app);
        var elsewhere = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        await studio.Upload(broadcast, container, recording);
        await studio.End(broadcast);
        await studio.Replay(broadcast);
        foreach (var person in new[] { null, await scene.Stranger(), await elsewhere.Attendee(), await elsewhere.Member(OrganizationRole.Owner) })
        {
            using var other = new Studio(app.Url, scene, person);
            var seen = (await other.Graph(Document, new { slug = scene.Event.Slug }))["event"]!;
            Assert.Empty(seen["replays"]!.AsArray());
            Assert.All(seen["rooms"]!.AsArray(), room => Assert.Null(room!["stage"]!["broadcast"]));
            Assert.Equal("not-found", await other.Refused(Replay, new { id = broadcast }));
        }
        foreach (var person in new[] { await scene.Attendee(), await scene.Granted(EventRole.Moderator), await scene.Member(OrganizationRole.Admin) })
        {
            using var other = new Studio(app.Url, scene, person);
            var seen = (await other.Graph(Document, new { slug = scene.Event.Slug }))["event"]!;
            Assert.Single(seen["replays"]!.AsArray());
            Assert.Equal(broadcast.ToString(), (string)seen["rooms"]![0]!["stage"]!["broadcast"]!["id"]!);
        }
        // Whoever gives the registration back loses the replay with it.
        var gone = await scene.Attendee();
        await using (var db = app.OpenDb())
            await db.Set<Plenary.Registration.Registration>().Where(r => r.PersonId == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, TimeProvider.System.GetUtcNow()), Cancellation);
        using var cancelled = new Studio(app.Url, scene, gone);
        Assert.Equal("not-found", await cancelled.Refused(Replay, new { id = broadcast }));
    }

    [Fact]
    public async Task WhatCannotBeARecordingIsRefusedAndTheStageIsNotStuck()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (broadcast, container, recording) = await studio.Begin(scene.Stage);
        async Task<string> Refused(Func<Uplink, Task> talk)
        {
            using var uplink = await studio.Connect(broadcast);
            var refused = uplink.Refused();
            await talk(uplink);
            return await refused;
        }
        Assert.Equal("invalid-input", await Refused(u => u.Say("hello")));
        Assert.Equal("invalid-input", await Refused(u => u.Say(new { take = "1", container, offset = 0 })));
        Assert.Equal("invalid-input", await Refused(u => u.Say(new { take = Guid.CreateVersion7(), container, offset = -1 })));
        Assert.Equal("invalid-input", await Refused(u => u.Say(new { take = Guid.CreateVersion7(), container = new string('x', 5000), offset = 0 })));
        Assert.Equal("invalid-input", await Refused(u => u.Send([1, 2, 3])));
        Assert.Equal("container-unsupported", await Refused(u => u.Say(new { take = Guid.CreateVersion7(), container = "audio/ogg", offset = 0 })));
        foreach (var type in new[] { container, "video/mp4" })
            Assert.Equal("invalid-media", await Refused(async u =>
            {
                await u.Say(new { take = Guid.CreateVersion7(), container = type, offset = 0 });
                await u.Send([.. Enumerable.Repeat((byte)'x', 5000)]);
            }));
        await studio.Upload(broadcast, container, recording);
        await studio.End(broadcast);
        using (var after = await studio.Connect(broadcast)) Assert.Equal("broadcast-ended", await after.Refused());
        Assert.InRange((double)(await studio.Replay(broadcast))["durationSeconds"]!, 5.0, 5.5);
    }

    [Fact]
    public async Task TheUploadAddressAnswersOnlyItsOwnPages()
    {
        var scene = await Scene.Arrange(app);
        using var studio = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        using var plain = await studio.Http.GetAsync($"/stage/{Guid.CreateVersion7()}/upload", Cancellation);
        Assert.Equal(HttpStatusCode.UpgradeRequired, plain.StatusCode);
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => socket.ConnectAsync(new UriBuilder(app.Url) { Scheme = "ws", Path = $"/stage/{Guid.CreateVersion7()}/upload" }.Uri, Cancellation));
    }
}

public sealed class StageAccessFactsOnSqlite(SqliteApp app) : StageAccessFacts(app);

public sealed class StageAccessFactsOnPostgres(PostgresApp app) : StageAccessFacts(app);
