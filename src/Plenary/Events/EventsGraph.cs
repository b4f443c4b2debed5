using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
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

/// <summary>Fields of types above that lead to an event.</summary>
public static class EventBatches
{
    /// <summary>The event of this id, together with those that sibling fields ask for.</summary>
    public static IDataLoaderResult<Event?> EventById(this IResolveFieldContext context, Guid id) =>
        context.Batch<Guid, Event>("eventById", (db, ids) => db.Set<Event>().Where(e => ids.Contains(e.Id)), e => e.Id).One(id);
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
