using System.Text.Json;

namespace Plenary.DeployTests.Terraform;

/// <summary>Mistakes of every kind that the checks are there for, each planted in a copy: each must be found, and for its own reason.</summary>
public sealed class MistakeFacts
{
    private const string Queue = "modules/node-pools/interruptions.tf", QueueEncrypted = "  sqs_managed_sse_enabled   = true\n";

    /// <summary>Mistakes that the schema tells: of the resources, of their arguments, of values' types, of references.</summary>
    [Theory]
    [InlineData(Queue, QueueEncrypted, "  sqs_managed_sse_enabled = true\n  encrypted = true\n", "An argument named \"encrypted\" is not expected here")]
    [InlineData(Queue, "= 300 #", "= \"five minutes\" #", "Inappropriate value for attribute \"message_retention_seconds\"")]
    [InlineData(Queue, "resource \"aws_sqs_queue\" \"interruptions\"", "resource \"aws_sqs_queues\" \"interruptions\"", "aws_sqs_queues")]
    [InlineData(Queue, "aws_sqs_queue.interruptions.url", "aws_sqs_queue.interruptions.address", "This object has no argument, nested block, or exported attribute")]
    [InlineData(Queue, "  arn      = aws_sqs_queue.interruptions.arn\n", "", "The argument \"arn\" is required")]
    [InlineData(Queue, "resource \"aws_sqs_queue\" \"interruptions\" {\n", "resource \"aws_sqs_queue\" \"interruptions\" {\n  redrive {\n  }\n", "Blocks of type \"redrive\" are not expected here")]
    [InlineData(Queue, QueueEncrypted, "  sqs_managed_sse_enabled = var.encrypted\n", "An input variable with the name \"encrypted\" has not been declared")]
    public async Task ThoseTheSchemaTellsAreFound(string file, string right, string wrong, string because)
    {
        using var workspace = await Workspace.With(file, right, wrong);
        (await workspace.ValidateAsync("modules/node-pools")).Refused(because);
    }

    /// <summary>Mistakes that are valid, and would cost data, money or secrets: the modules' own tests find them.</summary>
    [Theory]
    [InlineData("irsa/main.tf", "          \"${var.oidc_issuer}:aud\" = \"sts.amazonaws.com\"\n", "", "Exactly this subject and this audience")]
    [InlineData("irsa/main.tf", "StringEquals = {", "StringLike = {", "Exactly this subject and this audience")]
    [InlineData("network/main.tf", "cidrsubnet(var.cidr, 3, index)", "cidrsubnet(var.cidr, 8, index)", "/19")]
    [InlineData("eks/base-nodes.tf", "\"ON_DEMAND\"", "\"SPOT\"", "On demand, in every zone")]
    [InlineData("eks/main.tf", "length(var.public_access_cidrs) > 0\n", "true\n", "Reached from inside only")]
    [InlineData("node-pools/manifests/surge.yaml.tftpl", "${jsonencode(surge.capacity_types)}", "[\"on-demand\"]", "Spot, with on-demand")]
    [InlineData("aurora/main.tf", "deletion_protection          = var.deletion_protection", "deletion_protection          = false", "Protected, and a snapshot remains")]
    [InlineData("aurora/main.tf", "  storage_encrypted = true", "  storage_encrypted = false", "With a key of its own")]
    [InlineData("storage-cdn/buckets.tf", "  block_public_acls       = true", "  block_public_acls       = false", "All four locks")]
    [InlineData("storage-cdn/cdn.tf", "  comment     = \"LL-HLS: as long as the origin says, by path and the three questions a player may ask\"\n  min_ttl     = 0", "  comment     = \"\"\n  min_ttl     = 60", "A longer minimum")]
    [InlineData("dns-tls/main.tf", "  region            = \"us-east-1\"", "  region            = \"eu-central-1\"", "where CloudFront looks for it")]
    [InlineData("registry/main.tf", "\"IMMUTABLE\"", "\"MUTABLE\"", "What was tested is what runs")]
    [InlineData("observability/notify.tf", "\"kms:GenerateDataKey*\"", "\"kms:Encrypt\"", "alarms are lost without a word")]
    [InlineData("platform/roles.tf", "\"s3:PutObject\"", "\"s3:DeleteObject\"", "cannot delete backups")]
    public async Task ThoseThatAreValidAreFoundByTheModulesTests(string file, string right, string wrong, string because)
    {
        using var workspace = await Workspace.With($"modules/{file}", right, wrong);
        (await workspace.TestAsync($"modules/{file.Split('/')[0]}")).Refused(because);
    }

    /// <summary>The schema is that of the whole provider, not of what happens to be used.</summary>
    [Fact]
    public async Task TheSchemaIsWhole()
    {
        await AwsStandIn.Attachment;
        using var schema = JsonDocument.Parse(await File.ReadAllBytesAsync(Directory.GetFiles(AwsStandIn.SchemaFolder, "aws-25.7.0.json").Single(), TestContext.Current.CancellationToken));
        Assert.Equal(1725, schema.RootElement.GetProperty("resources").EnumerateObject().Count());
        Assert.Equal(683, schema.RootElement.GetProperty("data").EnumerateObject().Count());
    }
}
