using System.Text.Json;
using GraphQL;
using GraphQL.DI;
using GraphQLParser.AST;
using Microsoft.Extensions.Caching.Memory;

namespace Plenary.Platform.Graph;

/// <summary>The documents of our own client, by their SHA-256; written by the client's build, read once.</summary>
public sealed class PersistedDocuments
{
    private readonly Dictionary<string, string> documents;

    public PersistedDocuments(IWebHostEnvironment environment)
    {
        var file = environment.WebRootFileProvider.GetFileInfo("persisted-documents.json");
        if (!file.Exists)
        {
            documents = [];
            return;
        }
        using var stream = file.CreateReadStream();
        documents = JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
    }

    /// <summary>The hash of the query of this name, or null.</summary>
    public string? IdOf(string query) => documents.FirstOrDefault(d => d.Value.StartsWith($"query {query}(", StringComparison.Ordinal)).Key;

    /// <summary>The document of this hash (with or without a <c>sha256:</c> before it), or null.</summary>
    public string? Find(string id) => documents.GetValueOrDefault(id.StartsWith("sha256:", StringComparison.Ordinal) ? id["sha256:".Length..] : id);
}

/// <summary>Keeps parsed and validated documents, keyed by their text, bounded by their size.</summary>
internal sealed class DocumentCache : IConfigureExecution, IDisposable
{
    private readonly MemoryCache documents = new(new MemoryCacheOptions { SizeLimit = 2_000_000 });

    /// <summary>Inside the persisted-document handler (100), which turns ids into text.</summary>
    public float SortOrder => 200;

    public async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        if (options.Document is not null || options.Query is not { } text) return await next(options);
        if (documents.TryGetValue(text, out GraphQLDocument? document))
        {
            options.Document = document;
            options.ValidationRules = options.CachedDocumentValidationRules ?? [];
            return await next(options);
        }
        var result = await next(options);
        if (result is { Executed: true, Document: { } parsed }) documents.Set(text, parsed, new MemoryCacheEntryOptions { Size = text.Length * 10 });
        return result;
    }

    public void Dispose() => documents.Dispose();
}
