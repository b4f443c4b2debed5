using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Surge;

namespace Plenary.Rehearsals;

/// <summary>Starts, stops and shows rehearsals of an event, for its organizers.</summary>
internal sealed class Rehearsing(IDbContextFactory<Db> dbs, RehearsalRun run, Occupancy occupancy, RehearsalLimits limits, IConfiguration configuration, TimeProvider clock, ILogger<Rehearsing> logger)
{
    public const int Fewest = 5, Shortest = 5, Longest = 600;

    /// <summary>Each is two descriptors: both ends are in this process.</summary>
    private const int DescriptorsEach = 2;

    private readonly int most = Settings.Number(configuration, "Rehearsals:MostAttendees", 2_000, 0, 100_000);

    /// <summary>So many can be simulated now: what is set, and no more than half of what is free of descriptors and places. 0 when rehearsals are switched off.</summary>
    public int Most => Math.Max(0, Math.Min(most, Math.Min((occupancy.MostDescriptors - occupancy.Descriptors) / (2 * DescriptorsEach), (occupancy.Capacity - occupancy.Connections) / 2)));

    /// <summary>Refused: sign-in-required, not-found, forbidden, event-over, rehearsals-off, too-many-attendees, installation-busy, no-rooms, rehearsal-running, invalid-input.</summary>
    public async Task<Rehearsal> Start(Viewer viewer, Guid eventId, int attendees, int seconds, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var @event = await RequireOrganizer(db, viewer, eventId, cancellation);
        if (@event.Status is EventStatus.Ended or EventStatus.Cancelled) RehearsalRefusals.Over.Throw();
        if (most == 0) RehearsalRefusals.Off.Throw();
        if (attendees < Fewest) throw Refusal.Invalid("attendees", $"Simulate {Fewest} people or more.").AsException();
        if (seconds is < Shortest or > Longest) throw Refusal.Invalid("seconds", $"A rehearsal lasts {Shortest} to {Longest} seconds.").AsException();
        if (attendees > Most) RehearsalRefusals.TooMany(Most).Throw();
        if (occupancy.Load > limits.BeginBelow) RehearsalRefusals.Busy.Throw();
        if (!await db.Set<Rooms.Room>().AnyAsync(r => r.EventId == eventId && r.Kind != Rooms.RoomKind.Backstage, cancellation)) RehearsalRefusals.NoRooms.Throw();
        var now = clock.GetUtcNow();
        var row = new Rehearsal
        {
            EventId = eventId,
            StartedById = viewer.RequireAccount(),
            Attendees = attendees,
            Seconds = seconds,
            StartedAt = now,
            BeatAt = now,
            SandboxId = Guid.CreateVersion7(),
            Slot = Rehearsal.OnlySlot,
        };
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException taken) when (Db.IsTaken(taken))
        {
            RehearsalRefusals.Running.Throw();
        }
        logger.LogInformation("Rehearsal {Rehearsal} of event {Event} with {Attendees} simulated people, started by {Person}", row.Id, eventId, attendees, row.StartedById);
        run.Begin(row.Id);
        return row;
    }

    /// <summary>Ends it within a second or two; one that is over stays as it is. Refused: sign-in-required, not-found, forbidden.</summary>
    public async Task<Rehearsal> Stop(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var row = await db.Set<Rehearsal>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        await RequireOrganizer(db, viewer, row.EventId, cancellation);
        var person = viewer.RequireAccount();
        await db.Set<Rehearsal>().Where(r => r.Id == id && r.State == RehearsalState.Running && !r.StopAsked)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.StopAsked, true).SetProperty(r => r.StoppedById, person), cancellation);
        return await db.Set<Rehearsal>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
    }

    /// <summary>Those of the event, the latest first. Refused: sign-in-required, not-found, forbidden.</summary>
    public async Task<List<Rehearsal>> Of(Viewer viewer, Guid eventId, int first, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await RequireOrganizer(db, viewer, eventId, cancellation);
        return await db.Set<Rehearsal>().AsNoTracking().Where(r => r.EventId == eventId).OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(Math.Clamp(first, 1, 50)).ToListAsync(cancellation);
    }

    private static async Task<Event> RequireOrganizer(Db db, Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        var @event = await db.RequireCrew(viewer, eventId, cancellation);
        if (!(await db.RolesAt(viewer, eventId, cancellation)).Contains(EventRole.Organizer)) Refusal.Forbidden.Throw();
        return @event;
    }
}

/// <summary>Puts away rehearsals whose process went away in the middle: their copies are removed and the next one may begin.</summary>
internal sealed class TidyRehearsals(IDbContextFactory<Db> dbs, RehearsalRun run, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "rehearsals.tidy";

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Whoever is at one says so far more often (<see cref="Heartbeat"/>).</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var since = now - Silence;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        foreach (var left in await db.Set<Rehearsal>().Where(r => r.Slot != null && r.BeatAt < since).Select(r => r.Id).ToListAsync(cancellation))
        {
            // Of two who find it one puts it away.
            if (await db.Set<Rehearsal>().Where(r => r.Id == left && r.Slot != null && r.BeatAt < since).ExecuteUpdateAsync(set => set.SetProperty(r => r.BeatAt, now), cancellation) == 0) continue;
            await using var alive = run.Beat(left);
            await run.Finish(left, RehearsalState.Failed, "ended", null);
        }
    }
}
