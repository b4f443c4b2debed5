using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Profiles;
using Plenary.Registration;
using Plenary.Tests.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Networking;

/// <summary>An event with people who are registered, for facts about people who find each other.</summary>
internal sealed record Gathering(App App, Owner Owner, Event Event, TicketType Ticket) : IDisposable
{
    public const string Find = """
        query($event: ID!, $search: String, $interests: [String!], $offers: [String!], $connected: Boolean, $first: Int, $after: String) { event(id: $event) {
          people(search: $search, interests: $interests, offers: $offers, connected: $connected, first: $first, after: $after) {
            totalCount pageInfo { hasNextPage endCursor } items { id connected card { name headline about looksFor } } } } }
        """;

    public const string Facets = "query($event: ID!, $search: String) { event(id: $event) { people(search: $search) { facets { kind tag count } } } }";
    public const string Person = "query($event: ID!, $person: ID!) { event(id: $event) { person(id: $person) { id connected reason { kind terms } card { name } contact { since mine { email link } theirs { email link } } } } }";
    public const string Suggested = "query($event: ID!) { event(id: $event) { suggestedPeople { id connected reason { kind terms } card { name } } } }";
    public const string Contacts = "query($event: ID!) { event(id: $event) { contacts { card { person name } mine { email link } theirs { email link } } } }";
    public const string Connect = "mutation($event: ID!, $person: ID!) { connect(event: $event, person: $person) { id connected } }";
    public const string Disconnect = "mutation($event: ID!, $person: ID!) { disconnect(event: $event, person: $person) { id connected } }";
    public const string Share = "mutation($event: ID!, $person: ID!, $email: Boolean!, $link: String) { shareContact(event: $event, person: $person, email: $email, link: $link) { id } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Gathering> Begin(App app)
    {
        var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner, capacity: 20_000);
        return new(app, owner, @event, ticket);
    }

    public Guid Id => Event.Id;

    /// <summary>Somebody new with an account and a place at the event; what they say is their profile.</summary>
    public async Task<Somebody> Join(string name, string headline = "", string[]? interests = null, string[]? looksFor = null, string[]? offers = null, Visibility visibility = Visibility.Open, string about = "")
    {
        var somebody = await Stranger(name);
        await using var db = App.OpenDb();
        db.Add(new Plenary.Registration.Registration { EventId = Id, TicketTypeId = Ticket.Id, PersonId = somebody.Id, Name = name, RegisteredAt = TimeProvider.System.GetUtcNow() });
        var person = await db.Users.SingleAsync(p => p.Id == somebody.Id, Cancellation);
        person.Headline = headline;
        db.Add(new Profile { PersonId = somebody.Id, About = about, Interests = interests ?? [], LooksFor = looksFor ?? [], Offers = offers ?? [], Visibility = visibility, ChangedAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Cancellation);
        return somebody;
    }

    /// <summary>Somebody new with an account and nothing else.</summary>
    public async Task<Somebody> Stranger(string name)
    {
        var visitor = App.Visitor();
        var email = People.NewEmail();
        await using var db = App.OpenDb();
        var person = await App.Services.GetRequiredService<Plenary.Identity.People>().FindOrCreateGuest(db, email, name, Cancellation);
        await App.SignIn(visitor, person);
        return new(visitor, person.Id, email);
    }

    public async Task<JsonObject> Ask(Somebody who, string? search = null, string[]? interests = null, string[]? offers = null, bool connected = false, int first = 50, string? after = null) =>
        (await who.Graph(Find, new { @event = Id, search, interests, offers, connected, first, after }))["event"]!["people"]!.AsObject();

    /// <summary>Names that somebody finds, in their order.</summary>
    public async Task<string[]> Names(Somebody who, string? search = null, string[]? interests = null, string[]? offers = null, bool connected = false)
    {
        var found = await Ask(who, search, interests, offers, connected);
        var names = found["items"]!.AsArray().Select(p => (string)p!["card"]!["name"]!).ToArray();
        Assert.Equal(names.Length, (int)found["totalCount"]!);
        return names;
    }

    public async Task<JsonNode?> See(Somebody who, Guid person) => (await who.Graph(Person, new { @event = Id, person }))["event"]!["person"];

    public async Task<JsonArray> Suggestions(Somebody who) => (await who.Graph(Suggested, new { @event = Id }))["event"]!["suggestedPeople"]!.AsArray();

    public async Task<JsonArray> ContactsOf(Somebody who) => (await who.Graph(Contacts, new { @event = Id }))["event"]!["contacts"]!.AsArray();

    public async Task<Dictionary<string, int>> FacetsOf(Somebody who, string? search = null) =>
        (await who.Graph(Facets, new { @event = Id, search }))["event"]!["people"]!["facets"]!.AsArray().ToDictionary(f => $"{f!["kind"]}: {f["tag"]}", f => (int)f!["count"]!);

    public async Task<string> ConnectTo(Somebody who, Somebody whom) => (string)(await who.Graph(Connect, new { @event = Id, person = whom.Id }))["connect"]!["connected"]!;

    public Task Block(Somebody who, Somebody whom) => who.Graph("mutation($event: ID!, $person: ID!) { blockPerson(event: $event, person: $person) }", new { @event = Id, person = whom.Id });

    public Task Choose(Somebody who, string visibility) =>
        who.Graph($"mutation($event: ID!) {{ chooseVisibility(event: $event, visibility: {visibility}) {{ shownTo }} }}", new { @event = Id });

    public void Dispose() => Owner.Dispose();
}
