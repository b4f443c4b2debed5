using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Orders.Stripe;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;
using Plenary.Registration;

namespace Plenary.Orders;

/// <summary>Orders in the graph: the buyer's by its key, all of an event for its crew.</summary>
internal sealed class OrdersGraph : IGraphPart
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public void Add(GraphBuilder graph)
    {
        var @event = graph.Type<EventType>();
        @event.Field<NonNullGraphType<OrderConnectionType>>("orders").Description("Crew only, the latest first.")
            .Argument<IntGraphType>("first").Argument<StringGraphType>("after").ResolveAsync(async context => await Page(context));
        @event.Field<PaymentTermsType>("paymentTerms").Description("Crew only; null until they are said.").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            await db.RequireCrew(context.Viewer(), context.Source.Id, context.CancellationToken);
            return await db.Set<PaymentTerms>().AsNoTracking().SingleOrDefaultAsync(t => t.EventId == context.Source.Id, context.CancellationToken);
        });

        graph.Query.Field<NonNullGraphType<OrderType>>("order").Description("The order of this key, for whoever knows it. Refused: not-found.").Argument<NonNullGraphType<IdGraphType>>("key").ResolveAsync(async context =>
        {
            var key = context.Id("key");
            await using var db = await context.OpenDb();
            return await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(o => o.Key == key, context.CancellationToken) ?? throw Refusal.NotFound.AsException();
        });

        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<OrderType>>("placeOrder").Description("Holds places and says how to pay; what is free is settled at once. The same key is the same order. Refused: not-found, registration-closed, sold-out, price-changed, payment-not-set-up.")
            .Argument<NonNullGraphType<PlaceOrderInput>>("input").ResolveAsync(async context =>
            {
                var request = context.GetArgument<OrderRequest>("input");
                context.LimitClient(RateLimit.Register);
                // Guests get mails from somebody they may not know: each counts like a registration.
                foreach (var _ in request.Places.Skip(1).Take(Order.MostPlaces)) context.LimitClient(RateLimit.Register);
                await using var db = await context.OpenDb();
                return await context.Service<Ordering>().Place(db, context.Viewer(), request, context.CancellationToken);
            });
        mutation.Field<NonNullGraphType<OrderType>>("giveUpOrder").Description("The buyer cancels what is not paid. Refused: not-found, order-not-open.").Argument<NonNullGraphType<IdGraphType>>("key").ResolveAsync(async context =>
        {
            context.LimitClient(RateLimit.Register);
            await using var db = await context.OpenDb();
            return await context.Service<Settling>().Cancel(db, context.Id("key"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<StringGraphType>>("payOrder").Description("The address of a page on which the order is paid by card. Refused: not-found, order-not-open, payment-unavailable.").Argument<NonNullGraphType<IdGraphType>>("key").ResolveAsync(async context =>
        {
            context.LimitClient(RateLimit.Register);
            await using var db = await context.OpenDb();
            return await context.Service<StripeCheckout>().Open(db, context.Id("key"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<OrderType>>("markOrderPaid").Description("The money came. Crew only. Late money for places that are gone makes the order REFUND_DUE.").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await context.Service<Settling>().MarkPaid(db, context.Viewer(), context.Id("id"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<OrderType>>("cancelOrder").Description("Gives places back that are not paid. Crew only. Refused: order-not-open.").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await context.Service<Settling>().Cancel(db, context.Viewer(), context.Id("id"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<OrderType>>("refundOrder").Description("The money went back: registrations end. Crew only. Refused: order-not-paid.").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await context.Service<Settling>().Refund(db, context.Viewer(), context.Id("id"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<PaymentTermsType>>("savePaymentTerms").Description("Who sells, and how it is paid. Crew only.").Argument<NonNullGraphType<SavePaymentTermsInput>>("input").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await PaymentTerms.Save(db, context.Viewer(), context.GetArgument<PaymentTermsChanges>("input"), context.CancellationToken);
        });
    }

    private static async Task<OrderConnection> Page(IResolveFieldContext<Event> context)
    {
        var first = context.GetArgument("first", UsualPage);
        if (first is < 1 or > LargestPage) throw Refusal.Invalid("first", $"“first” must be a number from 1 to {LargestPage}.").AsException();
        Guid? after = context.GetArgument<string?>("after") is { } cursor ? GraphContext.ParseId(cursor, "after") : null;
        await using var db = await context.OpenDb();
        await db.RequireCrew(context.Viewer(), context.Source.Id, context.CancellationToken);
        var all = db.Set<Order>().AsNoTracking().Where(o => o.EventId == context.Source.Id);
        var total = await all.CountAsync(context.CancellationToken);
        if (after is { } last) all = all.Where(o => o.Id < last);
        var items = await all.OrderByDescending(o => o.Id).Take(first + 1).ToListAsync(context.CancellationToken);
        var more = items.Count > first;
        if (more) items.RemoveAt(first);
        return new(total, new(more, items.Count == 0 ? null : items[^1].Id.ToString()), items);
    }
}
