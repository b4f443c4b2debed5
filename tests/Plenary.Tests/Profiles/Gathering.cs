using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Registration;
using Plenary.Tests.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Profiles;

/// <summary>An event with people of it, for facts about what they see of each other.</summary>
internal sealed record Gathering(App App, Owner Owner, Event Event, TicketType Ticket) : IDisposable
{
    public const string Save = "mutation($input: SaveProfileInput!) { saveProfile(input: $input) { name headline about company interests looksFor offers languages visibility picture introVideo editable } }";
    public const string SaveHere = "mutation($input: SaveEventProfileInput!) { saveEventProfile(input: $input) { headline about looksFor offers visibility shownTo card { name headline about looksFor offers } } }";
    public const string Cards = "query($event: ID!, $people: [ID!]!) { profileCards(event: $event, people: $people) { person name headline about company picture interests looksFor offers languages introVideo } }";
    public const string Block = "mutation($event: ID!, $person: ID!) { blockPerson(event: $event, person: $person) }";

    private readonly List<Somebody> people = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Gathering> At(App app)
    {
        var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        return new(app, owner, @event, ticket);
    }

    /// <summary>Somebody with an account and a place at the event.</summary>
    public async Task<Somebody> Attendee(string name) => await Registered(await App.NewAccount(name), name);

    /// <summary>Somebody who came by a join link and has nothing else.</summary>
    public async Task<Somebody> Guest(string name) => await Registered(await App.NewGuest(Event.Id, name), name);

    /// <summary>Somebody with an account and a role at the event.</summary>
    public async Task<Somebody> Staff(EventRole role, string name)
    {
        var person = await App.NewAccount(name);
        people.Add(person);
        await using var db = App.OpenDb();
        db.Add(new EventRoleGrant { EventId = Event.Id, PersonId = person.Id, Role = role, Since = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Cancellation);
        return person;
    }

    /// <summary>The place is given back.</summary>
    public async Task Leaves(Somebody person)
    {
        await using var db = App.OpenDb();
        await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == Event.Id && r.PersonId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, TimeProvider.System.GetUtcNow()), Cancellation);
    }

    /// <summary>What this person is shown of those, as the server's answer; "null" for who is not of the event.</summary>
    public async Task<string> Shown(Somebody to, params Somebody[] of) =>
        (await to.Graph(Cards, new { @event = Event.Id, people = of.Select(p => p.Id) }))["profileCards"]?.ToJsonString() ?? "null";

    public void Dispose()
    {
        foreach (var person in people) person.Dispose();
        Owner.Dispose();
    }

    private async Task<Somebody> Registered(Somebody person, string name)
    {
        people.Add(person);
        await using var db = App.OpenDb();
        db.Add(new Plenary.Registration.Registration { EventId = Event.Id, TicketTypeId = Ticket.Id, PersonId = person.Id, Name = name, RegisteredAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Cancellation);
        return person;
    }
}
