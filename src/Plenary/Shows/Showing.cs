using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orleans.Runtime;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Surge;

namespace Plenary.Shows;

/// <summary>The crew's way to the run of show of their event.</summary>
internal sealed class Showing(IDbContextFactory<Db> dbs, ShowStore store, IGrainFactory grains, ControllerHere controller, TimeProvider clock)
{
    /// <summary>A lost process is declared dead in a few seconds; until then asking again is worth it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Gcra<Guid> pace = new(perSecond: 4, burst: 30, clock);

    /// <summary>The run of show as it is now. Refused: sign-in-required; not-found for who is not of the crew.</summary>
    public async Task<ShowNow> Of(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        await using (var db = await dbs.CreateDbContextAsync(cancellation)) await db.RequireCrew(viewer, eventId, cancellation);
        return await Now(eventId, cancellation);
    }

    /// <summary>
    /// Gives a command, and answers the run of show as it is then. Refused: sign-in-required; not-found for who is not of the crew; too-many-requests; invalid-input; what the rules refuse
    /// (<see cref="ShowRefusals"/>); not-kept when it did not answer in time. Every command may be repeated.
    /// </summary>
    public async Task<ShowNow> Direct(Viewer viewer, Guid eventId, ShowCommandSaid said, CancellationToken cancellation)
    {
        var person = viewer.RequireAccount();
        var command = said.Read();
        command.RequireOne();
        string name;
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
        {
            await db.RequireCrew(viewer, eventId, cancellation);
            name = await db.Set<Person>().Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation);
        }
        if (!pace.Take(person)) Refusal.TooMany.Throw();
        if (await Ask(eventId, person, name, JsonSerializer.Serialize(command, ShowNow.Json), cancellation) is { } refused) ShowRefusals.Read(refused).Throw();
        return await Now(eventId, cancellation);
    }

    private async Task<ShowNow> Now(Guid eventId, CancellationToken cancellation)
    {
        var run = await store.Read(eventId, cancellation);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        return new(run, await controller.Of(db, run.Show, cancellation), clock.GetUtcNow());
    }

    private async Task<string?> Ask(Guid eventId, Guid person, string name, string command, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        for (var wait = 50; ; wait = Math.Min(wait * 2, 500))
        {
            try
            {
                return await grains.GetGrain<IShowGrain>(eventId).Do(person, name, command).WaitAsync(Patience, clock, cancellation);
            }
            catch (Exception error) when (error is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException or DbUpdateException) { }
            if (clock.GetElapsedTime(started) > Patience) throw ShowRefusals.NotKept.AsException();
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock, cancellation);
        }
    }
}
