using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Rooms.Notices;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Tables;

/// <summary>What the staff says to everybody: announcements, and that it is time to go to another room.</summary>
public abstract class NoticeFacts(App app)
{
    private const string Announce = "mutation($event: ID, $room: ID, $text: String!, $minutes: Int) { announce(event: $event, room: $room, text: $text, minutes: $minutes) { id text by until } }";
    private const string Withdraw = "mutation($id: ID!) { withdrawAnnouncement(id: $id) }";
    private const string Move = "mutation($from: ID, $to: ID!, $inSeconds: Int) { moveEveryone(from: $from, to: $to, inSeconds: $inSeconds) { id slug goesAt } }";
    private const string Cancel = "mutation($id: ID!) { cancelMove(id: $id) }";
    private const string Read = "query($room: ID!) { notices(room: $room) { now announcements { text by } move { id slug kind by goesAt } } }";

    [Fact]
    public async Task AnAnnouncementReachesEverybodyWhereverTheyAreUntilItIsOver()
    {
        var scene = await Scene.Arrange(app);
        var floor = await scene.Floor();
        var (ann, ben) = (await scene.Attendee("Ann"), await scene.Attendee("Ben"));
        await using var atTables = await scene.Enter(ann, room: floor);
        await using var atStage = await scene.Enter(ben);
        await using var nowhere = await scene.Connect(ben);
        await nowhere.Attend(scene.Event.Id);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Moderator));
        await staff.Graph(Announce, new { @event = scene.Event.Id, text = "Lunch is served" });
        foreach (var client in (LiveClient[])[atTables, atStage, nowhere]) await client.Until(() => Said(client, "Lunch is served"), "lunch");
        var here = (await staff.Graph(Announce, new { room = floor.Id, text = "Ten minutes left" }))["announce"]!;
        Assert.Equal("A Moderator", (string)here["by"]!);
        await atTables.Until(() => Newest(atTables)!.Announcements.Select(a => a.Text).SequenceEqual(["Ten minutes left", "Lunch is served"]), "both");
        Assert.False(Said(atStage, "Ten minutes left"));

        using var late = new Studio(app.Url, scene, ann);
        const string AtEvent = "query($event: ID!) { notices(event: $event) { room announcements { text } } }";
        Assert.Equal("Lunch is served", (string)(await late.Graph(AtEvent, new { @event = scene.Event.Id }))["notices"]!["announcements"]!.AsArray().Single()!["text"]!);
        using var outsider = new Studio(app.Url, scene, await scene.Stranger());
        Assert.Equal("not-found", await outsider.Refused(AtEvent, new { @event = scene.Event.Id }));
        Assert.Equal(2, (await late.Graph(Read, new { room = floor.Id }))["notices"]!["announcements"]!.AsArray().Count);
        await staff.Graph(Withdraw, new { id = (string)here["id"]! });
        await atTables.Until(() => Newest(atTables)!.Announcements is [{ Text: "Lunch is served" }], "one taken back");
        await using (var db = app.OpenDb())
            await db.Set<Announcement>().Where(a => a.EventId == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Until, TimeProvider.System.GetUtcNow()), TestContext.Current.CancellationToken);
        Assert.Empty((await late.Graph(Read, new { room = floor.Id }))["notices"]!["announcements"]!.AsArray());
    }

    [Fact]
    public async Task EverybodyIsBroughtToTheStageUnlessItIsCancelled()
    {
        var scene = await Scene.Arrange(app);
        var floor = await scene.Floor();
        var ann = await scene.Attendee();
        await using var atTables = await scene.Enter(ann, room: floor);
        await using var atStage = await scene.Enter(ann);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Organizer));
        using var attendee = new Studio(app.Url, scene, ann);
        var move = (await staff.Graph(Move, new { from = floor.Id, to = scene.Stage.Id, inSeconds = 20 }))["moveEveryone"]!;
        await atTables.Until(() => Newest(atTables)?.Move is { Slug: "stage", Kind: "stage" }, "the way to the stage");
        var now = Newest(atTables)!;
        Assert.InRange(now.Move!.GoesAt - now.Now, 1, 20_000);
        Assert.Equal((string)move["id"]!, (string)(await attendee.Graph(Read, new { room = floor.Id }))["notices"]!["move"]!["id"]!);
        Assert.Null((await attendee.Graph(Read, new { room = scene.Stage.Id }))["notices"]!["move"]);
        await staff.Graph(Cancel, new { id = (string)move["id"]! });
        await atTables.Until(() => Newest(atTables)!.Move is null, "nobody goes");

        // From all rooms at once; those who are there already are left alone.
        await staff.Graph(Move, new { to = scene.Stage.Id, inSeconds = 0 });
        await atTables.Until(() => Newest(atTables)!.Move is not null, "the way to the stage");
        Assert.Null((await attendee.Graph(Read, new { room = scene.Stage.Id }))["notices"]!["move"]);
    }

    [Fact]
    public async Task OnlyTheStaffSpeaksToEverybody()
    {
        var scene = await Scene.Arrange(app);
        var floor = await scene.Floor();
        var other = await Scene.Arrange(app);
        (Studio Who, string Code)[] people =
        [
            (new(app.Url, scene, null), "sign-in-required"),
            (new(app.Url, scene, await scene.Attendee()), "forbidden"),
            (new(app.Url, scene, await scene.Granted(EventRole.Speaker)), "forbidden"),
            // A forwarded personal link carries no role of the crew.
            (new(app.Url, scene, await scene.Granted(EventRole.Organizer), onlyEvent: scene.Event.Id), "not-found"),
        ];
        foreach (var (who, code) in people)
        {
            Assert.Equal(code, await who.Refused(Announce, new { room = floor.Id, text = "x" }));
            Assert.Equal(code, await who.Refused(Move, new { from = floor.Id, to = scene.Stage.Id }));
            who.Dispose();
        }
        using var stranger = new Studio(app.Url, scene, await scene.Stranger());
        Assert.Equal("not-found", await stranger.Refused(Announce, new { room = floor.Id, text = "x" }));
        Assert.Equal("not-found", await stranger.Refused(Read, new { room = floor.Id }));
        Assert.Equal("forbidden", await stranger.Refused(Announce, new { @event = scene.Event.Id, text = "x" }));
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Producer));
        Assert.Equal("not-found", await staff.Refused(Announce, new { room = other.Stage.Id, text = "x" }));
        Assert.Equal("not-found", await staff.Refused(Move, new { from = other.Stage.Id, to = floor.Id }));
        Assert.Equal("invalid-input", await staff.Refused(Move, new { from = floor.Id, to = floor.Id }));
        Assert.Equal("invalid-input", await staff.Refused(Move, new { from = floor.Id, to = scene.Backstage.Id }));
        Assert.Equal("invalid-input", await staff.Refused(Announce, new { room = floor.Id, text = new string('x', 281) }));
    }

    private static RoomNotices? Newest(LiveClient client)
    {
        var told = client.Told.LastOrDefault(t => t.About == RoomNotices.About);
        return told is null ? null : JsonSerializer.Deserialize<RoomNotices>(told.Data, JsonSerializerOptions.Web);
    }

    private static bool Said(LiveClient client, string text) => Newest(client)?.Announcements.Any(a => a.Text == text) == true;

    public sealed class OnSqlite(SqliteApp app) : NoticeFacts(app);

    public sealed class OnPostgres(PostgresApp app) : NoticeFacts(app);
}
