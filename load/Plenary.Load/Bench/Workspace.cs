using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plenary.Load.Bench;

/// <summary>
/// A folder and the processes of one bench. Everything started is ended with it; each is also noted in the folder's file <c>processes</c>, so that
/// <c>load/bench</c> ends what a bench that was killed left behind.
/// </summary>
internal sealed class Workspace(string folder, string sources, TextWriter output) : IAsyncDisposable
{
    private readonly List<Process> processes = [];

    public string Folder { get; } = folder;

    /// <summary>The folder <c>load/</c> of the repository.</summary>
    public string Sources { get; } = sources;

    public void Say(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }

    /// <summary>A program that is let run; what it says goes to a file of its name.</summary>
    public Process Start(string name, string program, IEnumerable<string> arguments, string? folder = null)
    {
        var log = Path.Combine(Folder, $"{name}.log");
        // Through a shell for the redirection only: exec keeps the process id.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log, program, .. arguments]) { WorkingDirectory = folder ?? Folder };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return Keep(Process.Start(start)!);
    }

    /// <summary>A program that is spoken with.</summary>
    public Process Speak(string program, IEnumerable<string> arguments) =>
        Keep(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Folder })!);

    /// <summary>What a program said last, for an error message.</summary>
    public string LastWords(string name)
    {
        var log = Path.Combine(Folder, $"{name}.log");
        return File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(15)) : "";
    }

    /// <summary>Kills one and waits for its end.</summary>
    public async Task End(Process process)
    {
        if (!processes.Remove(process)) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.ToArray()) await End(process);
    }

    /// <summary>Returns when this holds; throws after so many seconds.</summary>
    /// <param name="every">Milliseconds between two looks.</param>
    public static async Task Until(Func<Task<bool>> holds, double seconds, Func<string> what, int every = 50)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > seconds) throw new TimeoutException(what());
            await Task.Delay(every);
        }
    }

    /// <summary>True when somebody listens there.</summary>
    public static async Task<bool> Answers(int port)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Process Keep(Process process)
    {
        processes.Add(process);
        var since = Usage.Stat(process.Id).Since;
        File.AppendAllText(Path.Combine(Folder, "processes"), string.Create(CultureInfo.InvariantCulture, $"{process.Id} {since}\n"));
        return process;
    }
}
