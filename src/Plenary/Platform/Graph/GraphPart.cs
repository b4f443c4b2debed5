using GraphQL.Types;

namespace Plenary.Platform.Graph;

/// <summary>
/// What one slice adds to the graph: root fields, its own types, and fields on types of the slices below it. A part is made once, at
/// start; resolvers take what they need from the request's services.
/// </summary>
public interface IGraphPart
{
    void Add(GraphBuilder graph);
}

/// <summary>Collects the fields of all slices while the schema is made. Graph types are singletons, so that a field added here is there for all.</summary>
public sealed class GraphBuilder(IServiceProvider types)
{
    public ObjectGraphType Query { get; } = new() { Name = "Query" };

    public ObjectGraphType Mutation { get; } = new() { Name = "Mutation" };

    /// <summary>A type that a lower slice owns, to add fields to.</summary>
    public TGraph Type<TGraph>() where TGraph : IGraphType => types.GetRequiredService<TGraph>();
}

/// <summary>The whole graph. Its printed form is <c>schema.graphql</c>; a test holds the two together.</summary>
public sealed class PlenarySchema : Schema
{
    public PlenarySchema(IServiceProvider services, IEnumerable<IGraphPart> parts) : base(services)
    {
        var graph = new GraphBuilder(services);
        foreach (var part in parts) part.Add(graph);
        Query = graph.Query;
        if (graph.Mutation.Fields.Count > 0) Mutation = graph.Mutation;
    }
}

/// <summary>Registers the parts of the slices.</summary>
public static class GraphPartServices
{
    public static void AddGraphPart<TPart>(this IServiceCollection services) where TPart : class, IGraphPart => services.AddSingleton<IGraphPart, TPart>();
}
