using System.Text.Json;
using System.Text.RegularExpressions;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Terraform;

/// <summary>Production, staging and development, planned as a whole.</summary>
public sealed class EnvironmentFacts
{
    internal static readonly string[] Names = ["production", "staging", "development"];

    public static TheoryData<string> Environments => [.. Names];

    /// <summary>What is tried in staging is what runs in production: the three differ in values, and nothing else.</summary>
    [Theory]
    [InlineData("main.tf")]
    [InlineData("variables.tf")]
    [InlineData("outputs.tf")]
    public void DifferOnlyInValues(string file) => Assert.Single(Names.Select(name => File.ReadAllText(Repo.At($"deploy/terraform/environments/{name}/{file}"))).Distinct());

    /// <summary>Each is valid, can be planned, and contains what the table of docs/operate/aws.md says.</summary>
    [Theory]
    [MemberData(nameof(Environments))]
    public async Task ContainsWhatTheManualSays(string environment)
    {
        var (plan, _) = await Workspace.PlanOfAsync(environment);

        var cluster = One("aws_eks_cluster");
        var nodes = One("aws_eks_node_group");
        var size = nodes.GetProperty("scaling_config")[0];
        var database = One("aws_rds_cluster");
        var instances = plan.Where(r => r.Type == "aws_rds_cluster_instance").ToList();
        var said = new Dictionary<string, string>
        {
            ["NAT gateways"] = $"{Count("aws_nat_gateway")}",
            ["Base nodes"] = $"{size.GetProperty("min_size")}–{size.GetProperty("max_size")} × {nodes.GetProperty("instance_types")[0]}, on demand",
            ["Database"] = $"{instances.Count} × {instances[0].Values.GetProperty("instance_class")}",
            ["Back to any second of"] = Days(database.GetProperty("backup_retention_period").GetInt32()),
            ["Backups kept"] = Days(plan.Single(r => r.Address.EndsWith("aws_s3_bucket_lifecycle_configuration.backups", StringComparison.Ordinal))
                .Values.GetProperty("rule")[0].GetProperty("expiration")[0].GetProperty("days").GetInt32()),
            ["Deletion protection"] = Flag(database.GetProperty("deletion_protection").GetBoolean() && cluster.GetProperty("deletion_protection").GetBoolean()),
            ["A snapshot remains"] = Flag(!database.GetProperty("skip_final_snapshot").GetBoolean()),
            ["Media nodes"] = Flag(plan.Any(r => r.Address.Contains("aws_security_group.media", StringComparison.Ordinal))),
            ["Registry"] = Flag(Count("aws_ecr_repository") > 0),
            ["Budget a month"] = $"${One("aws_budgets_budget").GetProperty("limit_amount")}",
        };
        Assert.All(said, row => Assert.Equal(row.Value, Documented(row.Key, environment)));

        // What no environment may differ in.
        Assert.Equal(9, Count("aws_subnet"));
        Assert.False(cluster.GetProperty("vpc_config")[0].GetProperty("endpoint_public_access").GetBoolean());
        Assert.True(database.GetProperty("storage_encrypted").GetBoolean());
        Assert.All(plan.Where(r => r.Type == "aws_s3_bucket_public_access_block"), r => Assert.True(r.Values.GetProperty("restrict_public_buckets").GetBoolean()));

        JsonElement One(string type) => plan.Single(r => r.Type == type).Values;
        int Count(string type) => plan.Count(r => r.Type == type);
    }

    /// <summary>A value that a module refuses does not get as far as a plan.</summary>
    [Fact]
    public async Task AValueThatAModuleRefusesIsFound()
    {
        using var workspace = await Workspace.With("environments/production/terraform.tfvars", "backup_days         = 35", "backup_days         = 99");
        (await workspace.RunAsync("environments/production", "init")).Succeeded();
        (await workspace.RunAsync("environments/production", "plan")).Refused("1 to 35");
    }

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";

    private static string Flag(bool value) => value ? "yes" : "no";

    private static string Documented(string row, string environment)
    {
        var line = Regex.Match(File.ReadAllText(Repo.At("docs/operate/aws.md")), $@"^\| {Regex.Escape(row)} \|(.*)\|$", RegexOptions.Multiline);
        Assert.True(line.Success, $"docs/operate/aws.md has no row “{row}”.");
        return line.Groups[1].Value.Split('|')[Array.IndexOf(Names, environment)].Trim();
    }
}
