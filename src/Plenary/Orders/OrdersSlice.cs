using Plenary.Orders.Stripe;
using Plenary.Platform.Graph;
using Plenary.Platform.Jobs;

namespace Plenary.Orders;

/// <summary>Orders of tickets: places that are held, paid, given back and refunded (docs/decisions/0042).</summary>
public static class OrdersSlice
{
    public static void AddOrders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<OrderMails>();
        services.AddSingleton<Settling>();
        services.AddSingleton<Ordering>();
        services.AddJobHandler<Expiring>();
        _ = new StripeSettings(builder.Configuration); // a mistake stops the start
        services.AddSingleton<StripeSettings>();
        services.AddSingleton<StripeWebhook>();
        services.AddHttpClient<StripeCheckout>(http => http.Timeout = TimeSpan.FromSeconds(20));
        services.AddJobHandler<Refunding>();
        services.AddGraphPart<OrdersGraph>();
    }

    /// <summary>Where Stripe tells what was paid.</summary>
    public static void MapOrders(this WebApplication app) => app.MapPost("/stripe/webhook", (HttpContext http, StripeWebhook webhook) => webhook.Take(http));
}
