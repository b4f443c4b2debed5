using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.K6;

/// <summary>
/// The load tests do what they say: their types hold, and each scenario's functions, run once against the real program, find nothing wrong. k6 itself is not
/// run here; its modules are stood in for by tools/k6.
/// </summary>
public sealed partial class ScenarioFacts(DemoServer server) : IClassFixture<DemoServer>
{
    private static readonly string Scripts = Repo.At("deploy/k6");

    /// <summary>All at once: they mostly wait.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<Told>>> Passes = new();

    public static TheoryData<string> Scenarios => [.. Directory.GetFiles(Path.Combine(Scripts, "scenarios"), "*.js").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Fact]
    public void EveryScenarioOfTheDesignIsThere() =>
        Assert.Equal(["chat-storm", "checkout", "lobby-ramp", "reconnect-storm", "smoke", "spike", "stage-broadcast"], Scenarios.Select(row => row.Data));

    [Theory, MemberData(nameof(Scenarios))]
    public async Task AScenarioPassesOnceAgainstTheRealProgram(string scenario)
    {
        await Tools.At("ws");
        foreach (var each in Scenarios.Select(row => row.Data)) _ = Pass(each).IsCompleted;
        Assert.SkipWhen(scenario == "stage-broadcast" && server.Clip.Length == 0, "ffmpeg is not installed (Debian: ffmpeg); ./test installs it");
        Assert.Contains(" 0 wrong", (await Pass(scenario)).Succeeded(), StringComparison.Ordinal);

        Task<Told> Pass(string name) => Passes.GetOrAdd(name, _ => new(() => Run(Scripts, name))).Value;
    }

    [Theory]
    [InlineData("lib/live.js", "'Join'", "'Enter'", "plenary_joins: 0.000")] // a method that the hub does not have
    [InlineData("thresholds.js", "plenary_delivery:", "plenary_delivered:", "threshold on an unknown metric: plenary_delivered")]
    [InlineData("thresholds.js", "p(99)<1000", "p99<1000", "is no threshold of a trend")]
    [InlineData("scenarios/smoke.js", "import http from 'k6/http';", "import http from 'https://jslib.k6.io/http/1.0.0/index.js';", "may not be imported")]
    [InlineData("scenarios/smoke.js", "exec: 'person'", "exec: 'persons'", "is not exported")]
    [InlineData("lib/graph.js", "'Content-Type': 'application/json'", "'Content-Type': 'text/plain'", "status-415")]
    public async Task AMistakeIsFound(string file, string right, string wrong, string because)
    {
        await Tools.At("ws");
        using var temp = new TempFolder();
        (await Run(Mistaken(temp, file, right, wrong), "smoke")).Refused(because);
    }

    [Fact]
    public async Task TheTypesHold() => Assert.Equal("", (await Check(Scripts)).Succeeded());

    [Theory]
    [InlineData("scenarios/checkout.js", "checkouts.add(", "checkouts.push(", "push")]
    [InlineData("scenarios/spike.js", "executor: 'ramping-arrival-rate'", "executor: 'ramping-arrivals'", "ramping-arrivals")]
    [InlineData("scenarios/smoke.js", "thresholds(['joins'", "thresholds(['sloo'", "sloo")]
    public async Task AMistakenTypeIsFound(string file, string right, string wrong, string because)
    {
        using var temp = new TempFolder();
        (await Check(Mistaken(temp, file, right, wrong))).Refused(because);
    }

    /// <summary>A gate that promises something else than the alerts watch over is none.</summary>
    [Fact]
    public void ThresholdsAreNamedAsTheAlertsNameThePromises()
    {
        var rules = Repo.At("deploy/monitoring/rules/slo.yaml");
        Assert.SkipUnless(File.Exists(rules), "there are no rules to compare with");
        var promised = Slo().Matches(File.ReadAllText(rules)).Select(match => match.Groups[1].Value).Distinct().Order();
        var gated = Gate().Matches(File.ReadAllText(Path.Combine(Scripts, "thresholds.js"))).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(promised, gated);
    }

    [Fact]
    public async Task TheForecastIsToldToWhoeverScrapes()
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(server.Url + "/metrics", TestContext.Current.CancellationToken);
        foreach (var within in (string[])["15m", "1h", "4h", "24h"]) Assert.Matches($$"""(?m)^plenary_forecast_attendees\{[^}]*within="{{within}}"[^}]*\} [1-9]""", metrics);
        Assert.Matches(@"(?m)^plenary_forecast_connections(\{[^}]*\})? [1-9]", metrics);
    }

    private async Task<Told> Run(string scripts, string scenario) => await Tool.RunAsync("node", [Repo.At("tests/Plenary.DeployTests/tools/k6/run.mjs"), scripts, Path.Combine(scripts, "scenarios", scenario + ".js")],
        environment: new Dictionary<string, string>
        {
            ["BASE"] = server.Url,
            // The smoke test walks into the demo; everybody else comes by a link of their own.
            ["LINKS"] = scenario == "smoke" ? "" : server.Links,
            ["CLIP"] = scenario == "stage-broadcast" ? server.Clip : "",
            ["STAY"] = "3",
            ["PEOPLE"] = "2",
            ["K6_VU"] = $"{Scenarios.Select(row => row.Data).ToList().IndexOf(scenario)}",
        });

    private static async Task<Told> Check(string scripts)
    {
        var tools = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(await Tools.At("@types/k6"))))!;
        var types = Path.Combine(tools, "node_modules/@types");
        var settings = new
        {
            compilerOptions = new
            {
                checkJs = true,
                allowJs = true,
                noEmit = true,
                strict = true,
                noUnusedLocals = true,
                target = "es2022",
                module = "esnext",
                moduleResolution = "bundler",
                lib = new[] { "es2023" },
                types = new[] { "k6" },
                typeRoots = new[] { types },
                paths = new Dictionary<string, string[]> { ["k6"] = [types + "/k6/index.d.ts"], ["k6/*"] = [types + "/k6/*"] },
            },
            include = new[] { scripts + "/**/*.js", tools + "/k6/globals.d.ts" },
        };
        using var temp = new TempFolder();
        await File.WriteAllTextAsync(temp.At("tsconfig.json"), JsonSerializer.Serialize(settings));
        return await Tool.RunAsync("node", [await Tools.At("typescript/bin/tsc"), "-p", temp.Path]);
    }

    [GeneratedRegex(@"labels: \{ slo: (\w+) \}")]
    private static partial Regex Slo();

    [GeneratedRegex(@"(?m)^  (\w+): \{")]
    private static partial Regex Gate();

    /// <summary>The scripts with one mistake; answers where they are.</summary>
    private static string Mistaken(TempFolder temp, string file, string right, string wrong)
    {
        var folder = temp.Copy("deploy/k6");
        TempFolder.Change(Path.Combine(folder, file), right, wrong);
        return folder;
    }
}
