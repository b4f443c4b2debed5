using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Plenary.Matching;
using Plenary.Platform.Graph;
using Plenary.Profiles;
using Plenary.Registration;

namespace Plenary.Networking.Directory;

/// <summary>Somebody of an event as one viewer may see them.</summary>
/// <param name="Reason">Why the two might want to meet, where that was looked at.</param>
public sealed record PersonHere(Guid Event, ProfileCard Card, ConnectState Connected, MatchReason? Reason);

/// <summary>A page of the directory.</summary>
public sealed record PeoplePage(Guid Event, string? Search, int TotalCount, PageInfo PageInfo, IReadOnlyList<PersonHere> Items);

public sealed class MatchReasonType : ObjectGraphType<MatchReason>
{
    public MatchReasonType()
    {
        Name = "MatchReason";
        Description = "Why people might want to meet; the browser says it in words.";
        Field(r => r.Kind).Description("goal: one looks for what the other offers; interests: both have them; different; language; new: they have not met.");
        Field("terms", r => r.Terms, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>)).Description("At most three, as one of them wrote them.");
    }
}

public sealed class PersonHereType : ObjectGraphType<PersonHere>
{
    public PersonHereType()
    {
        Name = "PersonHere";
        Description = "Somebody of an event as the viewer may see them.";
        Field("id", p => p.Card.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field("card", p => p.Card, type: typeof(NonNullGraphType<ProfileCardType>));
        Field<NonNullGraphType<EnumerationGraphType<ConnectState>>>("connected").Description("As the viewer may know it: ASKED is the viewer's own wish, of which the other knows nothing.")
            .Resolve(context => context.Source.Connected);
        Field("reason", p => p.Reason, type: typeof(MatchReasonType)).Description("Why the two might want to meet; with suggestions and single people.");
        Field<StringGraphType>("timeZone").Description("Where their clock stands (IANA), of whom the viewer is connected with; null for anybody else, and when it is not known.").ResolveAsync(async context =>
        {
            var source = context.Source;
            if (source.Connected is not ConnectState.Mutual) return null;
            await using var db = await context.OpenDb();
            return await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == source.Event && r.PersonId == source.Card.Person && r.CancelledAt == null && r.TimeZone != "")
                .Select(r => r.TimeZone).FirstOrDefaultAsync(context.CancellationToken);
        });
        Field<ContactType>("contact").Description("What the two gave each other; null while they are not connected.").ResolveAsync(async context =>
        {
            var source = context.Source;
            if (source.Connected is not ConnectState.Mutual || context.Viewer().At(source.Event) is not { } viewer) return null;
            await using var db = await context.OpenDb();
            return await Contacts.Of(db, context.Service<ProfileReading>(), source.Event, viewer, context.CancellationToken, source.Card.Person) is [var contact, ..] ? contact : null;
        });
    }
}

public sealed class FacetType : ObjectGraphType<Facet>
{
    public FacetType()
    {
        Name = "Facet";
        Description = "A tag and how many of the people that the viewer may see have it.";
        Field<NonNullGraphType<EnumerationGraphType<TagKind>>>("kind").Resolve(context => context.Source.Kind);
        Field(f => f.Tag);
        Field(f => f.Count);
    }
}

public sealed class PeoplePageType : ObjectGraphType<PeoplePage>
{
    public PeoplePageType()
    {
        Name = "PeoplePage";
        Field(p => p.TotalCount).Description("Of those that the viewer may see.");
        Field("pageInfo", p => p.PageInfo, type: typeof(NonNullGraphType<PageInfoType>));
        Field("items", p => p.Items, type: typeof(NonNullGraphType<ListGraphType<NonNullGraphType<PersonHereType>>>));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<FacetType>>>>("facets").Description($"The most frequent tags of those whom the words fit, at most {Finding.MostFacets}, whatever else was chosen.")
            .ResolveAsync(async context =>
            {
                var source = context.Source;
                if (context.Viewer().At(source.Event) is not { } viewer) return Array.Empty<Facet>();
                await using var db = await context.OpenDb();
                return await context.Service<Finding>().Facets(db, source.Event, viewer, source.Search, context.CancellationToken);
            });
    }
}

public sealed class SharedContactType : ObjectGraphType<SharedContact>
{
    public SharedContactType()
    {
        Name = "SharedContact";
        Field(c => c.Email, nullable: true);
        Field(c => c.Link, nullable: true);
    }
}

/// <summary>A contact in the graph; given only to the one whose it is.</summary>
public sealed class ContactType : ObjectGraphType<Contact>
{
    public ContactType()
    {
        Name = "Contact";
        Description = "Somebody the viewer is connected with.";
        Field("card", c => c.Card, type: typeof(NonNullGraphType<ProfileCardType>));
        Field("mine", c => c.Mine, type: typeof(NonNullGraphType<SharedContactType>)).Description("What the viewer gives.");
        Field("theirs", c => c.Theirs, type: typeof(NonNullGraphType<SharedContactType>)).Description("What the other gives; nothing until both give something.");
        Field(c => c.Since);
    }
}

/// <summary>How the viewer stands with somebody after a change.</summary>
public sealed record ConnectAnswer(Guid Event, Guid Person, ConnectState Connected);

public sealed class ConnectAnswerType : ObjectGraphType<ConnectAnswer>
{
    public ConnectAnswerType()
    {
        Name = "ConnectAnswer";
        Field("id", a => a.Person, type: typeof(NonNullGraphType<IdGraphType>));
        Field<NonNullGraphType<EnumerationGraphType<ConnectState>>>("connected").Resolve(context => context.Source.Connected);
        Field<PersonHereType>("person").Description("Null when the viewer may not see them in the directory.").ResolveAsync(async context =>
        {
            var (eventId, person, _) = context.Source;
            if (context.Viewer().At(eventId) is not { } viewer) return null;
            await using var db = await context.OpenDb();
            return await context.Service<ProfileReading>().Card(db, eventId, viewer, person, context.CancellationToken) is { } card ? new PersonHere(eventId, card, context.Source.Connected, null) : null;
        });
    }
}
