using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Mail;
using Plenary.Platform.Time;
using Plenary.Registration;

namespace Plenary.Orders;

/// <summary>The mails to who bought something. Guests get theirs from <see cref="RegistrationMails"/>.</summary>
public sealed class OrderMails(PublicUrl site)
{
    /// <summary>The places are held; this is how to pay.</summary>
    public Mail HowToPay(Event @event, Order order, IReadOnlyList<OrderPlace> places, PaymentTerms terms) => Compose(@event, order, $"Your order for {@event.Name}: how to pay", body =>
    {
        body.Heading("Your places are held").Paragraph($"Hello {order.BuyerName}, we hold {Places(places.Count)} at {@event.Name} for you.");
        body.Fact("To pay", Money.Text(order.Total, order.Currency)).Fact("Reference", order.Reference).Fact("Until", When(@event, order, order.ExpiresAt)).Fact("How", terms.Instructions).Fact("To", terms.Seller);
        body.Note("Write the reference on your transfer. Every guest gets a personal join link once the money has come.");
    });

    /// <summary>It is paid: a receipt with the tax within it.</summary>
    public Mail Receipt(Event @event, Order order, IReadOnlyList<OrderPlace> places, string seller) => Compose(@event, order, $"Receipt: {@event.Name}", body =>
    {
        body.Heading("Thank you, it is paid").Paragraph($"Hello {order.BuyerName}, {Places(places.Count)} at {@event.Name} are yours. Every guest gets a personal join link in a mail of their own.");
        body.Fact("Paid", Money.Text(order.Total, order.Currency));
        foreach (var line in TaxLine.Of(places)) body.Fact($"Tax of {line.Percent} within", Money.Text(line.Tax, order.Currency));
        body.Fact("Reference", order.Reference);
        if (seller.Length > 0) body.Fact("Sold by", seller);
    });

    /// <summary>The time to pay is over.</summary>
    public Mail Expired(Event @event, Order order) => Compose(@event, order, $"Your order for {@event.Name} has ended", body =>
        body.Heading("Your places are free again").Paragraph($"Hello {order.BuyerName}, your order {order.Reference} was not paid in time, so we gave its places back. If your money is on its way: you get the places if they are still there, or your money back."));

    /// <summary>Somebody cancelled it before it was paid.</summary>
    public Mail Cancelled(Event @event, Order order) => Compose(@event, order, $"Your order for {@event.Name} is cancelled", body =>
        body.Heading("Your order is cancelled").Paragraph($"Hello {order.BuyerName}, your order {order.Reference} is cancelled, and its places are free again. You owe nothing."));

    /// <summary>The money came too late.</summary>
    public Mail RefundDue(Event @event, Order order) => Compose(@event, order, $"Your money for {@event.Name} goes back", body =>
        body.Heading("Your places were gone").Paragraph($"Hello {order.BuyerName}, your payment for order {order.Reference} came when its places were gone. The organizer sends {Money.Text(order.Total, order.Currency)} back to you."));

    /// <summary>The money went back.</summary>
    public Mail Refunded(Event @event, Order order) => Compose(@event, order, $"Refunded: {@event.Name}", body =>
        body.Heading("Your money is on its way back").Paragraph($"Hello {order.BuyerName}, the organizer refunded your order {order.Reference}: {Money.Text(order.Total, order.Currency)}. Its places and join links are void."));

    private Mail Compose(Event @event, Order order, string subject, Action<MailBody> say)
    {
        var body = new MailBody(@event.Accent, @event.Name);
        say(body);
        body.Button("See your order", site.Link(Path(@event, order)));
        return Mail.Compose(order.BuyerEmail, order.BuyerName, subject, body, []);
    }

    /// <summary>The buyer's page of the order. The key is behind the hash, which browsers do not send: it stands in no log.</summary>
    private static string Path(Event @event, Order order) => $"/e/{@event.Slug}/order#{order.Key}";

    private static string Places(int count) => count == 1 ? "1 place" : $"{count} places";

    private static string When(Event @event, Order order, DateTimeOffset at)
    {
        var zone = WallClock.Find(order.TimeZone) ?? WallClock.Find(@event.TimeZone) ?? TimeZoneInfo.Utc;
        var there = TimeZoneInfo.ConvertTime(at, zone);
        return FormattableString.Invariant($"{there:dddd d MMMM yyyy, HH:mm} ({zone.Id}, UTC{there:zzz})");
    }
}

/// <summary>Tax of one rate within an order.</summary>
/// <param name="Rate">In hundredths of a percent.</param>
/// <param name="Gross">Tax included, in the smallest unit.</param>
/// <param name="Tax">Within it, rounded once for all places of the rate.</param>
public sealed record TaxLine(int Rate, int Gross, int Tax)
{
    /// <summary><c>19 %</c></summary>
    public string Percent => FormattableString.Invariant($"{Rate / 100m:0.##} %");

    /// <summary>One line for each rate, the highest first; untaxed places have none.</summary>
    public static IReadOnlyList<TaxLine> Of(IEnumerable<OrderPlace> places) => [.. places.Where(p => p.Price > 0 && p.TaxRate > 0).GroupBy(p => p.TaxRate).OrderByDescending(g => g.Key)
        .Select(g => (Rate: g.Key, Gross: g.Sum(p => p.Price))).Select(g => new TaxLine(g.Rate, g.Gross, Money.TaxWithin(g.Gross, g.Rate)))];
}
