using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;

namespace Plenary.Networking.Meetings;

/// <summary>Reminds both shortly before, if it is still to be.</summary>
internal sealed class RemindOfMeeting(IDbContextFactory<Db> dbs, MeetingMails mails, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "meetings.remind";

    public static readonly TimeSpan Before = TimeSpan.FromMinutes(15);

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        // Late, or accepted a minute before: whoever is about to meet knows it.
        if (await db.Accepted(payload, cancellation) is not { } meeting || meeting.StartsAt <= clock.GetUtcNow()) return;
        await mails.Add(db, MeetingMail.Reminder, meeting, [meeting.ById, meeting.WithId], cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>The call is open: those who are at the event are told, and their pages show it.</summary>
internal sealed class OpenMeeting(IDbContextFactory<Db> dbs, MeetingNews news) : IJobHandler
{
    public const string JobKind = "meetings.open";

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Accepted(payload, cancellation) is { } meeting) await news.Tell(meeting, opens: true);
    }
}

/// <summary>Its time is over, with some to spare.</summary>
internal sealed class CloseMeeting(IDbContextFactory<Db> dbs, LiveCalls calls) : IJobHandler
{
    public const string JobKind = "meetings.close";

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        if (await db.Accepted(payload, cancellation) is { } meeting) await calls.End(meeting.Id, MeetingRefusals.Over);
    }
}

internal static class MeetingOfJob
{
    public static Task<Meeting?> Accepted(this Db db, string payload, CancellationToken cancellation)
    {
        var id = JsonSerializer.Deserialize<Guid>(payload, JsonSerializerOptions.Web);
        return db.Set<Meeting>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.State == MeetingState.Accepted, cancellation);
    }
}
