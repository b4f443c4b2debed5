using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;
using Plenary.Platform.Text;
using Plenary.Registration;

namespace Plenary.Orders;

/// <summary>
/// Everything that becomes of an order after it was taken. Each move is one guarded update of its state in one transaction with what follows from it, so that whatever comes twice, late or at
/// once with something else happens once.
/// </summary>
public sealed class Settling(Registering registering, OrderMails mails, TimeProvider clock)
{
    private static readonly Refusal NotPaid = new("order-not-paid", 409, "Only an order that was paid can be refunded.");
    private static readonly Refusal NotOpen = new("order-not-open", 409, "Only an order that waits for payment can be cancelled.");

    /// <summary>
    /// The money came. Its places become registrations. Money that comes late: the places are taken again if they are still there; if not, or if the buyer had cancelled, the order is
    /// due for refund. What was paid or refunded already stays as it is. Crew only. Refused: sign-in-required, not-found.
    /// </summary>
    public async Task<Order> MarkPaid(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var (@event, order) = await Find(db, viewer, id, cancellation);
        return await Receive(db, @event, order, null, cancellation);
    }

    /// <summary>
    /// Stripe says that a payment succeeded: once, again, late, or after word of its refund. A payment that buys nothing goes back by itself: a second one for the same order, one of another amount, one that
    /// came when the places were gone.
    /// </summary>
    internal async Task PaidOnline(Db db, Guid id, string payment, long amount, string? currency, CancellationToken cancellation)
    {
        if (await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation) is not { } order) return;
        if (order.Payment == payment) return;
        var right = amount == order.Total && string.Equals(currency, order.Currency, StringComparison.OrdinalIgnoreCase);
        if (right) order = await Receive(db, await EventOf(db, order, cancellation), order, payment, cancellation);
        if (order.Payment == payment) return;
        db.AddJob(Stripe.Refunding.JobKind, new Stripe.PaymentBack(id, payment), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Stripe says that all of a payment went back. Of an order that has another payment it says nothing.</summary>
    internal async Task RefundedElsewhere(Db db, Guid id, string payment, CancellationToken cancellation)
    {
        while (await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation) is { } order && order.State != OrderState.Refunded)
        {
            // Before its payment was told of, an order has none; one that was paid otherwise keeps its places.
            if (order.Payment != payment && (order.Payment is not null || order.State is OrderState.Paid or OrderState.RefundDue)) return;
            await EndRefunded(db, await EventOf(db, order, cancellation), order, payment, back: false, cancellation);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<Order> Receive(Db db, Event @event, Order order, string? payment, CancellationToken cancellation)
    {
        var id = order.Id;
        while (order.State is OrderState.Reserved or OrderState.Expired or OrderState.Cancelled)
        {
            await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
            {
                var held = order.State == OrderState.Reserved || (order.State == OrderState.Expired && await Seats.Take(db, await Places(db, id, cancellation), atTheirPrice: false, cancellation));
                if (held && await Settle(db, @event, id, order.State, cancellation))
                {
                    await Note(db, id, payment, cancellation);
                    await transaction.CommitAsync(cancellation);
                }
                else if (order.State != OrderState.Reserved && !held)
                {
                    await transaction.RollbackAsync(cancellation); // some of its types may have had a place
                    await FallDue(db, @event, order, payment, cancellation);
                }
            }
            db.ChangeTracker.Clear();
            order = await Read(db, id, cancellation); // moved, or somebody else was faster: then once more from there
        }
        return order;
    }

    /// <summary>Gives the places back and tells the buyer. Crew only. Refused: sign-in-required, not-found, order-not-open.</summary>
    public async Task<Order> Cancel(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var (@event, _) = await Find(db, viewer, id, cancellation);
        return await GiveUp(db, @event, id, cancellation);
    }

    /// <summary>The buyer gives the order up; whoever knows its key may. Refused: not-found, order-not-open.</summary>
    public async Task<Order> Cancel(Db db, Guid key, CancellationToken cancellation)
    {
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Key == key, cancellation) ?? throw Refusal.NotFound.AsException();
        return await GiveUp(db, await EventOf(db, order, cancellation), order.Id, cancellation);
    }

    /// <summary>The money went back: registrations are cancelled, their places are free. Twice is once. Crew only. Refused: sign-in-required, not-found, order-not-paid.</summary>
    public async Task<Order> Refund(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var (@event, order) = await Find(db, viewer, id, cancellation);
        if (order.State is not (OrderState.Paid or OrderState.RefundDue or OrderState.Refunded)) NotPaid.Throw();
        await EndRefunded(db, @event, order, order.Payment, back: true, cancellation);
        db.ChangeTracker.Clear();
        return await Read(db, id, cancellation);
    }

    /// <summary>Its time is over. Does nothing to an order that was paid or given up meanwhile.</summary>
    internal async Task Expire(Db db, Guid id, CancellationToken cancellation)
    {
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation);
        if (order is not { State: OrderState.Reserved } || order.ExpiresAt > clock.GetUtcNow()) return;
        var @event = await EventOf(db, order, cancellation);
        await Release(db, @event, order, OrderState.Expired, mails.Expired(@event, order), cancellation);
    }

