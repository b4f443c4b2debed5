using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Templates;

/// <summary>Writes a template as a file that people like to read: one line for each room, session, poll, cue and ticket.</summary>
internal static class TemplateText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Template template)
    {
        var root = JsonSerializer.SerializeToNode(template with { Key = template.FileKey ?? template.Key }, TemplateFile.Options)!.AsObject();
        DropEmpty(root);
        root["event"]!["description"] = new JsonArray([.. template.Event.Description.Split('\n').Select(line => (JsonNode)line)]);
        var text = new StringBuilder("{\n");
        foreach (var (position, (name, value)) in root.Index())
        {
            text.Append("  ").Append(JsonSerializer.Serialize(name, Plain)).Append(": ");
            if (value is JsonArray { Count: > 0 } list && list[0] is JsonObject) text.Append("[\n    ").AppendJoin(",\n    ", list.Select(Line)).Append("\n  ]");
            else if (name == "event") text.Append("{\n    \"tagline\": ").Append(Line(value!["tagline"])).Append(",\n    \"description\": [\n      ").AppendJoin(",\n      ", value["description"]!.AsArray().Select(Line)).Append("\n    ]\n  }");
            else text.Append(Line(value));
            text.Append(position < root.Count - 1 ? ",\n" : "\n");
        }
        return text.Append("}\n").ToString();
    }

    private static string Line(JsonNode? node) => node switch
    {
        JsonObject thing => "{ " + string.Join(", ", thing.Select(p => $"{JsonSerializer.Serialize(p.Key, Plain)}: {Line(p.Value)}")) + " }",
        JsonArray list => "[" + string.Join(", ", list.Select(Line)) + "]",
        _ => node?.ToJsonString(Plain) ?? "null",
    };

    /// <summary>Lists of what there is not say nothing.</summary>
    private static void DropEmpty(JsonObject thing)
    {
        foreach (var (name, value) in thing.ToList())
        {
            if (value is JsonArray { Count: 0 }) thing.Remove(name);
            else if (value is JsonObject inner) DropEmpty(inner);
            else if (value is JsonArray list) list.OfType<JsonObject>().ToList().ForEach(DropEmpty);
        }
    }
}
