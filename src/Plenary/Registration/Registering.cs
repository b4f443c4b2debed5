using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Events;
using Plenary.Identity;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Live;
using Plenary.Platform.Mail;
using Plenary.Platform.Telemetry;
using Plenary.Platform.Text;
using Plenary.Platform.Time;

namespace Plenary.Registration;

/// <summary>What somebody fills in to register.</summary>
public sealed record RegisterRequest(Guid Event, Guid TicketType, string Name, string Email, string? TimeZone);

/// <summary>What they are told.</summary>
/// <param name="Registration">Null when the address was not proven by this session: the mail decides then, not the answer.</param>
/// <param name="Message">A sentence for the person.</param>
public sealed record RegisterReply(Registration? Registration, string Message);

/// <summary>
/// Gives places and takes them back. A place, its registration and the mail about it are one transaction. What is answered never tells
/// whether an address was registered before.
/// </summary>
public sealed class Registering(People people, RegistrationMails mails, TimeProvider clock)
{
    public static readonly Refusal SoldOut = new("sold-out", 409,
        "All places with this ticket are taken. If you are registered already, your join link has just been sent to you again.", "ticketType");

    public static readonly Refusal Closed = new("registration-closed", 409, "Registration for this event is not open.", "event");

    private static readonly Refusal Costs = new("ticket-costs", 409, "This ticket has a price. Order it on the event's ticket page.", "ticketType");

    /// <summary>Within this time after a join link was sent, asking for it again sends nothing.</summary>
    public static readonly TimeSpan ResendPause = TimeSpan.FromSeconds(20);

    private static readonly Counter<long> Given = PlenaryMeter.Meter.CreateCounter<long>("plenary.registrations", "{registration}", "Places given.");
    private static readonly Counter<long> GivenBack = PlenaryMeter.Meter.CreateCounter<long>("plenary.registrations.cancelled", "{registration}", "Places given back.");

    /// <summary>Gives a place, or sends the join link again to who has one. Refused: not-found, registration-closed, ticket-costs, sold-out, invalid-input.</summary>
    public async Task<RegisterReply> Register(Db db, Viewer viewer, RegisterRequest request, CancellationToken cancellation)
    {
        var name = Input.Line(request.Name, "name", 80);
        var email = EmailAddress.Parse(request.Email);
        // A browser may know a newer zone than this machine: its times are then given in the event's zone.
        var zone = WallClock.Find(request.TimeZone)?.Id ?? "";
        var @event = await db.FindVisible(viewer, e => e.Id == request.Event, cancellation) ?? throw Refusal.NotFound.AsException();
        RequireOpen(@event);
        var ticket = await db.Set<TicketType>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == request.TicketType && t.EventId == @event.Id, cancellation)
            ?? throw Refusal.Invalid("ticketType", "Choose one of the tickets of this event.").AsException();
        if (ticket.Price > 0) Costs.Throw();

