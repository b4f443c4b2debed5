using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Time;

namespace Plenary.Events;

/// <summary>
/// What a slice above adds to an event and therefore has a say in: its agenda, its registrations. Asked inside the unit of work that changes
/// the event, so that both change or neither.
/// </summary>
public interface IEventPart
{
    /// <summary>Why the event cannot be published yet, or null.</summary>
    Task<Refusal?> MayPublish(Db db, Event @event, CancellationToken cancellation) => Task.FromResult<Refusal?>(null);

    /// <summary>Why the event cannot become a draft again, or null.</summary>
    Task<Refusal?> MayUnpublish(Db db, Event @event, CancellationToken cancellation) => Task.FromResult<Refusal?>(null);

    /// <summary>Moves along with the event, whose own times are the new ones already. Throws a refusal when it cannot.</summary>
    Task Move(Db db, Event @event, EventMove move, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>A change of an event's start, of its zone or of both: what was at nine stays at nine, or moves by as much as the start does.</summary>
/// <param name="From">The zone whose wall clock the times followed.</param>
/// <param name="To">The zone whose wall clock they follow now.</param>
/// <param name="Shift">How far the start moved on the wall clock.</param>
/// <param name="EndChosen">The organizer named the new end: it must not be widened.</param>
public sealed record EventMove(TimeZoneInfo From, TimeZoneInfo To, TimeSpan Shift, bool EndChosen)
{
    public DateTimeOffset Of(DateTimeOffset instant) => To.ToInstant(From.ToWallClock(instant) + Shift);
}
