using System.Net;
using System.Text;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Workflows;

/// <summary>What decides, after an upgrade, whether it stays.</summary>
public sealed class WatchFacts
{
    private const string Calm = """{"status":"success","data":{"resultType":"vector","result":[]}}""";
    private const string Hot = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"slo":"joins"},"value":[1,"20.4"]}]}}""";

    [Theory]
    [InlineData(0, "Nothing burnt", Calm)]
    [InlineData(0, "Nothing burnt", Hot, Calm)] // one look is not a fire
    [InlineData(1, "joins burns 20 times too fast", Calm, Hot, Hot)]
    [InlineData(2, "could not be asked", "")]
    public async Task AReleaseStaysWhenNothingBurns(int code, string words, params string[] answers)
    {
        using var prometheus = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort.Take()}";
        prometheus.Prefixes.Add(address + "/");
        prometheus.Start();
        var asked = new List<string>();
        var answering = Task.Run(async () =>
        {
            for (var n = 0; prometheus.IsListening; n++)
            {
                HttpListenerContext call;
                try { call = await prometheus.GetContextAsync(); }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException) { return; }
                asked.Add(WebUtility.UrlDecode(await new StreamReader(call.Request.InputStream).ReadToEndAsync(TestContext.Current.CancellationToken)));
                var answer = answers[Math.Min(n, answers.Length - 1)];
                if (answer.Length == 0) call.Response.StatusCode = 503;
                await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer), TestContext.Current.CancellationToken);
                call.Response.Close();
            }
        }, TestContext.Current.CancellationToken);
        var told = await Tool.RunAsync("node", [Repo.At("deploy/release/watch.mjs"), address, "0.004", "0.05"]);
        prometheus.Stop();
        await answering;
        Assert.Equal(code, told.Code);
        Assert.Contains(words, told.Output, StringComparison.Ordinal);
        Assert.All(asked, query => Assert.Contains("plenary:bad:ratio_rate5m{slo=\"joins\"} / 0.005", query, StringComparison.Ordinal));
    }

    /// <summary>The names it asks for are those that the rules record, with the budgets of the promises.</summary>
    [Fact]
    public void ItAsksForWhatTheRulesRecord()
    {
        var rules = File.ReadAllText(Repo.At("deploy/monitoring/rules/slo.yaml"));
        var watch = File.ReadAllText(Repo.At("deploy/release/watch.mjs"));
        foreach (System.Text.RegularExpressions.Match budget in System.Text.RegularExpressions.Regex.Matches(watch, @"(\w+): (0\.\d+)"))
            Assert.Contains($"plenary:bad:ratio_rate5m{{slo=\"{budget.Groups[1].Value}\"}} > 14.4 * {budget.Groups[2].Value}", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheNotesOfAReleaseAreItsPartOfTheChangelog()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "CHANGELOG.md");
        await File.WriteAllTextAsync(file, "# Changelog\n\n## Unreleased\n\n- later\n\n## [1.2.3] - 2026-01-01\n\n### Added\n- this\n\n## 1.2.30\n\n- other\n", TestContext.Current.CancellationToken);
        Assert.Equal("### Added\n- this", (await Tool.RunAsync("node", [Repo.At("deploy/release/changes.mjs"), file, "1.2.3"])).Succeeded().Trim());
        (await Tool.RunAsync("node", [Repo.At("deploy/release/changes.mjs"), file, "9.9.9"])).Refused("says nothing of 9.9.9");
    }
}
