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
}

public sealed class RoomFactsOnSqlite(SqliteApp app) : RoomFacts(app);

public sealed class RoomFactsOnPostgres(PostgresApp app) : RoomFacts(app);
