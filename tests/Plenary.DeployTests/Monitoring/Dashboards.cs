using System.Text.Json.Nodes;

namespace Plenary.DeployTests.Monitoring;

/// <summary>The expressions of Grafana's dashboards, wherever in their JSON they stand.</summary>
internal static class Dashboards
{
    /// <summary>Each with the dashboard and what it belongs to.</summary>
    /// <param name="folder">With the JSON files.</param>
    public static IEnumerable<(string Where, string Expression)> Expressions(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Order().SelectMany(file => In(Path.GetFileName(file), JsonNode.Parse(File.ReadAllText(file))!));

    private static IEnumerable<(string, string)> In(string where, JsonNode node)
    {
        if (node is JsonArray list) return list.OfType<JsonNode>().SelectMany(item => In(where, item));
        if (node is not JsonObject thing) return [];
        var inside = thing["title"] is JsonValue title ? $"{where}: {title}" : where;
        var found = thing.Where(child => child.Value is not null).SelectMany(child => In(inside, child.Value!));
        if (thing["expr"] is JsonValue expression) found = found.Append((inside, (string)expression!));
        // label_values(metric, label): what a variable offers.
        if (thing["query"] is JsonValue query && (string)query! is { } text && text.StartsWith("label_values(", StringComparison.Ordinal)) found = found.Append((inside, text["label_values(".Length..text.IndexOf(',', StringComparison.Ordinal)]));
        return found;
    }
}
