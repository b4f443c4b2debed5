using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Tests.Support;

/// <summary>
/// The built server as a process of its own, with its own data folder and port, to be killed and started again. The test looks into its
/// database, and seals sessions with its keys.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly string database;
    private readonly string[] settings;
    private readonly WebApplication services;
    private readonly string folder = Directory.CreateTempSubdirectory("plenary-server-").FullName;
    private readonly int port = PostgresServer.FreePort();
    private Process? process;

    private ServerProcess(string? database, string[] settings)
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
        process = Process.Start(start)!;
        var said = new List<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(object _, DataReceivedEventArgs line)
        {
            lock (said) said.Add(line.Data ?? "");
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
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            lock (said) Assert.Fail($"the server did not start: {e.Message}\n{string.Join('\n', said)}");
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

    public async ValueTask DisposeAsync()
    {
        await Kill();
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
