using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL;
using Plenary.Platform.Graph;

namespace Plenary.Pages;

/// <summary>
/// Answers the client's first question inside the page: the document <c>Landing</c>, executed for this viewer by the same rules as at
/// <c>/graphql</c>. Without a built client there is no such document and no answer.
/// </summary>
public sealed class LandingAnswer(PersistedDocuments documents, IDocumentExecuter<PlenarySchema> executer, IGraphQLTextSerializer json)
{
    /// <summary>The element that carries the answer, or nothing.</summary>
    public async Task<string> For(HttpContext http, string slug)
    {
        if (documents.IdOf("Landing") is not { } id) return "";
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            DocumentId = "sha256:" + id,
            Variables = new Inputs(new Dictionary<string, object?> { ["slug"] = slug }),
            RequestServices = http.RequestServices,
            User = http.User,
            UserContext = new Dictionary<string, object?>(),
            CancellationToken = http.RequestAborted,
        });
        if (result.Errors is { Count: > 0 }) return ""; // the client asks again and shows what is wrong
        var boot = new JsonObject { ["landing"] = JsonNode.Parse(json.Serialize(result))!["data"]!.DeepClone() };
        // The default encoder writes < as \u003C, so that no text can end the element.
        return $"<script type=\"application/json\" id=\"boot\">{boot.ToJsonString(JsonSerializerOptions.Default)}</script>";
    }
}
