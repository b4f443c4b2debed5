using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Load.Bench;
using Plenary.Rooms;

namespace Plenary.Load.Media;

/// <summary>A stage of an event, as its producer has it.</summary>
internal sealed class BenchStage(HttpClient http, Guid room, string cookie)
{
    private string? broadcast;

    public string Cookie => cookie;

    public static async Task<BenchStage> Open(PlenaryEngine engine, Workspace work)
    {
        var hall = await Hall.Build(engine.Installation, 1, 1);
        await using (var db = engine.Installation.OpenDb())
        {
            var moderator = await db.Set<EventRoleGrant>().Where(g => g.EventId == hall.Event).Select(g => g.PersonId).SingleAsync();
            db.Add(new EventRoleGrant { EventId = hall.Event, PersonId = moderator, Role = EventRole.Producer });
            db.Add(Room.Behind(await db.Set<Room>().SingleAsync(r => r.Id == hall.Room)));
            await db.SaveChangesAsync();
        }
        var cookie = (await File.ReadAllLinesAsync(hall.WriteCrewCookies(Path.Combine(work.Folder, $"crew-{hall.Event}"))))[0];
        var site = new Uri($"http://localhost:{engine.Ports.First()}");
        var http = new HttpClient { BaseAddress = site };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        http.DefaultRequestHeaders.Add("Origin", site.GetLeftPart(UriPartial.Authority));
        return new(http, hall.Room, cookie);
    }

    public async Task<string> Key() => (string)(await Ask("mutation($room: ID!) { createStreamKey(room: $room, name: \"Camera\") { secret } }"))["createStreamKey"]!["secret"]!;

    /// <summary>Opens the stage; answers where to upload.</summary>
    public async Task<Uri> GoLive() => new($"ws://localhost:{http.BaseAddress!.Port}{(string)(await Ask("mutation($room: ID!) { goLive(room: $room) { uploadUrl } }"))["goLive"]!["uploadUrl"]!}");

    public async Task End()
    {
        if (broadcast is not null) await Ask($"mutation {{ endBroadcast(id: \"{broadcast}\") {{ id }} }}");
    }

    /// <summary>Has a browser of the server make the picture, out of a film that begins again at its end.</summary>
    public async Task Compose(string film)
    {
        await using var content = File.OpenRead(film);
        using var body = new StreamContent(content) { Headers = { ContentType = new("video/mp4") } };
        using var sent = await http.PostAsync(new Uri($"/stage/{room}/clips?name=Film", UriKind.Relative), body);
        var clip = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!;
        if (!sent.IsSuccessStatusCode) throw new InvalidOperationException(clip.ToJsonString());
        await GoLive();
        await Direct(new { clip = new { id = (string)clip["id"]!, loop = true } });
        await Direct(new { host = new { worker = true } });
    }

    /// <summary>The folder of the live playlist, once there is one.</summary>
    public async Task<string> Playlist()
    {
        JsonNode? found = null;
        await Workspace.Until(async () => (found = (await Ask("query($room: ID!) { room(id: $room) { stage { state broadcast { id playlistUrl } } } }"))["room"]!["stage"])?["broadcast"]?["playlistUrl"] is not null
            && (string)found["state"]! == "LIVE", 40, () => "the stage never went live");
        broadcast = (string)found!["broadcast"]!["id"]!;
        var path = (string)found["broadcast"]!["playlistUrl"]!;
        return $"http://localhost:{http.BaseAddress!.Port}{path[..path.LastIndexOf('/')]}";
    }

    private Task<JsonNode> Direct(object command) => Ask("mutation($room: ID!, $id: ID!, $command: StageCommandInput!) { directStage(room: $room, id: $id, command: $command) { version } }",
        new { room, id = Guid.CreateVersion7(), command });

    private async Task<JsonNode> Ask(string query, object? variables = null)
    {
        using var answer = await http.PostAsJsonAsync("/graphql", new { query, variables = variables ?? new { room } });
        var node = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return node["errors"] is null ? node["data"]! : throw new InvalidOperationException(node.ToJsonString());
    }
}
