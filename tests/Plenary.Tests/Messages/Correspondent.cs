using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plenary.Platform.Access;
using Plenary.Tests.Rooms;

namespace Plenary.Tests.Messages;

/// <summary>Somebody who writes messages, by what their browser would send.</summary>
public sealed class Correspondent : IDisposable
{
    private readonly Scene scene;

    public Correspondent(Scene scene, Uri site, Person? person, Guid? onlyEvent = null)
    {
        (this.scene, Person) = (scene, person);
        Http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = site };
        Http.DefaultRequestHeaders.Add("Origin", site.GetLeftPart(UriPartial.Authority));
        if (person is not null) Http.DefaultRequestHeaders.Add("Cookie", scene.Sessions.Cookie(person.Id, onlyEvent));
    }

    public HttpClient Http { get; }

    public Person? Person { get; }

    public Guid Id => Person!.Id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<JsonObject> Answer(string query, object? variables = null)
    {
        using var response = await Http.PostAsJsonAsync("/graphql", new { query, variables }, JsonSerializerOptions.Web, Cancellation);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!.AsObject();
    }

    public async Task<JsonNode> Ask(string query, object? variables = null)
    {
        var answer = await Answer(query, variables);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    public async Task<string> Refused(string query, object? variables = null)
    {
        var answer = await Answer(query, variables);
        Assert.True(answer["errors"] is not null, "expected a refusal, got " + answer.ToJsonString());
        return (string)answer["errors"]![0]!["extensions"]!["code"]!;
    }

    public const string SendDocument = "mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id conversation number person text at files { id url name } } }";

    /// <summary>Sends to a person; answers the message.</summary>
    public async Task<JsonNode> Write(Guid person, string text, Guid? id = null, params Guid[] files) =>
        (await Ask(SendDocument, new { input = new { id = id ?? Guid.CreateVersion7(), @event = scene.Event.Id, person, text, files } }))["sendMessage"]!;

    /// <summary>Sends to a conversation.</summary>
    public async Task<JsonNode> Say(Guid conversation, string text, Guid? id = null) =>
        (await Ask(SendDocument, new { input = new { id = id ?? Guid.CreateVersion7(), conversation, text } }))["sendMessage"]!;

    public async Task<JsonArray> Conversations() =>
        (await Ask("query ($e: ID!) { conversations(event: $e) { id group title unread readTo last { text number person } members { readTo card { person name } } } }", new { e = scene.Event.Id }))["conversations"]!.AsArray();

    public async Task<string[]> Texts(Guid conversation) =>
        [.. (await Ask("query ($c: ID!) { messages(conversation: $c) { text number } }", new { c = conversation }))["messages"]!.AsArray().Select(m => (string)m!["text"]!)];

    public async Task<int> Unread() => (int)(await Ask("query ($e: ID!) { unreadMessages(event: $e) }", new { e = scene.Event.Id }))["unreadMessages"]!;

    public Task Read(Guid conversation, int to) => Ask("mutation ($c: ID!, $to: Int!) { readMessages(conversation: $c, to: $to) }", new { c = conversation, to });

    public Task Block(Guid person) => Ask("mutation ($e: ID!, $p: ID!) { blockPerson(event: $e, person: $p) }", new { e = scene.Event.Id, p = person });

    public Task Unblock(Guid person) => Ask("mutation ($p: ID!) { unblockPerson(person: $p) }", new { p = person });

    /// <summary>Uploads a file; answers its id and its path.</summary>
    public async Task<(Guid Id, string Url)> Upload(string name, string contentType, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(contentType);
        using var response = await Http.PostAsync(new Uri($"/messages/files?event={scene.Event.Id}&name={Uri.EscapeDataString(name)}", UriKind.Relative), body, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, text);
        var file = JsonNode.Parse(text)!;
        return ((Guid)file["id"]!, (string)file["url"]!);
    }

    public async Task<(int Status, string Text)> Get(string url)
    {
        using var response = await Http.GetAsync(new Uri(url, UriKind.Relative), Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    public void Dispose() => Http.Dispose();
}
