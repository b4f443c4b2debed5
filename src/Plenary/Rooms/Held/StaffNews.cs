using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Database;
using Plenary.Rooms.Attendance;

namespace Plenary.Rooms.Held;

/// <summary>Tells the staff of an event that there is something new in their queue, wherever they are, at most twice a second. What it is they ask for.</summary>
public sealed class StaffNews(IDbContextFactory<Db> dbs, LivePeople people, TimeProvider clock, ILogger<StaffNews> logger)
{
    /// <summary>The name under which they are told.</summary>
    public const string About = "moderation";

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Guid, byte> waiting = new();

    /// <summary>Something is new at this event.</summary>
    public void Stir(Guid eventId)
    {
        if (waiting.TryAdd(eventId, 0)) _ = Task.Run(() => Tell(eventId));
    }

    private async Task Tell(Guid eventId)
    {
        try
        {
            await Task.Delay(Gather, clock);
            waiting.TryRemove(eventId, out _);
            await using var db = await dbs.CreateDbContextAsync();
            var staff = await db.Set<EventRoleGrant>().Where(g => g.EventId == eventId && g.Role != EventRole.Speaker && g.Role != EventRole.Attendee).Select(g => g.PersonId)
                .Union(from e in db.Set<Event>() where e.Id == eventId join m in db.Set<Membership>() on e.OrganizationId equals m.OrganizationId select m.PersonId).ToListAsync();
            await people.TellAll(eventId, staff, About, "{}");
        }
#pragma warning disable CA1031 // They look by themselves every now and then.
        catch (Exception error)
        {
            logger.LogInformation(error, "The staff of event {Event} could not be told about its queue", eventId);
        }
#pragma warning restore CA1031
    }
}
