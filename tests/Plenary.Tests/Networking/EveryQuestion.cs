using GraphQL;
using GraphQL.Types;
using Plenary.Platform.Graph;

namespace Plenary.Tests.Networking;

/// <summary>
/// All that can be asked of the graph about certain things: every field of a question, with everything it leads to. Fields that are added later are asked by themselves.
/// </summary>
/// <param name="schema">The graph.</param>
/// <param name="values">What an argument may be, as it is written in a document, by the field and the argument; none: the argument is left out.</param>
internal sealed class EveryQuestion(PlenarySchema schema, Func<string, string, string[]> values)
{
    /// <summary>What is the same for everybody, and grows with every other fact: all events, each of which is asked for by <c>event</c>, and the gallery.</summary>
    private static readonly string[] Public = ["publicEvents", "templates", "template", "demoPeople"];

    /// <summary>How far fields are followed below the second one.</summary>
    private const int Deep = 3;

    /// <summary>Documents, each about one field of what one question answers, so that a refusal of one hides no other.</summary>
    public IEnumerable<string> Documents()
    {
        schema.Initialize(); // nobody may have asked before
        foreach (var question in schema.Query!.Fields.Where(q => !Public.Contains(q.Name)))
            foreach (var asked in Calls(question))
            {
                if (question.ResolvedType!.GetNamedType() is not IObjectGraphType type)
                {
                    yield return $"{{ {asked} }}";
                    continue;
                }
                yield return $"{{ {asked} {{ {Plain(type)} }} }}";
                foreach (var field in type.Fields)
                    if (field.ResolvedType!.GetNamedType() is IObjectGraphType inner)
                        foreach (var call in Calls(field)) yield return $"{{ {asked} {{ {call} {{ {All(inner, Deep, [type, inner])} }} }} }}";
            }
    }

    private static string Plain(IObjectGraphType type) =>
        string.Join(' ', type.Fields.Where(f => f.ResolvedType!.GetNamedType() is not IObjectGraphType && !Needs(f)).Select(f => f.Name).Append("__typename"));

    private string All(IObjectGraphType type, int deep, HashSet<IGraphType> path)
    {
        var parts = new List<string> { Plain(type) };
        foreach (var field in type.Fields)
            if (deep > 0 && field.ResolvedType!.GetNamedType() is IObjectGraphType inner && !path.Contains(inner))
                foreach (var call in Calls(field).Take(1)) parts.Add($"{call} {{ {All(inner, deep - 1, [.. path, inner])} }}");
        return string.Join(' ', parts);
    }

    /// <summary>The field with each of the values that its arguments may have; none when an argument that it needs has none.</summary>
    private IEnumerable<string> Calls(FieldType field)
    {
        IEnumerable<string[]> calls = [[]];
        foreach (var argument in field.Arguments ?? [])
        {
            var some = values(field.Name, argument.Name);
            if (some.Length > 0) calls = [.. calls.SelectMany(call => some.Select(value => (string[])[.. call, $"{argument.Name}: {value}"]))];
            else if (argument.ResolvedType is NonNullGraphType && argument.DefaultValue is null) return [];
        }
        return calls.Select(call => call.Length == 0 ? field.Name : $"{field.Name}({string.Join(", ", call)})");
    }

    private static bool Needs(FieldType field) => field.Arguments?.Any(a => a.ResolvedType is NonNullGraphType && a.DefaultValue is null) is true;
}
