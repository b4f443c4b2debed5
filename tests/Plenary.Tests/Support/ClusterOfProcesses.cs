using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Plenary.Platform.Database;

namespace Plenary.Tests.Support;

/// <summary>
/// Several processes of the built server on one PostgreSQL, as one installation. Each can be killed, frozen, ended and started again; clients
/// are spread over them and go from one to the next.
/// </summary>
public sealed class ClusterOfProcesses : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-cluster-").FullName;

    private ClusterOfProcesses(string database, int count, string[] settings)
    {
        Database = database;
        // Each process gets a small pool: the tests' PostgreSQL has not connections for many.
        var connection = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 20 }.ConnectionString;
        Processes = [.. Enumerable.Range(0, count).Select(_ => new ServerProcess(connection, [
            "--Cluster:Enabled=true", "--Cluster:Address=127.0.0.1", $"--Cluster:SiloPort={FreePort.Take()}",
            "--Logging:LogLevel:Plenary.Rooms=Debug", "--Live:DrainSeconds=1", "--Live:NoticeSeconds=0", "--Data:Folder", folder, .. settings]))];
    }

    /// <summary>The connection string.</summary>
    public string Database { get; }

    public IReadOnlyList<ServerProcess> Processes { get; }

    public ServerProcess this[int process] => Processes[process];

    public IDataProtectionProvider Keys => Processes[0].Keys;

    /// <param name="database">Connection string of a database on PostgreSQL, which need not exist yet.</param>
    /// <param name="count">Three make two that agree when one is lost.</param>
    /// <param name="settings">Further arguments of all processes, <c>--Section:Key=value</c>.</param>
    public static async Task<ClusterOfProcesses> StartAsync(string database, int count = 3, params string[] settings)
    {
        var cluster = new ClusterOfProcesses(database, count, settings);
        try
        {
            await Task.WhenAll(cluster.Processes.Select(process => process.StartAgain()));
            await cluster.Settles();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Db OpenDb() => Processes[0].OpenDb();

    /// <summary>Returns when every running process says that it can serve, in a cluster of so many.</summary>
    public async Task Settles()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var running = Processes.Where(p => p.IsRunning).ToList();
        var words = running.Count == 1 ? "One process" : $"One of {running.Count} processes";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        foreach (var process in running)
        {
            while (true)
            {
                try
                {
                    if ((await http.GetStringAsync(new Uri(process.Url, "/health/ready"), patience.Token)).Contains(words, StringComparison.Ordinal)) break;
                }
                catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !patience.IsCancellationRequested) { }
                await Task.Delay(50, patience.Token);
            }
        }
    }

    /// <summary>The process that leads a room: the latest in which it was activated.</summary>
    public ServerProcess HostOf(Guid room) => Processes.Where(p => p.IsRunning)
        .Select(process => (process, At: process.Said.LastOrDefault(s => s.Line.Contains($"Room {room} is led here", StringComparison.Ordinal)).At))
        .Where(p => p.At > 0).MaxBy(p => p.At).process ?? throw new InvalidOperationException("nobody leads the room");

    /// <summary>The last words of the processes that do not run: why, when nobody ended them.</summary>
    public string LastWords(int lines = 25) => string.Join('\n', Processes.Where(p => !p.IsRunning)
        .SelectMany(p => p.Said.TakeLast(lines).Select(s => s.Line).Prepend($"{p.Url} has ended:")));

    /// <summary>The addresses of all processes, beginning with this one.</summary>
    public Uri[] UrlsFrom(int process) => [.. Processes.Skip(process).Concat(Processes.Take(process)).Select(p => p.Url)];

    /// <summary>A client that connects to this process first, and to the next ones when it loses it.</summary>
    public async Task<LiveClient> Enter(string cookie, Guid room, int process, bool json = false)
    {
        var urls = UrlsFrom(process);
        var client = await new LiveClient(urls[0], cookie, json, others: urls[1..]).Start();
        await client.Join(room);
        return client.ComesBack();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes) await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
