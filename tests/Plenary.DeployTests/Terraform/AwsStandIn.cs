using System.Diagnostics;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Terraform;

/// <summary>
/// A provider on loopback that has the schema of hashicorp/aws and no AWS behind it (tools/terraform-schema). One for all tests of a run; it ends with
/// them, because it ends with its input.
/// </summary>
internal static class AwsStandIn
{
    // Deriving the schema reads thousands of files once for each version of the package: seconds, minutes on a machine that has much else to do.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    // Kept, because a process that nobody holds loses its input to the garbage collector, and would end.
    private static Process? _process;

    /// <summary>The value of <c>TF_REATTACH_PROVIDERS</c>.</summary>
    public static Task<string> Attachment => Started.Value;

    /// <summary>Where the schema is kept that was derived from the package.</summary>
    public static string SchemaFolder { get; } = Repo.At("tests/Plenary.DeployTests/obj/terraform-schema");

    private static async Task<string> StartAsync()
    {
        await Tools.At("");
        var start = new ProcessStartInfo("node", [Repo.At("tests/Plenary.DeployTests/tools/terraform-schema/provider.mjs"), SchemaFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        return await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The stand-in for AWS did not start.");
    }
}
