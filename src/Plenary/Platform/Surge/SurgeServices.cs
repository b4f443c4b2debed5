using Microsoft.AspNetCore.SignalR;
using Microsoft.Net.Http.Headers;
using Plenary.Platform.Telemetry;

namespace Plenary.Platform.Surge;

/// <summary>What keeps a process standing when everybody comes at once, and lets it go without anybody noticing.</summary>
public static class SurgeServices
{
    public static void AddSurge(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = SurgeSettings.Read(builder.Configuration);
        services.AddSingleton(settings);
        services.AddSingleton<SurgeMeters>();
        services.AddSingleton<JoinTickets>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Occupancy>();
        services.AddHostedService(provider => provider.GetRequiredService<Occupancy>());
        services.AddSingleton<Gateways>();
        services.AddHostedService(provider => provider.GetRequiredService<Gateways>());
        services.AddHostedService<Doorkeeper>();
        services.AddSingleton<Drain>();
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.AddSingleton<LiveDoor.Sending>();
        services.Configure<HubOptions>(options => options.AddFilter<LiveDoor.Sending>());
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Stop);
    }

    /// <summary>Before requests are authenticated: what a full process does not take costs it next to nothing.</summary>
    public static void UseSurge(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.Use((http, next) =>
        {
            // A proxy that keeps a connection for the next request would use it at the moment it is closed.
            if (drain.Begun && !http.Request.Headers.ContainsKey(HeaderNames.Upgrade))
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers.Connection = "close";
                    return Task.CompletedTask;
                });
            return next(http);
        });
        app.UseMiddleware<LiveDoor>();
    }
}

/// <summary>Turns the queues, and fits the rate to the load.</summary>
internal sealed class Doorkeeper : BackgroundService
{
    private static readonly TimeSpan TurnEvery = TimeSpan.FromMilliseconds(50);

    private const int TurnsPerFit = 5;

    private readonly Admission admission;
    private readonly Occupancy occupancy;
    private readonly TimeProvider clock;

    public Doorkeeper(Admission admission, Occupancy occupancy, Drain drain, TimeProvider clock)
    {
        (this.admission, this.occupancy, this.clock) = (admission, occupancy, clock);
        var meter = PlenaryMeter.Meter;
        meter.CreateObservableGauge("plenary.admission.waiting", () => admission.People, "{person}", "People in line.");
        meter.CreateObservableGauge("plenary.admission.rate", () => admission.Rate, "{person}/s", "Newcomers let in per second, now.");
        meter.CreateObservableGauge("plenary.process.load", () => occupancy.Load, description: "1 when the processors or threads are fully in use.");
        meter.CreateObservableGauge("plenary.live.connections", () => occupancy.Connections, "{connection}", "Live connections.");
        meter.CreateObservableGauge("plenary.live.capacity", () => occupancy.Capacity, "{connection}", "Live connections that fit.");
        meter.CreateObservableGauge("plenary.process.descriptors", () => occupancy.Descriptors, "{descriptor}", "Open files, sockets and connections; those that are not live connections as they were counted at most 15 s ago.");
        meter.CreateObservableGauge("plenary.process.descriptors.limit", () => occupancy.MostDescriptors, "{descriptor}", "How many may be open.");
        meter.CreateObservableGauge("plenary.process.draining", () => drain.Lasts.TotalSeconds, "s", "How long the process has been going away; 0 while it is not.");
        var started = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        meter.CreateObservableGauge("plenary.process.started", () => started, "s", "When the process started: seconds since 1970.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TurnEvery, clock);
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(stoppingToken); turn++)
            {
                if (turn % TurnsPerFit == 0) admission.Fit(occupancy.Load);
                admission.Turn();
            }
        }
        catch (OperationCanceledException) { }
    }
}
