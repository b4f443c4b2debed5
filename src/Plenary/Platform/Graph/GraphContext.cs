using GraphQL;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Platform.Graph;

/// <summary>What resolvers ask of their request.</summary>
public static class GraphContext
{
    /// <summary>Who asks; after a mutation that signed somebody in, that person.</summary>
    public static Viewer Viewer(this IResolveFieldContext context) => Access.Viewer.Of(context.Http().User);

    /// <summary>The request. Every operation comes by HTTP.</summary>
    public static HttpContext Http(this IResolveFieldContext context) =>
        context.Service<IHttpContextAccessor>().HttpContext ?? throw new InvalidOperationException("There is no request.");

    public static T Service<T>(this IResolveFieldContext context) where T : notnull => context.RequestServices!.GetRequiredService<T>();

    /// <summary>A database context of its own for this field; the caller disposes it. Fields of a level may run at once, contexts may not.</summary>
    public static Task<Db> OpenDb(this IResolveFieldContext context) =>
        context.Service<IDbContextFactory<Db>>().CreateDbContextAsync(context.CancellationToken);

    /// <summary>An argument that holds an id. Refused when it is no UUID: ids come from the graph, so a person cannot mistype one.</summary>
    public static Guid Id(this IResolveFieldContext context, string name) => ParseId(context.GetArgument<string?>(name), name);

    public static Guid? OptionalId(this IResolveFieldContext context, string name) =>
        context.GetArgument<string?>(name) is { } text ? ParseId(text, name) : null;

    public static Guid ParseId(string? text, string field) =>
        Guid.TryParse(text, out var id) ? id : throw Refusal.Invalid(field, $"“{field}” is not an id.").AsException();
}
