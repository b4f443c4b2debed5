using System.Diagnostics.Metrics;

namespace Plenary.Platform.Telemetry;

/// <summary>How well a part of the installation does.</summary>
public enum PartState
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It works, but slowly or not for everybody.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Down,
}

/// <summary>A part of the installation that the status page tells about besides what <see cref="Health"/> tries. Register one for each.</summary>
/// <param name="Key">For programs: one word.</param>
/// <param name="English">What people call it.</param>
/// <param name="German">The same in German.</param>
/// <param name="State">Looks; at once, and from memory.</param>
public sealed record StatusPart(string Key, string English, string German, Func<PartState> State);

/// <summary>What was seen of a part last.</summary>
/// <param name="Part">Which one.</param>
/// <param name="State">How well it does.</param>
/// <param name="Since">Since when, as far as this process knows: it was not there before it started.</param>
public sealed record PartSeen(StatusPart Part, PartState State, DateTimeOffset Since);

/// <summary>
/// Looks after every part every few seconds and remembers since when each is as it is, so that the status page and operators are answered from memory, also while
/// nothing else answers.
/// </summary>
public sealed class StatusBoard : BackgroundService
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Health health;
    private readonly TimeProvider clock;
    private IReadOnlyList<HealthCheck> checks = [];
    private volatile IReadOnlyList<PartSeen> seen;

    public StatusBoard(Health health, IEnumerable<StatusPart> more, TimeProvider clock)
    {
        (this.health, this.clock) = (health, clock);
        StatusPart[] parts = [
            new("live", "Rooms, stages and chat", "Räume, Bühnen und Chat", () => StateOf("silo")),
            new("database", "Registration and everything that is kept", "Anmeldung und alles, was gespeichert wird", () => StateOf("database")),
            new("files", "Pictures and recordings", "Bilder und Aufzeichnungen", () => StateOf("disk")),
            new("jobs", "Reminders and other work in the background", "Erinnerungen und andere Hintergrundarbeit", () => StateOf("jobs")),
            .. more,
        ];
        var now = clock.GetUtcNow();
        LookedAt = now;
        seen = [.. parts.Select(part => new PartSeen(part, PartState.Ok, now))];
    }

    /// <summary>All parts as they were seen last.</summary>
    public IReadOnlyList<PartSeen> Seen => seen;

    /// <summary>When that was.</summary>
    public DateTimeOffset LookedAt { get; private set; }

    /// <summary>The worst of them.</summary>
    public PartState Worst => seen.Max(one => one.State);

    /// <summary>Looks now.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        checks = (await health.Look(cancellation)).Checks;
        var now = clock.GetUtcNow();
        LookedAt = now;
        seen = [.. seen.Select(before => before.Part.State() is var state && state == before.State ? before : before with { State = state, Since = now })];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        PlenaryMeter.Meter.CreateObservableGauge("plenary.health", Healthy, "", "Whether what the process needs works, by check: 1 or 0.");
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do await Look(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) { }
    }

    private IEnumerable<Measurement<int>> Healthy()
    {
        foreach (var one in seen) yield return new(one.State is PartState.Down ? 0 : 1, new KeyValuePair<string, object?>("check", one.Part.Key));
    }

    private PartState StateOf(string check) => checks.FirstOrDefault(c => c.Name == check) switch
    {
        { Ok: false } => PartState.Down,
        { Late: true } => PartState.Degraded,
        _ => PartState.Ok,
    };
}
