using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Monitoring;

/// <summary>Each severity goes to the people it is for.</summary>
public sealed class RoutingFacts
{
    private static readonly string Own = Repo.At("deploy/monitoring/alertmanager/alertmanager.yaml");

    [Fact]
    public async Task TheRoutesAreSoundAndEachSeverityHasItsChannel()
    {
        Debian.Needed();
        (await Tool.RunAsync(Debian.Amtool, ["check-config", Own])).Succeeded();
        Assert.Empty(await Astray(Own));
    }

    [Fact]
    public async Task APageThatWouldGoToNobodyIsFound()
    {
        Debian.Needed();
        using var temp = new TempFolder();
        var file = Path.Combine(temp.Copy("deploy/monitoring/alertmanager"), "alertmanager.yaml");
        TempFolder.Change(file, "severity=\"page\"']\n      receiver: slack-page", "severity=\"critical\"']\n      receiver: slack-page");
        (await Tool.RunAsync(Debian.Amtool, ["check-config", file])).Succeeded();
        Assert.Contains(await Astray(file), astray => astray.StartsWith("page", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AReceiverThatDoesNotExistIsFound()
    {
        Debian.Needed();
        using var temp = new TempFolder();
        var file = Path.Combine(temp.Copy("deploy/monitoring/alertmanager"), "alertmanager.yaml");
        TempFolder.Change(file, "receiver: slack-warn", "receiver: slack-warning");
        (await Tool.RunAsync(Debian.Amtool, ["check-config", file])).Refused("slack-warning");
    }

    /// <summary>Alerts that amtool finds on their way to another receiver than their severity's.</summary>
    private static async Task<List<string>> Astray(string file)
    {
        var found = new List<string>();
        foreach (var alert in new AlertRules(Repo.At("deploy/monitoring")).Alerts.DistinctBy(a => a.Severity))
        {
            var told = await Tool.RunAsync(Debian.Amtool, ["config", "routes", "test", $"--config.file={file}", $"severity={alert.Severity}", $"alertname={alert.Name}"]);
            if (told.Succeeded().Trim() != "slack-" + alert.Severity) found.Add($"{alert.Severity}: {told.Output.Trim()}");
        }
        return found;
    }
}