        var restrictions = await db.RestrictionsBy(@event.Id, email, clock.GetUtcNow(), cancellation);
        if (restrictions.FirstOrDefault() is { Kind: RestrictionKind.Ban } ban)
        {
            if (viewer.At(@event.Id) == ban.PersonId) ban.ToRefusal().Throw();
            return Mailed(email); // a stranger learns no more than about any other address
        }
        Registration registration;
        try
        {
            registration = await Give(db, viewer, @event, request.TicketType, name, email, zone, cancellation);
        }
        catch (DbUpdateException)
        {
            // The same person registered in two tabs at once: the index let one of them have the place, and this one finds it.
            db.ChangeTracker.Clear();
            registration = await Give(db, viewer, @event, request.TicketType, name, email, zone, cancellation);
        }
        return viewer.At(@event.Id) == registration.PersonId ? new(registration, "You have a place. The confirmation with your join link is in your mail.") : Mailed(email);
    }

    /// <summary>Sends the join link again to who holds a place. Says nothing about whether anybody does.</summary>
    public async Task Resend(Db db, Viewer viewer, Guid eventId, string email, CancellationToken cancellation)
    {
        email = EmailAddress.Parse(email);
        var @event = await db.FindVisible(viewer, e => e.Id == eventId, cancellation) ?? throw Refusal.NotFound.AsException();
        if (await People.Find(db, email, cancellation) is not { } person || await Held(db, eventId, person.Id, cancellation) is not { } registration) return;
        await SendAgain(db, @event, registration, person, cancellation);
    }

    /// <summary>
    /// Gives the place back: it is free for somebody else, and the join link is void. Whoever holds it may, and the crew. What is cancelled stays so.
    /// Refused: sign-in-required, not-found.
    /// </summary>
    public async Task<Registration> Cancel(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequirePerson();
        var registration = await db.Set<Registration>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        if (viewer.At(registration.EventId) != registration.PersonId) await db.RequireCrew(viewer, registration.EventId, cancellation);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            var given = await Withdraw(db, id, cancellation);
            await transaction.CommitAsync(cancellation);
            if (given) GivenBack.Add(1);
        }
        return await db.Set<Registration>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
    }

    /// <summary>Refused: registration-closed, when the event is not published or over.</summary>
    public void RequireOpen(Event @event)
    {
        if (@event.Status is not EventStatus.Published || @event.EndsAt <= clock.GetUtcNow()) Closed.Throw();
    }

    /// <summary>
    /// Makes a place that is counted already into a registration, within the transaction of the caller. Whoever has a place at the event has this one
    /// instead, and the former is free. Null for somebody who is banned from the event: the place is free again then.
    /// </summary>
    public async Task<Registration?> Admit(Db db, Event @event, Guid ticketType, string name, string email, string zone, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var restrictions = await db.RestrictionsBy(@event.Id, email, now, cancellation);
        if (restrictions.Any(r => r.Kind == RestrictionKind.Ban))
        {
            await GiveBack(db, ticketType, cancellation);
            return null;
        }
        var person = await people.FindOrCreateGuest(db, email, name, cancellation);
        if (await Held(db, @event.Id, person.Id, cancellation) is { } held) return await Exchange(held);
        try
        {
            return await Enter(db, @event, ticketType, person, name, zone, cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            // They registered this very moment; the failed insert was undone by its savepoint.
            foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added).ToList()) entry.State = EntityState.Detached;
            return await Exchange(await Held(db, @event.Id, person.Id, cancellation) ?? throw Refusal.Changed.AsException());
        }

        async Task<Registration> Exchange(Registration former)
        {
            await GiveBack(db, former.TicketTypeId, cancellation);
            (former.TicketTypeId, former.LinkSentAt) = (ticketType, now);
            db.AddMail(mails.Confirmation(@event, former, person), now);
            await db.SaveChangesAsync(cancellation);
            return former;
        }
    }

    /// <summary>Takes a registration back within the transaction of the caller: its place is free, its link is void, and a mail says so. False when it was cancelled before.</summary>
    public async Task<bool> Withdraw(Db db, Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var changed = await db.Set<Registration>().Where(r => r.Id == id && r.CancelledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, now).SetProperty(r => r.LinkVersion, r => r.LinkVersion + 1), cancellation);
        if (changed == 0) return false;
        var registration = await db.Set<Registration>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
        await GiveBack(db, registration.TicketTypeId, cancellation);
        var @event = await db.Set<Event>().AsNoTracking().SingleAsync(e => e.Id == registration.EventId, cancellation);
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.Id == registration.PersonId, cancellation);
        db.AddAccessChanged(@event.Id, person.Id, now);
        db.AddMail(mails.Cancelled(@event, registration, person), now);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private static Task<int> GiveBack(Db db, Guid ticketType, CancellationToken cancellation) => db.Set<TicketType>().Where(t => t.Id == ticketType && t.Sold > 0)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.Sold, t => t.Sold - 1), cancellation);

    private static RegisterReply Mailed(string email) => new(null, $"Look into your mail: we have sent your personal join link to {email}.");

    private async Task<Registration> Give(Db db, Viewer viewer, Event @event, Guid ticketType, string name, string email, string zone, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var person = await people.FindOrCreateGuest(db, email, name, cancellation);
        if (await Held(db, @event.Id, person.Id, cancellation) is { } held)
        {
            await SendAgain(db, @event, held, person, cancellation);
            var full = viewer.At(@event.Id) != person.Id && await db.Set<TicketType>().AnyAsync(t => t.Id == ticketType && t.Sold >= t.Capacity, cancellation);
            await transaction.CommitAsync(cancellation);
            // A stranger is told the same as somebody without a place would be, or trying addresses would tell who comes.
            if (full) SoldOut.Throw();
            return held;
        }
        var taken = await db.Set<TicketType>().Where(t => t.Id == ticketType && t.Sold + 1 <= t.Capacity)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Sold, t => t.Sold + 1), cancellation);
        if (taken == 0) SoldOut.Throw(); // leaving rolls back, the new guest included
        var registration = await Enter(db, @event, ticketType, person, name, zone, cancellation);
        await transaction.CommitAsync(cancellation);
        Given.Add(1);
        return registration;
    }

    private async Task<Registration> Enter(Db db, Event @event, Guid ticketType, Person person, string name, string zone, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var registration = new Registration
        {
            EventId = @event.Id,
            TicketTypeId = ticketType,
            PersonId = person.Id,
            Name = name,
            TimeZone = zone,
            RegisteredAt = now,
            LinkSentAt = now,
        };
        db.Add(registration);
        await db.CarryOver(@event.Id, person.Id, person.Email!, now, cancellation);
        db.AddMail(mails.Confirmation(@event, registration, person), now);
        await db.SaveChangesAsync(cancellation);
        return registration;
    }

    private async Task SendAgain(Db db, Event @event, Registration registration, Person person, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (registration.LinkSentAt > now - ResendPause) return;
        registration.LinkSentAt = now;
        db.AddMail(mails.Confirmation(@event, registration, person), now);
        await db.SaveChangesAsync(cancellation);
    }

    private static Task<Registration?> Held(Db db, Guid eventId, Guid personId, CancellationToken cancellation) =>
        db.Set<Registration>().SingleOrDefaultAsync(r => r.EventId == eventId && r.PersonId == personId && r.CancelledAt == null, cancellation);
}
