using System.Diagnostics;

namespace Plenary.DeployTests.Support;

/// <summary>What a program said, and how it ended.</summary>
/// <param name="Code">0: it found nothing wrong.</param>
/// <param name="Output">What it wrote to its output.</param>
/// <param name="Errors">What it wrote to its error output.</param>
internal sealed record Told(int Code, string Output, string Errors)
{
    /// <summary>Everything it wrote.</summary>
    public string All => Output + Errors;

    /// <summary>Fails the test with everything it said, when it did not end well.</summary>
    public string Succeeded()
    {
        Assert.True(Code == 0, $"ended with {Code}:\n{All}");
        return Output;
    }

    /// <summary>Fails the test when the mistake was not found, or another one was.</summary>
    /// <param name="because">What it must have said.</param>
    public void Refused(string because)
    {
        Assert.True(Code != 0, "the mistake was not found:\n" + All);
        Assert.Contains(because, All, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Programs that check, run to their end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs it in a folder of the tree; one that takes longer than two minutes is ended, and the test fails.</summary>
    public static async Task<Told> RunAsync(string program, string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repo.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new(process.ExitCode, await output, await errors);
    }
}
