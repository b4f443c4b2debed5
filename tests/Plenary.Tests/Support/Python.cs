using System.Diagnostics;

namespace Plenary.Tests.Support;

/// <summary>Debian's Python, for readers of formats that are not ours.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    /// <summary>Whether this module is installed.</summary>
    public static async Task<bool> Has(string module) => File.Exists(Program) && (await Start($"import {module}", [])).Code == 0;

    /// <summary>What the program prints when this is its input. Fails the test when the program does.</summary>
    public static async Task<string> Run(string program, byte[] input)
    {
        var (code, said, complaint) = await Start(program, input);
        Assert.True(code == 0, complaint);
        return said;
    }

    private static async Task<(int Code, string Said, string Complaint)> Start(string program, byte[] input)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "-c", program }, Environment = { ["PYTHONIOENCODING"] = "utf-8" } };
        using var process = Process.Start(start)!;
        var (said, complaint) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said, await complaint);
    }
}
