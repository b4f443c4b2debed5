using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Tests.Support;

/// <summary>What a visitor's browser sends, without the browser: a cookie jar and the site's own origin.</summary>
public sealed class Browserless : IDisposable
{
    private readonly App app;

    private static int clients;

    public Browserless(App app, bool atThisMachine = false)
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        this.app = app;
        Http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = app.Url };
        Http.DefaultRequestHeaders.Add("Origin", app.Url.GetLeftPart(UriPartial.Authority));
        var client = Interlocked.Increment(ref clients);
        if (!atThisMachine) Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.{client >> 16 & 255}.{client >> 8 & 255}.{client & 255}");
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    /// <summary>Sends a document; answers <c>data</c>, and fails the test on any error.</summary>
    public async Task<JsonObject> Graph(string query, object? variables = null)
    {
        var answer = await GraphAnswer(query, variables);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!.AsObject();
    }

    /// <summary>Sends a document that must be refused; answers the first error's code, field and message.</summary>
    public async Task<(string Code, string? Field, string Message)> Refused(string query, object? variables = null)
    {
        var answer = await GraphAnswer(query, variables);
        var error = answer["errors"]?[0];
        Assert.True(error is not null, "expected a refusal, got " + answer.ToJsonString());
        return ((string)error["extensions"]!["code"]!, (string?)error["extensions"]!["field"], (string)error["message"]!);
    }

    /// <summary>The whole answer, errors included.</summary>
    public async Task<JsonObject> GraphAnswer(string query, object? variables = null)
    {
        using var response = await Http.PostAsJsonAsync("/graphql", new { query, variables }, JsonSerializerOptions.Web, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Sends a document that must work, and fails the test unless it took exactly this many database commands.</summary>
    public async Task<JsonObject> GraphInCommands(int expected, string query, object? variables = null)
    {
        var trace = ActivityTraceId.CreateRandom();
        var commands = CommandCounter.Watch(trace);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }, options: JsonSerializerOptions.Web) };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        Assert.True(expected == commands.Count, $"expected {expected} commands, got {commands.Count}:\n{string.Join("\n---\n", commands)}");
        return answer["data"]!.AsObject();
    }

    public void Dispose() => Http.Dispose();
}
