using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Registration;

/// <summary>Who may see and change which registrations, and how far a join link reaches.</summary>
public abstract class RegistrationAccessFacts(App app)
{
    private const string ReadAll = "query($id: ID) { event(id: $id) { registrations(first: 10) { totalCount items { name email } } } }";
    private const string ReadDays = "query($id: ID) { event(id: $id) { registrationsByDay { day count } } }";
    private const string Cancel = "mutation($id: ID!) { cancelRegistration(id: $id) { id } }";
    private const string SaveTicket = "mutation($input: SaveTicketTypeInput!) { saveTicketType(input: $input) { id name capacity remaining } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnlyTheCrewOfTheEventReadsWhoComes()
    {
        using var owner = await app.NewOwner();
        using var otherOwner = await app.NewOwner("Other Owner");
        var (@event, ticket) = await app.NewEvent(owner);
        var (other, _) = await app.NewEvent(otherOwner);
        var (email, token) = await app.NewAttendee(ticket);
        using var attendee = app.Visitor();
        await attendee.Graph(Tickets.UseLink, new { token });
        using var stranger = app.Visitor();

        var id = new { id = @event.Id };
        foreach (var read in new[] { ReadAll, ReadDays })
        {
            Assert.Equal("not-found", (await otherOwner.Refused(read, id)).Code);
            Assert.Equal("sign-in-required", (await attendee.Refused(read, id)).Code);
            Assert.Equal("sign-in-required", (await stranger.Refused(read, id)).Code);
            Assert.DoesNotContain(email, (await otherOwner.Browser.GraphAnswer(read, id)).ToJsonString(), StringComparison.Ordinal);
        }
        Assert.Contains(email, (await owner.Graph(ReadAll, id)).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, (int)(await owner.Graph(ReadDays, id))["event"]!["registrationsByDay"]![0]!["count"]!);
        Assert.Equal(0, (int)(await otherOwner.Graph(ReadAll, new { id = other.Id }))["event"]!["registrations"]!["totalCount"]!);
        Assert.Null((await stranger.Graph("query($id: ID) { event(id: $id) { viewerRegistration { email } } }", id))["event"]!["viewerRegistration"]);
    }

    [Fact]
    public async Task ALinkThatWasPassedOnOpensThatEventAndNothingElse()
    {
        using var owner = await app.NewOwner();
        var (first, ticket) = await app.NewEvent(owner);
        var (second, secondTicket) = await app.NewEvent(owner);
        // The owner comes as an attendee too: the link must not carry their power, nor their other registration.
        await owner.Graph(Tickets.Register, Tickets.Input(ticket, owner.Email));
        var token = await app.JoinToken(owner.Email);
        await owner.Graph(Tickets.Register, Tickets.Input(secondTicket, owner.Email));
        using var friend = app.Visitor();
        await friend.Graph(Tickets.UseLink, new { token });
        var seen = await friend.Graph("query($a: ID, $b: ID) { viewer { scope registrations { event { id } } } a: event(id: $a) { viewerRoles viewerRegistration { id } } b: event(id: $b) { viewerRegistration { id } } }", new { a = first.Id, b = second.Id });
        Assert.Equal("EVENT", (string?)seen["viewer"]!["scope"]);
        Assert.Equal(first.Id.ToString(), (string?)Assert.Single(seen["viewer"]!["registrations"]!.AsArray())!["event"]!["id"]);
        Assert.NotNull(seen["a"]!["viewerRegistration"]);
        Assert.Equal(["ATTENDEE"], seen["a"]!["viewerRoles"]!.AsArray().Select(r => (string)r!));
        Assert.Null(seen["b"]!["viewerRegistration"]);
        Assert.Equal("sign-in-required", (await friend.Refused(ReadAll, new { id = first.Id })).Code);
        Assert.Equal("sign-in-required", (await friend.Refused(SaveTicket, new { input = new { @event = first.Id, name = "X", description = "", capacity = 1 } })).Code);
    }

