using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Orders;
using Plenary.Platform.Jobs;
using Plenary.Registration;
using Plenary.Tests.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Orders;

/// <summary>Buying tickets: held, paid, given back and refunded, each exactly once.</summary>
public abstract class OrderFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABuyerOrdersForAGroupAndEveryGuestGetsALinkOnceItIsPaid()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var (key, first, second) = (Shop.NewKey(), People.NewEmail("bea"), People.NewEmail("bob"));
        var order = await buyer.Buy(ticket, key, first, second);
        Assert.Equal(("RESERVED", 9800, "EUR"), ((string)order["state"]!, (int)order["total"]!, (string)order["currency"]!));
        Assert.Equal((1900, 9800, 1565), ((int)order["taxes"]![0]!["rate"]!, (int)order["taxes"]![0]!["gross"]!, (int)order["taxes"]![0]!["tax"]!));
        Assert.Equal("Transfer to DE00 1234", (string?)order["terms"]!["instructions"]);
        Assert.Equal(2, await app.Sold(ticket));
        var mail = Assert.Single(await app.MailsTo(first));
        Assert.Contains((string)order["reference"]!, mail.Text, StringComparison.Ordinal);
        Assert.Contains("EUR 98.00", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"/e/{@event.Slug}/order#{key}", mail.Text, StringComparison.Ordinal);
        Assert.Empty(await app.MailsTo(second)); // nobody hears of it before it is paid

        for (var i = 0; i < 2; i++) Assert.Equal("PAID", await owner.After("markOrderPaid", order)); // a second click changes nothing
        Assert.Equal(2, await app.Sold(ticket));
        Assert.Equal(["Receipt: Spring & Meetup", "Your order for Spring & Meetup: how to pay", "Your place at Spring & Meetup"], (await app.MailsTo(first)).Select(m => m.Subject).Order());
        Assert.Contains("EUR 15.65", (await app.MailsTo(first)).Single(m => m.Subject.StartsWith("Receipt", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        using var guest = app.Visitor();
        await guest.Graph(Tickets.UseLink, new { token = await app.JoinToken(second) });
        var seen = await buyer.Graph(Shop.Find, new { key });
        Assert.All(seen["order"]!["places"]!.AsArray(), place => Assert.True((bool)place!["registered"]!));
    }

    [Fact]
    public async Task ARepeatedClickIsOneOrder()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var (key, email) = (Shop.NewKey(), People.NewEmail());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => buyer.Buy(ticket, key, email)));
        Assert.Single(answers.Select(a => (string)a["id"]!).Distinct());
        Assert.Equal(1, await app.Sold(ticket));
        Assert.Single(await app.MailsTo(email));
    }

    [Fact]
    public async Task TwoHundredBuyersForTheLastFiftyPlacesBuyFifty()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewShop(owner, capacity: 50);
        var visitors = Enumerable.Range(0, 8).Select(_ => app.Visitor()).ToArray();
        var refused = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Cancellation }, async (number, _) =>
        {
            var answer = await visitors[number % visitors.Length].GraphAnswer(Shop.Place, Shop.Input(ticket, Shop.NewKey(), People.NewEmail($"racer{number}")));
            if (answer["errors"] is not { } errors) return;
            Assert.Equal("sold-out", (string?)errors[0]!["extensions"]!["code"]);
            Interlocked.Increment(ref refused);
        });
        foreach (var visitor in visitors) visitor.Dispose();
        Assert.Equal((150, 50), (refused, await app.Sold(ticket)));
        await using var db = app.OpenDb();
        Assert.Equal(50, await db.Set<Order>().CountAsync(o => o.EventId == @event.Id, Cancellation));
    }

    [Fact]
    public async Task WhatIsNotPaidInTimeIsGivenBackOnce()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var (email, other) = (People.NewEmail(), People.NewEmail());
        var order = await buyer.Buy(ticket, Shop.NewKey(), email, People.NewEmail());
        var waiting = await buyer.Buy(ticket, Shop.NewKey(), other);
        await Expire(order.Id());
        Assert.Equal((OrderState.Reserved, 3), (await app.StateOf(order.Id()), await app.Sold(ticket))); // too early
        await app.LetTimeRunOut(order.Id());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Expire(order.Id())));
        Assert.Equal((OrderState.Expired, 1), (await app.StateOf(order.Id()), await app.Sold(ticket)));
        Assert.Single(await app.MailsTo(email), m => m.Subject.EndsWith("has ended", StringComparison.Ordinal));
        await using var db = app.OpenDb();
        // The order that has its time yet will have it ended by the table of jobs.
        var due = await db.Set<Job>().Where(j => j.Kind == Expiring.JobKind).Select(j => j.Payload).ToListAsync(Cancellation);
        Assert.Contains(due, payload => payload.Contains(waiting.Id().ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task LateMoneyBuysThePlacesThatAreStillThereAndIsDueBackWhenTheyAreGone()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner, capacity: 2);
        using var buyer = app.Visitor();
        var early = await buyer.Buy(ticket, Shop.NewKey(), People.NewEmail(), People.NewEmail());
        await app.LetTimeRunOut(early.Id());
        await Expire(early.Id());
        Assert.Equal("PAID", await owner.After("markOrderPaid", early));
        Assert.Equal(2, await app.Sold(ticket));

        Assert.Equal("REFUNDED", await owner.After("refundOrder", early));
        var (gone, email) = (Shop.NewKey(), People.NewEmail());
        var late = await buyer.Buy(ticket, gone, email, People.NewEmail());
        await app.LetTimeRunOut(late.Id());
        await Expire(late.Id());
        await buyer.Buy(ticket, Shop.NewKey(), People.NewEmail());
        for (var i = 0; i < 2; i++) Assert.Equal("REFUND_DUE", await owner.After("markOrderPaid", late)); // one place is left, two were ordered
        Assert.Equal(1, await app.Sold(ticket));
        Assert.Contains(await app.MailsTo(email), m => m.Subject.StartsWith("Your money", StringComparison.Ordinal));
        Assert.Equal("REFUNDED", await owner.After("refundOrder", late));
        Assert.Equal(1, await app.Sold(ticket));

        var cancelled = await buyer.Buy(ticket, gone = Shop.NewKey(), People.NewEmail());
        for (var i = 0; i < 2; i++) Assert.Equal("CANCELLED", (string?)(await buyer.Graph(Shop.GiveUp, new { key = gone }))["giveUpOrder"]!["state"]);
        Assert.Equal("REFUND_DUE", await owner.After("markOrderPaid", cancelled)); // they said they do not want it
        Assert.Equal(1, await app.Sold(ticket));
    }

    [Fact]
    public async Task ARefundEndsTheRegistrationsAndFreesTheirPlaces()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var (email, second) = (People.NewEmail(), People.NewEmail());
        var order = await buyer.Buy(ticket, Shop.NewKey(), email, second);
        Assert.Equal("order-not-paid", (await owner.Refused("mutation($id: ID!) { refundOrder(id: $id) { state } }", new { id = order.Id() })).Code);
        await owner.Do("markOrderPaid", order);
        var token = await app.JoinToken(second);
        Assert.Equal("order-not-open", (await owner.Refused("mutation($id: ID!) { cancelOrder(id: $id) { state } }", new { id = order.Id() })).Code);
        for (var i = 0; i < 2; i++) Assert.Equal("REFUNDED", await owner.After("refundOrder", order));
        Assert.Equal(0, await app.Sold(ticket));
        Assert.Equal("link-void", (await buyer.Refused(Tickets.UseLink, new { token })).Code);
        Assert.Single(await app.MailsTo(second), m => m.Subject.StartsWith("Cancelled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFreeTicketIsSettledAtOnceAndAPaidOneTakesThePlaceOfAFreeOne()
    {
        using var owner = await app.NewOwner();
        var (@event, free) = await app.NewEvent(owner);
        using var buyer = app.Visitor();
        var email = People.NewEmail();
        Assert.Equal("PAID", (string?)(await buyer.Buy(free, Shop.NewKey(), email))["state"]);
        Assert.Equal("Your place at Spring & Meetup", Assert.Single(await app.MailsTo(email)).Subject);

        var paid = (await owner.Graph("mutation($input: SaveTicketTypeInput!) { saveTicketType(input: $input) { id price currency taxRate } }",
            new { input = new { @event = @event.Id, name = "Supporter", description = "", capacity = 5, price = 2000, currency = "CHF", taxRate = 810 } }))["saveTicketType"]!;
        Assert.Equal((2000, "CHF", 810), ((int)paid["price"]!, (string)paid["currency"]!, (int)paid["taxRate"]!));
        var ticket = new TicketType { Id = paid.Id(), EventId = @event.Id, Name = "Supporter", Price = 2000 };
        Assert.Equal("payment-not-set-up", (await buyer.Refused(Shop.Place, Shop.Input(ticket, Shop.NewKey(), email))).Code);
        await owner.Graph(Shop.Terms, new { input = new { @event = @event.Id, seller = "Us", instructions = "Cash", daysToPay = 1 } });
        var order = await buyer.Buy(ticket, Shop.NewKey(), email);
        await owner.Do("markOrderPaid", order);
        Assert.Equal((0, 1), (await app.Sold(free), await app.Sold(ticket)));
        await using var db = app.OpenDb();
        Assert.Equal(ticket.Id, await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == @event.Id && r.CancelledAt == null).Select(r => r.TicketTypeId).SingleAsync(Cancellation));
    }

    [Fact]
    public async Task AnEventThatIsPlannedAgainHasTheSamePrices()
    {
        using var owner = await app.NewOwner();
        var original = (await owner.NewEvent()).Id();
        await using (var db = app.OpenDb())
            await db.Set<TicketType>().Where(t => t.EventId == original).ExecuteUpdateAsync(set => set.SetProperty(t => t.Price, 4900).SetProperty(t => t.Currency, "CHF").SetProperty(t => t.TaxRate, 810), Cancellation);
        var again = (await owner.Graph("mutation($input: CloneEventInput!) { cloneEvent(input: $input) { ticketTypes { price currency taxRate } } }",
            new { input = new { @event = original, name = "Once more", date = "2031-06-14" } }))["cloneEvent"]!["ticketTypes"]!.AsArray();
        Assert.NotEmpty(again);
        Assert.All(again, ticket => Assert.Equal((4900, "CHF", 810), ((int)ticket!["price"]!, (string)ticket["currency"]!, (int)ticket["taxRate"]!)));
    }

    [Fact]
    public async Task WhatCannotBeSoldIsRefusedAndHoldsNothing()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner);
        var (_, foreign) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var email = People.NewEmail();
        Assert.Equal("price-changed", (await buyer.Refused(Shop.Place, Shop.Input(ticket, Shop.NewKey(), 1, email))).Code);
        Assert.Equal(("invalid-input", "places"), Of(await buyer.Refused(Shop.Place, Shop.Input(ticket, Shop.NewKey(), email, email.ToUpperInvariant()))));
        Assert.Equal(("invalid-input", "places"), Of(await buyer.Refused(Shop.Place, Shop.Input(ticket, Shop.NewKey()))));
        Assert.Equal(("invalid-input", "email"), Of(await buyer.Refused(Shop.Place, Shop.Input(ticket, Shop.NewKey(), email, "nobody"))));
        Assert.Equal(("invalid-input", "places"), Of(await buyer.Refused(Shop.Place, Shop.Input(new TicketType { Id = foreign.Id, EventId = ticket.EventId, Name = "", Price = 4900 }, Shop.NewKey(), email))));
        Assert.Equal("ticket-costs", (await buyer.Refused(Tickets.Register, Tickets.Input(ticket, email))).Code); // no way around paying
        Assert.Equal(("invalid-input", "currency"), Of(await owner.Refused("mutation($input: SaveTicketTypeInput!) { saveTicketType(input: $input) { id } }", new { input = new { @event = ticket.EventId, name = "X", description = "", capacity = 1, currency = "XXX" } })));
        Assert.Equal(("invalid-input", "price"), Of(await owner.Refused("mutation($input: SaveTicketTypeInput!) { saveTicketType(input: $input) { id } }", new { input = new { @event = ticket.EventId, name = "X", description = "", capacity = 1, price = -1 } })));
        Assert.Equal((0, 0), (await app.Sold(ticket), await app.Sold(foreign)));
        Assert.Empty(await app.MailsTo(email));
    }

    [Fact]
    public async Task OrdersAreForTheirBuyerAndTheCrew()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        using var other = await app.NewOwner();
        var key = Shop.NewKey();
        var order = await buyer.Buy(ticket, key, People.NewEmail());
        const string List = "query($id: ID) { event(id: $id) { orders { totalCount items { id buyerEmail } } paymentTerms { seller } } }";
        Assert.Equal(order.Id(), (await owner.Graph(List, new { id = @event.Id }))["event"]!["orders"]!["items"]![0]!.Id());
        Assert.Equal("not-found", (await other.Refused(List, new { id = @event.Id })).Code);
        Assert.Equal("sign-in-required", (await buyer.Refused(List, new { id = @event.Id })).Code);
        Assert.Equal("not-found", (await buyer.Refused(Shop.Find, new { key = order.Id() })).Code); // the id, which the crew sees, opens nothing
        foreach (var what in new[] { "markOrderPaid", "cancelOrder", "refundOrder" })
        {
            var mutation = $"mutation($id: ID!) {{ {what}(id: $id) {{ state }} }}";
            Assert.Equal("not-found", (await other.Refused(mutation, new { id = order.Id() })).Code);
            Assert.Equal("sign-in-required", (await buyer.Refused(mutation, new { id = order.Id() })).Code);
        }
        Assert.Equal(OrderState.Reserved, await app.StateOf(order.Id()));
    }

    /// <summary>Everything that may happen to an order, in any order, at once and again: afterwards exactly the places are taken that orders hold.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task WhateverHappensToOrdersAtOnceThePlacesAddUp(int seed)
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewShop(owner, capacity: 6);
        using var buyer = app.Visitor();
        var keys = Enumerable.Range(0, 4).Select(_ => Shop.NewKey()).ToArray();
        var orders = new List<JsonNode>();
        foreach (var key in keys.Take(3)) orders.Add(await buyer.Buy(ticket, key, People.NewEmail(), People.NewEmail()));
        foreach (var order in orders) await app.LetTimeRunOut(order.Id());
        var chance = new Random(seed);
        var steps = Enumerable.Range(0, 24).Select(_ => (Order: chance.Next(orders.Count), What: chance.Next(5))).ToList();
        await Parallel.ForEachAsync(steps, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation }, async (step, _) =>
        {
            var (id, key) = (orders[step.Order].Id(), keys[step.Order]);
            var answer = step.What switch
            {
                0 => await Expired(id),
                1 => await owner.Browser.GraphAnswer("mutation($id: ID!) { markOrderPaid(id: $id) { state } }", new { id }),
                2 => await owner.Browser.GraphAnswer("mutation($id: ID!) { cancelOrder(id: $id) { state } }", new { id }),
                3 => await owner.Browser.GraphAnswer("mutation($id: ID!) { refundOrder(id: $id) { state } }", new { id }),
                _ => await buyer.GraphAnswer(Shop.Place, Shop.Input(ticket, keys[3], People.NewEmail())),
            };
            if (answer?["errors"]?[0]?["extensions"]?["code"] is { } code) Assert.Contains((string)code!, new[] { "order-not-open", "order-not-paid", "sold-out" });
        });
        await using var db = app.OpenDb();
        var held = await (from o in db.Set<Order>() where o.EventId == @event.Id && (o.State == OrderState.Reserved || o.State == OrderState.Paid) join p in db.Set<OrderPlace>() on o.Id equals p.OrderId select p).CountAsync(Cancellation);
        var registered = await db.Set<Plenary.Registration.Registration>().CountAsync(r => r.EventId == @event.Id && r.CancelledAt == null, Cancellation);
        var paid = await (from o in db.Set<Order>() where o.EventId == @event.Id && o.State == OrderState.Paid join p in db.Set<OrderPlace>() on o.Id equals p.OrderId select p).CountAsync(Cancellation);
        Assert.Equal((held, paid), (await app.Sold(ticket), registered));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AListOfOrdersAsksTheDatabaseAsOftenHoweverLongItIs(int count)
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        for (var i = 0; i < count; i++) await buyer.Buy(ticket, Shop.NewKey(), People.NewEmail(), People.NewEmail());
        var commands = await Commands(owner, "query($id: ID) { event(id: $id) { orders { items { state places { name ticketType { name } } taxes { tax } terms { seller } } } } }", new { id = @event.Id });
        Assert.Equal(ListCommands, commands);
    }

    /// <summary>The event, roles twice, the event again for its crew, the count, the page, and one each for places, terms and ticket types.</summary>
    private const int ListCommands = 9;

    private static async Task<int> Commands(Owner owner, string query, object variables)
    {
        var trace = System.Diagnostics.ActivityTraceId.CreateRandom();
        var commands = CommandCounter.Watch(trace);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = System.Net.Http.Json.JsonContent.Create(new { query, variables }) };
        request.Headers.Add("traceparent", $"00-{trace}-{System.Diagnostics.ActivitySpanId.CreateRandom()}-01");
        using var response = await owner.Browser.Http.SendAsync(request, Cancellation);
        Assert.DoesNotContain("errors", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        return commands.Count;
    }

    private static (string, string?) Of((string Code, string? Field, string Message) refusal) => (refusal.Code, refusal.Field);

    private async Task<JsonObject?> Expired(Guid order)
    {
        await Expire(order);
        return null;
    }

    private async Task Expire(Guid order)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == Expiring.JobKind).Handle($$"""{"order":"{{order}}"}""", Cancellation);
    }
}

public sealed class OrderFactsOnSqlite(SqliteApp app) : OrderFacts(app);

public sealed class OrderFactsOnPostgres(PostgresApp app) : OrderFacts(app);

/// <summary>Amounts of money.</summary>
public sealed class MoneyFacts
{
    [Theory]
    [InlineData(11900, 1900, 1900)]
    [InlineData(9800, 1900, 1565)]
    [InlineData(107, 700, 7)]
    [InlineData(1, 1900, 0)]
    [InlineData(5000, 0, 0)]
    public void TaxIsWithinThePrice(int gross, int rate, int tax) => Assert.Equal(tax, Money.TaxWithin(gross, rate));

    [Fact]
    public void AmountsHaveTheDecimalsOfTheirCurrency()
    {
        Assert.Equal("EUR 1,234.50", Money.Text(123450, "EUR"));
        Assert.Equal("JPY 5,000", Money.Text(5000, "JPY"));
    }
}
