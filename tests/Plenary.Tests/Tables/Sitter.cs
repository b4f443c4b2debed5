using System.Text.Json.Nodes;
using Plenary.Platform.Access;
using Plenary.Rooms;
using Plenary.Tables;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;

namespace Plenary.Tests.Tables;

/// <summary>Somebody on the floor of a scene, without the browser.</summary>
internal sealed class Sitter(Uri site, Scene scene, Room floor, Person? person, Guid? onlyEvent = null) : IDisposable
{
    private const string Floor = "{ room version tables { id number topic seats host { person } locked passing kept startsAt list { person name } sitters { seat person name } knocks { person } } }";

    private readonly Studio studio = new(site, scene, person, onlyEvent);

    public Person Person => person!;

    public const string Read = "query($room: ID!) { floor(room: $room) " + Floor + " }";
    public const string Sit = "mutation($table: ID!, $seat: Int!) { takeSeat(table: $table, seat: $seat) " + Floor + " }";
    public const string Stand = "mutation($room: ID!, $person: ID) { standUp(room: $room, person: $person) " + Floor + " }";
    public const string Start = "mutation($room: ID!, $topic: String!, $seats: Int) { startTable(room: $room, topic: $topic, seats: $seats) " + Floor + " }";
    public const string Lock = "mutation($table: ID!, $locked: Boolean!) { lockTable(table: $table, locked: $locked) " + Floor + " }";
    public const string Knock = "mutation($table: ID!, $knocks: Boolean) { knockAtTable(table: $table, knocks: $knocks) " + Floor + " }";
    public const string Answer = "mutation($table: ID!, $person: ID!, $letIn: Boolean!) { answerKnock(table: $table, person: $person, letIn: $letIn) " + Floor + " }";
    public const string Book = "mutation($table: ID!, $comes: Boolean!) { bookTable(table: $table, comes: $comes) " + Floor + " }";
    public const string Save = "mutation($input: SaveTableInput!) { saveTable(input: $input) " + Floor + " }";
    public const string Remove = "mutation($table: ID!) { removeTable(table: $table) " + Floor + " }";
    public const string Shuffle = "mutation($room: ID!) { shuffleTables(room: $room) " + Floor + " }";
    public const string List = "mutation($table: ID!, $people: [String!]!) { listTable(table: $table, people: $people) " + Floor + " }";
    public const string Say = "mutation($table: ID!, $id: ID!, $text: String!) { sayAtTable(table: $table, id: $id, text: $text) }";

    /// <summary>The floor as it is for them.</summary>
    public Task<JsonNode> See() => Do(Read, new { room = floor.Id });

    public async Task<JsonNode> Do(string document, object variables) => (await studio.Graph(document, variables)).AsObject().First().Value!;

    public Task<string> Refused(string document, object variables) => studio.Refused(document, variables);

    public Task<JsonNode> TakeSeat(Guid table, int seat) => Do(Sit, new { table, seat });

    public Task<JsonNode> StandUp(Guid? person = null) => Do(Stand, new { room = floor.Id, person });

    /// <summary>Adds a table; answers its id.</summary>
    public async Task<Guid> Add(string topic, int seats = 6, Person? host = null, DateTimeOffset? startsAt = null)
    {
        var saved = await Do(Save, new { input = new { room = floor.Id, topic, seats, host = host?.Id, startsAt, endsAt = startsAt?.AddHours(1) } });
        return Guid.Parse((string)saved["tables"]!.AsArray().MaxBy(t => (int)t!["number"]!)!["id"]!);
    }

    public void Dispose() => studio.Dispose();
}

/// <summary>Reads floors.</summary>
internal static class FloorReading
{
    public static async Task<Room> Floor(this Scene scene)
    {
        var room = new Room { EventId = scene.Event.Id, Slug = "tables", Name = "Small tables", Kind = RoomKind.Networking, Format = "roundtable", Position = 1 };
        await scene.Save(room);
        return room;
    }

    public static JsonNode Table(this JsonNode floor, Guid id) => floor["tables"]!.AsArray().Single(t => (string)t!["id"]! == id.ToString())!;

    /// <summary>Who sits there, as seat and name, in order.</summary>
    public static IEnumerable<(int, string)> At(this JsonNode floor, Guid table) => floor.Table(table)["sitters"]!.AsArray().Select(s => ((int)s!["seat"]!, (string)s["name"]!));

    /// <summary>The newest floor that this client was told.</summary>
    public static FloorNow? Floor(this Support.LiveClient client) =>
        client.Told.Where(t => t.About == FloorNow.About).Select(t => FloorNow.Read(t.Data)).MaxBy(f => f.Version);
}
