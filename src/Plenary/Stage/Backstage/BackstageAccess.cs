using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Stage.Backstage;

/// <summary>What somebody who is backstage may change of the plan; each may do what the ones before may.</summary>
public enum Standing
{
    /// <summary>Only what concerns themselves.</summary>
    Present,

    /// <summary>Brings attendees on and off, mutes, and shows their questions.</summary>
    Moderator,

    /// <summary>Everything: the crew, a speaker whose own broadcast it is, or whose window draws it, and each speaker while nobody has opened the stage.</summary>
    Director,
}

/// <summary>Somebody backstage.</summary>
/// <param name="Pass">To the backstage.</param>
/// <param name="Stage">In front of it.</param>
/// <param name="Standing">What they may change.</param>
public sealed record BackstagePass(RoomPass Pass, Guid Stage, Standing Standing);

/// <summary>Who may be behind a stage, and what they may do there.</summary>
internal static class BackstageAccess
{
    /// <summary>The viewer's right behind this stage, or null when they have none, or there is no such stage.</summary>
    public static async Task<BackstagePass?> BackstagePassOf(this Db db, Viewer viewer, Guid stage, CancellationToken cancellation)
    {
        var backstage = await db.Set<Room>().Where(r => r.StageId == stage).Select(r => (Guid?)r.Id).SingleOrDefaultAsync(cancellation);
        if (backstage is not { } id || await db.RoomPassOf(viewer, id, cancellation) is not { } pass) return null;
        return new(pass, stage, await StandingOf(db, pass, stage, cancellation));
    }

    /// <summary>
    /// The same, for whoever wants to do something there. Refused: sign-in-required, not-found for who may not know of the stage, forbidden for who may only
    /// watch it, not-a-stage, event-over.
    /// </summary>
    public static async Task<BackstagePass> RequireBackstage(this Db db, Viewer viewer, Guid stage, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        if (await db.RoomPassOf(viewer, stage, cancellation) is not { } audience) throw Refusal.NotFound.AsException();
        if (audience.Room.Kind != RoomKind.Stage) StageRefusals.NotAStage.Throw();
        if (await db.BackstagePassOf(viewer, stage, cancellation) is not { } pass) throw Refusal.Forbidden.AsException();
        if (audience.Status is EventStatus.Ended or EventStatus.Cancelled) StageRefusals.EventOver.Throw();
        return pass;
    }

    private static async Task<Standing> StandingOf(Db db, RoomPass pass, Guid stage, CancellationToken cancellation)
    {
        if (pass.IsCrew) return Standing.Director;
        var open = pass.Roles.Contains(EventRole.Speaker)
            ? await db.Set<Broadcast>().Where(b => b.RoomId == stage && b.State != BroadcastState.Ended).Select(b => (Guid?)b.PersonId).SingleOrDefaultAsync(cancellation) ?? pass.Person
            : (Guid?)null;
        if (open == pass.Person || (open is not null && await Draws(db, stage, pass.Person, cancellation))) return Standing.Director;
        return pass.Roles.Contains(EventRole.Moderator) ? Standing.Moderator : Standing.Present;
    }

    private static async Task<bool> Draws(Db db, Guid stage, Guid person, CancellationToken cancellation) =>
        (await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == stage, cancellation))?.Read().Host?.Person == person;
}
