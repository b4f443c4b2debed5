namespace Plenary.DeployTests.Monitoring;

/// <summary>Programs that Debian packages bring.</summary>
internal static class Debian
{
    public const string Promtool = "/usr/bin/promtool", Prometheus = "/usr/bin/prometheus", Amtool = "/usr/bin/amtool", Alertmanager = "/usr/bin/prometheus-alertmanager";

    /// <summary>Says why a test cannot run here.</summary>
    public static void Needed()
    {
        foreach (var program in (string[])[Promtool, Prometheus, Amtool, Alertmanager])
            Assert.SkipUnless(File.Exists(program), $"{program} is not here: apt-get install prometheus prometheus-alertmanager");
    }
}
