using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Plenary.DeployTests.Workflows;

/// <summary>The rules for workflows: what may go wrong when strangers send changes and others' actions change under one's feet.</summary>
internal static partial class Workflow
{
    /// <summary>What is wrong with it; nothing when it is as it should be.</summary>
    public static IEnumerable<string> Mistakes(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        if (Child(root, "permissions") is not { } general) yield return "no permissions: every job would get those of the repository's default";
        else if (general is not YamlMappingNode map || map.Children.Any(p => p.Value.ToString() == "write")) yield return "permissions for all jobs may only read; a job that writes says so itself";
        if (Child(root, "concurrency") is null) yield return "no concurrency: two runs could deploy over each other";
        if (Child(root, "on") is YamlMappingNode on && on.Children.Keys.Any(k => k.ToString() == "pull_request_target")) yield return "pull_request_target runs strangers' code with our secrets";
        foreach (var (name, job) in ((YamlMappingNode)Child(root, "jobs")!).Children.Select(j => (j.Key.ToString(), (YamlMappingNode)j.Value)))
        {
            var reused = Child(job, "uses");
            if (reused is null && Child(job, "timeout-minutes") is null) yield return $"{name}: no timeout-minutes; a hanging run would cost six hours";
            if (Child(job, "permissions")?.ToString() is "write-all" or "read-all") yield return $"{name}: permissions are named one by one";
            foreach (var step in (Child(job, "steps") as YamlSequenceNode)?.Children.Cast<YamlMappingNode>() ?? [])
                foreach (var mistake in Step(name, step)) yield return mistake;
        }
    }

    private static IEnumerable<string> Step(string job, YamlMappingNode step)
    {
        if (Child(step, "uses")?.ToString() is { } uses && !uses.StartsWith("./", StringComparison.Ordinal) && !Pinned().IsMatch(uses)) yield return $"{job}: {uses} must be pinned by the commit; a tag can be moved";
        if (Child(step, "uses")?.ToString().StartsWith("actions/checkout@", StringComparison.Ordinal) == true && Child(step, "with") is var with && (with is not YamlMappingNode given || Child(given, "persist-credentials")?.ToString() != "false"))
            yield return $"{job}: checkout leaves the token in the folder";
        if (Child(step, "run")?.ToString() is not { } run) yield break;
        if (Expression().IsMatch(run)) yield return $"{job}: an expression within a script lets whoever wrote its value write commands; pass it in env";
        if (Echoed().IsMatch(run)) yield return $"{job}: a secret would be in the log";
        if (run.Contains("helm upgrade", StringComparison.Ordinal) && !run.Contains("--atomic", StringComparison.Ordinal)) yield return $"{job}: helm upgrade without --atomic leaves half of a failed release";
        if (ContainerTag().Matches(run).Any(image => !VersionTag().IsMatch(image.Value))) yield return $"{job}: an image without a version";
    }

    private static YamlNode? Child(YamlMappingNode map, string key) => map.Children.FirstOrDefault(p => p.Key.ToString() == key).Value;

    [GeneratedRegex(@"@[0-9a-f]{40}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\$\{\{")]
    private static partial Regex Expression();

    [GeneratedRegex(@"(echo|printf[^|]*)\s[^|\n]*\$\{?\w*(TOKEN|SECRET|PASSWORD)\w*\}?""?\s*($|\n|>)")]
    private static partial Regex Echoed();

    [GeneratedRegex(@"docker\.io/\S+")]
    private static partial Regex ContainerTag();

    [GeneratedRegex(@":\d+\.\d+")]
    private static partial Regex VersionTag();
}
