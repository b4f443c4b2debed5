using Plenary.Load.Simulator;

namespace Plenary.Load.Bench;

/// <summary>
/// Three gateways, a crowd, messages under way: something is done to it, and then every acknowledged message must be in the log once, and everybody
/// must hold the whole log in its order.
/// </summary>
internal sealed class Ordeal(Workspace work, Postgres postgres) : IAsyncDisposable
{
    /// <summary>For everybody to be back and hold everything.</summary>
    private const double Patience = 90;

    private readonly Audience audience = new(work);
    private readonly CancellationTokenSource ending = new();
    private Hall hall = null!;
    private Task supervising = Task.CompletedTask;

    public PlenaryEngine Plenary { get; } = new(work, postgres);

    /// <summary>Returns when everybody is in. From then on a process that ends is started again at once, as a supervisor would.</summary>
    public async Task Begin(int people)
    {
        await Plenary.Start(BroadcastOnThree.Gateways);
        hall = (await BroadcastOnThree.Fill(Plenary, audience, people, posters: 4))!;
        await audience.Arrive(120);
        supervising = Plenary.Supervise(ending.Token);
    }

    /// <summary>Posts <paramref name="rate"/> messages a second for <paramref name="seconds"/>, does it after three of them, and looks what became of all.</summary>
    public async Task<Outcome> Run(Func<Task> what, double rate, int seconds)
    {
        // The last fault has driven people elsewhere; each gateway is to have its share again.
        await Workspace.Until(async () =>
        {
            if ((await audience.Reports()).All(r => r.Away == 0 && r.Joined == r.People)) return true;
            await audience.Tell("home"); // a gateway that was ended may still be starting
            return false;
        }, 90, () => "people did not find home", every: 4_000);
        await audience.Tell("window");
        await Plenary.Posters.Tell("window");
        await Plenary.Broadcast((int)(rate * seconds), rate, 200);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var began = TimeProvider.System.GetTimestamp();
        await what();
        await Task.Delay(TimeSpan.FromSeconds(Math.Max(seconds - 3 - TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0)));
        Report[] crowd = [], posters = [];
        (int Entries, int Ids, long Last) log = default;
        string? trouble = null;
        try
        {
            await Workspace.Until(async () =>
            {
                await Task.Delay(200);
                (crowd, posters) = (await audience.Reports(), await Plenary.Posters.Reports());
                if (posters.Any(r => r.Pending > 0) || crowd.Concat(posters).Any(r => r.Joined < r.People)) return false;
                if (await Log() is not { } now) return false;
                log = now;
                return crowd.Concat(posters).All(r => r.Lowest == log.Last && r.Highest == log.Last);
            }, Patience, () => "");
        }
        catch (TimeoutException)
        {
            trouble = $"after {Patience} s {crowd.Sum(r => r.Joined)} of {audience.People} are in, at {crowd.Min(r => r.Lowest)} to {crowd.Max(r => r.Highest)} of {log.Last}; "
                + $"{posters.Sum(r => r.Pending)} posts without answer; {crowd.Concat(posters).Select(r => r.Trouble).FirstOrDefault(t => t is not null)}";
        }
        var all = crowd.Concat(posters).ToArray();
        var back = new Histogram();
        foreach (var report in crowd) back.Add(Histogram.Unpack(report.Back));
        var posted = Plenary.Posted;
        return new()
        {
            BackAfter = back.Max / 1e6,
            BackMedian = back.Milliseconds(0.5) / 1000,
            CameBack = back.Count,
            Moved = all.Sum(r => r.Moved),
            Waited = all.Sum(r => r.Queued + r.TurnedAway + r.Refused),
            Last = all.Select(r => r.Trouble).FirstOrDefault(t => t is not null),
            Lost = all.Sum(r => r.Lost) + Math.Max(posted - (int)posters.Sum(r => r.Pending) - log.Ids, 0),
            Doubled = all.Sum(r => r.Doubled) + Math.Max(log.Entries - posted, 0) + log.Entries - log.Ids,
            Trouble = trouble,
        };
    }

    /// <summary>Null while the database does not answer.</summary>
    private async Task<(int Entries, int Ids, long Last)?> Log()
    {
        try
        {
            return await hall.Log();
        }
        catch (Exception away) when (away is Npgsql.NpgsqlException or InvalidOperationException { InnerException: Npgsql.NpgsqlException })
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await supervising;
        await audience.DisposeAsync();
        await Plenary.DisposeAsync();
        ending.Dispose();
    }
}

/// <summary>What became of everybody.</summary>
internal sealed record Outcome
{
    /// <summary>Seconds until the last of those who lost their connection was in the room again.</summary>
    public double BackAfter { get; init; }

    public double BackMedian { get; init; }

    public long CameBack { get; init; }

    /// <summary>Who was asked to move before the connection went.</summary>
    public long Moved { get; init; }

    /// <summary>Answers that made somebody wait: queued, turned away, refused.</summary>
    public long Waited { get; init; }

    /// <summary>The last thing that somebody met with.</summary>
    public string? Last { get; init; }

    /// <summary>Acknowledged messages that the log lacks, and entries that somebody never got.</summary>
    public long Lost { get; init; }

    /// <summary>Messages that are in the log twice, and entries that somebody got twice without having asked.</summary>
    public long Doubled { get; init; }

    /// <summary>What had not come right in time; null when everything has.</summary>
    public string? Trouble { get; init; }
}
