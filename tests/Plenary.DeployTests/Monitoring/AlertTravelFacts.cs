namespace Plenary.DeployTests.Monitoring;

/// <summary>Trouble reaches people, in the channel for its severity, and so does its end: through the real Prometheus and the real Alertmanager.</summary>
[Collection(UnderTheWatchtower.Name)]
public sealed class AlertTravelFacts(Watchtower tower)
{
    [Theory]
    [InlineData("page", "DatabaseDown", "plenary_health{check=\"database\"}", 0, 1, "danger")]
    [InlineData("warn", "DrainStuck", "plenary_process_draining_seconds", 200, 0, "warning")]
    [InlineData("info", "ReadersSlow", "plenary_live_readers_behind", 100, 0, "#4a6fa5")]
    public async Task AnAlertOfEachSeverityArrivesInItsChannelAndSoDoesItsEnd(string severity, string alert, string series, double bad, double good, string color)
    {
        Debian.Needed();
        tower.Plenary["plenary_live_connections"] = 1_000;
        tower.Plenary[series] = bad;
        var firing = await tower.Slack.Next(posted => posted.Title.Contains($"({alert})", StringComparison.Ordinal));
        Assert.Equal((severity, "#plenary-" + severity, color), (firing.Webhook, firing.Channel, firing.Color));
        Assert.EndsWith($"/deploy/runbooks/{alert}.md", firing.Link, StringComparison.Ordinal);
        Assert.Contains("What to do", firing.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Over:", firing.Title, StringComparison.Ordinal);

        tower.Plenary[series] = good;
        var over = await tower.Slack.Next(posted => posted.Title.StartsWith("Over:", StringComparison.Ordinal) && posted.Title.Contains($"({alert})", StringComparison.Ordinal));
        Assert.Equal((severity, "good"), (over.Webhook, over.Color));
        Assert.Contains(", over at ", over.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatFollowsFromALostDatabaseIsHeldBack()
    {
        Debian.Needed();
        tower.Plenary["plenary_health{check=\"database\"}"] = 0;
        tower.Plenary["plenary_jobs_overdue_seconds"] = 400;
        await tower.IsHeldBack("JobsLate");
        tower.Plenary["plenary_jobs_overdue_seconds"] = 0;
        tower.Plenary["plenary_health{check=\"database\"}"] = 1;
        await tower.Slack.Next(posted => posted.Title.StartsWith("Over:", StringComparison.Ordinal) && posted.Title.Contains("(DatabaseDown)", StringComparison.Ordinal));
    }
}