    [Fact]
    public async Task WhoIsSignedInKeepsTheirAccountWhenOpeningTheirOwnLinkOnly()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner);
        var (email, token) = await app.NewAttendee(ticket);
        await owner.Graph(Tickets.Register, Tickets.Input(ticket, owner.Email));
        var own = await owner.Graph(Tickets.UseLink, new { token = await app.JoinToken(owner.Email) });
        Assert.Equal("ACCOUNT", (string?)own["useJoinLink"]!["viewer"]!["scope"]);
        var others = await owner.Graph(Tickets.UseLink, new { token });
        Assert.Equal(("EVENT", email), ((string)others["useJoinLink"]!["viewer"]!["scope"]!, (string)others["useJoinLink"]!["viewer"]!["email"]!));
    }

    [Fact]
    public async Task NobodyCancelsForSomebodyElseButTheCrewMay()
    {
        using var owner = await app.NewOwner();
        using var otherOwner = await app.NewOwner("Other Owner");
        var (@event, ticket) = await app.NewEvent(owner);
        await app.NewAttendee(ticket);
        var (_, token) = await app.NewAttendee(ticket);
        using var attendee = app.Visitor();
        await attendee.Graph(Tickets.UseLink, new { token });
        using var stranger = app.Visitor();
        await using var db = app.OpenDb();
        var id = await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == @event.Id).OrderBy(r => r.Id).Select(r => r.Id).FirstAsync(Cancellation);
        Assert.Equal("sign-in-required", (await stranger.Refused(Cancel, new { id })).Code);
        Assert.Equal("sign-in-required", (await attendee.Refused(Cancel, new { id })).Code);
        Assert.Equal("not-found", (await otherOwner.Refused(Cancel, new { id })).Code);
        Assert.Equal(2, await app.Sold(ticket));
        await owner.Graph(Cancel, new { id });
        Assert.Equal(1, await app.Sold(ticket));
    }

    [Fact]
    public async Task ALinkOfACancelledEventSaysSoAndOneOfAnEndedEventLeadsToItsPage()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        var (_, token) = await app.NewAttendee(ticket);
        await using var db = app.OpenDb();
        using var attendee = app.Visitor();
        await db.Set<Event>().Where(e => e.Id == @event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Cancelled), Cancellation);
        Assert.Equal("event-cancelled", (await attendee.Refused(Tickets.UseLink, new { token })).Code);
        await db.Set<Event>().Where(e => e.Id == @event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Ended), Cancellation);
        Assert.Equal($"/e/{@event.Slug}/in", (string?)(await attendee.Graph(Tickets.UseLink, new { token }))["useJoinLink"]!["goTo"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("%00")]
    public async Task AMadeUpLinkIsVoid(string token)
    {
        using var stranger = app.Visitor();
        Assert.Equal("link-void", (await stranger.Refused(Tickets.UseLink, new { token })).Code);
        Assert.Equal("link-void", (await stranger.Refused(Tickets.UseLink, new { token = new string('A', 5000) })).Code);
    }

    [Fact]
    public async Task PlacesAreNeverFewerThanPeople()
    {
        using var owner = await app.NewOwner();
        using var otherOwner = await app.NewOwner("Other Owner");
        var (@event, ticket) = await app.NewEvent(owner, capacity: 10);
        await app.NewAttendee(ticket);
        await app.NewAttendee(ticket);
        object Input(int capacity, string name = "General") => new { input = new { id = (Guid?)ticket.Id, @event = @event.Id, name, description = "", capacity } };
        Assert.Equal(("capacity-below-sold", "capacity"), Of(await owner.Refused(SaveTicket, Input(1))));
        Assert.Equal(("invalid-input", "capacity"), Of(await owner.Refused(SaveTicket, Input(0))));
        Assert.Equal(("invalid-input", "name"), Of(await owner.Refused(SaveTicket, Input(5, " "))));
        Assert.Equal("not-found", (await otherOwner.Refused(SaveTicket, Input(100))).Code);
        Assert.Equal(0, (int)(await owner.Graph(SaveTicket, Input(2)))["saveTicketType"]!["remaining"]!);
        var made = await owner.Graph(SaveTicket, new { input = new { @event = @event.Id, name = "Press", description = "With a badge", capacity = 3 } });
        Assert.Equal(3, (int)made["saveTicketType"]!["remaining"]!);
        var listed = await owner.Graph("query($id: ID) { event(id: $id) { ticketTypes { name } } }", new { id = @event.Id });
        Assert.Equal(["General", "Press"], listed["event"]!["ticketTypes"]!.AsArray().Select(t => (string)t!["name"]!));
        // A ticket of another event, named under one's own: not found there.
        var (own, _) = await app.NewEvent(otherOwner);
        Assert.Equal("not-found", (await otherOwner.Refused(SaveTicket, new { input = new { id = ticket.Id, @event = own.Id, name = "Mine", description = "", capacity = 9 } })).Code);
        static (string, string?) Of((string Code, string? Field, string Message) refusal) => (refusal.Code, refusal.Field);
    }

    [Fact]
    public async Task AnEventWithPeopleCannotBecomeADraftAgain()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        await app.NewAttendee(ticket);
        Assert.Equal("has-registrations", (await owner.Refused("mutation($id: ID!) { unpublishEvent(id: $id) { id } }", new { id = @event.Id })).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AListTakesTheSameCommandsHoweverLongItIs(int people)
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        for (var i = 0; i < people; i++) await app.NewAttendee(ticket);
        // The event; its crew's roles: grants, membership, event; the count; the page; people, tickets and events of the page.
        var list = await owner.Browser.GraphInCommands(9, "query($id: ID) { event(id: $id) { registrations { totalCount items { email ticketType { name } event { name } } } } }", new { id = @event.Id });
        Assert.Equal(people, list["event"]!["registrations"]!["items"]!.AsArray().Count);

        using var person = await app.NewAccount();
        for (var i = 0; i < people; i++) await person.Graph(Tickets.Register, Tickets.Input((await app.NewEvent(owner)).Ticket, person.Email));
        // The viewer; the registrations; tickets, events; of the events: tickets, counts, own registrations.
        var mine = await person.Browser.GraphInCommands(7, "{ viewer { registrations { ticketType { name } event { ticketTypes { remaining } registrationCount viewerRegistration { name } } } } }");
        Assert.Equal(people, mine["viewer"]!["registrations"]!.AsArray().Count);
    }

    [Fact]
    public async Task PagesNeitherSkipNorRepeat()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        var emails = new List<string>();
        for (var i = 0; i < 5; i++) emails.Add((await app.NewAttendee(ticket)).Email);
        var (read, after) = (new List<string>(), (string?)null);
        do
        {
            var page = (await owner.Graph("query($id: ID, $after: String) { event(id: $id) { registrations(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } items { email } } } }", new { id = @event.Id, after }))["event"]!["registrations"]!;
            Assert.Equal(5, (int)page["totalCount"]!);
            read.AddRange(page["items"]!.AsArray().Select(r => (string)r!["email"]!));
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string)page["pageInfo"]!["endCursor"]! : null;
        }
        while (after is not null);
        Assert.Equal(Enumerable.Reverse(emails), read);
        Assert.Equal("invalid-input", (await owner.Refused("query($id: ID) { event(id: $id) { registrations(first: 100000) { totalCount } } }", new { id = @event.Id })).Code);
        Assert.Equal("invalid-input", (await owner.Refused("query($id: ID) { event(id: $id) { registrations(after: \"x\") { totalCount } } }", new { id = @event.Id })).Code);
    }
}

public sealed class RegistrationAccessFactsOnSqlite(SqliteApp app) : RegistrationAccessFacts(app);

public sealed class RegistrationAccessFactsOnPostgres(PostgresApp app) : RegistrationAccessFacts(app);
