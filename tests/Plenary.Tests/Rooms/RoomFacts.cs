using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What people in a room rely on.</summary>
public abstract class RoomFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsWrittenReachesEverybodyAndIsKeptBeforeItIsAcknowledged()
    {
        var scene = await Scene.Arrange(app);
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await using var bob = await scene.Enter(await scene.Attendee("Bob"));
        var id = Guid.CreateVersion7();

        var posted = await ann.Post("Hello\tall,\r\nöäü 👋🏽\u0007", id);

        Assert.Equal(1, posted.Seq);
        await using (var db = app.OpenDb())
        {
            var row = await db.Set<RoomEntry>().SingleAsync(e => e.RoomId == scene.Stage.Id, Cancellation);
            Assert.Equal((1, id, "Hello all,\nöäü 👋🏽"), (row.Seq, row.EntryId, row.Text));
        }
        await bob.Reaches(1);
        var entry = Assert.Single(bob.Log);
        Assert.Equal((id, "Ann", "attendee", EntryKind.Chat, posted.At), (entry.Id, entry.Name, entry.Role, entry.Kind, entry.At));
    }

    [Fact]
    public async Task WhoeverJoinsLaterSeesTheLatestHundredMessages()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(15);
        var clients = await Task.WhenAll(people.Select(p => scene.Enter(p)));
        await Task.WhenAll(clients.SelectMany((c, i) => Enumerable.Range(0, 8).Select(n => c.Post($"{i}.{n}"))));
        await using var late = await scene.Connect(await scene.Attendee());

        var joined = await late.Join(scene.Stage.Id);

        Assert.False(joined.Replayed);
        Assert.Equal(120, joined.Seq);
        Assert.Equal(Enumerable.Range(21, 100).Select(n => (long)n), joined.Entries.Select(e => e.Seq));
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task TheStageIsToldInOrderWithTheChatAndToThoseWhoJoinLater()
    {
        var scene = await Scene.Arrange(app);
        var rooms = app.Services.GetRequiredService<LiveRooms>();
        await using var ann = await scene.Enter(await scene.Attendee());
        await ann.Post("before");
        var live = new StageNow(StageState.Live, Guid.CreateVersion7(), "/live/x/y/live.m3u8", "Grace", 1_800_000_000_000);

        await rooms.AppendStage(scene.Stage.Id, live);
        await ann.Post("after");

        await ann.Reaches(3);
        Assert.Equal([EntryKind.Chat, EntryKind.Stage, EntryKind.Chat], ann.Log.Select(e => e.Kind));
        Assert.Equal(live, ann.Stage);
        await using var late = await scene.Connect(await scene.Attendee(), json: true);
        Assert.Equal(live, (await late.Join(scene.Stage.Id)).Stage);
        Assert.Equal(["before", "after"], late.Log.Select(e => e.Text));
    }

    [Fact]
    public async Task ABurstOfTwoHundredMessagesArrivesInFarFewerFrames()
    {
        var scene = await Scene.Arrange(app);
        var writers = await Task.WhenAll((await scene.Attendees(20)).Select(p => scene.Enter(p)));
        await using var reader = await scene.Enter(await scene.Attendee());

        await Task.WhenAll(writers.SelectMany(w => Enumerable.Range(0, 10).Select(n => w.Post($"{n}"))));

        await reader.Reaches(200);
        Assert.Equal(200, reader.Log.Length);
        Assert.InRange(reader.FramesWithEntries, 1, 100); // a few, unless the machine is very busy
        foreach (var writer in writers) await writer.DisposeAsync();
    }

    [Fact]
    public async Task AJsonClientSeesWhatAMessagePackClientSees()
    {
        var scene = await Scene.Arrange(app);
        await using var packed = await scene.Enter(await scene.Granted(Plenary.Events.EventRole.Speaker));
        await using var json = await scene.Enter(await scene.Attendee(), json: true);
        await packed.Post("from MessagePack");
        await json.Post("from JSON");
        await app.Services.GetRequiredService<LiveRooms>().AppendStage(scene.Stage.Id, new(StageState.Interrupted, Guid.CreateVersion7(), null, "Grace"));

        await packed.Reaches(3);
        await json.Reaches(3);
        Assert.Equal(packed.Log, json.Log);
        Assert.Equal(packed.Stage, json.Stage);
        Assert.Equal(["speaker", "attendee", "speaker"], json.Log.Select(e => e.Role));
        Assert.Equal((await packed.Join(scene.Stage.Id)).Seq, (await json.Join(scene.Stage.Id)).Seq);
    }

    [Fact]
    public async Task TheSameIdFromTwoTabsOfOnePersonIsOneMessageAndSomebodyElsesIsRefused()
    {
        var scene = await Scene.Arrange(app);
        var ann = await scene.Attendee("Ann");
        await using var tab = await scene.Enter(ann);
        await using var otherTab = await scene.Enter(ann, json: true);
        await using var bob = await scene.Enter(await scene.Attendee("Bob"));
        var id = Guid.CreateVersion7();

        var both = await Task.WhenAll(tab.Post("once", id), otherTab.Post("once", id));

        Assert.Equal(both[0], both[1]);
        Assert.Equal("id-taken", await LiveClient.Refused(() => bob.Post("mine", id)));
        await tab.Post("twice");
        await bob.Reaches(2);
        Assert.Equal(["once", "twice"], bob.Log.Select(e => e.Text));
    }

    [Fact]
    public async Task ReactionsAreSummedAndThoseThatAreTooManyAreDropped()
    {
        var scene = await Scene.Arrange(app);
        await using var reader = await scene.Enter(await scene.Attendee());
        var crowd = await Task.WhenAll((await scene.Attendees(3)).Select(p => scene.Enter(p)));
        Task<bool> React(LiveClient client, string kind) =>
            client.Hub.InvokeAsync<bool>("React", new ReactRequest(scene.Stage.Id.ToString(), kind), Cancellation);

        foreach (var client in crowd)
        {
            for (var n = 0; n < 4; n++) Assert.True(await React(client, "clap"));
            Assert.True(await React(client, "heart"));
        }

        await reader.Until(() => reader.Reactions.GetValueOrDefault("clap") >= 12 && reader.Reactions.GetValueOrDefault("heart") >= 3, "15 reactions");
        Assert.Equal((12, 3), (reader.Reactions["clap"], reader.Reactions["heart"]));
        var many = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => React(crowd[0], "laugh")));
        Assert.Contains(false, many);
        Assert.Equal("invalid-input", await LiveClient.Refused(() => React(crowd[0], "spit")));
        foreach (var client in crowd) await client.DisposeAsync();
        Assert.Empty((await reader.Join(scene.Stage.Id)).Entries);
    }

    [Fact]
    public async Task PresenceCountsPeopleNotTabsAndGoesUpAndDown()
    {
        var scene = await Scene.Arrange(app);
        var rooms = app.Services.GetRequiredService<LiveRooms>();
        var bob = await scene.Attendee("Bob");
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        var first = await scene.Enter(bob);
        await using var second = await scene.Connect(bob);
        Assert.Equal(2, (await second.Join(scene.Stage.Id)).Present);
        await using var carl = await scene.Enter(await scene.Attendee("Carl"));
        await ann.Until(() => ann.Present == 3, "three people");
        Assert.Equal(3, (await rooms.Audience(scene.Stage.Id)).Present);

        await first.DisposeAsync();
        await carl.Hub.InvokeAsync("Leave", scene.Stage.Id.ToString(), Cancellation);

        await ann.Until(() => ann.Present == 2, "two people");
        await second.Drop();
        await ann.Until(() => ann.Present == 1, "only Ann");
    }

    [Fact]
    public async Task TheSpeakerSeesHowManyWatchAndHowFarBehindTheyAre()
    {
        var scene = await Scene.Arrange(app);
        await using var speaker = await scene.Enter(await scene.Granted(Plenary.Events.EventRole.Speaker));
        var viewers = await Task.WhenAll((await scene.Attendees(4)).Select(p => scene.Enter(p)));
        var (latencies, stalled) = (new[] { 1800, 2100.4, 9000, 60_000 }, new[] { false, false, false, true });

        for (var i = 0; i < viewers.Length; i++)
            await viewers[i].Hub.InvokeAsync("Watching", new WatchingRequest(scene.Stage.Id.ToString(), latencies[i], stalled[i]), Cancellation);

        await speaker.Until(() => speaker is { Watching: 4, LatencyMs: 2100 }, "four viewers, 2,100 ms behind");
        Assert.Equal(new Audience(5, 4, 2100), await app.Services.GetRequiredService<LiveRooms>().Audience(scene.Stage.Id));
        await viewers[0].DisposeAsync();
        await speaker.Until(() => speaker.Watching == 3, "three viewers");
        foreach (var viewer in viewers) await viewer.DisposeAsync();
    }

    [Fact]
    public async Task AMessageTriedAgainAfterLongIsStillTheSameAndWhoeverWasAwayTooLongStartsAnew()
    {
        var scene = await Scene.Arrange(app);
        var ann = await scene.Attendee("Ann");
        var rows = Enumerable.Range(1, 2_300).Select(seq => new RoomEntry
        {
            RoomId = scene.Stage.Id,
            Seq = seq,
            EntryId = Guid.CreateVersion7(),
            Kind = EntryKind.Chat,
            PersonId = ann.Id,
            Name = "Ann",
            Role = "attendee",
            Text = $"{seq}",
            At = TimeProvider.System.GetUtcNow(),
        }).ToArray();
        await scene.Save(rows);
        await using var client = await scene.Enter(ann);

        Assert.Equal(5, (await client.Post("5", rows[4].EntryId)).Seq);
        Assert.Equal(2_301, (await client.Post("new")).Seq);

        Task<Joined> Back(long after) => client.Hub.InvokeAsync<Joined>("Join", new JoinRequest(scene.Stage.Id.ToString(), after), Cancellation);
        await client.Reaches(2_301);
        var near = await Back(2_000);
        Assert.True(near.Replayed);
        Assert.Equal(Enumerable.Range(2_001, 301).Select(n => (long)n), near.Entries.Select(e => e.Seq));
        Assert.True((await Back(2_301)).Replayed);
        foreach (var unknown in new long[] { 100, -1, 2_302, long.MaxValue, long.MinValue })
        {
            var anew = await Back(unknown);
            Assert.False(anew.Replayed);
            Assert.Equal((2_301, 100), (anew.Seq, anew.Entries.Count));
        }
    }

    [Fact]
    public async Task ARoomThatSomebodyElseNumberedReadsAgainAndOtherRoomsNoticeNothing()
    {
        var scene = await Scene.Arrange(app);
        var other = new Room { EventId = scene.Event.Id, Slug = "other", Name = "Other" };
        await scene.Save(other);
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await using var bob = await scene.Enter(await scene.Attendee("Bob"), room: other);
        await ann.Post("one");
        // What a second activation on a machine that was thought dead would write.
        await scene.Save(new RoomEntry { RoomId = scene.Stage.Id, Seq = 2, EntryId = Guid.CreateVersion7(), Kind = EntryKind.Chat, Name = "Zoe", Role = "attendee", Text = "two", At = TimeProvider.System.GetUtcNow() });

        var posts = await Task.WhenAll(ann.Post("three"), bob.Post("elsewhere"));

        Assert.Equal([3, 1], posts.Select(p => p.Seq));
        await ann.Reaches(3);
        Assert.Equal(["one", "two", "three"], ann.Log.Select(e => e.Text));
        await ann.Post("four");
        await ann.Reaches(4);
    }
}

public sealed class RoomFactsOnSqlite(SqliteApp app) : RoomFacts(app);

public sealed class RoomFactsOnPostgres(PostgresApp app) : RoomFacts(app);
