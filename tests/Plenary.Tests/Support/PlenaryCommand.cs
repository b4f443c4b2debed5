using System.Diagnostics;

namespace Plenary.Tests.Support;

/// <summary>A command of the built program, run to its end as a process of its own.</summary>
/// <param name="Code">0: it did what it says.</param>
/// <param name="Output">What it said.</param>
/// <param name="Complaint">Why it could not.</param>
internal sealed record PlenaryCommand(int Code, string Output, string Complaint)
{
    public static async Task<PlenaryCommand> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Plenary.dll"), .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complaint = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        return new(process.ExitCode, await output, await complaint);
    }

    /// <summary>Fails the test with what it said, unless it ended with 0.</summary>
    public PlenaryCommand Succeeded()
    {
        Assert.True(Code == 0, $"ended with {Code}:\n{Complaint}\n{Output}");
        return this;
    }
}
