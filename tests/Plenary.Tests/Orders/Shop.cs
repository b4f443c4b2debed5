using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Orders;
using Plenary.Registration;
using Plenary.Tests.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Orders;

/// <summary>Events that sell tickets, for facts about orders.</summary>
internal static class Shop
{
    public const string Parts = "{ id reference state buyerName buyerEmail currency total expiresAt paidAt refundedAt places { name email price taxRate registered ticketType { id name } } taxes { rate gross tax } terms { seller instructions daysToPay } event { slug } }";
    public const string Place = "mutation($input: PlaceOrderInput!) { placeOrder(input: $input) " + Parts + " }";
    public const string Find = "query($key: ID!) { order(key: $key) " + Parts + " }";
    public const string GiveUp = "mutation($key: ID!) { giveUpOrder(key: $key) { state } }";
    public const string Terms = "mutation($input: SavePaymentTermsInput!) { savePaymentTerms(input: $input) { seller instructions daysToPay } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A published event with a ticket for 49.00 EUR, 19 % of tax within, and terms to pay it by.</summary>
    public static async Task<(Event Event, TicketType Ticket)> NewShop(this App app, Owner owner, int capacity = 50, int price = 4900)
    {
        var (@event, ticket) = await app.NewEvent(owner, capacity);
        await using var db = app.OpenDb();
        await db.Set<TicketType>().Where(t => t.Id == ticket.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Price, price).SetProperty(t => t.TaxRate, 1900), Cancellation);
        ticket.Price = price;
        await owner.Graph(Terms, new { input = new { @event = @event.Id, seller = "Meetup e.V.\n1 Main Street", instructions = "Transfer to DE00 1234", daysToPay = 7 } });
        return (@event, ticket);
    }

    /// <summary>As a browser makes it: nothing but chance.</summary>
    public static Guid NewKey() => new(RandomNumberGenerator.GetBytes(16));

    /// <summary>What a buyer sends for one place for each guest; the first guest is the buyer.</summary>
    public static object Input(TicketType ticket, Guid key, params string[] guests) => Input(ticket, key, ticket.Price * guests.Length, guests);

    public static object Input(TicketType ticket, Guid key, int total, params string[] guests) => new
    {
        input = new
        {
            key,
            @event = ticket.EventId,
            name = "Bea Buyer",
            email = guests.FirstOrDefault() ?? "buyer@example.org",
            timeZone = "Europe/Berlin",
            total,
            places = guests.Select((email, i) => new { ticketType = ticket.Id, name = $"Guest {i}", email }),
        },
    };

    public static async Task<JsonNode> Buy(this Browserless buyer, TicketType ticket, Guid key, params string[] guests) => (await buyer.Graph(Place, Input(ticket, key, guests)))["placeOrder"]!;

    public static Task<JsonObject> Do(this Somebody somebody, string what, JsonNode order) => somebody.Graph($"mutation($id: ID!) {{ {what}(id: $id) {{ state }} }}", new { id = order.Id() });

    /// <summary>What this did to the order: its state then.</summary>
    public static async Task<string> After(this Somebody somebody, string what, JsonNode order) => (string)(await somebody.Do(what, order))[what]!["state"]!;

    public static async Task<OrderState> StateOf(this App app, Guid order)
    {
        await using var db = app.OpenDb();
        return await db.Set<Order>().Where(o => o.Id == order).Select(o => o.State).SingleAsync(Cancellation);
    }

    /// <summary>The time of this order is over; the job that says so is not due before long.</summary>
    public static async Task LetTimeRunOut(this App app, Guid order)
    {
        await using var db = app.OpenDb();
        await db.Set<Order>().Where(o => o.Id == order).ExecuteUpdateAsync(set => set.SetProperty(o => o.ExpiresAt, DateTimeOffset.UnixEpoch), Cancellation);
    }
}
