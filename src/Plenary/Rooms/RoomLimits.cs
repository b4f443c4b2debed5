using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Surge;

namespace Plenary.Rooms;

/// <summary>
/// How fast one person may do things in rooms, over all of the person's connections to this process, and how fast all people of a room and an event
/// together: what one event may take of the process is bounded, however many its people are. Joins of an event are bounded by <see cref="Arrivals"/>.
/// </summary>
public sealed class RoomLimits(TimeProvider clock)
{
    private static readonly Refusal PostsTooFast = new("too-many-requests", 429, "You are writing a little fast for everyone to read. Wait a moment; nothing is lost.");

    private readonly Gcra<Guid> joins = new(perSecond: 5, burst: 40, clock);
    private readonly Gcra<Guid> attends = new(perSecond: 5, burst: 40, clock);
    private readonly Gcra<Guid> posts = new(perSecond: 5, burst: 10, clock);
    private readonly Gcra<Guid> reactions = new(perSecond: 10, burst: 10, clock);
    private readonly Gcra<Guid> acts = new(perSecond: 3, burst: 20, clock);
    private readonly Gcra<Guid> changes = new(perSecond: 0.5, burst: 8, clock);
    private readonly Gcra<Guid> changesInRoom = new(perSecond: 20, burst: 100, clock);
    private readonly Gcra<Guid> reports = new(perSecond: 2, burst: 10, clock);
    private readonly Gcra<Guid> postsInRoom = new(perSecond: 1_000, burst: 2_000, clock);
    private readonly Gcra<Guid> postsAtEvent = new(perSecond: 2_000, burst: 4_000, clock);
    private readonly Gcra<Guid> reactionsAtEvent = new(perSecond: 10_000, burst: 10_000, clock);

    /// <summary>Refused: too-many-requests.</summary>
    public void Join(Guid person)
    {
        if (!joins.Take(person)) Refusal.TooMany.Throw();
    }

    /// <summary>Refused: too-many-requests.</summary>
    public void Attend(Guid person)
    {
        if (!attends.Take(person)) Refusal.TooMany.Throw();
    }

    /// <summary>Refused: too-many-requests when the person, room-busy when the room or the event is too fast.</summary>
    public void Post(RoomPass pass)
    {
        if (!posts.Take(pass.Person)) PostsTooFast.Throw();
        if (!postsInRoom.Take(pass.Room.Id) || !postsAtEvent.Take(pass.EventId)) RoomRefusals.Busy.Throw();
    }

    /// <summary>Refused: too-many-requests.</summary>
    public void Act(Guid person)
    {
        if (!acts.Take(person)) Refusal.TooMany.Throw();
    }

    /// <summary>Edits, removals and pins: everybody is told each of them. Refused: too-many-requests when the person, room-busy when the room is too fast.</summary>
    public void Change(RoomPass pass)
    {
        // Whoever clears up after a flood has many to take away.
        if (!pass.Roles.Overlaps(EventAccess.Staff) && !changes.Take(pass.Person)) Refusal.TooMany.Throw();
        if (!changesInRoom.Take(pass.Room.Id)) RoomRefusals.Busy.Throw();
    }

    /// <summary>False: it is dropped, which hurts nobody.</summary>
    public bool React(RoomPass pass) => reactions.Take(pass.Person) && reactionsAtEvent.Take(pass.EventId);

    /// <summary>False: it is dropped; the next report says the same.</summary>
    public bool Report(Guid person) => reports.Take(person);
}
