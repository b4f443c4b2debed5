using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;

namespace Plenary.Templates;

/// <summary>The gallery, templates of organizations, and making events.</summary>
public sealed class TemplatesGraph(TemplateCatalogue templates, TimeProvider clock) : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateType>>>>("templates").Description("Those of the installation, as the gallery shows them.").Resolve(_ => templates.All);
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateType>>>>("savedTemplates")
            .Description("Those of all organizations in which the viewer makes events, the latest first.").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return (await SavedTemplates.SeenBy(db, context.Viewer()).ToListAsync(context.CancellationToken)).ConvertAll(t => t.Read());
            });
        graph.Query.Field<TemplateType>("template").Description("By its key. Null for one of an organization in which the viewer makes no events.")
            .Argument<NonNullGraphType<IdGraphType>>("key").ResolveAsync(async context => await Find(context));

        var change = graph.Mutation;
        change.Field<NonNullGraphType<EventType>>("createEvent").Argument<NonNullGraphType<CreateEventInput>>("input").ResolveAsync(async context =>
        {
            var wish = context.GetArgument<NewEvent>("input");
            return await Make(context, db => context.Service<EventMaking>().Make(db, context.Viewer(), wish, context.CancellationToken));
        });
        change.Field<NonNullGraphType<EventType>>("cloneEvent").Description("Makes an event like another one on another day: agenda, rooms, polls, run of show and tickets; no people.")
            .Argument<NonNullGraphType<CloneEventInput>>("input").ResolveAsync(async context =>
            {
                var wish = context.GetArgument<EventLike>("input");
                return await Make(context, db => context.Service<EventMaking>().MakeLike(db, context.Viewer(), wish, context.CancellationToken));
            });
        change.Field<NonNullGraphType<TemplateType>>("saveTemplate").Description("Keeps an event as a template of its organization.")
            .Argument<NonNullGraphType<SaveTemplateInput>>("input").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await SavedTemplates.Save(db, context.Viewer(), context.GetArgument<TemplateOfEventWish>("input"), templates, clock.GetUtcNow(), context.CancellationToken);
            });
        change.Field<NonNullGraphType<ImportedTemplateType>>("importTemplate").Description("Takes a template file for an organization; mistakes in it are answered with their lines.")
            .Argument<NonNullGraphType<ImportTemplateInput>>("input").ResolveAsync(async context =>
            {
                await using var db = await context.OpenDb();
                return await SavedTemplates.Import(db, context.Viewer(), context.GetArgument<TemplateImport>("input"), clock.GetUtcNow(), context.CancellationToken);
            });
        change.Field<NonNullGraphType<BooleanGraphType>>("removeTemplate").Description("Removes a template of an organization; events made of it stay.")
            .Argument<NonNullGraphType<IdGraphType>>("key").ResolveAsync(async context =>
            {
                var viewer = context.Viewer();
                viewer.RequireAccount();
                await using var db = await context.OpenDb();
                await SavedTemplates.Remove(db, viewer, context.Id("key"), context.CancellationToken);
                return true;
            });
    }

    private async Task<Template?> Find(IResolveFieldContext context)
    {
        var key = context.GetArgument<string>("key");
        if (templates.Find(key) is { } known) return known;
        if (!Guid.TryParse(key, out var id)) return null;
        await using var db = await context.OpenDb();
        return (await SavedTemplates.SeenBy(db, context.Viewer()).SingleOrDefaultAsync(t => t.Id == id, context.CancellationToken))?.Read();
    }

    private static async Task<Event> Make(IResolveFieldContext context, Func<Db, Task<Event>> make)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await context.OpenDb();
            try
            {
                return await make(db);
            }
            catch (DbUpdateException) when (attempt < 4)
            {
                // Somebody took the same address in the same moment: the next attempt sees it and takes the next one.
            }
        }
    }
}
