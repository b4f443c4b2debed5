using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Plenary.Stage.Composition;

/// <summary>
/// The composers of this process: for each stage given to it, a browser without a window that shows the page <c>/composer/{stage}</c>, which draws the
/// plan and uploads the picture. A browser that dies, or whose page is not heard of, is started anew.
/// </summary>
public sealed class Composers(ComposerSettings settings, ComposerTickets tickets, IServer server, TimeProvider clock, ILogger<Composers> log) : IAsyncDisposable
{
    /// <summary>A browser that was started has this long until its page is in the call.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    /// <summary>Between two starts for the same stage, each time twice as long.</summary>
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1), LongestRest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, Run> runs = [];

    private sealed class Run(ComposerTask task)
    {
        public ComposerTask Task { get; } = task;

        public ComposerBrowser? Browser { get; set; }

        public int Starts { get; set; }

        public DateTimeOffset StartedAt { get; set; }

        public DateTimeOffset RestUntil { get; set; }
    }

    /// <summary>Names this process in plans, among all that there are and were.</summary>
    public string Name { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Whether one more stage can be taken.</summary>
    public bool HasRoom => settings.Program is not null && runs.Count < settings.Most;

    /// <summary>From now on these and no others are made here. Not to be called again before it returns.</summary>
    /// <param name="tasks">What this process is to do.</param>
    /// <param name="isHeard">Whether the page of a task is in the call.</param>
    internal async Task Keep(IReadOnlyCollection<ComposerTask> tasks, Func<ComposerTask, bool> isHeard)
    {
        foreach (var (stage, run) in runs.Where(r => !tasks.Contains(r.Value.Task)).ToList())
        {
            runs.Remove(stage);
            await Close(run);
        }
        foreach (var task in tasks)
        {
            if (!runs.TryGetValue(task.Stage, out var run)) runs[task.Stage] = run = new(task);
            await Look(run, isHeard(task));
        }
    }

    private async Task Look(Run run, bool isHeard)
    {
        var now = clock.GetUtcNow();
        if (run.Browser is { } browser)
        {
            if (isHeard) run.StartedAt = now;
            if (!browser.HasExited && now - run.StartedAt < Start) return;
            log.LogWarning("The composer of stage {Stage} {Trouble}; it is started anew", run.Task.Stage, browser.HasExited ? "ended" : "is not heard of");
            await Close(run);
            run.RestUntil = now + Rest(run.Starts);
        }
        if (now < run.RestUntil || Address() is not { } address || settings.Program is not { } program) return;
        (run.Starts, run.StartedAt) = (run.Starts + 1, now);
        try
        {
            // After # it is in no log of requests.
            run.Browser = ComposerBrowser.Open(program, new Uri(address, $"/composer/{run.Task.Stage}{(settings.Timecode ? "?timecode" : "")}#{tickets.Issue(run.Task)}"), log);
            log.LogInformation("Composer of stage {Stage} is started", run.Task.Stage);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            log.LogError(error, "{Program} cannot be started", program);
            run.RestUntil = now + Rest(run.Starts);
        }
    }

    private static TimeSpan Rest(int starts)
    {
        var rest = FirstRest * Math.Pow(2, Math.Min(starts - 1, 8));
        return rest < LongestRest ? rest : LongestRest;
    }

    private static async Task Close(Run run)
    {
        if (run.Browser is { } browser) await browser.DisposeAsync();
        run.Browser = null;
    }

    /// <summary>This very process, as a browser on this machine reaches it.</summary>
    private Uri? Address() => (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        .Select(address => address.Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal))
        .OrderBy(address => address.StartsWith("https", StringComparison.Ordinal)) // on the own machine plain is as safe, and no certificate names it
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null).FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        foreach (var run in runs.Values) await Close(run);
        runs.Clear();
    }
}
