using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQL.Validation.Complexity;
using Microsoft.AspNetCore.Mvc;

namespace Plenary.Platform.Graph;

/// <summary><c>POST /graphql</c>: the one door to everything pages read and change.</summary>
public static class GraphEndpoint
{
    private const long LargestRequest = 256 * 1024;

    public static void AddGraph(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        foreach (var type in typeof(GraphEndpoint).Assembly.GetTypes())
            if (type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(IGraphType)))
                services.AddSingleton(type);
        services.AddSingleton<PersistedDocuments>();
        services.AddGraphQL(graph => graph
            .AddSchema<PlenarySchema>()
            .AddSystemTextJson()
            .AddErrorInfoProvider(new RefusalErrors())
            .AddComplexityAnalyzer(limits =>
            {
                limits.MaxDepth = 16; // as deep as tools ask when they ask what there is
                limits.MaxComplexity = 8000;
                limits.DefaultListImpactMultiplier = 10;
                var usual = limits.DefaultComplexityImpactDelegate;
                limits.DefaultComplexityImpactDelegate = field => Weigh(field, usual(field));
            })
            .UsePersistedDocuments(options =>
            {
                // Our own client sends ids only; anyone else may send a query and is held to the limits above.
                options.AllowOnlyPersistedDocuments = false;
                options.AllowedPrefixes.Add(null); // The client's ids are bare hashes.
                options.GetQueryDelegate = (execution, _, id) => new(execution.RequestServices!.GetRequiredService<PersistedDocuments>().Find(id));
            })
            .ConfigureExecution<DocumentCache>()
            .AddUnhandledExceptionHandler(context =>
            {
                if (context.OriginalException is not (RefusalException or OperationCanceledException))
                    context.FieldContext?.RequestServices?.GetService<ILogger<PlenarySchema>>()?.LogError(context.OriginalException, "A resolver of {Field} failed", context.FieldContext?.FieldDefinition.Name);
            }));
    }

    public static void MapGraph(this IEndpointRouteBuilder app)
    {
        app.MapPost("/graphql", Answer).WithName("graphql").RequireRateLimiting(Access.RateLimit.Graph.Name).WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        app.MapGet("/schema.graphql", (PlenarySchema schema) => Results.Text(schema.Print(), "text/plain"));
    }

    /// <summary>
    /// What the graph tells of itself is read from memory, so tools may ask for all of it; it still weighs something, because types lead to
    /// types without end.
    /// </summary>
    private static FieldComplexityResult Weigh(FieldImpactContext field, FieldComplexityResult usual) =>
        field.ParentType?.Name.StartsWith("__", StringComparison.Ordinal) == true ? new(usual.FieldImpact / 200, usual.ChildImpactMultiplier) : usual;

    private static async Task Answer(HttpContext http, IDocumentExecuter<PlenarySchema> executer, IGraphQLSerializer json, TimeProvider clock)
    {
        var began = clock.GetTimestamp();
        if (!http.Request.HasJsonContentType())
        {
            await Results.Problem("Send JSON: Content-Type must be application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(http);
            return;
        }
        GraphQLRequest? request = null;
        try
        {
            if (http.Request.ContentLength is null or <= LargestRequest) request = await json.ReadAsync<GraphQLRequest>(http.Request.Body, http.RequestAborted);
        }
        catch (JsonException) { }
        if (request is null || (request.Query is null && request.DocumentId is null))
        {
            await Results.Problem("Send {\"query\": …} or {\"documentId\": …} as a JSON object of at most 256 KiB.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(http);
            return;
        }
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Query = request.Query,
            DocumentId = request.DocumentId,
            OperationName = request.OperationName,
            Variables = request.Variables,
            RequestServices = http.RequestServices,
            User = http.User,
            UserContext = new Dictionary<string, object?>(),
            CancellationToken = http.RequestAborted,
        });
        http.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = result.Executed ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        await json.WriteAsync(http.Response.Body, result, http.RequestAborted);
        GraphMeters.Answered(result, clock.GetElapsedTime(began));
    }
}
