using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Orders;
using Plenary.Orders.Stripe;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Tests.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Orders;

/// <summary>Payments through Stripe: its messages by their documented shapes, signed, and a stand-in for its API.</summary>
public abstract class StripeFacts(App app)
{
    public const string Secret = "whsec_of_the_facts";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task APaymentMakesTheOrderPaidHoweverOftenItIsTold()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var (email, key) = (People.NewEmail(), Shop.NewKey());
        var order = (await buyer.Buy(ticket, key, email)).Id();
        for (var i = 0; i < 3; i++) Assert.Equal(200, await Send(Paid(order, 4900)));
        Assert.Equal((OrderState.Paid, 1), (await app.StateOf(order), await app.Sold(ticket)));
        Assert.Single(await app.MailsTo(email), m => m.Subject.StartsWith("Receipt", StringComparison.Ordinal));
        await Send(Paid(order, 4900, payment: "pi_second")); // paid in two tabs: one of them goes back
        Assert.Equal(OrderState.Paid, await app.StateOf(order));
        Assert.Contains(await Backs(), payload => payload.Contains("pi_second", StringComparison.Ordinal));
        Assert.DoesNotContain(await Backs(), payload => payload.Contains(order.ToString(), StringComparison.Ordinal) && payload.Contains("pi_of_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AMessageThatStripeDidNotSignJustNowChangesNothing()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var order = (await buyer.Buy(ticket, Shop.NewKey(), People.NewEmail())).Id();
        var body = Paid(order, 4900);
        foreach (var header in new[]
        {
            "", "t=1", $"t={Now}", "v1=abc", $"t=now,v1={Sign(body, Now)}", $"t={Now},v1={Sign(body, Now, "whsec_else")}", $"t={Now},v0={Sign(body, Now)}", $"t={Now + 1},v1={Sign(body, Now)}",
            $"t={Now - 301},v1={Sign(body, Now - 301)}", $"t={Now + 400},v1={Sign(body, Now + 400)}", $"t={Now},v1={Sign(body + " ", Now)}", new string('v', 5000),
        })
            Assert.Equal(400, await Send(body, header));
        Assert.Equal(OrderState.Reserved, await app.StateOf(order));
        Assert.Equal(400, await Send("not json"));
        Assert.Equal(400, await Send("""{"type":"charge.refunded"}"""));
        Assert.Equal(200, await Send("""{"type":"customer.created","data":{"object":{"id":"cus_1"}}}""")); // nothing to us
        Assert.Equal(200, await Send(Paid(Shop.NewKey(), 4900))); // of another installation
        Assert.Equal(200, await Send(Paid(order, 100))); // another amount buys nothing, and goes back
        Assert.Equal(200, await Send(Paid(order, 4900, status: "unpaid"))); // a transfer that is yet to come
        Assert.Equal(OrderState.Reserved, await app.StateOf(order));
        Assert.Equal(200, await Send(body, $"t={Now},v1={Sign(body, Now, "whsec_before")},v1={Sign(body, Now)},v0=00")); // a secret is being replaced
        Assert.Equal(OrderState.Paid, await app.StateOf(order));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task InWhateverOrderMessagesComeTheEndIsTheSame(int seed, bool refunded)
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner);
        using var buyer = app.Visitor();
        var order = (await buyer.Buy(ticket, Shop.NewKey(), People.NewEmail(), People.NewEmail())).Id();
        string[] messages = [Paid(order, 9800), Paid(order, 9800, type: "checkout.session.async_payment_succeeded"), .. refunded ? new[] { Refunded(order), Refunded(order) } : []];
        var chance = new Random(seed);
        var told = messages.Concat(messages).OrderBy(_ => chance.Next()).ToList();
        await Parallel.ForEachAsync(told, new ParallelOptions { MaxDegreeOfParallelism = 1 + seed % 3, CancellationToken = Cancellation }, async (message, _) => Assert.Equal(200, await Send(message)));
        Assert.Equal((refunded ? OrderState.Refunded : OrderState.Paid, refunded ? 0 : 2), (await app.StateOf(order), await app.Sold(ticket)));
        await using var db = app.OpenDb();
        Assert.Equal(refunded ? 0 : 2, await db.Set<Plenary.Registration.Registration>().CountAsync(r => r.EventId == ticket.EventId && r.CancelledAt == null, Cancellation));
    }

