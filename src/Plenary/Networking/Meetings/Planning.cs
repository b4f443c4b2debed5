using Microsoft.EntityFrameworkCore;
using Plenary.Calls;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Text;
using Plenary.Profiles;
using Plenary.Rooms;

namespace Plenary.Networking.Meetings;

/// <summary>
/// Asks for meetings, answers and takes them back. A time is promised when a meeting is accepted, in the same transaction, for both: the database keeps anybody from
/// being promised twice. Who sees whom decides who can be asked, as everywhere.
/// </summary>
public sealed class Planning(ProfileReading profiles, FreeTimes times, MeetingMails mails, MeetingNews news, LiveCalls calls, IDbContextFactory<Db> dbs, TimeProvider clock)
{
    /// <summary>Questions of one person at one event that wait for an answer.</summary>
    public const int MostOpen = 30;

    /// <summary>Stretches of time that one person offers at one event.</summary>
    public const int MostOffered = 60;

    private static readonly int[] Lengths = [15, 30, 45, 60];

    /// <summary>
    /// Asks somebody for a meeting. Asking for the same time again is the same question. Refused: sign-in-required; not-found when one of them is not of the event, or
    /// the other is not to be seen; event-over; invalid-input; time-not-offered; time-taken; too-many-meetings.
    /// </summary>
    public async Task<Meeting> Propose(Db db, Viewer viewer, Guid eventId, Guid whom, DateTimeOffset at, int minutes, string? note, CancellationToken cancellation)
    {
        var by = await db.RequireOf(viewer, eventId, cancellation);
        if (by == whom) Refusal.Invalid("person", "You cannot meet yourself.").Throw();
        if (await profiles.Card(db, eventId, by, whom, cancellation) is null) Refusal.NotFound.Throw();
        if (!Lengths.Contains(minutes)) Refusal.Invalid("minutes", "A meeting lasts 15, 30, 45 or 60 minutes.").Throw();
        var about = Input.Paragraphs(note, "note", Meeting.LongestNote);
        var @event = await db.Set<Event>().AsNoTracking().SingleAsync(e => e.Id == eventId, cancellation);
        if (@event.Status is not EventStatus.Published || @event.EndsAt <= clock.GetUtcNow()) RoomRefusals.EventOver.Throw();
        at = at.ToUniversalTime();
        if (!FreeTimes.IsQuarter(at)) Refusal.Invalid("at", "Meetings begin on the quarter of an hour.").Throw();
        var slot = (await times.Of(db, @event, by, whom, minutes, cancellation)).FirstOrDefault(s => s.At == at);
        if (slot is null) MeetingRefusals.NotOffered.Throw();
        if (!slot!.Free) MeetingRefusals.TimeTaken.Throw();
        var open = await db.Set<Meeting>().Where(m => m.EventId == eventId && m.ById == by && m.State == MeetingState.Proposed && m.StartsAt > clock.GetUtcNow()).ToListAsync(cancellation);
        if (open.Find(m => m.WithId == whom && m.StartsAt == at) is { } same) return same;
        if (open.Count >= MostOpen) MeetingRefusals.TooMany.Throw();
        var meeting = new Meeting { EventId = eventId, ById = by, WithId = whom, StartsAt = at, EndsAt = at.AddMinutes(minutes), Note = about, AskedAt = clock.GetUtcNow() };
        db.Add(meeting);
        await mails.Add(db, MeetingMail.Asked, meeting, [whom], cancellation);
        await db.SaveChangesAsync(cancellation);
        await news.Tell(meeting);
        return meeting;
    }

