using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plenary.Parties;
using Plenary.Platform.Access;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Parties;

/// <summary>Somebody at a party: what their browser asks, and what it is told.</summary>
public sealed class Guest : IAsyncDisposable
{
    private const string My = "{ party version state group met ended { why name } meeting { id round people { person name } reason { kind terms } from until extended iAskedForMore asked } }";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static int addresses;

    private readonly HttpClient http;

    private Guest(Person person, LiveClient live, Uri site, string cookie)
    {
        (Person, Live) = (person, live);
        http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = site };
        var address = Interlocked.Increment(ref addresses);
        http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.77.{address >> 8 & 255}.{address & 255}");
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        http.DefaultRequestHeaders.Add("Origin", site.GetLeftPart(UriPartial.Authority));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Person Person { get; }

    public Guid Id => Person.Id;

    public LiveClient Live { get; }

    /// <summary>The newest that was told of the party.</summary>
    public PartyNow? Now => Newest<PartyNow>("party", p => p.Id, p => p.Version);

    /// <summary>The newest that was told of the person's part in it.</summary>
    public MyParty? Part => Newest<MyParty>("meeting", p => p.Party, p => p.Version);

    /// <summary>The other one of the meeting that the person was told of.</summary>
    public Guid Partner => Part!.Meeting!.People.Single().Person;

    /// <summary>A guest at one process, or the next ones of its cluster, who attends the event.</summary>
    public static async Task<Guest> Attend(Scene scene, Person person, Uri site, params Uri[] others)
    {
        var cookie = scene.Sessions.Cookie(person.Id);
        var live = await new LiveClient(site, cookie, others: others).Start();
        await live.Attend(scene.Event.Id);
        return new(person, live, site, cookie);
    }

    public static async Task<Guest[]> Attend(Scene scene, App app, int count)
    {
        var people = await scene.Attendees(count);
        return await Task.WhenAll(people.Select(person => Attend(scene, person, app.Url)));
    }

    public async Task<JsonObject> Graph(string query)
    {
        var answer = await Answer(query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!.AsObject();
    }

    /// <summary>The code of a refusal.</summary>
    public async Task<string> Refused(string query)
    {
        var answer = await Answer(query);
        Assert.True(answer["errors"] is not null, "expected a refusal, got " + answer.ToJsonString());
        return (string)answer["errors"]![0]!["extensions"]!["code"]!;
    }

    /// <summary>Starts a party and answers its id.</summary>
    public async Task<Guid> Start(Guid room, string settings = "minutes: 1, rounds: 3") =>
        (Guid)(await Graph($"mutation {{ startParty(room: \"{room}\", settings: {{ {settings} }}) {{ id }} }}"))["startParty"]!["id"]!;

    public Task Direct(Guid party, string command) => Graph(Directing(party, command));

    public static string Directing(Guid party, string command) => $"mutation {{ directParty(party: \"{party}\", command: {{ {command} }}) {{ version phase }} }}";

    public Task<MyParty> Enter(Guid party) => Do("enterParty", $"party: \"{party}\"");

    public Task<MyParty> Ready(Guid party, string? group = null, bool ready = true) =>
        Do("readyForParty", $"party: \"{party}\", ready: {(ready ? "true" : "false")}" + (group is null ? "" : $", group: \"{group}\""));

    /// <summary>Comes in and is ready.</summary>
    public async Task<MyParty> Come(Guid party, string? group = null)
    {
        await Enter(party);
        return await Ready(party, group);
    }

    public Task<MyParty> Leave(Guid party) => Do("leaveParty", $"party: \"{party}\"");

    public Task<MyParty> AskForMore(Guid party) => Do("askForMoreTime", $"party: \"{party}\", meeting: \"{Part!.Meeting!.Id}\"");

    public Task Block(Guid eventId, Guid person) => Graph($"mutation {{ blockPerson(event: \"{eventId}\", person: \"{person}\") }}");

    /// <summary>What the server says now, without waiting to be told.</summary>
    public async Task<MyParty?> Ask(Guid party) => (await Graph($"{{ myParty(party: \"{party}\") {My} }}"))["myParty"].Deserialize<MyParty?>(Json);

    public Task Until(Func<bool> holds, string what) => Live.Until(() => holds(), $"{Person.Name}: {what}");

    public Task UntilPhase(string phase, int round) => Until(() => Now is { } now && now.Round == round && now.Phase == phase, $"{phase} of round {round}");

    /// <summary>Until the person was told whom they meet in this round.</summary>
    public Task UntilMeeting(int round) => Until(() => Part?.Meeting?.Round == round, $"a meeting in round {round}");

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Live.DisposeAsync();
    }

    private async Task<MyParty> Do(string what, string arguments) => (await Graph($"mutation {{ {what}({arguments}) {My} }}"))[what].Deserialize<MyParty>(Json)!;

    private async Task<JsonObject> Answer(string query)
    {
        using var response = await http.PostAsJsonAsync("/graphql", new { query }, JsonSerializerOptions.Web, Cancellation);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!.AsObject();
    }

    /// <summary>Of the party that was heard of last.</summary>
    private T? Newest<T>(string about, Func<T, Guid> party, Func<T, int> version) where T : class
    {
        var told = Live.Told.ToArray().Where(t => t.About == about).Select(t => JsonSerializer.Deserialize<T>(t.Data, Json)!).ToList();
        return told.Count == 0 ? null : told.Where(t => party(t) == party(told[^1])).MaxBy(version);
    }
}
