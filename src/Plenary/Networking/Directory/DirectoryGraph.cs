using System.Globalization;
using GraphQL;
using GraphQL.Types;
using Plenary.Events;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;
using Plenary.Platform.Graph;
using Plenary.Platform.Text;
using Plenary.Profiles;
using Plenary.Registration;
using Plenary.Rooms.Attendance;

namespace Plenary.Networking.Directory;

/// <summary>The people of an event, for each other. Who is not of the event is refused all of it.</summary>
internal sealed class DirectoryGraph : IGraphPart
{
    private const int UsualPage = 30;
    private const int LargestPage = 100;

    /// <summary>People who are looked through page by page; whoever looks for somebody types a word.</summary>
    private const int Deepest = 50_000;

    public void Add(GraphBuilder graph)
    {
        var @event = graph.Type<EventType>();
        @event.Field<NonNullGraphType<PeoplePageType>>("people").Description("Those of the event whom the viewer may see, by name, or those who fit the words, best first.")
            .Argument<StringGraphType>("search", argument => argument.Description = "Words of names, headlines, tags and texts, or their beginnings; all must be there.")
            .Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("interests").Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("looksFor")
            .Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("offers").Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("languages")
            .Argument<BooleanGraphType>("connected", argument => argument.Description = "Only those the viewer is connected with.")
            .Argument<IntGraphType>("first").Argument<StringGraphType>("after")
            .ResolveAsync(async context => await Page(context));
        @event.Field<PersonHereType>("person").Description("One of them; null when the viewer may not see them.").Argument<NonNullGraphType<IdGraphType>>("id")
            .ResolveAsync(async context => await One(context, context.Source.Id, context.Id("id")));
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<PersonHereType>>>>("suggestedPeople").Description("Whom the viewer might want to meet, the best first, each with a reason.")
            .Argument<IntGraphType>("first").ResolveAsync(async context => await Suggested(context));
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("peopleHere").Description($"Those of these people, at most {LargestPage}, who are at the event now; nobody whom the viewer may not see.")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("people").ResolveAsync(async context =>
            {
                var asked = context.GetArgument<List<string>>("people").ConvertAll(id => GraphContext.ParseId(id, "people")).Distinct().ToList();
                if (asked.Count > LargestPage) Refusal.Invalid("people", $"Ask for at most {LargestPage} people.").Throw();
                await using var db = await context.OpenDb();
                var viewer = await db.RequireOf(context.Viewer(), context.Source.Id, context.CancellationToken);
                var seen = await context.Service<ProfileReading>().Cards(db, context.Source.Id, viewer, asked, context.CancellationToken);
                return await context.Service<LivePeople>().Here(context.Source.Id, [.. seen.Keys]);
            });
        @event.Field<NonNullGraphType<ListGraphType<NonNullGraphType<ContactType>>>>("contacts").Description("Those the viewer is connected with, by name.").ResolveAsync(async context =>
        {
            await using var db = await context.OpenDb();
            var viewer = await db.RequireOf(context.Viewer(), context.Source.Id, context.CancellationToken);
            return await Contacts.Of(db, context.Service<ProfileReading>(), context.Source.Id, viewer, context.CancellationToken);
        });

        Change(graph.Mutation, "connect", "The viewer would like to stay in touch. The other learns of it only when they wish the same.",
            (context, db, eventId, person) => context.Service<Connecting>().Connect(db, context.Viewer(), eventId, person, context.CancellationToken));
        Change(graph.Mutation, "disconnect", "The viewer takes their wish back, and what they gave with it.",
            (context, db, eventId, person) => Connecting.Disconnect(db, context.Viewer(), eventId, person, context.CancellationToken));
        Change(graph.Mutation, "shareContact", "What the viewer gives somebody they are connected with; neither sees anything until both give something. Nothing of both takes it back.",
            (context, db, eventId, person) => Connecting.Share(db, context.Viewer(), eventId, person, context.GetArgument<bool>("email"), context.GetArgument<string?>("link"), context.CancellationToken))
            .Argument<NonNullGraphType<BooleanGraphType>>("email").Argument<StringGraphType>("link");
    }

