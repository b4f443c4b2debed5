using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;

namespace Plenary.Registration;

/// <summary>What registration has to say when its event changes: nobody can come without a kind of ticket.</summary>
internal sealed class RegistrationsOfEvent(TimeProvider clock) : IEventPart
{
    public static readonly Refusal HasRegistrations = new("has-registrations", 409, "People are registered already. End the event, or cancel their registrations first.");

    private static readonly Refusal NoTicketType = new("not-ready", 409, "There is no ticket to register for. Add at least one ticket type, then publish the event.");

    public async Task<Refusal?> MayPublish(Db db, Event @event, CancellationToken cancellation) =>
        await db.Set<TicketType>().AnyAsync(t => t.EventId == @event.Id, cancellation) ? null : NoTicketType;

    public async Task<Refusal?> MayUnpublish(Db db, Event @event, CancellationToken cancellation) =>
        await db.Set<Registration>().AnyAsync(r => r.EventId == @event.Id && r.CancelledAt == null, cancellation) ? HasRegistrations : null;

    public Task Move(Db db, Event @event, EventMove move, CancellationToken cancellation)
    {
        // A few minutes' grace: an organizer who moves an event often moves it again at once, and people get one mail.
        var moved = db.Entry(@event).Properties.Any(p => p.IsModified && p.Metadata.Name is nameof(Event.StartsAt) or nameof(Event.EndsAt));
        if (moved && @event.Status is EventStatus.Published)
            db.AddJob(AnnounceMove.JobKind, new EventMoved(@event.Id, @event.StartsAt, @event.EndsAt), clock.GetUtcNow() + AnnounceMove.Grace);
        return Task.CompletedTask;
    }
}

/// <summary>An event has these times now.</summary>
internal sealed record EventMoved(Guid Event, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>Tells everyone with a place that the event moved, with a calendar file that moves their entry.</summary>
internal sealed class AnnounceMove(IDbContextFactory<Db> dbs, RegistrationMails mails, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "registration.moved";

    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var move = JsonSerializer.Deserialize<EventMoved>(payload, JsonSerializerOptions.Web)!;
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var @event = await db.Set<Event>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == move.Event, cancellation);
        // Moved once more meanwhile: that move has a job of its own.
        if (@event is not { Status: EventStatus.Published } || @event.StartsAt != move.StartsAt || @event.EndsAt != move.EndsAt) return;
        var people = await (from r in db.Set<Registration>().AsNoTracking()
                            where r.EventId == @event.Id && r.CancelledAt == null
                            join p in db.Users on r.PersonId equals p.Id
                            select new { Registration = r, Person = p }).ToListAsync(cancellation);
        foreach (var each in people) db.AddMail(mails.Moved(@event, each.Registration, each.Person), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation); // all of them or, after a crash, all of them again
    }
}
