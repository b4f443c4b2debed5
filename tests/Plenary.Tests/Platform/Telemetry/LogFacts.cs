using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Plenary.Platform.Telemetry;
using Plenary.Rooms;

namespace Plenary.Tests.Platform.Telemetry;

/// <summary>Elasticsearch understands every line, and no line tells of a person.</summary>
[Trait("Speed", "Slow")]
[Collection(UnderWatch.Name)]
public sealed class LogFacts(WatchedServer watched)
{
    private const string Name = "Zebediah Quillfeather", Words = "my-secret-marmalade-recipe";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoLineHoldsAnAddressANameOrWhatSomebodyWrote()
    {
        watched.Needed();
        var (server, scene) = (watched.Server, watched.Scene);
        var person = await scene.Attendee(Name);
        await using (var client = await scene.Enter(person))
        {
            await client.Post(Words);
            await Assert.ThrowsAnyAsync<Exception>(() => client.Hub.InvokeAsync<Posted>("Post", new PostRequest(Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString(), Words), Cancellation)); // of a room that nobody joined
        }
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("Origin", server.Url.GetLeftPart(UriPartial.Authority));
        using (await http.PostAsJsonAsync("/graphql", new { query = "mutation($email: String!) { requestSignIn(email: $email) }", variables = new { email = person.Email } }, Cancellation)) { }
        using (await http.PostAsJsonAsync("/graphql", new { query = "mutation($email: String!) { nonsense(email: $email) }", variables = new { email = person.Email } }, Cancellation)) { }
        using (await http.GetAsync($"/j/{Words}?email={person.Email}", Cancellation)) { }
        await WaitForMail(server, person.Email!);
        var last = Guid.CreateVersion7().ToString("N");
        using (await http.GetAsync("/e/" + last, Cancellation)) { }
        await server.Says(last);

        var lines = server.Said.Select(s => s.Line).ToList();
        foreach (var secret in new[] { person.Email!, person.Email![..20], Name, "Quillfeather", Words })
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));

        var entries = lines.Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.All(entries, entry =>
        {
            Assert.True(DateTimeOffset.TryParse((string?)entry["@timestamp"], out _));
            Assert.True((string?)entry["log.level"] is "debug" or "info" or "warn" or "error");
            Assert.NotEmpty((string)entry["message"]!);
            Assert.Equal("plenary", (string?)entry["service.name"]);
            Assert.True((string?)entry["event.dataset"] is "plenary.log" or "plenary.access");
        });
        var access = entries.Last(entry => (string?)entry["url.path"] == "/e/" + last);
        Assert.Equal(("plenary.access", "GET", 404), ((string?)access["event.dataset"], (string?)access["http.request.method"], (int?)access["http.response.status_code"]));
        Assert.True((long)access["event.duration"]! > 0);
        Assert.Contains(entries, entry => (string?)entry["url.path"] == "/j/…");
        // From the line to its trace.
        Assert.Equal(32, ((string)access["trace.id"]!).Length);
        await watched.Receiver.Trace(spans => spans[0].Trace == (string?)access["trace.id"]);
    }

    [Fact]
    public void AnErrorHasItsTypeItsMessageAndItsStack()
    {
        var formatter = new EcsFormatter(TimeProvider.System);
        using var text = new StringWriter();
        InvalidOperationException error;
        try { throw new InvalidOperationException("no\nway"); }
        catch (InvalidOperationException thrown) { error = thrown; }
        formatter.Write(new LogEntry<string>(LogLevel.Critical, "Some.Category", default, "It broke", error, (state, _) => state), null, text);
        var line = Assert.Single(text.ToString().TrimEnd('\n').Split('\n'));
        var entry = JsonNode.Parse(line)!;
        Assert.Equal(("fatal", "It broke", "Some.Category", "System.InvalidOperationException", "no\nway"),
            ((string?)entry["log.level"], (string?)entry["message"], (string?)entry["log.logger"], (string?)entry["error.type"], (string?)entry["error.message"]));
        Assert.Contains(nameof(AnErrorHasItsTypeItsMessageAndItsStack), (string)entry["error.stack_trace"]!, StringComparison.Ordinal);
    }

    /// <summary>Sending it is work that writes lines, too.</summary>
    private static async Task WaitForMail(Support.ServerProcess server, string address)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            await using (var db = server.OpenDb())
                if (db.Set<Plenary.Platform.Mail.MailboxMail>().Any(m => m.To == address)) return;
            await Task.Delay(50, Cancellation);
        }
        Assert.Fail("The mail did not come.");
    }
}
