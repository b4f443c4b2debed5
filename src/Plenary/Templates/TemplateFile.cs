using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Plenary.Templates;

/// <summary>One mistake in a template file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record TemplateError(string File, int Line, int Column, string Message)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>Reads and checks template files: first that they are JSON, then their shape by the schema, then what a schema cannot say.</summary>
public static class TemplateFile
{
    private const int LongestFile = 1_000_000;

    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(ReadEmbedded("template.schema.json")).GetAwaiter().GetResult();

    /// <summary>The template, or everything that is wrong with it, top to bottom.</summary>
    public static (Template? Template, IReadOnlyList<TemplateError> Errors) Read(string file, string text)
    {
        if (text.Length > LongestFile) return (null, [new(file, 1, 1, $"The file is longer than {LongestFile:N0} characters. A template holds words and numbers only; remove what does not belong to it.")]);
        JToken root;
        try
        {
            root = Parse(text);
        }
        catch (JsonReaderException e)
        {
            return (null, [new(file, Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition), "This is not JSON: " + Sentence(e.Message))]);
        }
        var errors = TemplateMistakes.OfShape(file, root, Schema).ToList();
        if (errors.Count == 0) errors.AddRange(TemplateMistakes.OfMeaning(file, root));
        if (errors.Count > 0) return (null, [.. errors.OrderBy(e => e.Line).ThenBy(e => e.Column)]);
        return (ReadChecked(text), []);
    }

    /// <summary>A text that was checked when it was kept.</summary>
    internal static Template ReadChecked(string text) => JsonSerializer.Deserialize<Template>(JoinLines(text), Options)!;

    /// <summary>An embedded file of this folder, whole.</summary>
    internal static string ReadEmbedded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("templates/" + name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static JToken Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
        var root = JToken.ReadFrom(reader, new JsonLoadSettings { LineInfoHandling = LineInfoHandling.Load, CommentHandling = CommentHandling.Ignore, DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        while (reader.Read())
            if (reader.TokenType != JsonToken.Comment) throw new JsonReaderException("There is more after the end of the template.", "", reader.LineNumber, reader.LinePosition, null);
        return root;
    }

    /// <summary>In the file Markdown is a list of lines, because JSON has no line breaks in strings; everywhere else it is one text.</summary>
    private static JsonNode JoinLines(string text)
    {
        var root = JsonNode.Parse(text, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        var words = root["event"]!;
        words["description"] = string.Join('\n', words["description"]!.AsArray().Select(line => (string)line!));
        return root;
    }

    /// <summary>The parser's own words, without the place, which we say in our own way.</summary>
    private static string Sentence(string message)
    {
        var place = message.IndexOf(" Path '", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }
}
