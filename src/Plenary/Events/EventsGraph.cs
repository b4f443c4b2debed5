using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Organizations;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;

namespace Plenary.Events;

/// <summary>Finding events, changing them, and their steps from draft to ended.</summary>
public sealed class EventsGraph(TimeProvider clock) : IGraphPart
{
    private const int LongestList = 200;

    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<EventType>>>>("publicEvents").Description("Published events anyone may see, soonest first.")
            .ResolveAsync(async context => await PublicEvents(context));
        graph.Query.Field<EventType>("event").Description("A published event, or a draft for its crew. Exactly one of slug and id.")
            .Argument<StringGraphType>("slug").Argument<IdGraphType>("id").ResolveAsync(async context => await Find(context));
        graph.Type<OrganizationType>().Field<NonNullGraphType<ListGraphType<NonNullGraphType<EventType>>>>("events").Description("Drafts only for members.").Resolve(OfOrganization);

        var life = graph.Mutation;
        life.Field<NonNullGraphType<EventType>>("updateEvent").Argument<NonNullGraphType<UpdateEventInput>>("input").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            return await context.Service<EventEditing>().Update(db, context.Viewer(), context.GetArgument<EventChanges>("input"), context.CancellationToken);
        });
        Step(life, "publishEvent", (context, db, found) => context.Service<EventLife>().Publish(db, found, context.CancellationToken));
        Step(life, "unpublishEvent", (context, db, found) => context.Service<EventLife>().Unpublish(db, found, context.CancellationToken));
        Step(life, "endEvent", (_, _, found) =>
        {
            EventLife.End(found);
            return Task.CompletedTask;
        });
    }

    private static void Step(ObjectGraphType mutation, string name, Func<IResolveFieldContext, Platform.Database.Db, Event, Task> step) =>
        mutation.Field<NonNullGraphType<EventType>>(name).Argument<NonNullGraphType<IdGraphType>>("id").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            var found = await db.RequireCrew(context.Viewer(), context.Id("id"), context.CancellationToken);
            await step(context, db, found);
            await EventLife.Save(db, context.CancellationToken);
            return found;
        });

    private async Task<List<Event>> PublicEvents(IResolveFieldContext context)
    {
        var now = clock.GetUtcNow();
        await using var db = await context.OpenDb();
        return await db.Set<Event>().AsNoTracking().Where(e => e.Status == EventStatus.Published && e.EndsAt > now)
            .OrderBy(e => e.StartsAt).ThenBy(e => e.Id).Take(LongestList).ToListAsync(context.CancellationToken);
    }

    private static IDataLoaderResult<IReadOnlyList<Event>> OfOrganization(IResolveFieldContext<Organization> context)
    {
        var viewer = context.Viewer();
        var member = viewer.IsAccount ? viewer.PersonId!.Value : Guid.Empty;
        return context.Batch<Guid, Event>("eventsByOrganization", (db, ids) => db.Set<Event>()
            .Where(e => ids.Contains(e.OrganizationId) && (e.Status != EventStatus.Draft || db.Set<Membership>().Any(m => m.OrganizationId == e.OrganizationId && m.PersonId == member)))
            .OrderBy(e => e.StartsAt).ThenBy(e => e.Id), e => e.OrganizationId).Many(context.Source.Id);
    }

    private static async Task<Event?> Find(IResolveFieldContext context)
    {
        var slug = context.GetArgument<string?>("slug");
        var id = context.OptionalId("id");
        if (slug is null == id is null) throw Refusal.Invalid("slug", "Name the event by its slug or by its id, and by one of them only.").AsException();
        await using var db = await context.OpenDb();
        return await (id is { } known
            ? db.FindVisible(context.Viewer(), e => e.Id == known, context.CancellationToken)
            : db.FindVisible(context.Viewer(), e => e.Slug == slug, context.CancellationToken));
    }
}

/// <summary>What fields of types above ask about events, together with their siblings.</summary>
public static class EventBatches
{
    /// <summary>The value when the viewer is of the event's crew; null for everybody else.</summary>
    public static IDataLoaderResult<T?> ForCrew<T>(this IResolveFieldContext context, Guid eventId, T? value) =>
        context.RolesAt(eventId).Then(roles => roles.Overlaps(EventAccess.Crew) ? value : default);

    /// <summary>The roles this session holds at the event.</summary>
    public static IDataLoaderResult<IReadOnlySet<EventRole>> RolesAt(this IResolveFieldContext context, Guid eventId)
    {
        var viewer = context.Viewer();
        var person = viewer.At(eventId) ?? Guid.Empty;
        return context.Batch<Guid, RolesRow>("rolesByEvent", (db, ids) => Roles(db, ids, person), row => row.EventId).One(eventId)
            .Then(row => row is null || person == Guid.Empty ? new HashSet<EventRole>() : EventAccess.Held(viewer, row.Granted, row.Member));
    }

    /// <summary>The event of this id, together with those that sibling fields ask for.</summary>
    public static IDataLoaderResult<Event?> EventById(this IResolveFieldContext context, Guid id) =>
        context.Batch<Guid, Event>("eventById", (db, ids) => db.Set<Event>().Where(e => ids.Contains(e.Id)), e => e.Id).One(id);

    private static IQueryable<RolesRow> Roles(Db db, IReadOnlyCollection<Guid> events, Guid person) =>
        from e in db.Set<Event>()
        where events.Contains(e.Id)
        select new RolesRow
        {
            EventId = e.Id,
            Granted = db.Set<EventRoleGrant>().Where(g => g.EventId == e.Id && g.PersonId == person).Select(g => g.Role).ToList(),
            Member = db.Set<Membership>().Where(m => m.OrganizationId == e.OrganizationId && m.PersonId == person).Select(m => (OrganizationRole?)m.Role).FirstOrDefault(),
        };

    private sealed class RolesRow
    {
        public Guid EventId { get; init; }

        public List<EventRole> Granted { get; init; } = [];

        public OrganizationRole? Member { get; init; }
    }
}

/// <summary>The input of <c>updateEvent</c>.</summary>
public sealed class UpdateEventInput : InputObjectGraphType<EventChanges>
{
    public UpdateEventInput()
    {
        Name = "UpdateEventInput";
        Field("id", e => e.Id, type: typeof(NonNullGraphType<IdGraphType>));
        Field(e => e.Version);
        Field(e => e.Name, nullable: true);
        Field(e => e.Slug, nullable: true);
        Field(e => e.Tagline, nullable: true);
        Field(e => e.Description, nullable: true);
        Field(e => e.StartsAtLocal, nullable: true).Description("Moves the whole agenda along, in the event's zone: yyyy-MM-ddTHH:mm.");
        Field(e => e.EndsAtLocal, nullable: true);
        Field(e => e.TimeZone, nullable: true);
        Field(e => e.Accent, nullable: true);
        Field(e => e.CoverArt, nullable: true);
        Field(e => e.CoverFile, nullable: true).Description("Id answered by POST /files; empty string removes it.");
    }
}
