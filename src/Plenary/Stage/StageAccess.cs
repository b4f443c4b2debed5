using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Rooms;
using Plenary.Stage.Backstage;

namespace Plenary.Stage;

/// <summary>Who may run a broadcast and who may watch it. Rooms say who may enter them; that is nearly all of it.</summary>
internal static class StageAccess
{
    /// <summary>Whoever may be in the room may watch its stage and its replays; while the event is cancelled, its crew only.</summary>
    public static bool MayWatch(this RoomPass pass) => pass.IsCrew || pass.Status != EventStatus.Cancelled;

    /// <summary>
    /// The broadcast, when the viewer may upload to it or end it: its host as long as they hold the role, and the event's crew. Refused:
    /// sign-in-required for strangers, not-found for anyone else, whether or not there is such a broadcast.
    /// </summary>
    public static async Task<Broadcast> RequireHostAsync(this Db db, Viewer viewer, Guid broadcastId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var broadcast = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == broadcastId, cancellation);
        var pass = broadcast is null ? null : await db.RoomPassOf(viewer, broadcast.RoomId, cancellation);
        if (pass is null || !(pass.IsCrew || (pass.MayBroadcast && pass.Person == broadcast!.PersonId))) throw Refusal.NotFound.AsException();
        return broadcast!;
    }

    /// <summary>
    /// The broadcast, when the viewer may upload to it: as <see cref="RequireHostAsync"/>, and whoever makes the picture by the stage's plan, for as long as
    /// they do. Refused as there.
    /// </summary>
    public static async Task<Broadcast> RequireUploaderAsync(this Db db, Viewer viewer, Guid broadcastId, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var broadcast = await db.Set<Broadcast>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == broadcastId, cancellation);
        if (broadcast is not null && await db.RoomPassOf(viewer, broadcast.RoomId, cancellation) is { MayBroadcast: true } pass && await db.ComposesAsync(pass, cancellation)) return broadcast;
        return await db.RequireHostAsync(viewer, broadcastId, cancellation);
    }

    /// <summary>Whether the plan of a stage says that this person makes its picture.</summary>
    public static async Task<bool> ComposesAsync(this Db db, RoomPass pass, CancellationToken cancellation) =>
        await db.Set<StagePlan>().AsNoTracking().SingleOrDefaultAsync(p => p.RoomId == pass.Room.Id, cancellation) is { } plan && plan.Read().Host?.Person == pass.Person;
}
