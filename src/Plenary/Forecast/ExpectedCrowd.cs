using System.Diagnostics.Metrics;
using Plenary.Platform.Telemetry;

namespace Plenary.Forecast;

/// <summary>
/// How many people this installation expects, told as metrics by every process: autoscaling reads the greatest. Looked at once a minute; when the database is
/// away, what was read before goes on counting by the clock.
/// </summary>
public sealed class ExpectedCrowd : BackgroundService
{
    /// <summary>The times ahead, as the label <c>within</c> names them.</summary>
    public static readonly IReadOnlyList<(string Name, TimeSpan Span)> Within =
        [("15m", TimeSpan.FromMinutes(15)), ("1h", TimeSpan.FromHours(1)), ("4h", TimeSpan.FromHours(4)), ("24h", TimeSpan.FromHours(24))];

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan[] Spans = [.. Within.Select(w => w.Span)];

    private readonly NearEvents near;
    private readonly TimeProvider clock;
    private readonly ILogger<ExpectedCrowd> logger;
    private List<NearEvent> events = [];
    private volatile double[] most = new double[Within.Count];

    public ExpectedCrowd(NearEvents near, TimeProvider clock, ILogger<ExpectedCrowd> logger)
    {
        (this.near, this.clock, this.logger) = (near, clock, logger);
        PlenaryMeter.Meter.CreateObservableGauge("plenary.forecast.attendees", () => Within.Zip(most, (within, people) => new Measurement<long>(Whole(people), new KeyValuePair<string, object?>("within", within.Name))),
            "{person}", "People expected to be there at once, at most, within that time.");
        PlenaryMeter.Meter.CreateObservableGauge("plenary.forecast.connections", () => Whole(most[0]),
            "{connection}", "Live connections expected within 15 minutes.");
    }

    /// <summary>People for each of <see cref="Within"/>; nobody before the first look.</summary>
    public IReadOnlyList<double> Most => most;

    /// <summary>Reads what is planned and reckons.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        try
        {
            events = await near.Soon(cancellation);
        }
#pragma warning disable CA1031 // Without its database a process still says what it knew.
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning(error, "What is planned could not be read; the forecast goes on with what was read before");
        }
#pragma warning restore CA1031
        most = ForecastModel.Most(events, clock.GetUtcNow(), Spans);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do await Look(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) { }
    }

    private static long Whole(double people) => (long)Math.Ceiling(people);
}
