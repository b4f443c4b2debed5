using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Tests.Support;

/// <summary>What a visitor's browser sends, without the browser: a cookie jar and the site's own origin.</summary>
public sealed class Browserless : IDisposable
{
    private readonly App app;

    public Browserless(App app)
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        this.app = app;
        Http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = app.Url };
        Http.DefaultRequestHeaders.Add("Origin", app.Url.GetLeftPart(UriPartial.Authority));
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

    public void Dispose() => Http.Dispose();
}
