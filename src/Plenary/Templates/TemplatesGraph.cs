using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Templates;

/// <summary>The gallery, and making an event of a template.</summary>
public sealed class TemplatesGraph(TemplateCatalogue templates) : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateType>>>>("templates").Resolve(_ => templates.All);
        graph.Query.Field<TemplateType>("template").Argument<NonNullGraphType<IdGraphType>>("key").Resolve(context => templates.Find(context.GetArgument<string>("key")));
        graph.Mutation.Field<NonNullGraphType<EventType>>("createEvent").Argument<NonNullGraphType<CreateEventInput>>("input").ResolveAsync(async context => await Make(context));
    }

    private static async Task<Event> Make(IResolveFieldContext context)
    {
        var wish = context.GetArgument<NewEvent>("input");
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await context.OpenDb();
            try
            {
                return await context.Service<EventMaking>().Make(db, context.Viewer(), wish, context.CancellationToken);
            }
            catch (DbUpdateException) when (attempt < 4)
            {
                // Somebody took the same address in the same moment: the next attempt sees it and takes the next one.
            }
        }
    }
}

/// <summary>A template in the gallery.</summary>
public sealed class TemplateType : ObjectGraphType<Template>
{
    public TemplateType()
    {
        Name = "Template";
        Field("key", t => t.Key, type: typeof(NonNullGraphType<IdGraphType>));
        Field(t => t.Name);
        Field(t => t.Tagline).Description("One line under the name: 2 days, 3 tracks, tables, party.");
        Field(t => t.Category);
        Field(t => t.Description);
        Field(t => t.Audience).Description("How many people it suits: 50 – 5,000.");
        Field(t => t.Art).Description("Key of the thumbnail drawing.");
        Field(t => t.Accent);
        Field(t => t.Cover).Description("Key of the cover drawing.");
        Field(t => t.DayCount);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateRoomType>>>>("rooms").Resolve(context => context.Source.Rooms);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TemplateSessionType>>>>("sessions").Resolve(context => context.Source.Sessions);
        Field<NonNullGraphType<IntGraphType>>("emailCount").Resolve(context => context.Source.Emails.Count);
    }
}

/// <summary>A room of a template.</summary>
public sealed class TemplateRoomType : ObjectGraphType<TemplateRoom>
{
    public TemplateRoomType()
    {
        Name = "TemplateRoom";
        Field(r => r.Key);
        Field(r => r.Name);
        Field(r => r.Kind);
        Field(r => r.Format);
    }
}

/// <summary>An agenda entry of a template.</summary>
public sealed class TemplateSessionType : ObjectGraphType<TemplateSession>
{
    public TemplateSessionType()
    {
        Name = "TemplateSession";
        Field(s => s.Day).Description("0 is the first day.");
        Field(s => s.Start).Description("Wall clock in the event's zone, HH:mm.");
        Field(s => s.Minutes);
        Field(s => s.Title);
        Field(s => s.Summary);
        Field(s => s.Room);
    }
}

/// <summary>The input of <c>createEvent</c>.</summary>
public sealed class CreateEventInput : InputObjectGraphType<NewEvent>
{
    public CreateEventInput()
    {
        Name = "CreateEventInput";
        Field(e => e.Organization, type: typeof(NonNullGraphType<IdGraphType>));
        Field(e => e.Template, type: typeof(NonNullGraphType<IdGraphType>));
        Field(e => e.Name);
        Field(e => e.Date).Description("First day in the event's zone, yyyy-MM-dd.");
        Field(e => e.TimeZone);
        Field(e => e.Publish, nullable: true);
    }
}