    /// <summary>A change between the viewer and somebody else; answers how they stand then, null when the viewer may not see them in the directory.</summary>
    private static GraphQL.Builders.FieldBuilder<object?, object> Change(ObjectGraphType mutation, string name, string says, Func<IResolveFieldContext, Db, Guid, Guid, Task> change)
    {
        var field = mutation.Field<ConnectAnswerType>(name).Description(says).Argument<NonNullGraphType<IdGraphType>>("event").Argument<NonNullGraphType<IdGraphType>>("person");
        return field.ResolveAsync(async context =>
        {
            var (eventId, person) = (context.Id("event"), context.Id("person"));
            context.Limit(RateLimit.Profile, context.Viewer().RequirePerson().ToString());
            await using var db = await context.OpenDb();
            await change(context, db, eventId, person);
            var viewer = context.Viewer().At(eventId)!.Value;
            return new ConnectAnswer(eventId, person, (await Connections.Of(db, eventId, viewer, [person], context.CancellationToken))[person]);
        });
    }

    private static async Task<PeoplePage> Page(IResolveFieldContext<Event> context)
    {
        var eventId = context.Source.Id;
        var first = context.GetArgument("first", UsualPage);
        if (first is < 1 or > LargestPage) Refusal.Invalid("first", $"“first” must be a number from 1 to {LargestPage}.").Throw();
        var offset = 0;
        if (context.GetArgument<string?>("after") is { } cursor && !(int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out offset) && offset <= Deepest))
            Refusal.Invalid("after", "“after” is not a cursor of this list.").Throw();
        var search = Input.OptionalLine(context.GetArgument<string?>("search"), "search", PeopleSearch.Longest);
        var wanted = new PeopleWanted(search, new Dictionary<TagKind, IReadOnlyList<string>>
        {
            [TagKind.Interests] = Tags(context, "interests"),
            [TagKind.LooksFor] = Tags(context, "looksFor"),
            [TagKind.Offers] = Tags(context, "offers"),
            [TagKind.Languages] = Tags(context, "languages"),
        }, context.GetArgument("connected", false));
        await using var db = await context.OpenDb();
        var viewer = await db.RequireOf(context.Viewer(), eventId, context.CancellationToken);
        var found = await context.Service<Finding>().Find(db, eventId, viewer, wanted, offset, first, context.CancellationToken);
        var end = offset + found.People.Count;
        return new(eventId, search, found.TotalCount, new(end < found.TotalCount && found.People.Count > 0, end.ToString(CultureInfo.InvariantCulture)), await Here(context, db, eventId, viewer, found.People));
    }

    private static async Task<IReadOnlyList<PersonHere>> Suggested(IResolveFieldContext<Event> context)
    {
        var eventId = context.Source.Id;
        var first = context.GetArgument("first", Suggesting.Most);
        if (first is < 1 or > Suggesting.Most) Refusal.Invalid("first", $"“first” must be a number from 1 to {Suggesting.Most}.").Throw();
        await using var db = await context.OpenDb();
        var viewer = await db.RequireOf(context.Viewer(), eventId, context.CancellationToken);
        var suggested = await context.Service<Suggesting>().For(db, eventId, viewer, context.CancellationToken);
        var reasons = suggested.ToDictionary(s => s.Person, s => s.Reason);
        return [.. (await Here(context, db, eventId, viewer, [.. suggested.Select(s => s.Person)])).Take(first).Select(p => p with { Reason = reasons[p.Card.Person] })];
    }

    private static async Task<PersonHere?> One(IResolveFieldContext context, Guid eventId, Guid person)
    {
        await using var db = await context.OpenDb();
        var viewer = await db.RequireOf(context.Viewer(), eventId, context.CancellationToken);
        if (await Here(context, db, eventId, viewer, [person]) is not [var found]) return null;
        return person == viewer ? found : found with { Reason = await Suggesting.Reason(db, eventId, viewer, person, context.CancellationToken) };
    }

    /// <summary>These people in their order, without those whom the viewer may not see.</summary>
    private static async Task<IReadOnlyList<PersonHere>> Here(IResolveFieldContext context, Db db, Guid eventId, Guid viewer, IReadOnlyList<Guid> people)
    {
        var cards = await context.Service<ProfileReading>().Cards(db, eventId, viewer, people, context.CancellationToken);
        var connected = await Connections.Of(db, eventId, viewer, [.. cards.Keys], context.CancellationToken);
        return [.. people.Where(cards.ContainsKey).Select(p => new PersonHere(eventId, cards[p], connected[p], null))];
    }

    private static IReadOnlyList<string> Tags(IResolveFieldContext context, string name)
    {
        var tags = context.GetArgument<List<string>?>(name) ?? [];
        return tags.Count <= Profiles.Tags.Most ? [.. tags.Select(tag => Input.OptionalLine(tag, name, Profiles.Tags.Longest)).Where(tag => tag.Length > 0)]
            : throw Refusal.Invalid(name, $"Choose at most {Profiles.Tags.Most}.").AsException();
    }
}
