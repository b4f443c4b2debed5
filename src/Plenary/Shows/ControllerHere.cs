using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Rooms.Attendance;

namespace Plenary.Shows;

/// <summary>Whether whoever holds the controls of a run of show still can use them: otherwise others may take them.</summary>
internal sealed class ControllerHere(LivePeople people)
{
    /// <summary>True when they are at the event now, and of its crew still: somebody who was sent out of the crew keeps nobody from the controls.</summary>
    public async Task<bool> Of(Db db, Show show, CancellationToken cancellation) =>
        show.ControllerId is { } holder
        && await db.CrewOf(show.EventId).AnyAsync(person => person == holder, cancellation)
        && (await people.Here(show.EventId, [holder])).Count > 0;
}
