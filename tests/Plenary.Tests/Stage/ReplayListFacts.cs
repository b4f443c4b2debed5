using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Stage.Captions;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Stage;

/// <summary>Lists of replays cost the same, however long they are.</summary>
public abstract class ReplayListFacts(App app)
{
    private const string Query =
        "query($slug: String!) { event(slug: $slug) { replays { title speakerName playlistUrl downloadUrl room { name } chapters { title } captionTracks { language } chat { author text atSeconds } } } }";

    [Fact]
    public async Task AListOfReplaysCostsTheSameForOneAndForThree()
    {
        var scene = await Scene.Arrange(app);
        var person = await scene.Attendee();
        using var browser = app.Visitor();
        browser.Http.DefaultRequestHeaders.Add("Cookie", scene.Sessions.Cookie(person.Id));

        await Recorded(scene, 1);
        var one = await browser.GraphInCommands(Commands, Query, new { slug = scene.Event.Slug });
        await Recorded(scene, 2);
        await Recorded(scene, 3);
        var three = await browser.GraphInCommands(Commands, Query, new { slug = scene.Event.Slug });

        Assert.Single(one["event"]!["replays"]!.AsArray());
        var replays = three["event"]!["replays"]!.AsArray();
        Assert.Equal(["Talk 1", "Talk 2", "Talk 3"], replays.Select(r => (string)r!["title"]!));
        Assert.Equal(["Said in 1", "Said in 2", "Said in 3"], replays.Select(r => (string)Assert.Single(r!["chat"]!.AsArray())!["text"]!));
        Assert.All(replays, r => Assert.Equal(5, (double)r!["chat"]![0]!["atSeconds"]!, 3));
        Assert.All(replays, r => Assert.Null(r!["downloadUrl"]));
        Assert.All(replays, r => Assert.Empty(r!["chapters"]!.AsArray()));
        Assert.All(replays, r => Assert.Equal("pt-BR", (string)Assert.Single(r!["captionTracks"]!.AsArray())!["language"]!));
    }

    /// <summary>Event; its replays; who asks (event and room, role grants, membership, name and registration); rooms; takes; sessions; languages; chat.</summary>
    private const int Commands = 12;

    private static Task Recorded(Scene scene, int number)
    {
        var began = scene.Event.StartsAt.AddMinutes(number);
        var broadcast = new Broadcast
        {
            EventId = scene.Event.Id,
            RoomId = scene.Stage.Id,
            PersonId = Guid.CreateVersion7(),
            SpeakerName = "Amara",
            Title = $"Talk {number}",
            State = BroadcastState.Ended,
            StartedAt = began,
            LiveAt = began,
            EndedAt = began.AddSeconds(30),
            ReplaySeconds = 30,
            ReplayKey = $"key-{number}",
        };
        return scene.Save(broadcast,
            new BroadcastTake { Id = Guid.CreateVersion7(), BroadcastId = broadcast.Id, Number = 1, Container = "video/mp4", Epoch = "e", StartedAt = began, Seconds = 30 },
            new CaptionLine { Id = Guid.CreateVersion7(), BroadcastId = broadcast.Id, Language = "pt-BR", At = began, Until = began.AddSeconds(2), Text = "Bom dia" },
            new RoomEntry { RoomId = scene.Stage.Id, Seq = number, EntryId = Guid.CreateVersion7(), Kind = EntryKind.Chat, Name = "Hana", Role = "attendee", Text = $"Said in {number}", At = began.AddSeconds(5) });
    }
}

public sealed class ReplayListFactsOnSqlite(SqliteApp app) : ReplayListFacts(app);

public sealed class ReplayListFactsOnPostgres(PostgresApp app) : ReplayListFacts(app);
