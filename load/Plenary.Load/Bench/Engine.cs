using System.Diagnostics;
using System.Globalization;
using Plenary.Load.Simulator;

namespace Plenary.Load.Bench;

/// <summary>Something that delivers to a crowd: Plenary, the floor, or a peer.</summary>
internal abstract class Engine(Workspace work, string name) : IAsyncDisposable
{
    private readonly List<Server> servers = [];

    protected Workspace Work { get; } = work;

    public string Name { get; } = name;

    public abstract Protocol Protocol { get; }

    public virtual string Path => "/";

    public IEnumerable<int> Ports => servers.Select(s => s.Port);

    /// <summary>Processor seconds of what serves, without a database.</summary>
    public virtual double Cpu => Usage.Cpu(Ids);

    /// <summary>Of the database or message bus beside it.</summary>
    public virtual double BesideCpu => 0;

    public long Memory => Usage.Memory(Ids);

    public IReadOnlyList<int> Ids => [.. servers.Select(s => s.Process.Id)];

    public abstract Task Start(int processes);

    /// <summary>What the simulators of this engine need to know; <paramref name="door"/> is the process they begin at.</summary>
    public virtual Options Crowd(int door, int people, Options? like = null) =>
        (like ?? new()) with { Protocol = Protocol, Path = Path, To = Audience.At(Ports), Home = door, People = people };

    /// <summary>Has so many messages a second sent to everybody. The floor and the peers send them from inside, which spares them the way in.</summary>
    public virtual async Task Broadcast(int count, double rate, int size)
    {
        using var http = new HttpClient();
        await Task.WhenAll(Ports.Select(port => http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/broadcast?count={count}&rate={rate}&size={size}"))));
    }

    /// <summary>Kills one process in the middle of whatever it does.</summary>
    public async Task Kill(int door)
    {
        servers[door].Process.Kill();
        await servers[door].Process.WaitForExitAsync();
    }

    /// <summary>Starts a killed process again at the same port, as a supervisor would; returns at once.</summary>
    public void Revive(int door)
    {
        var (port, command) = (servers[door].Port, servers[door].Command);
        servers[door] = new(Work.Start($"{Name}-{door}", command[0], command[1..], Folder), port, command);
    }

    /// <summary>Sends a process a signal by its name: STOP, CONT, TERM.</summary>
    public async Task Signal(int door, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", servers[door].Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Revives whatever ended, until cancelled.</summary>
    public async Task Supervise(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            for (var door = 0; door < servers.Count; door++)
                if (servers[door].Process.HasExited) Revive(door);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await Work.End(server.Process);
        servers.Clear();
    }

    /// <summary>Starts one process; returns when it listens.</summary>
    protected async Task Serve(int port, params string[] command)
    {
        var log = $"{Name}-{servers.Count}";
        var process = Work.Start(log, command[0], command[1..], Folder);
        servers.Add(new(process, port, command));
        await Workspace.Until(async () => process.HasExited ? throw new InvalidOperationException($"{Name} ended at once: {Work.LastWords(log)}") : await Workspace.Answers(port), 60,
            () => $"{Name} did not start: {Work.LastWords(log)}");
    }

    /// <summary>Where the process runs.</summary>
    protected virtual string? Folder => null;

    private sealed record Server(Process Process, int Port, string[] Command);
}