    /// <summary>
    /// Who was asked says yes: the time is kept for both, and goes into their calendars. Saying it again changes nothing. Refused: sign-in-required, not-found,
    /// meeting-decided, meeting-over, time-taken.
    /// </summary>
    public async Task<Meeting> Accept(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var meeting = await Of(db, viewer, id, cancellation);
        if (viewer.At(meeting.EventId) != meeting.WithId) Refusal.NotFound.Throw();
        if (meeting.State == MeetingState.Accepted) return meeting;
        if (meeting.State != MeetingState.Proposed) MeetingRefusals.Decided.Throw();
        if (meeting.EndsAt <= clock.GetUtcNow()) MeetingRefusals.Over.Throw();
        if (!await db.IsOf(meeting.EventId, meeting.ById, cancellation) || await Blocks.Between(db, meeting.ById, meeting.WithId, cancellation)) Refusal.NotFound.Throw();
        meeting.State = MeetingState.Accepted;
        foreach (var person in new[] { meeting.ById, meeting.WithId })
            foreach (var at in meeting.Quarters)
                db.Add(new PromisedTime { PersonId = person, At = at, MeetingId = meeting.Id });
        await mails.Add(db, MeetingMail.Accepted, meeting, [meeting.ById, meeting.WithId], cancellation);
        db.AddJob(RemindOfMeeting.JobKind, meeting.Id, meeting.StartsAt - RemindOfMeeting.Before);
        db.AddJob(OpenMeeting.JobKind, meeting.Id, meeting.OpensAt);
        db.AddJob(CloseMeeting.JobKind, meeting.Id, meeting.ClosesAt);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw MeetingRefusals.Decided.AsException();
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            throw MeetingRefusals.TimeTaken.AsException();
        }
        await news.Tell(meeting);
        return meeting;
    }

    /// <summary>Who was asked says no. Refused: sign-in-required, not-found, meeting-decided.</summary>
    public async Task<Meeting> Decline(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var meeting = await Of(db, viewer, id, cancellation);
        if (viewer.At(meeting.EventId) != meeting.WithId) Refusal.NotFound.Throw();
        if (meeting.State == MeetingState.Declined) return meeting;
        if (meeting.State != MeetingState.Proposed) MeetingRefusals.Decided.Throw();
        meeting.State = MeetingState.Declined;
        await mails.Add(db, MeetingMail.Declined, meeting, [meeting.ById], cancellation);
        await Save(db, cancellation);
        await news.Tell(meeting);
        return meeting;
    }

    /// <summary>Who asked takes the question back, or either of them calls the meeting off: the time is free again, its call ends. Refused: sign-in-required, not-found, meeting-decided.</summary>
    public async Task<Meeting> Cancel(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var meeting = await Of(db, viewer, id, cancellation);
        if (meeting.State == MeetingState.Cancelled) return meeting;
        if (meeting.State == MeetingState.Declined || (meeting.State == MeetingState.Proposed && viewer.At(meeting.EventId) != meeting.ById)) MeetingRefusals.Decided.Throw();
        await CallOff(db, meeting, cancellation);
        return meeting;
    }

    /// <summary>When the viewer can be asked at the event, all of it; nothing means at any time of the day. Refused: sign-in-required, not-found, invalid-input.</summary>
    public static async Task<IReadOnlyList<OfferedTime>> Offer(Db db, Viewer viewer, Guid eventId, IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> stretches, CancellationToken cancellation)
    {
        var person = await db.RequireOf(viewer, eventId, cancellation);
        if (stretches.Count > MostOffered) Refusal.Invalid("times", $"Offer at most {MostOffered} stretches of time.").Throw();
        var offered = new List<OfferedTime>();
        foreach (var (from, until) in stretches.OrderBy(s => s.From))
        {
            var time = new OfferedTime { EventId = eventId, PersonId = person, From = from.ToUniversalTime(), Until = until.ToUniversalTime() };
            if (!FreeTimes.IsQuarter(time.From) || !FreeTimes.IsQuarter(time.Until) || time.Until <= time.From || (offered.Count > 0 && time.From < offered[^1].Until))
                Refusal.Invalid("times", "Times begin and end on the quarter of an hour, one after another.").Throw();
            offered.Add(time);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<OfferedTime>().Where(t => t.EventId == eventId && t.PersonId == person).ExecuteDeleteAsync(cancellation);
        db.AddRange(offered);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return offered;
    }

    /// <summary>One of the two blocked the other: what they planned is called off, at every event.</summary>
    internal async Task Part(Guid by, Guid whom, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow();
        var planned = await db.Set<Meeting>().Where(m => ((m.ById == by && m.WithId == whom) || (m.ById == whom && m.WithId == by))
            && (m.State == MeetingState.Proposed || m.State == MeetingState.Accepted) && m.EndsAt > now - Meeting.Late).ToListAsync(cancellation);
        foreach (var meeting in planned) await CallOff(db, meeting, cancellation);
    }

    private static async Task<Meeting> Of(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        return await db.Set<Meeting>().SingleOrDefaultAsync(m => m.Id == id, cancellation) is { } meeting && viewer.At(meeting.EventId) is { } person && meeting.IsFor(person)
            ? meeting : throw Refusal.NotFound.AsException();
    }

    private async Task CallOff(Db db, Meeting meeting, CancellationToken cancellation)
    {
        var (wasAccepted, isOver) = (meeting.State == MeetingState.Accepted, meeting.EndsAt <= clock.GetUtcNow());
        meeting.State = MeetingState.Cancelled;
        if (wasAccepted) db.RemoveRange(await db.Set<PromisedTime>().Where(t => t.MeetingId == meeting.Id).ToListAsync(cancellation));
        if (wasAccepted && !isOver) await mails.Add(db, MeetingMail.CalledOff, meeting, [meeting.ById, meeting.WithId], cancellation);
        await Save(db, cancellation);
        await calls.End(meeting.Id, MeetingRefusals.Cancelled);
        await news.Tell(meeting);
    }

    private static async Task Save(Db db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw MeetingRefusals.Decided.AsException();
        }
    }
}