    [Fact]
    public async Task APageToPayOnIsMadeOncePerClickAndLateMoneyGoesBackByItself()
    {
        await using var stripe = await StandIn.Start();
        var checkout = Checkout(stripe.Port);
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewShop(owner, capacity: 1);
        using var buyer = app.Visitor();
        var key = Shop.NewKey();
        var order = (await buyer.Buy(ticket, key, People.NewEmail())).Id();
        await using var db = app.OpenDb();
        Assert.Equal("https://checkout.stripe.example/c/1", await checkout.Open(db, key, Cancellation));
        var (path, authorization, idempotency, form) = stripe.Asked.Single();
        Assert.Equal(("/v1/checkout/sessions", "Bearer sk_of_the_facts"), (path, authorization));
        Assert.StartsWith(order.ToString(), idempotency, StringComparison.Ordinal);
        Assert.Equal(("payment", "4900", "eur", "1", order.ToString()), (form["mode"], form["line_items[0][price_data][unit_amount]"], form["line_items[0][price_data][currency]"], form["line_items[0][quantity]"], form["metadata[order]"]));
        Assert.Equal("not-found", (await Assert.ThrowsAsync<RefusalException>(() => checkout.Open(db, Shop.NewKey(), Cancellation))).Refusal.Code);

        await app.LetTimeRunOut(order);
        await Handle(Expiring.JobKind, $$"""{"order":"{{order}}"}""");
        Assert.Equal("order-not-open", (await Assert.ThrowsAsync<RefusalException>(() => checkout.Open(db, key, Cancellation))).Refusal.Code);
        await buyer.Buy(ticket, Shop.NewKey(), People.NewEmail()); // somebody else has the last place
        Assert.Equal(200, await Send(Paid(order, 4900)));
        Assert.Equal(OrderState.RefundDue, await app.StateOf(order));
        var back = (await Backs()).Single(payload => payload.Contains(order.ToString(), StringComparison.Ordinal));
        var refunding = new Refunding(app.Services.GetRequiredService<IDbContextFactory<Db>>(), checkout, app.Services.GetRequiredService<Settling>());
        for (var i = 0; i < 2; i++) await refunding.Handle(back, Cancellation);
        Assert.Equal((OrderState.Refunded, 1), (await app.StateOf(order), await app.Sold(ticket)));
        var refund = stripe.Asked.Last();
        Assert.Equal(("/v1/refunds", $"pi_of_{order}", $"refund-pi_of_{order}"), (refund.Path, refund.Form["payment_intent"], refund.Key));
    }

    private StripeCheckout Checkout(int port)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Stripe:SecretKey"] = "sk_of_the_facts", ["Stripe:WebhookSecret"] = Secret, ["Stripe:Address"] = $"http://127.0.0.1:{port}" }).Build();
        return new(new HttpClient(), new StripeSettings(configuration), app.Services.GetRequiredService<PublicUrl>(), TimeProvider.System);
    }

    private async Task Handle(string kind, string payload)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == kind).Handle(payload, Cancellation);
    }

    private async Task<List<string>> Backs()
    {
        await using var db = app.OpenDb();
        return await db.Set<Job>().Where(j => j.Kind == Refunding.JobKind).Select(j => j.Payload).ToListAsync(Cancellation);
    }

    private async Task<int> Send(string body, string? signature = null)
    {
        using var stripe = app.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/stripe/webhook") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var now = Now;
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature ?? $"t={now},v1={Sign(body, now)}");
        using var answer = await stripe.Http.SendAsync(request, Cancellation);
        return (int)answer.StatusCode;
    }

    private static string Sign(string body, long time, string secret = Secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));

    private static string Paid(Guid order, int amount, string? payment = null, string type = "checkout.session.completed", string status = "paid") => JsonSerializer.Serialize(new
    {
        id = $"evt_{Shop.NewKey():N}",
        @object = "event",
        type,
        data = new { @object = new { id = "cs_1", @object = "checkout.session", client_reference_id = order, metadata = new { order }, payment_intent = payment ?? $"pi_of_{order}", payment_status = status, amount_total = amount, currency = "eur" } },
    });

    private static string Refunded(Guid order) => JsonSerializer.Serialize(new
    {
        id = $"evt_{Shop.NewKey():N}",
        @object = "event",
        type = "charge.refunded",
        data = new { @object = new { id = "ch_1", @object = "charge", metadata = new { order }, payment_intent = $"pi_of_{order}", refunded = true } },
    });

    /// <summary>Answers as Stripe's API is documented to, and remembers what it was asked.</summary>
    private sealed class StandIn(WebApplication app, int port) : IAsyncDisposable
    {
        public int Port => port;

        public ConcurrentQueue<(string Path, string Authorization, string Key, IReadOnlyDictionary<string, string> Form)> Asked { get; } = new();

        public static async Task<StandIn> Start()
        {
            var port = FreePort.Take();
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
            var app = builder.Build();
            var stripe = new StandIn(app, port);
            app.Run(async http =>
            {
                var form = await http.Request.ReadFormAsync(http.RequestAborted);
                stripe.Asked.Enqueue((http.Request.Path.Value!, http.Request.Headers.Authorization.ToString(), http.Request.Headers["Idempotency-Key"].ToString(), form.ToDictionary(f => f.Key, f => f.Value.ToString())));
                await http.Response.WriteAsJsonAsync(http.Request.Path == "/v1/checkout/sessions" ? (object)new { id = "cs_1", @object = "checkout.session", url = "https://checkout.stripe.example/c/1" } : new { id = "re_1", @object = "refund", status = "succeeded" }, http.RequestAborted);
            });
            await app.StartAsync(Cancellation);
            return stripe;
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}

public sealed class StripeFactsOnSqlite(SqliteApp app) : StripeFacts(app);

public sealed class StripeFactsOnPostgres(PostgresApp app) : StripeFacts(app);
