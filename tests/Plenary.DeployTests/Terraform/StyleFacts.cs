using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Terraform;

/// <summary>How deploy/terraform is written.</summary>
public sealed class StyleFacts
{
    [Fact]
    public async Task FilesAreFormatted()
    {
        using var workspace = await Workspace.OfTheTree();
        (await Fmt(workspace, Repo.At("deploy/terraform"))).Succeeded();
    }

    [Fact]
    public async Task AFileThatIsNotIsFound()
    {
        using var workspace = await Workspace.With("modules/registry/main.tf", "  name                 = each.key\n", "  name = each.key\n");
        (await Fmt(workspace, workspace.At("modules"))).Refused("registry/main.tf");
    }

    /// <summary>Versions are pinned where something is applied, and nothing comes from a registry of modules.</summary>
    [Fact]
    public void VersionsArePinnedAndModulesAreOwn()
    {
        foreach (var file in Directory.EnumerateFiles(Repo.At("deploy/terraform"), "*.tf", SearchOption.AllDirectories))
        {
            var lines = File.ReadAllLines(file);
            Assert.All(lines.Where(line => line.TrimStart().StartsWith("source ", StringComparison.Ordinal)), line =>
                Assert.True(line.Contains("\"../", StringComparison.Ordinal) || line.Contains("\"hashicorp/aws\"", StringComparison.Ordinal), $"{file}: {line}"));
        }
        foreach (var environment in EnvironmentFacts.Names)
            Assert.Contains("version = \"6.66.0\"", File.ReadAllText(Repo.At($"deploy/terraform/environments/{environment}/main.tf")), StringComparison.Ordinal);
    }

    private static Task<Told> Fmt(Workspace workspace, string folder) => workspace.RunAsync("", "fmt", "-check", "-diff", "-recursive", folder);
}
