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
        services.AddGraphPart<OrdersGraph>();
    }
}
