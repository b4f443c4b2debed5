using System.Text.Json.Nodes;
using Plenary.Platform.Access;
using Plenary.Tests.Rooms;

namespace Plenary.Tests.Stage;

/// <summary>Somebody who gives commands to the stage of a scene, without the browser.</summary>
internal sealed class Director(Uri site, Scene scene, Person? person, Guid? onlyEvent = null) : IDisposable
{
    public const string Document = "mutation($room: ID!, $id: ID!, $command: StageCommandInput!) { directStage(room: $room, id: $id, command: $command) { version document } }";
    public const string ConsentDocument = "mutation($room: ID!) { consentToRecording(room: $room) }";

    private readonly Studio studio = new(site, scene, person, onlyEvent);

    /// <summary>Gives a command; answers the plan's document.</summary>
    public async Task<JsonNode> Direct(object command, Guid? id = null)
    {
        var plan = (await studio.Graph(Document, new { room = scene.Stage.Id, id = id ?? Guid.CreateVersion7(), command }))["directStage"]!;
        var document = JsonNode.Parse((string)plan["document"]!)!;
        Assert.Equal((int)plan["version"]!, (int)document["version"]!);
        return document;
    }

    public Task<string> Refused(object command) => studio.Refused(Document, new { room = scene.Stage.Id, id = Guid.CreateVersion7(), command });

    public Task Consent() => studio.Graph(ConsentDocument, new { room = scene.Stage.Id });

    public Task<JsonNode> Graph(string query, object? variables = null) => studio.Graph(query, variables);

    public Task<string> Refused(string query, object? variables) => studio.Refused(query, variables);

    public void Dispose() => studio.Dispose();
}
