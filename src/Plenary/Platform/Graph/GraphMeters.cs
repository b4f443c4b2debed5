using System.Diagnostics.Metrics;
using GraphQL;
using GraphQL.Execution;
using GraphQLParser.AST;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Graph;

/// <summary>How long pages wait for their answers.</summary>
internal static class GraphMeters
{
    private static readonly Histogram<double> Duration = PlenaryMeter.Seconds(
        "plenary.graph.duration", "From a GraphQL request until its answer was written, by kind (query, mutation, invalid) and outcome (ok, refused, error).");

    public static void Answered(ExecutionResult result, TimeSpan took) => Duration.Record(took.TotalSeconds,
        new("kind", KindOf(result)), new("outcome", OutcomeOf(result)));

    private static string KindOf(ExecutionResult result) => result.Operation?.Operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "invalid",
    };

    /// <summary>An error that nobody foresaw is ours; everything else was told to whoever asked.</summary>
    private static string OutcomeOf(ExecutionResult result) => result.Errors is not { Count: > 0 } errors ? "ok"
        : errors.Any(e => e is UnhandledError && e.InnerException is not RefusalException) ? "error" : "refused";
}
