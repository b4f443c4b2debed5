using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Rooms.Notices;

namespace Plenary.Shows;

/// <summary>
/// Runs a show. That a cue fires is kept before anything happens, and what happens bears the id of that decision: whoever goes on after a loss does again what may not have been done, which
/// does nothing where it was. Nothing is believed from before: every look reads what is kept, and the agenda as it is.
/// </summary>
internal sealed partial class ShowGrain(ShowStore store, CueActs acts, ShowNews news, ControllerHere controller, TimeProvider clock, ILogger<ShowGrain> log) : Grain, IShowGrain
{
    /// <summary>A timer is set for what is due within this time; for what is later the watch wakes it.</summary>
    private static readonly TimeSpan Soon = ShowWatch.Every * 2;

    private static readonly TimeSpan[] TryAgainAfter = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6)];

    /// <summary>How long everybody is shown that it runs late.</summary>
    private static readonly TimeSpan ToldFor = TimeSpan.FromMinutes(5);

    /// <summary>What comes after a cue that cannot be done just now waits no longer for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HashSet<Guid> acting = [];
    private Task last = Task.CompletedTask;
    private IGrainTimer? timer;

    private Guid Event => this.GetPrimaryKey();

    public async Task<string?> Do(Guid person, string name, string command)
    {
        var said = JsonSerializer.Deserialize<ShowCommand>(command, ShowNow.Json)!;
        try
        {
            var run = await store.Change(Event, (db, run) => Apply(db, run, said, new(person, name)));
            await Tell(run);
        }
        catch (RefusalException no)
        {
            return ShowRefusals.Write(no.Refusal);
        }
        await Turn();
        return null;
    }

    public Task Wake() => Turn();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        IsRunHere(log, Event);
        return Task.CompletedTask;
    }

    private async Task Apply(Db db, RunOfShow run, ShowCommand said, CrewMember who)
    {
        if (said.Save is { } wish) await CueTargets.Require(db, Event, wish);
        if (said.Draft is not null)
        {
            run.Add(await CueDraft.Of(db, Event, run.Cues, who));
            return;
        }
        var isHere = said.Take is not null && await controller.Of(db, run.Show, CancellationToken.None);
        var now = clock.GetUtcNow();
        run.Apply(said, who, isHere, now);
        if (run.Told is { } line)
            Announcing.Say(db, new() { Id = run.Shifted!.Id, EventId = Event, Text = line, PersonId = who.Id, By = who.Name, At = now, Until = now + ToldFor });
    }

    /// <summary>Fires what is due, does what was decided, and sets the timer to what comes next.</summary>
    private async Task Turn()
    {
        timer?.Dispose();
        timer = null;
        var fired = false;
        var run = await store.Change(Event, (_, run) =>
        {
            fired = run.FireDue(clock.GetUtcNow());
            return Task.CompletedTask;
        });
        if (fired) await Tell(run);
        foreach (var cue in run.Sheet.Firing().Where(c => acting.Add(c.RunId!.Value))) last = After(last, cue);
        if (!run.Show.Autopilot || run.IsOver || run.Sheet.NextDue() is not { } next) return;
        var rest = next - clock.GetUtcNow();
        if (rest > Soon) return;
        // A timer counts whole milliseconds and must not end before it is time.
        rest = rest > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)) : TimeSpan.Zero;
        timer = this.RegisterGrainTimer(_ => Turn(), new GrainTimerCreationOptions(rest, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    /// <summary>Does what was decided once what was decided before it is done: a break that ends as the stage opens ends before it.</summary>
    private async Task After(Task before, Cue cue)
    {
        await before;
        using var over = new CancellationTokenSource();
        await Task.WhenAny(Act(cue), Task.Delay(Patience, clock, over.Token));
        await over.CancelAsync();
    }

    /// <summary>Does what was decided, while the show goes on.</summary>
    private async Task Act(Cue cue)
    {
        var run = cue.RunId!.Value;
        try
        {
            var error = await Try(cue);
            var after = await store.Change(Event, (_, now) =>
            {
                now.Finish(cue.Id, run, error);
                return Task.CompletedTask;
            });
            await Tell(after);
            // Through the grain's own door: what follows this one may be due now.
            this.AsReference<IShowGrain>().Wake().Ignore();
        }
#pragma warning disable CA1031 // It stays decided; the watch has it done again.
        catch (Exception error)
        {
            log.LogWarning(error, "What became of cue {Cue} could not be kept", cue.Id);
        }
#pragma warning restore CA1031
        finally
        {
            acting.Remove(run);
        }
    }

    /// <summary>Answers why it cannot be done, or null once it is.</summary>
    private async Task<string?> Try(Cue cue)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await acts.Do(cue);
                return null;
            }
            catch (RefusalException no)
            {
                return no.Refusal.Message;
            }
#pragma warning disable CA1031 // Whatever it was, the controller is told when it stays.
            catch (Exception error) when (attempt < TryAgainAfter.Length)
            {
                log.LogInformation(error, "Cue {Cue} could not be done, attempt {Attempt}", cue.Id, attempt + 1);
                await Task.Delay(TryAgainAfter[attempt], clock);
            }
            catch (Exception error)
            {
                log.LogWarning(error, "Cue {Cue} was given up", cue.Id);
                return ShowRefusals.NotKept.Message;
            }
#pragma warning restore CA1031
        }
    }

    private Task Tell(RunOfShow run) => news.Tell(Event, run.Show.Version);

    [LoggerMessage(LogLevel.Debug, "The show of event {Event} is run here")]
    private static partial void IsRunHere(ILogger logger, Guid @event);
}
