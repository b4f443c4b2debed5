using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Registration;

namespace Plenary.Orders.Stripe;

/// <summary>
/// Stripe's HTTP API, as much of it as orders need: a page of Stripe's to pay on (https://docs.stripe.com/api/checkout/sessions/create) and refunds
/// (https://docs.stripe.com/api/refunds/create). Every call names what it does by an idempotency key, so that a repetition is the same call.
/// </summary>
public sealed class StripeCheckout(HttpClient http, StripeSettings settings, PublicUrl site, TimeProvider clock)
{
    /// <summary>The version of the API that this was written for.</summary>
    public const string Version = "2024-06-20";

    private static readonly Refusal NotOpen = new("order-not-open", 409, "Only an order that waits for payment can be paid.");
    private static readonly Refusal Away = new("payment-unavailable", 503, "The payment page cannot be opened at the moment. Your places are still held: try again in a minute.");

    /// <summary>Whether payments by card are offered.</summary>
    public bool IsOffered => settings.SecretKey is not null;

    /// <summary>The address of a page of Stripe's on which this order is paid. Refused: not-found, order-not-open, payment-unavailable.</summary>
    public async Task<string> Open(Db db, Guid key, CancellationToken cancellation)
    {
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Key == key, cancellation) ?? throw Refusal.NotFound.AsException();
        if (!IsOffered) Refusal.NotFound.Throw();
        if (order.State != OrderState.Reserved) NotOpen.Throw();
        var @event = await db.Set<Event>().AsNoTracking().SingleAsync(e => e.Id == order.EventId, cancellation);
        var lines = await (from p in db.Set<OrderPlace>() where p.OrderId == order.Id && p.Price > 0 join t in db.Set<TicketType>() on p.TicketTypeId equals t.Id group p by new { t.Name, p.Price } into g orderby g.Key.Name select new { g.Key.Name, g.Key.Price, Count = g.Count() }).ToListAsync(cancellation);
        var page = site.Link($"/e/{@event.Slug}/order#{order.Key}");
        // Whoever clicks again within the hour comes to the same page. Stripe wants at least half an hour.
        var hour = clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        var form = new Dictionary<string, string>
        {
            ["mode"] = "payment",
            ["client_reference_id"] = order.Id.ToString(),
            ["customer_email"] = order.BuyerEmail,
            ["success_url"] = page,
            ["cancel_url"] = page,
            ["expires_at"] = Number((hour + 2) * 3600),
            ["metadata[order]"] = order.Id.ToString(),
            ["payment_intent_data[metadata][order]"] = order.Id.ToString(), // refunds tell of the payment, not of the page
            ["payment_intent_data[description]"] = $"{@event.Name} {order.Reference}",
        };
        foreach (var (i, line) in lines.Index())
        {
            form[$"line_items[{i}][quantity]"] = Number(line.Count);
            form[$"line_items[{i}][price_data][currency]"] = order.Currency.ToLowerInvariant();
            form[$"line_items[{i}][price_data][unit_amount]"] = Number(line.Price);
            form[$"line_items[{i}][price_data][product_data][name]"] = $"{@event.Name}: {line.Name}";
        }
        try
        {
            using var answer = await Post("v1/checkout/sessions", form, $"{order.Id}-{hour}", cancellation);
            return answer.RootElement.GetProperty("url").GetString() is { } url && Uri.TryCreate(url, UriKind.Absolute, out var to) && to.Scheme is "https" or "http" ? url : throw Away.AsException();
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw Away.AsException();
        }
    }

    /// <summary>Sends a whole payment back; harmless when it was.</summary>
    /// <exception cref="HttpRequestException">Stripe refused, or cannot be reached.</exception>
    public async Task Refund(string payment, CancellationToken cancellation)
    {
        using var answer = await Post("v1/refunds", new() { ["payment_intent"] = payment }, $"refund-{payment}", cancellation);
    }

    private async Task<JsonDocument> Post(string path, Dictionary<string, string> form, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Address, path)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.SecretKey);
        request.Headers.Add("Stripe-Version", Version);
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (answer.IsSuccessStatusCode) return JsonDocument.Parse(text);
        if (answer.StatusCode == HttpStatusCode.BadRequest && text.Contains("charge_already_refunded", StringComparison.Ordinal)) return JsonDocument.Parse("{}");
        throw new HttpRequestException($"Stripe answered {(int)answer.StatusCode} to {path}", null, answer.StatusCode);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A payment that goes back.</summary>
internal sealed record PaymentBack(Guid Order, string Payment);

/// <summary>Sends money back through Stripe, and tries again until it is.</summary>
internal sealed class Refunding(IDbContextFactory<Db> dbs, StripeCheckout stripe, Settling settling) : IJobHandler
{
    public const string JobKind = "orders.refund";

    public string Kind => JobKind;

    public async Task Handle(string payload, CancellationToken cancellation)
    {
        var back = JsonSerializer.Deserialize<PaymentBack>(payload, JsonSerializerOptions.Web)!;
        await stripe.Refund(back.Payment, cancellation);
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        await settling.RefundedElsewhere(db, back.Order, back.Payment, cancellation);
    }
}
