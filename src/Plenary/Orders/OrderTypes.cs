using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Plenary.Events;
using Plenary.Orders.Stripe;
using Plenary.Platform.Graph;
using Plenary.Registration;

namespace Plenary.Orders;

/// <summary>An order in the graph: reached only by its key and by the crew. The key is not told.</summary>
public sealed class OrderType : ObjectGraphType<Order>
{
    public OrderType()
    {
        Name = "Order";
        Field("id", o => o.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(o => o.Reference).Description("What is written on a transfer.");
        Field("state", o => o.State, type: typeof(NonNullGraphType<EnumerationGraphType<OrderState>>));
        Field(o => o.BuyerName);
        Field(o => o.BuyerEmail);
        Field(o => o.Currency).Description("ISO 4217.");
        Field(o => o.Total).Description("Tax included, in the smallest unit.");
        Field(o => o.OrderedAt);
        Field(o => o.ExpiresAt).Description("Until when places are held unpaid.");
        Field(o => o.PaidAt, nullable: true);
        Field(o => o.RefundedAt, nullable: true);
        Field<NonNullGraphType<BooleanGraphType>>("payableOnline").Description("Whether payOrder leads to a page to pay it by card.")
            .Resolve(context => context.Source.State == OrderState.Reserved && context.Service<StripeSettings>().SecretKey is not null);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrderPlaceType>>>>("places").Resolve(context => Places(context));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TaxLineType>>>>("taxes").Resolve(context => Places(context).Then(TaxLine.Of));
        Field<NonNullGraphType<EventType>>("event").Resolve(context => context.EventById(context.Source.EventId));
        Field<PaymentTermsType>("terms").Description("Who sells, and how it is paid.").Resolve(context =>
            context.Batch<Guid, PaymentTerms>("paymentTermsByEvent", (db, ids) => db.Set<PaymentTerms>().Where(t => ids.Contains(t.EventId)), t => t.EventId).One(context.Source.EventId));
    }

    private static IDataLoaderResult<IReadOnlyList<OrderPlace>> Places(IResolveFieldContext<Order> context) => context.Batch<Guid, OrderPlace>("placesByOrder",
        (db, ids) => db.Set<OrderPlace>().Where(p => ids.Contains(p.OrderId)).OrderBy(p => p.Position), p => p.OrderId).Many(context.Source.Id);
}

public sealed class OrderPlaceType : ObjectGraphType<OrderPlace>
{
    public OrderPlaceType()
    {
        Name = "OrderPlace";
        Field(p => p.Name);
        Field(p => p.Email);
        Field(p => p.Price).Description("Tax included, in the smallest unit of the order's currency.");
        Field(p => p.TaxRate).Description("In hundredths of a percent.");
        Field<NonNullGraphType<BooleanGraphType>>("registered").Description("Whether the guest got a registration; false in a paid order for somebody who is banned from the event.").Resolve(context => context.Source.RegistrationId is not null);
        Field<NonNullGraphType<TicketTypeType>>("ticketType").Resolve(context =>
            context.Batch<Guid, TicketType>("ticketTypeById", (db, ids) => db.Set<TicketType>().Where(t => ids.Contains(t.Id)), t => t.Id).One(context.Source.TicketTypeId));
    }
}

public sealed class TaxLineType : ObjectGraphType<TaxLine>
{
    public TaxLineType()
    {
        Name = "TaxLine";
        Field(l => l.Rate).Description("In hundredths of a percent.");
        Field(l => l.Gross);
        Field(l => l.Tax).Description("Within the gross amount.");
    }
}

public sealed class PaymentTermsType : ObjectGraphType<PaymentTerms>
{
    public PaymentTermsType()
    {
        Name = "PaymentTerms";
        Field(t => t.Seller);
        Field(t => t.Instructions);
        Field(t => t.DaysToPay);
    }
}

/// <summary>A stretch of the orders of an event.</summary>
public sealed record OrderConnection(int TotalCount, PageInfo PageInfo, IReadOnlyList<Order> Items);

public sealed class OrderConnectionType : ObjectGraphType<OrderConnection>
{
    public OrderConnectionType()
    {
        Name = "OrderConnection";
        Field(c => c.TotalCount);
        Field("pageInfo", c => c.PageInfo, type: typeof(NonNullGraphType<PageInfoType>));
        Field("items", c => c.Items, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<OrderType>>>));
    }
}

public sealed class PlaceOrderInput : InputObjectGraphType<OrderRequest>
{
    public PlaceOrderInput()
    {
        Name = "PlaceOrderInput";
        Field("key", r => r.Key, type: typeof(NonNullGraphType<IdGraphType>)).Description("A random UUID of this purchase.");
        Field("event", r => r.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.Name);
        Field(r => r.Email);
        Field(r => r.TimeZone, nullable: true);
        Field(r => r.Total).Description("What the buyer was shown.");
        Field("places", r => r.Places, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<OrderPlaceInput>>>));
    }
}

public sealed class OrderPlaceInput : InputObjectGraphType<PlaceRequest>
{
    public OrderPlaceInput()
    {
        Name = "OrderPlaceInput";
        Field("ticketType", p => p.TicketType, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.Name);
        Field(p => p.Email);
    }
}

public sealed class SavePaymentTermsInput : InputObjectGraphType<PaymentTermsChanges>
{
    public SavePaymentTermsInput()
    {
        Name = "SavePaymentTermsInput";
        Field("event", t => t.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Seller);
        Field(t => t.Instructions);
        Field(t => t.DaysToPay);
    }
}
