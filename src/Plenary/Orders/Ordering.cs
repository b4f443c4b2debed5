using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;
using Plenary.Platform.Telemetry;
using Plenary.Platform.Text;
using Plenary.Platform.Time;
using Plenary.Registration;

namespace Plenary.Orders;

/// <summary>What a buyer sends.</summary>
/// <param name="Key">A random UUID of this purchase; sending it again finds the same order.</param>
/// <param name="Event">Whose places.</param>
/// <param name="Name">The buyer's.</param>
/// <param name="Email">Where the receipt goes.</param>
/// <param name="TimeZone">IANA name, if known.</param>
/// <param name="Total">What the buyer was shown, so that nobody pays another price than they saw.</param>
/// <param name="Places">1 to <see cref="Order.MostPlaces"/>, each with a guest of its own.</param>
public sealed record OrderRequest(Guid Key, Guid Event, string Name, string Email, string? TimeZone, int Total, IReadOnlyList<PlaceRequest> Places);

/// <summary>One place of an order.</summary>
public sealed record PlaceRequest(Guid TicketType, string Name, string Email);

/// <summary>Takes orders: the order, its places, the mail and the end of its time are one transaction, and the buyer is told afterwards.</summary>
public sealed class Ordering(Settling settling, OrderMails mails, Registering registering, Stripe.StripeSettings stripe, TimeProvider clock)
{
    private static readonly Refusal SoldOut = new("sold-out", 409, "There are not that many places left with this ticket. Choose fewer, or another ticket.", "places");
    private static readonly Refusal PriceChanged = new("price-changed", 409, "A price changed while you were choosing. Look at the new total, then order again.", "total");
    private static readonly Refusal NotSold = new("payment-not-set-up", 409, "Tickets of this event cannot be paid yet. Come back later, or ask its organizer.", "places");

    /// <summary>So long places are held where only Stripe takes the money.</summary>
    private static readonly TimeSpan OnlineTime = TimeSpan.FromMinutes(30);

    private static readonly Counter<long> Ordered = PlenaryMeter.Meter.CreateCounter<long>("plenary.orders", "{order}", "Orders taken.");

    /// <summary>Holds the places and says how to pay; what costs nothing is settled at once. Refused: not-found, registration-closed, invalid-input, sold-out, price-changed, payment-not-set-up.</summary>
    public async Task<Order> Place(Db db, Viewer viewer, OrderRequest request, CancellationToken cancellation)
    {
        var places = Check(request);
        var (name, email, zone) = (Input.Line(request.Name, "name", 80), EmailAddress.Parse(request.Email), WallClock.Find(request.TimeZone)?.Id ?? "");
        var @event = await db.FindVisible(viewer, e => e.Id == request.Event, cancellation) ?? throw Refusal.NotFound.AsException();
        if (await Known(db, request, cancellation) is { } known) return known;
        registering.RequireOpen(@event);
        var ids = places.Select(p => p.TicketType).Distinct().ToList();
        var types = await db.Set<TicketType>().AsNoTracking().Where(t => t.EventId == @event.Id && ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellation);
        if (types.Count != ids.Count) throw Refusal.Invalid("places", "Choose among the tickets of this event.").AsException();
        var currencies = types.Values.Where(t => t.Price > 0).Select(t => t.Currency).Distinct().ToList();
        if (currencies.Count > 1) throw Refusal.Invalid("places", "These tickets are sold in different currencies. Order them one after the other.").AsException();
        var total = places.Sum(p => types[p.TicketType].Price);
        if (total != request.Total) PriceChanged.Throw();
        var terms = total == 0 ? null : await db.Set<PaymentTerms>().AsNoTracking().SingleOrDefaultAsync(t => t.EventId == @event.Id, cancellation);
        if (total > 0 && terms is null && stripe.SecretKey is null) NotSold.Throw();

        var now = clock.GetUtcNow();
        var order = new Order
        {
            Key = request.Key,
            EventId = @event.Id,
            Reference = NewReference(),
            State = OrderState.Reserved,
            BuyerName = name,
            BuyerEmail = email,
            TimeZone = zone,
            Currency = currencies.FirstOrDefault() ?? Money.UsualCurrency,
            Total = total,
            OrderedAt = now,
            ExpiresAt = Earlier(terms is null ? now + OnlineTime : now.AddDays(terms.DaysToPay), @event.EndsAt),
        };
        var lines = places.Select((p, position) => new OrderPlace
        {
            OrderId = order.Id,
            Position = position,
            TicketTypeId = p.TicketType,
            Name = p.Name,
            Email = p.Email,
            Price = types[p.TicketType].Price,
            TaxRate = types[p.TicketType].TaxRate,
        }).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Add(order);
        db.AddRange(lines);
        if (total > 0) db.AddJob(Expiring.JobKind, new OrderDue(order.Id), order.ExpiresAt);
        if (terms is not null) db.AddMail(mails.HowToPay(@event, order, lines, terms), now);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            // The same purchase twice at once: the index let one of them in, and this one finds it.
            await transaction.RollbackAsync(cancellation);
            db.ChangeTracker.Clear();
            return await Known(db, request, cancellation) ?? throw Refusal.Changed.AsException();
        }
        // Last, so that others wait for these rows as shortly as can be.
        if (!await Seats.Take(db, lines, atTheirPrice: true, cancellation)) SoldOut.Throw(); // leaving rolls back the order
        if (total == 0) await settling.Settle(db, @event, order.Id, OrderState.Reserved, cancellation);
        await transaction.CommitAsync(cancellation);
        Ordered.Add(1);
        return await db.Set<Order>().AsNoTracking().SingleAsync(o => o.Id == order.Id, cancellation);
    }

    private static List<PlaceRequest> Check(OrderRequest request)
    {
        if (request.Places.Count is < 1 or > Order.MostPlaces) throw Refusal.Invalid("places", $"Choose 1 to {Order.MostPlaces} places.").AsException();
        var places = request.Places.Select(p => new PlaceRequest(p.TicketType, Input.Line(p.Name, "name", 80), EmailAddress.Parse(p.Email))).ToList();
        if (places.DistinctBy(p => EmailAddress.Normalize(p.Email)).Count() < places.Count)
            throw Refusal.Invalid("places", "Everybody needs an e-mail address of their own: each gets a personal join link.").AsException();
        return places;
    }

    private static Task<Order?> Known(Db db, OrderRequest request, CancellationToken cancellation) =>
        db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Key == request.Key && o.EventId == request.Event, cancellation);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>50 bits by chance, without letters and digits that look alike.</summary>
    private static string NewReference() => RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 10);
}
