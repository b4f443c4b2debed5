using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Plenary.DeployTests.Charts;

/// <summary>One object of what a chart makes.</summary>
/// <param name="Json">The object itself.</param>
internal sealed record Manifest(JsonObject Json)
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    public string Kind => Text("kind");

    public string Name => Text("metadata.name");

    public string Namespace => Find("metadata.namespace")?.ToString() ?? "plenary";

    public string Group => Text("apiVersion").Split('/')[0];

    /// <summary>It belongs to Kubernetes itself, not to an operator.</summary>
    public bool BuiltIn => !Group.Contains('.', StringComparison.Ordinal) || Group.EndsWith(".k8s.io", StringComparison.Ordinal);

    /// <summary>What makes pods.</summary>
    public bool IsWorkload => Kind is "Deployment" or "StatefulSet" or "DaemonSet" or "Job";

    /// <summary>The template of its pods.</summary>
    public JsonObject Pod => (JsonObject)Find("spec.template")!;

    /// <summary>Containers of its pods.</summary>
    public IEnumerable<JsonObject> Containers => List(Pod, "spec.containers").Concat(List(Pod, "spec.initContainers"));

    public override string ToString() => $"{Kind} {Name}";

    public JsonNode? Find(string path) => Find(Json, path);

    public string Text(string path) => Find(path)?.ToString() ?? "";

    public IEnumerable<JsonObject> List(string path) => List(Json, path);

    /// <summary>What is at <c>a.b.c</c>, or null.</summary>
    public static JsonNode? Find(JsonNode? from, string path)
    {
        foreach (var part in path.Split('.')) from = from is JsonObject o ? o[part] : null;
        return from;
    }

    /// <summary>Objects of the list at <c>a.b.c</c>; none when it is not there.</summary>
    public static IEnumerable<JsonObject> List(JsonNode? from, string path) => (Find(from, path) as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A map of texts, such as labels.</summary>
    public static Dictionary<string, string> Map(JsonNode? from, string path) =>
        (Find(from, path) as JsonObject ?? []).ToDictionary(p => p.Key, p => p.Value?.ToString() ?? "");

    /// <summary>Whether labels have everything that a selector asks for; an empty selector finds nothing.</summary>
    public static bool Matches(Dictionary<string, string> selector, Dictionary<string, string> labels) =>
        selector.Count > 0 && selector.All(p => labels.GetValueOrDefault(p.Key) == p.Value);

    /// <summary>All objects of a rendered chart.</summary>
    public static List<Manifest> Read(string yaml) =>
        [.. Documents(yaml).Select(d => ToJson(Yaml.Deserialize<object?>(d))).OfType<JsonObject>().Select(o => new Manifest(o))];

    /// <summary>Its documents, as they stand.</summary>
    public static IEnumerable<string> Documents(string yaml) => $"\n{yaml}".Split("\n---").Where(d => d.Contains("\nkind:", StringComparison.Ordinal));

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key.ToString()!, ToJson(p.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonSerializer.SerializeToNode(value),
    };
}
