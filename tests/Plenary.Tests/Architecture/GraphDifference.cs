using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Plenary.Tests.Architecture;

/// <summary>A schema as sorted lines <c>Type.field(arguments): Type</c>, so that two texts can be compared whatever their order and comments.</summary>
internal static class GraphDifference
{
    public static IReadOnlyList<string> Lines(string schema)
    {
        var lines = new List<string>();
        foreach (var definition in Parser.Parse(schema).Definitions)
        {
            switch (definition)
            {
                case GraphQLObjectTypeDefinition type:
                    lines.AddRange(type.Fields?.Select(f => $"{type.Name.Value}.{f.Name.Value}({string.Join(", ", (f.Arguments?.Items ?? []).Select(a => $"{a.Name.Value}: {Text(a.Type)}").Order())}): {Text(f.Type)}") ?? []);
                    break;
                case GraphQLInputObjectTypeDefinition input:
                    lines.AddRange(input.Fields?.Select(f => $"input {input.Name.Value}.{f.Name.Value}: {Text(f.Type)}") ?? []);
                    break;
                case GraphQLEnumTypeDefinition values:
                    lines.AddRange(values.Values?.Select(v => $"enum {values.Name.Value}.{v.Name.Value}") ?? []);
                    break;
            }
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Text(GraphQLType type)
    {
        using var writer = new StringWriter();
        new SDLPrinter().PrintAsync(type, writer).AsTask().GetAwaiter().GetResult();
        return writer.ToString();
    }
}
