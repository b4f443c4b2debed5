using System.Diagnostics;
using System.Globalization;
using Plenary.Load.Simulator;

namespace Plenary.Load.Bench;

/// <summary>Something that delivers to a crowd: Plenary, the floor, or a peer.</summary>
internal abstract class Engine(Workspace work, string name) : IAsyncDisposable
{
    private readonly List<(Process Process, int Port, string[] Command)> servers = [];

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
    public Task Kill(int door) => Work.End(servers[door].Process);

    /// <summary>Starts a killed process again at the same port, as a supervisor would; returns at once.</summary>
    public void Revive(int door)
    {
        var (_, port, command) = servers[door];
        servers[door] = (Work.Start($"{Name}-{door}", command[0], command[1..]), port, command);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var (process, _, _) in servers) await Work.End(process);
        servers.Clear();
    }

    /// <summary>Starts one process; returns when it listens.</summary>
    protected async Task Serve(int port, params string[] command)
    {
        var log = $"{Name}-{servers.Count}";
        var process = Work.Start(log, command[0], command[1..], Folder);
        servers.Add((process, port, command));
        await Workspace.Until(async () => process.HasExited ? throw new InvalidOperationException($"{Name} ended at once: {Work.LastWords(log)}") : await Workspace.Answers(port), 60,
            () => $"{Name} did not start: {Work.LastWords(log)}");
    }

    /// <summary>Where the process runs.</summary>
    protected virtual string? Folder => null;
}
