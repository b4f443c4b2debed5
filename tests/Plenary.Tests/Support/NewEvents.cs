using System.Text.Json.Nodes;

namespace Plenary.Tests.Support;

/// <summary>Events for tests, made the way organizers make them.</summary>
public static class NewEvents
{
    private const string Create = """
        mutation($input: CreateEventInput!) { createEvent(input: $input) {
          id slug name tagline description status startsAt endsAt timeZone accent coverArt version viewerRoles
          organization { id slug } rooms { id slug name kind format } sessions { id title startsAt endsAt room { id name } } } }
        """;

    /// <summary>A new event of the owner's organization, a good while from now.</summary>
    public static async Task<JsonObject> NewEvent(this Owner owner, string name = "Autumn Gathering", string template = "webinar", bool publish = false, string date = "2031-05-14", string timeZone = "Europe/Berlin") =>
        (await owner.Graph(Create, new { input = new { organization = owner.Organization, template, name, date, timeZone, publish } }))["createEvent"]!.AsObject();

    /// <summary>The refusal that making such an event meets.</summary>
    public static Task<(string Code, string? Field, string Message)> RefusedEvent(this Somebody somebody, object organization, string name = "Autumn Gathering", string template = "webinar", string date = "2031-05-14", string timeZone = "Europe/Berlin") =>
        somebody.Refused(Create, new { input = new { organization, template, name, date, timeZone } });

    /// <summary>A new speaker of the event.</summary>
    public static async Task<JsonObject> NewSpeaker(this Owner owner, Guid @event, string name, string? email = null) =>
        (await owner.Graph("mutation($input: SaveSpeakerInput!) { saveSpeaker(input: $input) { id name email } }",
            new { input = new { @event, name, headline = "Speaks", bio = "Has spoken before.", email } }))["saveSpeaker"]!.AsObject();

    public static Guid Id(this JsonNode node) => Guid.Parse((string)node["id"]!);

    public static string Slug(this JsonNode node) => (string)node["slug"]!;
}
