using System.Diagnostics;

namespace Plenary.DeployTests.Support;

/// <summary>A program that runs while a test does: on loopback, with a folder of its own, ended by its id when the test is over.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Queue<string> said = new();

    private Daemon(Process process) => this.process = process;

    /// <summary>The last lines it wrote.</summary>
    public string Said
    {
        get { lock (said) return string.Join('\n', said); }
    }

    public static Daemon Start(string program, string[] arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var daemon = new Daemon(Process.Start(start)!);
        daemon.process.OutputDataReceived += daemon.Hear;
        daemon.process.ErrorDataReceived += daemon.Hear;
        daemon.process.BeginOutputReadLine();
        daemon.process.BeginErrorReadLine();
        return daemon;
    }

    /// <summary>Returns when this address of it answers well; fails with what it said when it ends before, or takes too long.</summary>
    public async Task Answers(Uri address)
    {
        using var http = new HttpClient();
        var began = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(process.HasExited, $"it ended:\n{Said}");
            Assert.True(began.Elapsed < Patience, $"{address} did not answer:\n{Said}");
            try
            {
                using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) { }
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.Enqueue(line.Data ?? "");
            if (said.Count > 60) said.Dequeue();
        }
    }
}
