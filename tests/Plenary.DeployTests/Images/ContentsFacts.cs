using System.Text.Json.Nodes;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Images;

/// <summary>The list of what is in the image.</summary>
public sealed class ContentsFacts
{
    /// <summary>Valid by CycloneDX's own schema, complete where we know it, without what only builds; the same each time, and refused when something is wrong with it.</summary>
    [Fact]
    public async Task TheListIsValidCompleteAndReproducible()
    {
        string[] asked = [Repo.At("deploy/docker/sbom.mjs"), Repo.At("src/Plenary/obj/project.assets.json"), Repo.At("web/package-lock.json"), "1.2.3"];
        var text = (await Tool.RunAsync("node", asked)).Succeeded();
        Assert.Equal(text, (await Tool.RunAsync("node", asked)).Succeeded());
        (await Check(text)).Succeeded();
        var purls = JsonNode.Parse(text)!["components"]!.AsArray().Select(c => (string)c!["purl"]!).ToList();
        Assert.All(["pkg:nuget/Microsoft.Orleans.Runtime@", "pkg:nuget/Npgsql@", "pkg:nuget/SkiaSharp.NativeAssets.Linux.NoDependencies@", "pkg:npm/react@", "pkg:npm/%40microsoft/signalr@"],
            expected => Assert.Contains(purls, purl => purl.StartsWith(expected, StringComparison.Ordinal)));
        Assert.DoesNotContain(purls, purl => purl.StartsWith("pkg:npm/vite@", StringComparison.Ordinal) || purl.StartsWith("pkg:nuget/Microsoft.CodeAnalysis.BannedApiAnalyzers@", StringComparison.Ordinal));
        Assert.All(JsonNode.Parse(text)!["components"]!.AsArray(), component => Assert.NotNull(component!["hashes"]));

        (await Check(text.Replace("\"type\": \"library\"", "\"type\": \"book\"", StringComparison.Ordinal))).Refused("type");
        (await Check(text.Replace("\"CycloneDX\"", "\"Cyclone\"", StringComparison.Ordinal))).Refused("bomFormat");
    }

    private static async Task<Told> Check(string text)
    {
        await Tools.At("@cyclonedx/cyclonedx-library");
        return await Tool.RunAsync("node", [Repo.At("tests/Plenary.DeployTests/tools/check-sbom.mjs")], input: text);
    }
}
