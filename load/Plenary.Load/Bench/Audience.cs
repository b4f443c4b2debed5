using System.Diagnostics;
using System.Globalization;
using System.Net;
using Plenary.Load.Simulator;

namespace Plenary.Load.Bench;

/// <summary>The crowd of one engine, in as many simulator processes as the engine has doors.</summary>
internal sealed class Audience(Workspace work) : IAsyncDisposable
{
    private readonly List<Process> simulators = [];

    /// <summary>Sockets that a simulator may hold.</summary>
    private static readonly int MostEach = Machine.OpenFiles() - 200;

    public int People { get; private set; }

    /// <summary>Of them, who read what they get.</summary>
    public int Readers { get; private set; }

    /// <summary>Processor seconds of the simulators so far.</summary>
    public double Cpu => Usage.Cpu(simulators.Select(s => s.Id));

    /// <summary>Starts one more simulator process; nobody connects yet.</summary>
    public void Add(Options options)
    {
        if (options.People > MostEach) throw new InvalidOperationException($"{options.People} sockets in a process that may hold {MostEach}");
        simulators.Add(work.Speak("dotnet", [typeof(Audience).Assembly.Location, "simulate", .. options.ToArguments().Select(a => a.Length == 0 ? "" : a)]));
        People += options.People;
        Readers += options.People - options.DeafBelow(options.People);
    }

    public async Task Tell(string command)
    {
        foreach (var simulator in simulators)
        {
            await simulator.StandardInput.WriteLineAsync(command);
            await simulator.StandardInput.FlushAsync();
        }
    }

    public Task Post(int count, double rate, int size, int first) => Tell(string.Create(CultureInfo.InvariantCulture, $"post {count} {rate} {size} {first}"));

    public async Task<Report[]> Reports()
    {
        await Tell("report");
        return await Task.WhenAll(simulators.Select(async simulator => Report.Parse(await simulator.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("a simulator ended"))));
    }

    /// <summary>Everybody comes; returns when they are in.</summary>
    public async Task Arrive(double seconds = 60)
    {
        await Tell("go");
        await AllIn(seconds);
    }

    public async Task AllIn(double seconds)
    {
        Report[] reports = [];
        await Workspace.Until(async () => (reports = await Reports()).Sum(r => r.Joined) == People, seconds,
            () => $"{reports.Sum(r => r.Joined)} of {People} were in after {seconds} s; {reports.Select(r => r.Trouble).FirstOrDefault(t => t is not null)}", every: 200);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var simulator in simulators) await work.End(simulator);
        simulators.Clear();
    }

    /// <summary>The addresses as simulators take them.</summary>
    public static IPEndPoint[] At(IEnumerable<int> ports) => [.. ports.Select(port => new IPEndPoint(IPAddress.Loopback, port))];
}
