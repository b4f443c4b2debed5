using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform;

/// <summary>What the door to the graph lets in, and what it says to the rest.</summary>
public sealed class GraphFacts(SqliteApp app)
{
    /// <summary>The question that GraphiQL and code generators ask.</summary>
    private const string Introspection = """
        query IntrospectionQuery { __schema { queryType { name } mutationType { name } types { ...FullType } directives { name description locations args { ...InputValue } } } }
        fragment FullType on __Type { kind name description
          fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
          inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
        fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADocumentThatGoesTooDeepIsRefused()
    {
        // One thing of one thing of one thing: next to nothing to load, but without end.
        const string Round = "viewerRegistration { event { ";
        var (status, answer) = await Send(new { query = $"{{ event(slug: \"none\") {{ {string.Concat(Enumerable.Repeat(Round, 8))} name {new string('}', 16)} }} }}" });
        Refused(status, answer, "depth");
    }

    [Fact]
    public async Task ADocumentThatAsksForTooMuchIsRefused()
    {
        var (status, answer) = await Send(new { query = "{ publicEvents { sessions { speakers { sessions { title summary } } } } }" });
        Refused(status, answer, "complex");
        var many = string.Join(' ', Enumerable.Range(0, 300).Select(n => $"a{n}: publicEvents {{ rooms {{ name }} }}"));
        (status, answer) = await Send(new { query = $"{{ {many} }}" });
        Refused(status, answer, "complex");
    }

    [Fact]
    public async Task ALoopOfFragmentsIsRefused()
    {
        var (status, answer) = await Send(new { query = "{ viewer { ...A } } fragment A on Viewer { name ...B } fragment B on Viewer { name ...A }" });
        Refused(status, answer, "within itself");
    }

    [Fact]
    public async Task AnUnknownDocumentIdIsRefused()
    {
        var (status, answer) = await Send(new { documentId = "sha256:" + new string('0', 64) });
        Refused(status, answer, "");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task OnlyJsonIsRead(string type)
    {
        using var visitor = app.Visitor();
        using var response = await visitor.Http.PostAsync("/graphql", new StringContent("{ \"query\": \"{ installation { version } }\" }", Encoding.UTF8, type), Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("application/json", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{ \"query\": 7 }")]
    [InlineData("{ \"variables\": {} }")]
    public async Task WhatIsNoOperationIsToldHowOneLooks(string body)
    {
        using var visitor = app.Visitor();
        using var response = await visitor.Http.PostAsync("/graphql", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("documentId", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["detail"]!);
    }

    [Fact]
    public async Task ToolsCanAskWhatThereIs()
    {
        var (status, answer) = await Send(new { query = Introspection });
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        Assert.Contains(answer["data"]!["__schema"]!["types"]!.AsArray(), type => (string)type!["name"]! == "Event");
    }

    [Fact]
    public async Task WhatTheGraphTellsOfItselfHasAnEndToo()
    {
        const string Round = "fields { type { ";
        var (status, answer) = await Send(new { query = $"{{ __schema {{ types {{ {string.Concat(Enumerable.Repeat(Round, 6))} name {new string('}', 15)}" });
        Refused(status, answer, "complex");
    }

    private static void Refused(HttpStatusCode status, JsonNode answer, string says)
    {
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Null(answer["data"]);
        var error = answer["errors"]![0]!;
        Assert.Equal("invalid-document", (string)error["extensions"]!["code"]!);
        Assert.Contains(says, (string)error["message"]!, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> Send(object request)
    {
        using var visitor = app.Visitor();
        using var response = await visitor.Http.PostAsync("/graphql", System.Net.Http.Json.JsonContent.Create(request), Cancellation);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!);
    }
}
