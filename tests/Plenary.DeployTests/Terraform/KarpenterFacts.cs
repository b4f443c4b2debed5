using System.Text.Json;
using System.Text.Json.Nodes;
using Plenary.DeployTests.Support;
using YamlDotNet.Serialization;

namespace Plenary.DeployTests.Terraform;

/// <summary>The manifests that an environment hands to the pipeline, as text.</summary>
public sealed class KarpenterFacts
{
    /// <summary>They are what Karpenter's published models say, and a mistake of each kind in them is found.</summary>
    [Fact]
    public async Task ManifestsAreWhatKarpenterKnows()
    {
        var (_, outputs) = await Workspace.PlanOfAsync("production");
        var manifests = Manifests(outputs.GetProperty("karpenter_manifests").GetProperty("value").GetString()!);
        Assert.Equal(["EC2NodeClass media", "NodePool media", "EC2NodeClass surge", "NodePool surge"], manifests.Select(m => $"{m["kind"]} {m["metadata"]!["name"]}"));
        Assert.Empty(await Wrong(manifests));

        manifests[1]["spec"]!["disruption"]!["consolidationPolicy"] = "WhenBored";
        manifests[2]["spec"]!["instanceProfiles"] = "nodes";
        manifests[3]["spec"]!["template"]!["spec"]!.AsObject().Remove("requirements");
        var wrong = await Wrong(manifests);
        Assert.Contains(wrong, told => told.StartsWith("NodePool media", StringComparison.Ordinal) && told.Contains("consolidationPolicy", StringComparison.Ordinal));
        Assert.Contains(wrong, told => told.StartsWith("EC2NodeClass surge", StringComparison.Ordinal) && told.Contains("instanceProfiles", StringComparison.Ordinal));
        Assert.Contains(wrong, told => told.StartsWith("NodePool surge", StringComparison.Ordinal) && told.Contains("requirements", StringComparison.Ordinal));
    }

    private static JsonNode[] Manifests(string yaml)
    {
        var (read, write) = (new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build(), new SerializerBuilder().JsonCompatible().Build());
        return [.. yaml.Split("---\n").Select(one => JsonNode.Parse(write.Serialize(read.Deserialize(one)))!)];
    }

    private static async Task<string[]> Wrong(JsonNode[] manifests)
    {
        await Tools.At("");
        var json = new JsonArray([.. manifests.Select(m => m.DeepClone())]).ToJsonString();
        return JsonSerializer.Deserialize<string[]>((await Tool.RunAsync("node", ["tests/Plenary.DeployTests/tools/custom-resources.mjs"], input: json)).Succeeded())!;
    }
}
