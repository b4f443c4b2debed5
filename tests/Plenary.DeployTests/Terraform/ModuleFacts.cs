using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Terraform;

/// <summary>Each module of deploy/terraform/modules by itself, against the full schema of the AWS provider.</summary>
public sealed class ModuleFacts
{
    public static TheoryData<string> Modules => [.. Directory.GetDirectories(Repo.At("deploy/terraform/modules")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    /// <summary>Every resource, argument, type and reference exists, and the module's own tests hold.</summary>
    [Theory]
    [MemberData(nameof(Modules))]
    public async Task IsValidAndDoesWhatItsTestsSay(string module)
    {
        using var workspace = await Workspace.OfTheTree();
        (await workspace.ValidateAsync($"modules/{module}")).Succeeded();
        var told = (await workspace.TestAsync($"modules/{module}")).Succeeded();
        Assert.Matches(@"Success! [1-9]\d* passed, 0 failed", told);
    }

    /// <summary>Every module is mocked when its tests are run by Terraform: nobody starts a cluster by testing.</summary>
    [Fact]
    public void TestsNeverReachAws()
    {
        var folders = Directory.GetDirectories(Repo.At("deploy/terraform/modules"));
        Assert.Equal(10, folders.Length);
        foreach (var folder in folders)
        {
            var tests = Directory.GetFiles(Path.Combine(folder, "tests"), "*.tftest.hcl");
            Assert.NotEmpty(tests);
            Assert.All(tests, file => Assert.StartsWith("mock_provider \"aws\" {}\n", File.ReadAllText(file), StringComparison.Ordinal));
        }
    }
}
