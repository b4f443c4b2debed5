using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Tests.Support;

/// <summary>
/// The built server as a process of its own, with its own data folder and port, to be killed, frozen and started again. The test looks into
/// its database, and seals sessions with its keys.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly string database;
    private readonly string[] settings;
    private readonly WebApplication services;
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-server-").FullName;
    private readonly int port = FreePort.Take();
    private readonly List<(long At, string Line)> said = [];
    private Process? process;

    /// <summary>Not started yet.</summary>
    internal ServerProcess(string? database, string[] settings)
    {
        this.database = database ?? $"Data Source={Path.Combine(folder, "plenary.db")}";
        this.settings = settings;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["ConnectionStrings:Db"] = this.database;
        builder.AddDatabase();
        builder.AddAccess();
        services = builder.Build();
    }

    /// <summary>What the server keeps.</summary>
    public string Folder => folder;

    public Uri Url => new($"http://localhost:{port}");

    public IDataProtectionProvider Keys => services.Services.GetRequiredService<IDataProtectionProvider>();

    /// <summary>Variables of the process's environment, for its next start.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Everything it printed, over all starts, and when (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public (long At, string Line)[] Said
    {
        get { lock (said) return [.. said]; }
    }

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Memory that it holds now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    public Db OpenDb() => services.Services.GetRequiredService<IDbContextFactory<Db>>().CreateDbContext();

    /// <param name="database">A connection string; null means SQLite in the process's data folder.</param>
    /// <param name="settings">Further arguments, <c>--Section:Key=value</c>.</param>
    public static async Task<ServerProcess> StartAsync(string? database = null, params string[] settings)
    {
        var server = new ServerProcess(database, settings);
        await server.StartAgain();
        return server;
    }

    /// <summary>Starts the server on the same data and port; returns when it listens.</summary>
    public async Task StartAgain()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Plenary.dll"), "--urls", $"http://127.0.0.1:{port}",
            "--ConnectionStrings:Db", database, "--Data:Folder", folder, .. settings]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(object _, DataReceivedEventArgs line)
        {
            lock (said) said.Add((Stopwatch.GetTimestamp(), line.Data ?? ""));
            if (line.Data?.Contains("Application started", StringComparison.Ordinal) == true) ready.TrySetResult();
        }
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("the server ended"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            Assert.Fail($"the server did not start: {e.Message}\n{string.Join('\n', Said.Select(s => s.Line))}");
        }
    }

    /// <summary>SIGSTOP: it holds its connections, and neither answers nor notices.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>SIGTERM; answers its exit code once it has ended.</summary>
    public Task<int> Terminate()
    {
        Signal("TERM");
        return Ended();
    }

    /// <summary>Waits until it has ended by itself; answers its exit code.</summary>
    public async Task<int> Ended()
    {
        await process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var code = process.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    /// <summary>Returns when a line of what it prints, now or later, contains this.</summary>
    public async Task Says(string text, long since = 0)
    {
        var began = Stopwatch.StartNew();
        while (!Said.Any(s => s.At >= since && s.Line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(60), $"never said “{text}”:\n{string.Join('\n', Said.Select(s => s.Line).TakeLast(40))}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>SIGKILL, in the middle of whatever it does.</summary>
    public async Task Kill()
    {
        if (process is null) return;
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
