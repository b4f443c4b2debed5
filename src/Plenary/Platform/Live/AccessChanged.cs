using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Platform.Live;

/// <summary>
/// What a person may do at an event has changed: a registration was cancelled, a role was given or taken. Whoever changes it says so in
/// the same unit of work (<see cref="AccessChangedWriting"/>); the rooms of the event then look at the person's connections again, and
/// move or remove those whose right has changed. Nobody else is touched.
/// </summary>
/// <param name="Event">The event, or null for all of the organization.</param>
/// <param name="Organization">The organization, when it is about all of its events.</param>
/// <param name="Person">The person.</param>
public sealed record AccessChanged(Guid? Event, Guid? Organization, Guid Person)
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
        db.AddJob(AccessChanged.Job, new AccessChanged(eventId, null, personId), now);

    /// <summary>The same for all events of an organization.</summary>
    public static void AddAccessChangedEverywhere(this Db db, Guid organizationId, Guid personId, DateTimeOffset now) =>
        db.AddJob(AccessChanged.Job, new AccessChanged(null, organizationId, personId), now);
}
