using System.Text.RegularExpressions;

namespace Plenary.DeployTests.Images;

/// <summary>One instruction of a Dockerfile, its continued lines joined.</summary>
/// <param name="Name">As <c>RUN</c>.</param>
/// <param name="Text">What follows.</param>
internal sealed record Instruction(string Name, string Text);

/// <summary>The rules for our images: what a reviewer would look for, each with the reason in its words.</summary>
internal static partial class Dockerfile
{
    private static readonly string[] Labels = ["title", "licenses", "version", "revision"];

    public static List<Instruction> Read(string text)
    {
        var lines = text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'));
        var joined = Regex.Replace(string.Join('\n', lines), @"\\\s*\n\s*", " ");
        return [.. joined.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => line.Split(' ', 2)).Select(parts => new Instruction(parts[0].ToUpperInvariant(), parts.ElementAtOrDefault(1)?.Trim() ?? ""))];
    }

    /// <summary>What is wrong with it; nothing when it is as it should be.</summary>
    public static IEnumerable<string> Mistakes(string text)
    {
        var all = Read(text);
        var defaults = all.TakeWhile(i => i.Name != "FROM").Where(i => i.Name == "ARG").Select(i => i.Text.Split('=', 2)).ToDictionary(p => p[0], p => p.ElementAtOrDefault(1) ?? "");
        var stages = new List<(string Image, string Name, List<Instruction> Steps)>();
        foreach (var step in all.SkipWhile(i => i.Name != "FROM"))
            if (step.Name == "FROM") stages.Add((step.Text.Split(' ')[0], step.Text.Split(" AS ").ElementAtOrDefault(1) ?? "", []));
            else stages[^1].Steps.Add(step);
        foreach (var stage in stages)
        {
            if (Argument().Match(stage.Image) is not { Success: true } argument) yield return $"FROM {stage.Image}: the image must be an argument, so that another can stand in";
            else if (!Pinned().IsMatch(defaults.GetValueOrDefault(argument.Groups[1].Value, ""))) yield return $"{argument.Groups[1].Value} must be pinned to a version or a digest, and is “{defaults.GetValueOrDefault(argument.Groups[1].Value)}”";
            foreach (var mistake in Steps(stage.Steps)) yield return mistake;
        }
        foreach (var mistake in Final(stages[^1].Image, stages[^1].Steps)) yield return mistake;
    }

    private static IEnumerable<string> Steps(List<Instruction> steps)
    {
        var prepared = false;
        foreach (var step in steps)
        {
            if (step.Name == "ADD") yield return "ADD unpacks and downloads; COPY does neither";
            if (step.Name is "ARG" or "ENV" && Secret().IsMatch(step.Text)) yield return $"{step.Name} {step.Text.Split('=')[0]}: a secret would stay in the image";
            if (step.Name == "RUN" && step.Text.Contains("apt-get install", StringComparison.Ordinal))
            {
                if (!step.Text.Contains("apt-get update", StringComparison.Ordinal)) yield return "apt-get install without apt-get update in the same layer installs from an old list";
                if (!step.Text.Contains("--no-install-recommends", StringComparison.Ordinal)) yield return "apt-get install without --no-install-recommends";
                if (!step.Text.Contains("rm -rf /var/lib/apt/lists/*", StringComparison.Ordinal)) yield return "the lists of packages stay in the layer";
            }
            if (step.Name == "RUN" && PipedIntoShell().IsMatch(step.Text)) yield return "a script from the network is run unseen";
            if (step.Name == "RUN" && (step.Text.StartsWith("npm ci", StringComparison.Ordinal) || step.Text.StartsWith("dotnet restore", StringComparison.Ordinal))) prepared = true;
            if (step.Name == "COPY" && step.Text is "src src" or "web ./" && !prepared) yield return $"COPY {step.Text} comes before the packages are restored: every change would fetch them all again";
            if (step.Name == "RUN" && step.Text.Contains("npm install", StringComparison.Ordinal)) yield return "npm install does not keep to the lock; npm ci does";
        }
    }

    private static IEnumerable<string> Final(string image, List<Instruction> steps)
    {
        if (image.Contains("SDK", StringComparison.OrdinalIgnoreCase)) yield return "the last stage is built on the SDK";
        if (steps.LastOrDefault(s => s.Name == "USER") is not { } user) yield return "no USER: it would run as root";
        else if (user.Text != "10001:10001") yield return $"USER must be 10001:10001, by number so that Kubernetes can see that it is not root, and is {user.Text}";
        foreach (var copied in steps.Where(s => s.Name == "COPY" && !s.Text.StartsWith("--from=", StringComparison.Ordinal))) yield return $"COPY {copied.Text}: only what was built goes into the last stage";
        var labels = string.Join(' ', steps.Where(s => s.Name == "LABEL").Select(s => s.Text));
        foreach (var label in Labels.Where(l => !labels.Contains($"org.opencontainers.image.{l}=", StringComparison.Ordinal))) yield return $"no label org.opencontainers.image.{label}";
        var entry = steps.LastOrDefault(s => s.Name is "ENTRYPOINT" or "CMD");
        if (entry is null || !entry.Text.StartsWith('[')) yield return "the program must be named as a list: through a shell no signal would reach it";
        if (!string.Join(' ', steps.Where(s => s.Name == "VOLUME").Select(s => s.Text)).Contains("\"/tmp\"", StringComparison.Ordinal)) yield return "/tmp must be a volume: the rest is read-only";
        if (steps.All(s => s.Name != "STOPSIGNAL")) yield return "no STOPSIGNAL";
    }

    [GeneratedRegex(@"^\$\{(\w+)\}$")]
    private static partial Regex Argument();

    [GeneratedRegex(@"(:\d+\.\d+[\w.-]*|@sha256:[0-9a-f]{64})$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\b\w*(PASSWORD|SECRET|TOKEN|CREDENTIAL|APIKEY)\w*\b", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(@"(curl|wget)\b[^&;]*\|\s*(ba|da)?sh")]
    private static partial Regex PipedIntoShell();
}
