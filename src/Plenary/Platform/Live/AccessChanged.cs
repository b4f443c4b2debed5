using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Platform.Live;

/// <summary>
/// What a person may do at an event has changed: a registration was cancelled, a role was given or taken. Whoever changes it calls
/// <see cref="AccessChangedWriting.AddAccessChanged"/> in the same unit of work; the rooms of the event then look at the person's
/// connections again, and move or remove those whose right has changed. Nobody else is touched.
/// </summary>
/// <param name="Event">The event.</param>
/// <param name="Person">The person.</param>
public sealed record AccessChanged(Guid Event, Guid Person)
{
    /// <summary>The kind of the job.</summary>
    public const string Job = "live.access-changed";
}

/// <summary>Writes <see cref="AccessChanged"/> with its cause.</summary>
public static class AccessChangedWriting
{
    /// <param name="db">The unit of work that changes the right.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="personId">The person.</param>
    /// <param name="now">The clock's time.</param>
    public static void AddAccessChanged(this Db db, Guid eventId, Guid personId, DateTimeOffset now) =>
        db.AddJob(AccessChanged.Job, new AccessChanged(eventId, personId), now);
}
