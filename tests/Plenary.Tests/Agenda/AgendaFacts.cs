using System.Text.Json.Nodes;
using Plenary.Tests.Support;

namespace Plenary.Tests.Agenda;

/// <summary>Rooms and sessions as the crew edits them and everybody reads them.</summary>
public abstract class AgendaFacts(App app)
{
    private const string SaveRoom = "mutation($input: SaveRoomInput!) { saveRoom(input: $input) { id slug name kind format } }";
    private const string SaveSession = "mutation($input: SaveSessionInput!) { saveSession(input: $input) { id title summary startsAt endsAt room { id } speakers { id name } } }";
    private const string Agenda = "query($id: ID!) { event(id: $id) { startsAt endsAt version rooms { id name kind } sessions { id title startsAt endsAt } } }";

    [Fact]
    public async Task ASessionIsSavedInTheEventsWallClockAndShownInOrder()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var stage = Room(made, "Main stage");
        var speaker = await owner.NewSpeaker(made.Id(), "Mei Lin");
        var saved = (await owner.Graph(SaveSession, Session(made, stage, "A late addition", "2031-05-14T17:50", 30, speaker.Id())))["saveSession"]!;
        Assert.Equal(["Mei Lin"], saved["speakers"]!.AsArray().Select(s => (string)s!["name"]!));
        Assert.Equal("2031-05-14T15:50:00", ((string)saved["startsAt"]!)[..19]);
        var agenda = (await owner.Graph(Agenda, new { id = made.Id() }))["event"]!;
        Assert.Equal("A late addition", (string)agenda["sessions"]!.AsArray()[^1]!["title"]!);
        Assert.Equal((string)saved["endsAt"]!, (string)agenda["endsAt"]!); // the event lasts as long as its agenda
        Assert.Equal((int)made["version"]!, (int)agenda["version"]!); // and a form that is open elsewhere can still be saved

        var moved = (await owner.Graph(SaveSession, Session(made, stage, "Moved", "2031-05-14T17:45", 10, null, saved.Id())))["saveSession"]!;
        Assert.Equal(saved.Id(), moved.Id());
        Assert.Empty(moved["speakers"]!.AsArray());
        Assert.True((bool)(await owner.Graph("mutation($id: ID!) { removeSession(id: $id) }", new { id = saved.Id() }))["removeSession"]!);
        Assert.Equal(4, (await owner.Graph(Agenda, new { id = made.Id() }))["event"]!["sessions"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("startsAtLocal", "Fine", "2031-05-20T17:00", 30, "more than a day away")]
    [InlineData("startsAtLocal", "Fine", "tomorrow", 30, "Write it as")]
    [InlineData("startsAtLocal", "Fine", "2031-05-14T17:00Z", 30, "Write it as")]
    [InlineData("minutes", "Fine", "2031-05-14T17:00", 0, "5 to 720")]
    [InlineData("minutes", "Fine", "2031-05-14T17:00", 2_000_000_000, "5 to 720")]
    [InlineData("title", "", "2031-05-14T17:00", 30, "Fill in the title")]
    [InlineData("title", "LONG", "2031-05-14T17:00", 30, "at most 160 characters")]
    public async Task ABadSessionIsRefusedAndTheAgendaStaysAsItWas(string field, string title, string start, int minutes, string says)
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var refusal = await owner.Refused(SaveSession, Session(made, Room(made, "Main stage"), title == "LONG" ? new string('t', 161) : title, start, minutes));
        Assert.Equal(("invalid-input", field), (refusal.Code, refusal.Field));
        Assert.Contains(says, refusal.Message);
        Assert.Equal(4, (await owner.Graph(Agenda, new { id = made.Id() }))["event"]!["sessions"]!.AsArray().Count);
    }

