using System.Diagnostics;
using Npgsql;

namespace Plenary.Load.Bench;

/// <summary>A PostgreSQL of the bench's own with its default durability: what is acknowledged is on the disk.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    private readonly Workspace work;
    private readonly string bin;
    private readonly string folder;
    private readonly int port;
    private Process? process;

    private Postgres(Workspace work, string bin, string folder, int port) => (this.work, this.bin, this.folder, this.port) = (work, bin, folder, port);

    /// <summary>Of the server and all its workers.</summary>
    public double Cpu => process is null ? 0 : Usage.CpuOfFamily(process.Id);

    public static async Task<Postgres> Start(Workspace work)
    {
        var bin = Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(path => File.Exists(Path.Combine(path, "initdb"))).Order().Last();
        // Beside the workspace: as another user, it may not look into that.
        var postgres = new Postgres(work, bin, work.Folder + "-postgres", FreePort.Take());
        Directory.CreateDirectory(postgres.folder);
        if (Environment.UserName == "root") await Run("chown", ["postgres", postgres.folder]);
        await Run("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. As("initdb"), "-D", postgres.Data, "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8"]);
        await postgres.Serve();
        return postgres;

        IEnumerable<string> As(string program) => postgres.Command(program);
    }

    /// <summary>A new empty database; answers its connection string.</summary>
    public async Task<string> NewDatabase(string name)
    {
        await using var connection = new NpgsqlConnection($"{Server};Database=postgres");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database \"{name}\"", connection);
        await command.ExecuteNonQueryAsync();
        return $"{Server};Database={name};Maximum Pool Size=40";
    }

    /// <summary>Ends it in the middle of whatever it does, and starts it again on the same data.</summary>
    public async Task Restart()
    {
        await work.End(process!);
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        await Serve();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            // SIGINT is its fast shutdown, which takes its workers along.
            await Run("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    private string Server => $"Host=127.0.0.1;Port={port};Username=postgres";

    private string Data => Path.Combine(folder, "data");

    private async Task Serve()
    {
        string[] command = [.. Command("postgres"), "-D", Data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-k", folder, "-c", "max_connections=200"];
        process = work.Start("postgres", command[0], command[1..], "/");
        await Workspace.Until(async () =>
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{Server};Database=postgres;Pooling=false;Timeout=1");
                await connection.OpenAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }, 30, () => "PostgreSQL did not start: " + work.LastWords("postgres"));
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private string[] Command(string program) =>
        Environment.UserName == "root" ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", Path.Combine(bin, program)] : [Path.Combine(bin, program)];

    private static async Task Run(string program, IEnumerable<string> arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        await run.WaitForExitAsync();
        if (run.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {run.ExitCode}");
    }
}
