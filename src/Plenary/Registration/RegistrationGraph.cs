using System.Globalization;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Identity;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;
using Plenary.Platform.Time;

namespace Plenary.Registration;

/// <summary>What the graph tells about tickets and registrations.</summary>
internal sealed class RegistrationGraph : IGraphPart
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public void Add(GraphBuilder graph)
    {
        var @event = graph.Type<EventType>();
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<TicketTypeType>>>>("ticketTypes").Resolve(context =>
            context.Batch<Guid, TicketType>("ticketTypesByEvent", (db, ids) => db.Set<TicketType>().Where(t => ids.Contains(t.EventId)).OrderBy(t => t.Position).ThenBy(t => t.Id), t => t.EventId)
                .Many(context.Source.Id));
        @event.Field<NonNullGraphType<IntGraphType>>("registrationCount").Resolve(context =>
            context.Batch<Guid, Count>("registrationCountByEvent", (db, ids) => db.Set<Registration>().Where(r => ids.Contains(r.EventId) && r.CancelledAt == null)
                .GroupBy(r => r.EventId).Select(g => new Count { EventId = g.Key, Number = g.Count() }), c => c.EventId).One(context.Source.Id).Then(c => c?.Number ?? 0));
        @event.Field<RegistrationType>("viewerRegistration").Resolve(context => Mine(context));
        // Here and not with the event: an attendee is whoever holds a registration.
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumerationGraphType<EventRole>>>>>("viewerRoles")
            .Description("What this session is at the event: by its organization, by a role given at the event, or as ATTENDEE by a registration.")
            .Resolve(context => Mine(context) is { } mine
                ? context.RolesAt(context.Source.Id).ThenAsync(async (roles, cancellation) => (await mine.GetResultAsync(cancellation) is null ? roles : roles.Append(EventRole.Attendee)).Order())
                : Enumerable.Empty<EventRole>());
        @event.Field<NonNullGraphType<RegistrationConnectionType>>("registrations").Description("Crew only.")
            .Argument<IntGraphType>("first").Argument<StringGraphType>("after").ResolveAsync(async context => await Page(context));
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<DayCountType>>>>("registrationsByDay").Description("Crew only: registrations per day, oldest first.")
            .ResolveAsync(async context => await ByDay(context));

        graph.Type<ViewerType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<RegistrationType>>>>("registrations").ResolveAsync(async context =>
        {
            var (person, viewer) = (context.Source.Id, context.Viewer());
            await using var db = await context.OpenDb();
            var mine = db.Set<Registration>().AsNoTracking().Where(r => r.PersonId == person);
            if (viewer.EventId is { } only) mine = mine.Where(r => r.EventId == only);
            return await mine.OrderByDescending(r => r.Id).Take(LargestPage).ToListAsync(context.CancellationToken);
        });
    }

    /// <summary>The registration that this session holds at the event; null for who is a stranger there.</summary>
    private static IDataLoaderResult<Registration?>? Mine(IResolveFieldContext<Event> context) => context.Viewer().At(context.Source.Id) is { } person
        ? context.Batch<Guid, Registration>("viewerRegistrationByEvent",
            (db, ids) => db.Set<Registration>().Where(r => ids.Contains(r.EventId) && r.PersonId == person && r.CancelledAt == null), r => r.EventId).One(context.Source.Id)
        : null;

    /// <summary>Newest first. The cursor is the last id of a page: ids grow with time, so pages neither skip nor repeat while people register.</summary>
    private static async Task<RegistrationConnection> Page(IResolveFieldContext<Event> context)
    {
        var first = context.GetArgument("first", UsualPage);
        if (first is < 1 or > LargestPage) throw Refusal.Invalid("first", $"“first” must be a number from 1 to {LargestPage}.").AsException();
        Guid? after = context.GetArgument<string?>("after") is { } cursor ? GraphContext.ParseId(cursor, "after") : null;
        await using var db = await context.OpenDb();
        await db.RequireCrew(context.Viewer(), context.Source.Id, context.CancellationToken);
        var all = db.Set<Registration>().AsNoTracking().Where(r => r.EventId == context.Source.Id);
        var total = await all.CountAsync(context.CancellationToken);
        if (after is { } last) all = all.Where(r => r.Id < last);
        var items = await all.OrderByDescending(r => r.Id).Take(first + 1).ToListAsync(context.CancellationToken);
        var more = items.Count > first;
        if (more) items.RemoveAt(first);
        return new(total, new(more, items.Count == 0 ? null : items[^1].Id.ToString()), items);
    }

    private static async Task<List<DayCount>> ByDay(IResolveFieldContext<Event> context)
    {
        await using var db = await context.OpenDb();
        await db.RequireCrew(context.Viewer(), context.Source.Id, context.CancellationToken);
        var times = await db.Set<Registration>().Where(r => r.EventId == context.Source.Id && r.CancelledAt == null).Select(r => r.RegisteredAt).ToListAsync(context.CancellationToken);
        var zone = WallClock.Find(context.Source.TimeZone) ?? TimeZoneInfo.Utc;
        return [.. times.GroupBy(t => DateOnly.FromDateTime(zone.ToWallClock(t))).OrderBy(g => g.Key)
            .Select(g => new DayCount(g.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), g.Count()))];
    }

    private sealed class Count
    {
        public Guid EventId { get; init; }

        public int Number { get; init; }
    }
}

/// <summary>What people change about tickets and registrations, and the door that join links open.</summary>
internal sealed class RegistrationMutations : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        var mutation = graph.Mutation;
        mutation.Field<NonNullGraphType<SignedInType>>("useJoinLink").Description("Opens a personal join or speaker link; it may be used again on another device.")
            .Argument<NonNullGraphType<StringGraphType>>("token").ResolveAsync(async context =>
            {
                var holder = await context.Service<PersonalLinks>().Open(context.GetArgument<string>("token"), context.CancellationToken);
                await using var db = await context.OpenDb();
                var person = await db.Users.SingleAsync(p => p.Id == holder.PersonId, context.CancellationToken);
                await context.Service<SignIns>().SignInAsync(context.Http(), person, holder.EventId);
                return new SignedIn(person, holder.GoTo);
            });
        mutation.Field<NonNullGraphType<TicketTypeType>>("saveTicketType").Argument<NonNullGraphType<SaveTicketTypeInput>>("input").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await TicketTypeEditing.Save(db, context.Viewer(), context.GetArgument<TicketTypeChanges>("input"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<RegisterReplyType>>("register").Argument<NonNullGraphType<RegisterInput>>("input").ResolveAsync(async context =>
        {
            context.LimitClient(RateLimit.Register);
            await using var db = await context.OpenDb();
            return await context.Service<Registering>().Register(db, context.Viewer(), context.GetArgument<RegisterRequest>("input"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<RegistrationType>>("cancelRegistration").Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await context.Service<Registering>().Cancel(db, context.Viewer(), context.Id("id"), context.CancellationToken);
        });
        mutation.Field<NonNullGraphType<BooleanGraphType>>("resendJoinLink").Description("Sends the confirmation with the join link again; always answers the same.")
            .Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<StringGraphType>>("email").ResolveAsync(async context =>
            {
                context.LimitClient(RateLimit.Register);
                await using var db = await context.OpenDb();
                await context.Service<Registering>().Resend(db, context.Viewer(), context.Id("event"), context.GetArgument<string>("email"), context.CancellationToken);
                return true;
            });
    }
}
