using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;

namespace Plenary.Registration;

public sealed class TicketTypeType : ObjectGraphType<TicketType>
{
    public TicketTypeType()
    {
        Name = "TicketType";
        Field("id", t => t.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Name);
        Field(t => t.Description);
        Field(t => t.Capacity);
        Field(t => t.Price).Description("Of one place, tax included, in the smallest unit of the currency; 0 is free.");
        Field(t => t.Currency).Description("ISO 4217.");
        Field(t => t.TaxRate).Description("Within the price, in hundredths of a percent.");
        Field<NonNullGraphType<IntGraphType>>("remaining").Resolve(context => Math.Max(0, context.Source.Capacity - context.Source.Sold));
    }
}

/// <summary>A registration in the graph: reached only by whoever holds it and by the crew.</summary>
public sealed class RegistrationType : ObjectGraphType<Registration>
{
    public RegistrationType()
    {
        Name = "Registration";
        Field("id", r => r.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.Name);
        Field<NonNullGraphType<StringGraphType>>("email").Resolve(context =>
            context.Batch<Guid, Person>("personById", (db, ids) => db.Users.Where(p => ids.Contains(p.Id)), p => p.Id).One(context.Source.PersonId).Then(p => p?.Email));
        Field(r => r.RegisteredAt);
        Field(r => r.CancelledAt, nullable: true);
        Field<NonNullGraphType<TicketTypeType>>("ticketType").Resolve(context =>
            context.Batch<Guid, TicketType>("ticketTypeById", (db, ids) => db.Set<TicketType>().Where(t => ids.Contains(t.Id)), t => t.Id).One(context.Source.TicketTypeId));
        Field<NonNullGraphType<EventType>>("event").Resolve(context => context.EventById(context.Source.EventId));
    }
}

/// <summary>A stretch of the registrations of an event.</summary>
public sealed record RegistrationConnection(int TotalCount, PageInfo PageInfo, IReadOnlyList<Registration> Items);

/// <summary>Whether and where a list goes on.</summary>
public sealed record PageInfo(bool HasNextPage, string? EndCursor);

public sealed class RegistrationConnectionType : ObjectGraphType<RegistrationConnection>
{
    public RegistrationConnectionType()
    {
        Name = "RegistrationConnection";
        Field(c => c.TotalCount);
        Field("pageInfo", c => c.PageInfo, type: typeof(NonNullGraphType<PageInfoType>));
        Field("items", c => c.Items, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<RegistrationType>>>));
    }
}

public sealed class PageInfoType : ObjectGraphType<PageInfo>
{
    public PageInfoType()
    {
        Name = "PageInfo";
        Field(p => p.HasNextPage);
        Field(p => p.EndCursor, nullable: true);
    }
}

/// <summary>How many registered on a day.</summary>
public sealed record DayCount(string Day, int Count);

public sealed class DayCountType : ObjectGraphType<DayCount>
{
    public DayCountType()
    {
        Name = "DayCount";
        Field(d => d.Day).Description("yyyy-MM-dd in the event's zone.");
        Field(d => d.Count);
    }
}

public sealed class RegisterReplyType : ObjectGraphType<RegisterReply>
{
    public RegisterReplyType()
    {
        Name = "RegisterReply";
        Field("registration", r => r.Registration, type: typeof(RegistrationType))
            .Description("False when the mail was sent instead of signing in: the address was not proven by this session.");
        Field(r => r.Message);
    }
}

public sealed class RegisterInput : InputObjectGraphType<RegisterRequest>
{
    public RegisterInput()
    {
        Name = "RegisterInput";
        Field("event", r => r.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field("ticketType", r => r.TicketType, type: typeof(NonNullGraphType<IdGraphType>));
        Field(r => r.Name);
        Field(r => r.Email);
        Field(r => r.TimeZone, nullable: true);
    }
}

public sealed class SaveTicketTypeInput : InputObjectGraphType<TicketTypeChanges>
{
    public SaveTicketTypeInput()
    {
        Name = "SaveTicketTypeInput";
        Field("id", t => t.Id, type: typeof(IdGraphType));
        Field("event", t => t.Event, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Name);
        Field(t => t.Description);
        Field(t => t.Capacity);
        Field(t => t.Price, nullable: true).Description("Of one place, tax included, in the smallest unit of the currency; 0 is free.");
        Field(t => t.Currency, nullable: true).Description("ISO 4217.");
        Field(t => t.TaxRate, nullable: true).Description("Within the price, in hundredths of a percent.");
    }
}
