using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Plenary.Tests.Support;

/// <summary>A PostgreSQL of the tests' own, in a temporary folder on a free loopback port; stopped with the test process.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string folder;
    private readonly string bin;

    private PostgresServer(string bin, string folder, int port)
    {
        (this.bin, this.folder) = (bin, folder);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=40";
    }

    public string ConnectionString { get; }

    /// <summary>Why there is none, when Debian's package is not installed; null when there is one.</summary>
    public static string? Missing => Bin() is null ? "PostgreSQL is not installed (Debian: postgresql); ./test installs it" : null;

    public static async Task<PostgresServer> StartAsync()
    {
        var bin = Bin() ?? throw new InvalidOperationException(Missing);
        var folder = Directory.CreateTempSubdirectory("plenary-pg-").FullName;
        if (Environment.UserName == "root")
        {
            // PostgreSQL refuses to run as root.
            await Run("chown", ["postgres", folder]);
        }
        var data = Path.Combine(folder, "data");
        await AsPostgres(Path.Combine(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-N", "--no-locale", "-E", "UTF8"]);
        var port = FreePort.Take();
        // The tests kill our server, never the database, so its own syncs only cost time.
        await AsPostgres(Path.Combine(bin, "pg_ctl"), ["-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c max_connections=200", "start"]);
        return new PostgresServer(bin, folder, port);
    }

    /// <summary>An empty database of its own.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"t{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Stops and starts it, on the same port.</summary>
    /// <param name="mode"><c>fast</c>: sessions are ended and the log is closed properly; <c>immediate</c>: as in a crash, the log is replayed.</param>
    public Task RestartAsync(string mode) => AsPostgres(Path.Combine(bin, "pg_ctl"), ["-D", Path.Combine(folder, "data"), "-w", "-l", Path.Combine(folder, "log"), "-m", mode, "restart"]);

    /// <summary>The connection string of a database that does not exist yet.</summary>
    public string NoDatabaseYet() => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = $"t{Guid.CreateVersion7():N}" }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await AsPostgres(Path.Combine(bin, "pg_ctl"), ["-D", Path.Combine(folder, "data"), "-m", "immediate", "stop"]);
        Directory.Delete(folder, recursive: true);
    }

    private static string? Bin() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(path => File.Exists(Path.Combine(path, "initdb"))).Order().LastOrDefault()
        : null;

    private static Task AsPostgres(string program, string[] arguments) =>
        Environment.UserName == "root" ? Run("runuser", ["-u", "postgres", "--", program, .. arguments]) : Run(program, arguments);

    private static async Task Run(string program, string[] arguments)
    {
        // Output goes nowhere we would wait for: the started server inherits it and keeps it open.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
