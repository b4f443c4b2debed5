using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Monitoring;

/// <summary>Alerts come when they must, stay away when they must, and say what to do.</summary>
public sealed class RuleFacts
{
    [Fact]
    public async Task RulesAreRulesAndEveryAlertComesWhenItMustAndOnlyThen()
    {
        Debian.Needed();
        var folder = Repo.At("deploy/monitoring");
        var (check, test) = (Check(folder), Test(folder));
        (await check).Succeeded();
        (await test).Succeeded();
    }

    [Fact]
    public void EveryAlertSaysHowBadItIsAndLeadsToARunbookAndIsTested() =>
        Assert.Empty(new AlertRules(Repo.At("deploy/monitoring")).Mistakes(Repo.At("deploy/runbooks")));

    [Fact]
    public async Task AnExpressionThatIsNoneIsFound()
    {
        Debian.Needed();
        using var temp = new TempFolder();
        var copy = temp.Copy("deploy/monitoring");
        TempFolder.Change(Path.Combine(copy, "rules/background.yaml"), "max(plenary_jobs_overdue_seconds)", "max(plenary_jobs_overdue_seconds");
        (await Check(copy)).Refused("parse error");
    }

    [Theory]
    [InlineData("processes.yaml", "plenary_process_draining_seconds > 150", "plenary_process_draining_seconds > 15000")]
    [InlineData("live.yaml", "/ sum(plenary_live_capacity) > 0.8", "/ sum(plenary_live_capacity) > 0.6")]
    public async Task AThresholdThatLetsTroublePassOrCriesWolfIsFound(string file, string right, string wrong)
    {
        Debian.Needed();
        using var temp = new TempFolder();
        var copy = temp.Copy("deploy/monitoring");
        TempFolder.Change(Path.Combine(copy, "rules", file), right, wrong);
        (await Test(copy, file)).Refused("FAILED");
    }

    [Theory]
    [InlineData("severity: page", "severity: critical", "has the severity “critical”")]
    [InlineData("runbooks/MailFailing.md", "runbooks/Mail.md", "MailFailing does not lead to its runbook")]
    [InlineData("alert: JobsLate", "alert: JobsOverdue", "No test says when JobsOverdue must come")]
    [InlineData("alert: JobsLate", "alert: JobsOverdue", "The runbook JobsLate is of no alert")]
    public void AnAlertThatLeavesPeopleAloneAtNightIsFound(string right, string wrong, string mistake)
    {
        using var temp = new TempFolder();
        var copy = temp.Copy("deploy/monitoring");
        TempFolder.Change(Path.Combine(copy, "rules/background.yaml"), right, wrong);
        Assert.Contains(new AlertRules(copy).Mistakes(Repo.At("deploy/runbooks")), found => found.Contains(mistake, StringComparison.Ordinal));
    }

    private static Task<Told> Check(string folder) => Tool.RunAsync(Debian.Promtool, ["check", "rules", .. Directory.GetFiles(Path.Combine(folder, "rules"), "*.yaml")]);

    private static Task<Told> Test(string folder, string file = "*.yaml") => Tool.RunAsync(Debian.Promtool, ["test", "rules", .. Directory.GetFiles(Path.Combine(folder, "rules-tests"), file)]);
}
