using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Identity;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Graph;
using Plenary.Rooms;

namespace Plenary.Demo;

/// <summary>Somebody to be in the demo, and where to go as them.</summary>
/// <param name="Key">organizer, speaker or attendee.</param>
internal sealed record DemoPerson(string Key, string Name, string Headline, string Portrait);

internal sealed class DemoPersonType : ObjectGraphType<DemoPerson>
{
    public DemoPersonType()
    {
        Name = "DemoPerson";
        Field("key", p => p.Key, type: typeof(NonNullGraphType<IdGraphType>));
        Field(p => p.Name);
        Field(p => p.Headline);
        Field(p => p.Portrait).Description("Key of the drawn portrait.");
    }
}

/// <summary>The demo's doors: who one can be, and being them. On an installation that is no demo there is nobody, and entering is not found.</summary>
internal sealed class DemoGraph : IGraphPart
{
    public void Add(GraphBuilder graph)
    {
        graph.Query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<DemoPersonType>>>>("demoPeople").Description("Only with --demo: who a newcomer can be.")
            .Resolve(c => IsDemo(c) ? DemoEvent.Personas.Select(p => new DemoPerson(p.Key, p.Name, p.Headline, p.Portrait)) : []);
        graph.Mutation.Field<NonNullGraphType<SignedInType>>("enterDemo").Argument<NonNullGraphType<IdGraphType>>("key").Description("Only with --demo: signs in as one of demoPeople.")
            .ResolveAsync(async c => await Enter(c));
    }

    private static bool IsDemo(IResolveFieldContext context) => context.Service<IConfiguration>().IsDemo();

    private static async Task<SignedIn> Enter(IResolveFieldContext context)
    {
        var persona = IsDemo(context) ? DemoEvent.Personas.FirstOrDefault(p => p.Key == context.GetArgument<string>("key")) : null;
        if (persona is null) throw Refusal.NotFound.AsException();
        await using var db = await context.OpenDb();
        var person = await People.Find(db, persona.Email, context.CancellationToken) ?? throw Refusal.NotFound.AsException();
        var @event = await db.Set<Event>().Where(e => e.Slug == DemoEvent.Slug).Select(e => new { e.Id, e.Slug }).SingleAsync(context.CancellationToken);
        var stage = await db.Set<Room>().Where(r => r.EventId == @event.Id && r.Slug == "main-stage").Select(r => r.Slug).SingleAsync(context.CancellationToken);
        var http = context.Service<IHttpContextAccessor>().HttpContext!;
        await context.Service<SignIns>().SignInAsync(http, person);
        var path = persona.Key switch
        {
            "organizer" => $"/organize/events/{@event.Id}",
            "speaker" => $"/e/{@event.Slug}/studio/{stage}",
            _ => $"/e/{@event.Slug}/rooms/{stage}",
        };
        return new SignedIn(person, path);
    }
}