    /// <summary>Makes an order paid whose places are counted, within the transaction of the caller: its guests are registered, the buyer gets the receipt. False when it had moved on.</summary>
    internal async Task<bool> Settle(Db db, Event @event, Guid id, OrderState from, CancellationToken cancellation)
    {
        if (!await Move(db, id, from, OrderState.Paid, cancellation)) return false;
        var now = clock.GetUtcNow();
        await db.Set<Order>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.PaidAt, now), cancellation);
        var order = await Read(db, id, cancellation);
        var places = await db.Set<OrderPlace>().Where(p => p.OrderId == id).ToListAsync(cancellation);
        // In the order of their addresses: two orders with the same guests make the same people in the same order.
        foreach (var place in places.OrderBy(p => EmailAddress.Normalize(p.Email), StringComparer.Ordinal))
            place.RegistrationId = (await registering.Admit(db, @event, place.TicketTypeId, place.Name, place.Email, order.TimeZone, cancellation))?.Id;
        if (order.Total > 0)
        {
            var terms = await db.Set<PaymentTerms>().AsNoTracking().SingleOrDefaultAsync(t => t.EventId == @event.Id, cancellation);
            db.AddMail(mails.Receipt(@event, order, places, terms?.Seller ?? ""), now);
        }
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Ends an order as refunded, in a transaction of its own; nothing when it moved on meanwhile.</summary>
    /// <param name="db">Without a transaction.</param>
    /// <param name="event">Whose order it is.</param>
    /// <param name="order">As it was read.</param>
    /// <param name="payment">At Stripe; null when it was paid otherwise.</param>
    /// <param name="back">Whether the money is yet to be sent back.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private async Task EndRefunded(Db db, Event @event, Order order, string? payment, bool back, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await Move(db, order.Id, order.State, OrderState.Refunded, cancellation)) return;
        var now = clock.GetUtcNow();
        await db.Set<Order>().Where(o => o.Id == order.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.RefundedAt, now), cancellation);
        await Note(db, order.Id, payment, cancellation);
        var places = await Places(db, order.Id, cancellation);
        if (order.State == OrderState.Reserved) await Seats.GiveBack(db, places, cancellation);
        foreach (var place in places)
            if (place.RegistrationId is { } registration) await registering.Withdraw(db, registration, cancellation);
        if (back && payment is not null) db.AddJob(Stripe.Refunding.JobKind, new Stripe.PaymentBack(order.Id, payment), now);
        db.AddMail(mails.Refunded(@event, order), now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task Note(Db db, Guid id, string? payment, CancellationToken cancellation)
    {
        if (payment is not null) await db.Set<Order>().Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Payment, payment), cancellation);
    }

    private async Task<Order> GiveUp(Db db, Event @event, Guid id, CancellationToken cancellation)
    {
        var order = await Read(db, id, cancellation);
        if (order.State == OrderState.Reserved && await Release(db, @event, order, OrderState.Cancelled, mails.Cancelled(@event, order), cancellation)) return await Read(db, id, cancellation);
        order = await Read(db, id, cancellation);
        return order.State == OrderState.Cancelled ? order : throw NotOpen.AsException();
    }

    private async Task<bool> Release(Db db, Event @event, Order order, OrderState to, Mail mail, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await Move(db, order.Id, OrderState.Reserved, to, cancellation)) return false;
        await Seats.GiveBack(db, await Places(db, order.Id, cancellation), cancellation);
        db.AddMail(mail, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task FallDue(Db db, Event @event, Order order, string? payment, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await Move(db, order.Id, order.State, OrderState.RefundDue, cancellation)) return;
        var now = clock.GetUtcNow();
        await db.Set<Order>().Where(o => o.Id == order.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.PaidAt, now), cancellation);
        await Note(db, order.Id, payment, cancellation);
        if (payment is not null) db.AddJob(Stripe.Refunding.JobKind, new Stripe.PaymentBack(order.Id, payment), now);
        db.AddMail(mails.RefundDue(@event, order), now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>True for the one that moved it.</summary>
    private static async Task<bool> Move(Db db, Guid id, OrderState from, OrderState to, CancellationToken cancellation) =>
        Order.Next[from].Contains(to) && await db.Set<Order>().Where(o => o.Id == id && o.State == from).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, to), cancellation) == 1;

    private static async Task<(Event Event, Order Order)> Find(Db db, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        viewer.RequireAccount();
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation) ?? throw Refusal.NotFound.AsException();
        return (await db.RequireCrew(viewer, order.EventId, cancellation), order);
    }

    private static Task<Order> Read(Db db, Guid id, CancellationToken cancellation) => db.Set<Order>().AsNoTracking().SingleAsync(o => o.Id == id, cancellation);

    private static Task<List<OrderPlace>> Places(Db db, Guid id, CancellationToken cancellation) => db.Set<OrderPlace>().AsNoTracking().Where(p => p.OrderId == id).OrderBy(p => p.Position).ToListAsync(cancellation);

    private static Task<Event> EventOf(Db db, Order order, CancellationToken cancellation) => db.Set<Event>().AsNoTracking().SingleAsync(e => e.Id == order.EventId, cancellation);
}

/// <summary>Whose time is over.</summary>
internal sealed record OrderDue(Guid Order);

/// <summary>Gives the places of an order back when its time is over.</summary>
internal sealed class Expiring(IDbContextFactory<Db> dbs, Settling settling) : IJobHandler
{
    public const string JobKind = "orders.expire";

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await settling.Expire(db, JsonSerializer.Deserialize<OrderDue>(payload, JsonSerializerOptions.Web)!.Order, cancellation);
    }
}
