using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Plenary.Platform.Access;

namespace Plenary.Platform.Telemetry;

/// <summary>Logs, metrics, traces and health.</summary>
public static class TelemetryServices
{
    // What this says about requests, RequestLog says better: these write addresses with the keys that stand in them.
    private static readonly string[] Indiscreet = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.StaticFiles", "Microsoft.AspNetCore.StaticAssets", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.HttpsPolicy", "Microsoft.AspNetCore.Cors"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        AddLogs(builder);
        services.AddSingleton<Health>();
        services.AddSingleton<StatusBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusBoard>());

        var collector = Settings.Address(configuration, "Otlp:Endpoint");
        var scraped = Settings.Flag(configuration, "Metrics:Enabled");
        if (collector is null && !scraped) return;
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("plenary", serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3)));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(PlenaryMeter.Name, "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.Http.Connections", "System.Runtime", "Npgsql");
            if (scraped) metrics.AddPrometheusExporter();
            if (collector is not null) metrics.AddOtlpExporter(options => Use(options, collector, "v1/metrics"));
        });
        if (collector is null) return;
        var percent = Settings.Number(configuration, "Otlp:TracePercent", 10, 0, 100);
        telemetry.WithTracing(traces => traces
            // Whatever begins a trace decides for all of it. With thousands of posts a second, one in ten shows as much as all of them.
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(percent / 100.0)))
            .AddSource(PlenaryTracing.Source.Name, "Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Npgsql")
            .AddAspNetCoreInstrumentation(options =>
            {
                options.Filter = http => !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics");
                options.EnrichWithHttpRequest = (activity, request) =>
                {
                    activity.SetTag("url.path", PrivatePaths.Redact(request.Path.Value));
                    activity.SetTag("url.query", null);
                };
            })
            .AddOtlpExporter(options => Use(options, collector, "v1/traces")));
    }

    /// <summary>First of all, so that every request is in the log, refused ones too.</summary>
    public static void UseTelemetry(this WebApplication app) => app.UseMiddleware<RequestLog>();

    public static void MapTelemetry(this WebApplication app)
    {
        app.MapGet("/health/live", async (Health health, CancellationToken cancellation) => Answer(await health.Live(cancellation)));
        app.MapGet("/health/ready", async (Health health, CancellationToken cancellation) => Answer(await health.Ready(cancellation)));
        if (!Settings.Flag(app.Configuration, "Metrics:Enabled")) return;
        var token = app.Configuration["Metrics:Token"];
        app.Lifetime.ApplicationStarted.Register(FirstValues.Record);
        app.UseOpenTelemetryPrometheusScrapingEndpoint(http => http.Request.Path == "/metrics" && MayScrape(http, token));
        app.MapGet("/metrics", () => Results.NotFound()); // for whoever may not
    }

    /// <summary>With a token, whoever has it; without one, only this machine.</summary>
    internal static bool MayScrape(HttpContext http, string? token) => string.IsNullOrEmpty(token)
        ? ThisMachine.Is(http)
        : CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes("Bearer " + token));

    private static void AddLogs(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        switch (builder.Configuration["Logging:Format"] ?? (builder.Environment.IsProduction() ? "json" : "text"))
        {
            case EcsFormatter.FormatName:
                builder.Logging.AddConsole(options => options.FormatterName = EcsFormatter.FormatName).AddConsoleFormatter<EcsFormatter, ConsoleFormatterOptions>();
                break;
            case "json":
                // Scopes stay out: the host puts the address of the request into one, with the key that may stand in it.
                builder.Logging.AddJsonConsole(options => (options.IncludeScopes, options.UseUtcTimestamp, options.TimestampFormat) = (false, true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
                break;
            case "text":
                builder.Logging.AddSimpleConsole(options => (options.IncludeScopes, options.SingleLine, options.TimestampFormat) = (false, true, "HH:mm:ss "));
                break;
            default:
                throw new SettingsException("Logging:Format", "must be ecs, json or text");
        }
        foreach (var category in Indiscreet) builder.Logging.AddFilter(category, LogLevel.Warning);
    }

    private static void Use(OtlpExporterOptions options, Uri collector, string path) =>
        (options.Endpoint, options.Protocol) = (new Uri(collector.ToString().TrimEnd('/') + "/" + path), OtlpExportProtocol.HttpProtobuf);

    private static IResult Answer(HealthReport report) =>
        Results.Json(report, statusCode: report.Status == "ok" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
