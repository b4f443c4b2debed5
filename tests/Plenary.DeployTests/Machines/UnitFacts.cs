using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Machines;

/// <summary>The units for one machine, by systemd's own judgement.</summary>
public sealed class UnitFacts
{
    // 0 is nothing exposed, 10 everything. What is left: the network, which is its business.
    private const string MostExposure = "20";

    private static string? Missing => File.Exists("/usr/bin/systemd-analyze") ? null : "systemd-analyze is not installed (Debian: systemd); ./test installs it";

    [Fact]
    public async Task UnitsAreValidAndAMistypedLineIsFound()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        (await Verify(text => text)).Succeeded();
        (await Verify(text => text.Replace("NoNewPrivileges=", "NoNewPrivilege=", StringComparison.Ordinal))).Refused("Unknown key 'NoNewPrivilege'");
        (await Verify(text => text.Replace("OnCalendar=*-*-* 03:15", "OnCalendar=every night", StringComparison.Ordinal))).Refused("calendar");
    }

    [Fact]
    public async Task TheServerIsShutInAndAnOpenDoorIsFound()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        (await Security(text => text)).Succeeded();
        Assert.NotEqual(0, (await Security(text => text.Replace("CapabilityBoundingSet=\n", "", StringComparison.Ordinal).Replace("User=plenary", "User=root", StringComparison.Ordinal))).Code);
    }

    /// <summary>It is stopped only after people had time to move.</summary>
    [Fact]
    public void StoppingTakesLongerThanTheDrain()
    {
        var unit = File.ReadAllLines(Repo.At("deploy/systemd/plenary.service"));
        Assert.Contains("TimeoutStopSec=100", unit);
        Assert.Contains("Restart=always", unit);
        Assert.Contains("LimitNOFILE=65536", unit);
    }

    private static Task<Told> Security(Func<string, string> change) => With(change, folder => Tool.RunAsync("systemd-analyze", ["security", "--no-pager", "--offline=true", "--threshold=" + MostExposure, Path.Combine(folder, "plenary.service")]));

    private static async Task<Told> Verify(Func<string, string> change) => await With(change, async folder =>
    {
        var told = await Tool.RunAsync("systemd-analyze", ["verify", "--man=no", .. Directory.GetFiles(folder)]);
        return told.All.Contains("Unknown key", StringComparison.Ordinal) || told.All.Contains("Failed to parse", StringComparison.Ordinal) ? told with { Code = 1 } : told; // it says so and ends with 0
    });

    private static async Task<Told> With(Func<string, string> change, Func<string, Task<Told>> look)
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(Repo.At("deploy/systemd")))
        {
            var text = change(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("/opt/plenary/current/Plenary", "/usr/bin/true", StringComparison.Ordinal); // not installed here
            await File.WriteAllTextAsync(Path.Combine(folder.Path, Path.GetFileName(file)), text, TestContext.Current.CancellationToken);
        }
        return await look(folder.Path);
    }
}
