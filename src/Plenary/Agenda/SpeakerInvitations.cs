using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Identity;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Live;
using Plenary.Platform.Mail;
using Plenary.Platform.Time;
using Plenary.Rooms;

namespace Plenary.Agenda;

/// <summary>Makes a speaker a person of the event and mails them their personal link.</summary>
public sealed class SpeakerInvitations(People people, PersonalLinks links, TimeProvider clock)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    public static readonly Refusal NoAddress = Refusal.Invalid("email", "There is no e-mail address to invite this speaker at. Add one, then invite.");
    public static readonly Refusal JustInvited = new("too-many-requests", 429, "An invitation is on its way already. Wait half a minute before you send another.");

    /// <summary>May be asked for again: the earlier link goes on working.</summary>
    public async Task<Speaker> Invite(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var speaker = await SpeakerEditing.Require(db, viewer, id, cancellation);
        var @event = await db.Set<Event>().SingleAsync(e => e.Id == speaker.EventId, cancellation);
        if (@event.Status is EventStatus.Ended or EventStatus.Cancelled) EventLife.Over.Throw();
        if (speaker.Email is not { } email) throw NoAddress.AsException();
        var now = clock.GetUtcNow();
        if (speaker.InvitedAt > now - Pause) JustInvited.Throw();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var person = await people.FindOrCreateGuest(db, email, speaker.Name, cancellation);
        (speaker.PersonId, speaker.InvitedAt) = (person.Id, now);
        if (!await db.Set<EventRoleGrant>().AnyAsync(g => g.EventId == @event.Id && g.PersonId == person.Id && g.Role == EventRole.Speaker, cancellation))
        {
            db.Add(new EventRoleGrant { EventId = @event.Id, PersonId = person.Id, Role = EventRole.Speaker, Since = now });
            db.AddAccessChanged(@event.Id, person.Id, now);
        }
        db.AddMail(await Compose(db, @event, speaker, email, cancellation), now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return speaker;
    }

    private async Task<Mail> Compose(Db db, Event @event, Speaker speaker, string email, CancellationToken cancellation)
    {
        var organization = await db.Set<Organization>().Where(o => o.Id == @event.OrganizationId).Select(o => o.Name).SingleAsync(cancellation);
        var sessions = await (from at in db.Set<SessionSpeaker>()
                              where at.SpeakerId == speaker.Id
                              join session in db.Set<Session>() on at.SessionId equals session.Id
                              orderby session.StartsAt
                              select session).ToListAsync(cancellation);
        var zone = WallClock.Zone(@event.TimeZone);
        var body = new MailBody(@event.Accent, organization)
            .Heading($"You are speaking at {@event.Name}")
            .Paragraph($"Hello {speaker.Name}, {organization} has invited you to speak. Your personal link opens the studio in your browser; there is nothing to install and no password.");
        if (sessions.Count == 0) body.Fact("When", When(zone, @event.StartsAt));
        foreach (var session in sessions) body.Fact(session.Title, When(zone, session.StartsAt));
        body.Button("Open the studio", links.Address(SpeakerLinks.Of(speaker)))
            .Note("Try it a day before: you can check camera, microphone and screen sharing without anybody seeing you.")
            .Note("The link is for you alone. Whoever has it can speak in your name, so do not pass it on.");
        return Mail.Compose(email, speaker.Name, $"Your speaker link for {@event.Name}", body);
    }

    private static string When(TimeZoneInfo zone, DateTimeOffset moment) =>
        zone.ToWallClock(moment).ToString("dddd, d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + $" ({zone.Id})";
}

/// <summary>Answers to speakers' personal links: into the studio of the stage they speak on first.</summary>
internal sealed class SpeakerLinks(IDbContextFactory<Db> dbs, TimeProvider clock) : IPersonalLinkSource
{
    public string Kind => "speaker";

    public static PersonalLink Of(Speaker speaker) => new("speaker", speaker.Id, speaker.LinkVersion);

    public async Task<PersonalLinkHolder?> Find(PersonalLink link, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var found = await (from s in db.Set<Speaker>()
                           where s.Id == link.Id && s.LinkVersion == link.Version && s.PersonId != null
                           join e in db.Set<Event>() on s.EventId equals e.Id
                           select new { Person = s.PersonId!.Value, s.EventId, e.Slug, e.Status }).SingleOrDefaultAsync(cancellation);
        if (found is null) return null;
        var room = found.Status is EventStatus.Draft or EventStatus.Published ? await StageOf(db, link.Id, found.EventId, cancellation) : null;
        return new(found.Person, found.EventId, room is null ? $"/e/{found.Slug}" : $"/e/{found.Slug}/studio/{room}");
    }

    /// <summary>The stage of the speaker's next session, else of any of theirs, else the event's first.</summary>
    private async Task<string?> StageOf(Db db, Guid speaker, Guid eventId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var own = await (from at in db.Set<SessionSpeaker>()
                         where at.SpeakerId == speaker
                         join session in db.Set<Session>() on at.SessionId equals session.Id
                         join room in db.Set<Room>() on session.RoomId equals room.Id
                         where room.Kind == RoomKind.Stage
                         orderby session.EndsAt > now ? 0 : 1, session.StartsAt
                         select room.Slug).FirstOrDefaultAsync(cancellation);
        return own ?? await db.Set<Room>().Where(r => r.EventId == eventId && r.Kind == RoomKind.Stage).OrderBy(r => r.Position).Select(r => r.Slug).FirstOrDefaultAsync(cancellation);
    }
}
