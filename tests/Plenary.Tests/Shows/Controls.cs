using System.Text.Json.Nodes;
using Plenary.Platform.Access;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;

namespace Plenary.Tests.Shows;

/// <summary>Somebody at the run of show of a scene's event, without the browser.</summary>
internal sealed class Controls(Uri site, Scene scene, Person? person, Guid? onlyEvent = null) : IDisposable
{
    private const string Parts = """
        { event version autopilot controllerName controllerHere wantedByName shifts { id minutes by }
          cues { id kind title anchor offsetSeconds shiftSeconds held state due expected mayFire next by error } }
        """;

    private const string Read = "query($event: ID!) { show(event: $event) " + Parts + " }";
    private const string Direct = "mutation($event: ID!, $command: ShowCommandInput!) { directShow(event: $event, command: $command) " + Parts + " }";

    private readonly Studio studio = new(site, scene, person, onlyEvent);

    public Studio Studio => studio;

    public async Task<JsonNode> See() => (await studio.Graph(Read, new { @event = scene.Event.Id }))["show"]!;

    public Task<string> RefusedToSee() => studio.Refused(Read, new { @event = scene.Event.Id });

    public async Task<JsonNode> Do(object command) => (await studio.Graph(Direct, new { @event = scene.Event.Id, command }))["directShow"]!;

    /// <summary>The code of the refusal.</summary>
    public Task<string> Refused(object command, Guid? @event = null) => studio.Refused(Direct, new { @event = @event ?? scene.Event.Id, command });

    /// <summary>Adds a cue by hand; answers its id.</summary>
    public async Task<Guid> Announces(string text, Guid? after = null, int offset = 0, DateTimeOffset? at = null)
    {
        var id = Guid.CreateVersion7();
        await Do(new { save = new { id, kind = "ANNOUNCE", anchor = after is not null ? "CUE" : at is not null ? "TIME" : "HAND", after, at, offsetSeconds = offset, text } });
        return id;
    }

    /// <summary>The cue, as soon as it is in this state.</summary>
    public async Task<JsonNode> Until(Guid cue, string state)
    {
        for (var tries = 0; ; tries++)
        {
            var seen = (await See()).Cue(cue);
            if ((string)seen["state"]! == state) return seen;
            Assert.True(tries < 600, $"the cue never was {state}: {seen.ToJsonString()}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => studio.Dispose();
}

/// <summary>Reads runs of show.</summary>
internal static class ShowReading
{
    public static JsonNode Cue(this JsonNode show, Guid id) => show["cues"]!.AsArray().Single(c => (string)c!["id"]! == id.ToString())!;

    /// <summary>When it happened or is going to.</summary>
    public static DateTimeOffset Expected(this JsonNode show, Guid id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(double)show.Cue(id)["expected"]!);
}
