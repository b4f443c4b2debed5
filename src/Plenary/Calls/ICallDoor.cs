using Plenary.Platform.Access;

namespace Plenary.Calls;

/// <summary>Lets somebody into a call that belongs to no room: what it is the call of, a slice above keeps.</summary>
/// <param name="Event">At which event.</param>
/// <param name="Person">Who; the viewer's person.</param>
/// <param name="Name">As the others see it.</param>
/// <param name="Role">organizer, producer, moderator, speaker or attendee.</param>
/// <param name="Right">What they may do there. Whom a moderator muted is <see cref="CallRight.Silenced"/>: that is the door's to see to.</param>
public sealed record CallPass(Guid Event, Guid Person, string Name, string Role, CallRight Right);

/// <summary>
/// The door to the calls of something that a slice above keeps: a table, a pair, a conversation, a meeting. The call has its id. Register it as a singleton. When
/// its answer changes, call <see cref="LiveCalls.Reconsider"/> for one person, or <see cref="LiveCalls.End"/> when it is over for all.
/// </summary>
public interface ICallDoor
{
    /// <summary>
    /// The viewer's pass. Null when there is no such thing here, or the viewer has no business in its call: nobody can tell one from the other. Asked at every entering, and
    /// from the database: who enters just when the answer changes is asked for again. Whether the viewer's session counts at the event is the door's to see to (<see cref="Viewer.At"/>).
    /// </summary>
    ValueTask<CallPass?> PassOf(Viewer viewer, Guid call, CancellationToken cancellation);
}
