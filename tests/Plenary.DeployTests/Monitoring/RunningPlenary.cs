using System.Text.RegularExpressions;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Monitoring;

/// <summary>The built server as a process of its own, and what it tells at <c>/metrics</c> from its start.</summary>
public sealed partial class RunningPlenary : IAsyncLifetime
{
    private readonly TempFolder temp = new();
    private Daemon? server;

    /// <summary>The metrics it declares, each with its type.</summary>
    public IReadOnlyDictionary<string, string> Told { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var url = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        server = Daemon.Start("dotnet", [Repo.At($"src/Plenary/bin/{configuration}/net10.0/Plenary.dll"), "--urls", url.ToString(), "--Data:Folder", temp.Path, "--Metrics:Enabled", "true"],
            temp.Path, new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Testing" });
        await server.Answers(new(url, "/health/ready"));
        using var http = new HttpClient();
        Told = Types().Matches(await http.GetStringAsync(new Uri(url, "/metrics"), TestContext.Current.CancellationToken)).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["type"].Value);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        temp.Dispose();
    }

    [GeneratedRegex("^# TYPE (?<name>[\\w:]+) (?<type>\\w+)", RegexOptions.Multiline)]
    private static partial Regex Types();
}
