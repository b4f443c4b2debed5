using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Conduct;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Profiles;

namespace Plenary.Networking.Meetings;

/// <summary>Lets the two people of a meeting into its call, around its time; nobody else, whatever they are at the event. Who is muted there is seen and not heard.</summary>
internal sealed class MeetingDoor(IDbContextFactory<Db> dbs, TimeProvider clock) : ICallDoor
{
    public async ValueTask<CallPass?> PassOf(Viewer viewer, Guid call, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Set<Meeting>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == call && m.State == MeetingState.Accepted, cancellation) is not { } meeting) return null;
        if (viewer.At(meeting.EventId) is not { } person || !meeting.IsFor(person)) return null;
        var now = clock.GetUtcNow();
        if (now < meeting.OpensAt || now >= meeting.ClosesAt) return null;
        if (!await db.IsOf(meeting.EventId, person, cancellation) || await Blocks.Between(db, meeting.ById, meeting.WithId, cancellation)) return null;
        var name = await db.Users.Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancellation);
        var muted = await db.SilencedAt(meeting.EventId, person, now, cancellation) is not null;
        return new(meeting.EventId, person, name, "attendee", new(MayPublish: true, Silenced: muted));
    }
}