    [Fact]
    public async Task ASessionIsMovedFromWhereItWasSeenAndNobodysMoveIsUndoneUnseen()
    {
        const string Move = "mutation($input: MoveSessionInput!) { moveSession(input: $input) { id startsAt endsAt room { id } } }";
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        var made = await owner.NewEvent();
        var (stage, lobby) = (Room(made, "Main stage"), Room(made, "Lobby"));
        var id = (await owner.Graph(SaveSession, Session(made, stage, "Movable", "2031-05-14T17:50", 30)))["saveSession"]!.Id();
        object Place(Guid room, string start, string end) => new { room, startsAt = $"2031-05-14T{start}:00Z", endsAt = $"2031-05-14T{end}:00Z" };
        object Input(object to, object seen) => new { input = new { id, to, seen } };
        var (first, second) = (Place(stage, "15:50", "16:20"), Place(lobby, "15:00", "15:45"));
        var moved = (await owner.Graph(Move, Input(second, first)))["moveSession"]!;
        Assert.Equal((lobby, "2031-05-14T15:00:00", "2031-05-14T15:45:00"), (moved["room"]!.Id(), ((string)moved["startsAt"]!)[..19], ((string)moved["endsAt"]!)[..19]));
        // Whoever still sees it in its old place is told, and it stays.
        Assert.Equal("changed-meanwhile", (await owner.Refused(Move, Input(Place(stage, "18:00", "18:30"), first))).Code);
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 4).Select(i => owner.Browser.GraphAnswer(Move, Input(Place(stage, $"18:{i}0", $"19:{i}0"), second))))).Count(answer => answer["errors"] is null));
        var now = (await owner.Graph("query($id: ID!) { event(id: $id) { endsAt sessions { id startsAt endsAt room { id } } } }", new { id = made.Id() }))["event"]!;
        var at = now["sessions"]!.AsArray().Single(s => s!.Id() == id)!;
        Assert.Equal((string)at["endsAt"]!, (string)now["endsAt"]!);
        var seen = new { room = stage, startsAt = (string)at["startsAt"]!, endsAt = (string)at["endsAt"]! };
        Assert.Equal("endsAt", (await owner.Refused(Move, Input(Place(stage, "15:00", "15:01"), seen))).Field);
        Assert.Equal("startsAtLocal", (await owner.Refused(Move, Input(new { room = stage, startsAt = "2031-06-14T15:00:00Z", endsAt = "2031-06-14T16:00:00Z" }, seen))).Field);
        Assert.Equal("room", (await owner.Refused(Move, Input(Place(Guid.CreateVersion7(), "15:00", "16:00"), seen))).Field);
        Assert.Equal("not-found", (await other.Refused(Move, Input(first, seen))).Code);
        Assert.Equal("sign-in-required", (await stranger.Refused(Move, Input(first, seen))).Code);
    }

    [Fact]
    public async Task RoomsAndSpeakersOfAnotherEventCannotBeUsed()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        var other = await owner.NewEvent("Another one");
        var foreign = await owner.NewSpeaker(other.Id(), "Foreign Speaker");
        Assert.Equal("room", (await owner.Refused(SaveSession, Session(made, Room(other, "Main stage"), "Smuggled", "2031-05-14T17:00", 30))).Field);
        Assert.Equal("speakers", (await owner.Refused(SaveSession, Session(made, Room(made, "Main stage"), "Smuggled", "2031-05-14T17:00", 30, foreign.Id()))).Field);
        var theirs = other["sessions"]![0]!.Id();
        Assert.Equal("not-found", (await owner.Refused(SaveSession, Session(made, Room(made, "Main stage"), "Smuggled", "2031-05-14T17:00", 30, null, theirs))).Code);
    }

    [Fact]
    public async Task TheCrewOfAnotherOrganizationFindsNothing()
    {
        using var owner = await app.NewOwner();
        using var other = await app.NewOwner("Otto Other");
        using var stranger = app.Visitor();
        var made = await owner.NewEvent();
        var stage = Room(made, "Main stage");
        Assert.Equal("not-found", (await other.Refused(SaveSession, Session(made, stage, "Mine now", "2031-05-14T17:00", 30))).Code);
        Assert.Equal("not-found", (await other.Refused(SaveRoom, new { input = new { @event = made.Id(), name = "Mine", kind = "STAGE" } })).Code);
        Assert.Equal("not-found", (await other.Refused("mutation($id: ID!) { removeRoom(id: $id) }", new { id = stage })).Code);
        Assert.Equal("not-found", (await other.Refused("mutation($id: ID!) { removeSession(id: $id) }", new { id = made["sessions"]![0]!.Id() })).Code);
        Assert.Equal("sign-in-required", (await stranger.Refused(SaveSession, Session(made, stage, "Mine now", "2031-05-14T17:00", 30))).Code);
    }

    [Fact]
    public async Task ARoomWithSessionsStaysAndThereIsAlwaysOneLobby()
    {
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        Assert.Equal("room-in-use", (await owner.Refused("mutation($id: ID!) { removeRoom(id: $id) }", new { id = Room(made, "Main stage") })).Code);
        Assert.Equal("one-lobby", (await owner.Refused("mutation($id: ID!) { removeRoom(id: $id) }", new { id = Room(made, "Lobby") })).Code);
        Assert.Equal("one-lobby", (await owner.Refused(SaveRoom, new { input = new { @event = made.Id(), name = "Second lobby", kind = "LOBBY" } })).Code);
        Assert.Equal("name", (await owner.Refused(SaveRoom, new { input = new { @event = made.Id(), name = "main STAGE", kind = "STAGE" } })).Field);
        Assert.Equal("name", (await owner.Refused(SaveRoom, new { input = new { @event = made.Id(), name = new string('r', 81), kind = "STAGE" } })).Field);
        Assert.Equal("format", (await owner.Refused(SaveRoom, new { input = new { @event = made.Id(), name = "Odd", kind = "STAGE", format = "<b>" } })).Field);
        var side = (await owner.Graph(SaveRoom, new { input = new { @event = made.Id(), name = "Side Stage", kind = "STAGE", format = "workshop" } }))["saveRoom"]!;
        Assert.Equal("side-stage", side.Slug());
        var renamed = (await owner.Graph(SaveRoom, new { input = new { id = side.Id(), @event = made.Id(), name = "Studio", kind = "STAGE" } }))["saveRoom"]!;
        Assert.Equal(("side-stage", "workshop"), (renamed.Slug(), (string)renamed["format"]!)); // links in mails go on working
        Assert.True((bool)(await owner.Graph("mutation($id: ID!) { removeRoom(id: $id) }", new { id = side.Id() }))["removeRoom"]!);
    }

    [Fact]
    public async Task EveryStageHasABackstageThatComesAndGoesWithIt()
    {
        const string Stage = "query($id: ID!) { room(id: $id) { stage { backstage { id kind } } } }";
        const string Remove = "mutation($id: ID!) { removeRoom(id: $id) }";
        const string Direct = "mutation($room: ID!, $id: ID!) { directStage(room: $room, id: $id, command: { layout: DUO }) { version } }";
        using var owner = await app.NewOwner();
        var made = await owner.NewEvent();
        async Task<Guid?> Backstage(Guid room) => (await owner.Graph(Stage, new { id = room }))["room"]!["stage"]?["backstage"]?.Id();
        Assert.NotNull(await Backstage(Room(made, "Main stage")));
        var side = (await owner.Graph(SaveRoom, new { input = new { @event = made.Id(), name = "Side stage", kind = "STAGE" } }))["saveRoom"]!.Id();
        var behind = (await Backstage(side))!.Value;
        Assert.DoesNotContain((await owner.Graph(Agenda, new { id = made.Id() }))["event"]!["rooms"]!.AsArray(), r => (string)r!["kind"]! == "BACKSTAGE");
        Assert.Equal("kind", (await owner.Refused(SaveRoom, new { input = new { @event = made.Id(), name = "Green room", kind = "BACKSTAGE" } })).Field);
        Assert.Equal("not-found", (await owner.Refused(SaveRoom, new { input = new { id = behind, @event = made.Id(), name = "Green room", kind = "STAGE" } })).Code);
        Assert.Equal("kind", (await owner.Refused(Remove, new { id = behind })).Field);
        Assert.Equal("room", (await owner.Refused(SaveSession, Session(made, behind, "Behind the scenes", "2031-05-14T17:00", 30))).Field);
        // Turned into something else and back it is the same, with what the crew wrote there.
        await owner.Graph(SaveRoom, new { input = new { id = side, @event = made.Id(), name = "Side stage", kind = "NETWORKING" } });
        await owner.Graph(SaveRoom, new { input = new { id = side, @event = made.Id(), name = "Side stage", kind = "STAGE" } });
        Assert.Equal(behind, await Backstage(side));
        // A plan is no reason to keep a stage; it goes, and its backstage with it.
        await owner.Graph(Direct, new { room = side, id = Guid.CreateVersion7() });
        await owner.Graph(Remove, new { id = side });
        Assert.Equal("not-found", (await owner.Refused("query($id: ID!) { room(id: $id) { id } }", new { id = behind })).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AnAgendaCostsTheSameHoweverLongItIs(int sessions)
    {
        using var owner = await app.NewOwner();
        using var visitor = app.Visitor();
        var made = await owner.NewEvent(publish: true);
        foreach (var session in made["sessions"]!.AsArray().Skip(1)) await owner.Graph("mutation($id: ID!) { removeSession(id: $id) }", new { id = session!.Id() });
        for (var i = 0; i < sessions; i++)
        {
            var speaker = await owner.NewSpeaker(made.Id(), $"Speaker {i}");
            await owner.Graph(SaveSession, Session(made, Room(made, "Main stage"), $"Talk {i}", $"2031-05-14T17:{i}0", 10, speaker.Id()));
        }
        // event, sessions, rooms of sessions, speakers of sessions, sessions of those speakers
        var seen = await visitor.GraphInCommands(5, "query($slug: String!) { event(slug: $slug) { sessions { title room { name } speakers { name sessions { title } } } } }", new { slug = made.Slug() });
        Assert.Equal(sessions + 1, seen["event"]!["sessions"]!.AsArray().Count);
        await visitor.GraphInCommands(5, "query($slug: String!) { event(slug: $slug) { rooms { name sessions { title } } speakers { name sessions { title } } } }", new { slug = made.Slug() });
        // one more for the viewer's roles, which decide who sees e-mail addresses
        await owner.Browser.GraphInCommands(3, "query($slug: String!) { event(slug: $slug) { speakers { name email invitedAt } } }", new { slug = made.Slug() });
    }

    private static Guid Room(JsonNode made, string name) => made["rooms"]!.AsArray().Single(r => (string)r!["name"]! == name)!.Id();

    private static object Session(JsonNode made, Guid room, string title, string startsAtLocal, int minutes, Guid? speaker = null, Guid? id = null) =>
        new { input = new { id, @event = made.Id(), room, title, summary = "What happens.", startsAtLocal, minutes, speakers = speaker is { } s ? new[] { s } : [] } };
}

public sealed class AgendaFactsOnSqlite(SqliteApp app) : AgendaFacts(app);

public sealed class AgendaFactsOnPostgres(PostgresApp app) : AgendaFacts(app);
