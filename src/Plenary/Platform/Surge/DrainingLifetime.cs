using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Plenary.Platform.Surge;

/// <summary>
/// Ends the program as the host's own console lifetime does, but on SIGTERM drains first: the host closes live connections the moment it begins
/// to stop. Ctrl+C stops at once. Asked again, it stops draining; asked a third time, or when stopping takes too long, the process ends as it is.
/// </summary>
internal sealed class DrainingLifetime(
    Drain drain, IHostApplicationLifetime life, IHostEnvironment environment, IOptions<HostOptions> options, TimeProvider clock, ILoggerFactory loggers) : IHostLifetime, IDisposable
{
    /// <summary>Over the time the host gives its services: they may ignore it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ILogger logger = loggers.CreateLogger("Microsoft.Hosting.Lifetime");
    private readonly CancellationTokenSource hurry = new();
    private PosixSignalRegistration[] signals = [];
    private ITimer? deadline;
    private int asked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        life.ApplicationStarted.Register(() => logger.LogInformation("Application started in {Environment}. Press Ctrl+C to shut down.", environment.EnvironmentName));
        life.ApplicationStopping.Register(() => logger.LogInformation("Application is shutting down..."));
        signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, On))];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        deadline?.Dispose();
        hurry.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        context.Cancel = true;
        switch (Interlocked.Increment(ref asked))
        {
            case 1 when context.Signal == PosixSignal.SIGTERM:
                _ = DrainAndStop();
                break;
            case 1 or 2:
                hurry.Cancel();
                Stop();
                break;
            default:
                Environment.Exit(128 + 15);
                break;
        }
    }

    private async Task DrainAndStop()
    {
        try
        {
            await Task.Run(() => drain.Run(hurry.Token));
        }
        finally
        {
            Stop();
        }
    }

    private void Stop()
    {
        deadline ??= clock.CreateTimer(_ => Environment.Exit(1), null, options.Value.ShutdownTimeout + Grace, Timeout.InfiniteTimeSpan);
        life.StopApplication();
    }
}
