using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;
using Plenary.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Registration;

/// <summary>Getting a place and giving it back.</summary>
public abstract class RegisteringFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStrangerRegistersAndTheMailLetsThemIn()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        using var stranger = app.Visitor();
        var email = People.NewEmail();
        var answer = await stranger.Graph(Tickets.Register, Tickets.Input(ticket, email));
        Assert.Null(answer["register"]!["registration"]);
        var mail = Assert.Single(await app.MailsTo(email));
        Assert.Equal("Your place at Spring & Meetup", mail.Subject);
        Assert.Contains("Spring &amp; Meetup", mail.Html, StringComparison.Ordinal);
        Assert.Contains("#7a2048", mail.Html, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VEVENT", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)System.Text.Json.Nodes.JsonNode.Parse(mail.Attachments)![0]!["content"]!)), StringComparison.Ordinal);
        var joined = await stranger.Graph(Tickets.UseLink, new { token = mail.Link("/j/")["/j/".Length..] });
        Assert.Equal("EVENT", (string?)joined["useJoinLink"]!["viewer"]!["scope"]);
        Assert.Equal($"/e/{@event.Slug}/in", (string?)joined["useJoinLink"]!["goTo"]);
        var seen = await stranger.Graph("query($slug: String) { event(slug: $slug) { registrationCount viewerRegistration { name email ticketType { name remaining } } } }", new { slug = @event.Slug });
        Assert.Equal(1, (int)seen["event"]!["registrationCount"]!);
        Assert.Equal((email, 49), ((string)seen["event"]!["viewerRegistration"]!["email"]!, (int)seen["event"]!["viewerRegistration"]!["ticketType"]!["remaining"]!));
    }

    [Fact]
    public async Task WhoIsSignedInWithThatAddressSeesTheirPlaceAtOnce()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner);
        using var person = await app.NewAccount();
        var answer = await person.Graph(Tickets.Register, Tickets.Input(ticket, person.Email.ToUpperInvariant()));
        Assert.NotNull(answer["register"]!["registration"]);
        var mine = await person.Graph("{ viewer { registrations { id event { name } } } }");
        Assert.Equal((string?)answer["register"]!["registration"]!["id"], (string?)Assert.Single(mine["viewer"]!["registrations"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task RegisteringTwiceTakesOnePlaceAndAnswersTheSame()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        using var stranger = app.Visitor();
        var email = People.NewEmail();
        var first = await stranger.Graph(Tickets.Register, Tickets.Input(ticket, email));
        await LetTimePass(@event);
        var second = await stranger.Graph(Tickets.Register, Tickets.Input(ticket, email, name: "Somebody Else"));
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        var mails = await app.MailsTo(email);
        Assert.Equal(2, mails.Count);
        Assert.DoesNotContain("Somebody Else", mails[1].Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.Sold(ticket));
    }

    [Fact]
    public async Task TwoTabsAtOnceTakeOnePlace()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner);
        using var stranger = app.Visitor();
        var email = People.NewEmail();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => stranger.Graph(Tickets.Register, Tickets.Input(ticket, email))));
        Assert.Equal(1, await app.Sold(ticket));
    }

    [Fact]
    public async Task TwoHundredPeopleRaceForTheLastFiftyPlacesAndFiftyGetOne()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner, capacity: 50);
        var visitors = Enumerable.Range(0, 8).Select(_ => app.Visitor()).ToArray(); // of as many addresses
        var emails = Enumerable.Range(0, 200).Select(i => People.NewEmail($"racer{i}")).ToList();
        var refused = 0;
        await Parallel.ForEachAsync(emails.Index(), new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Cancellation }, async (each, _) =>
        {
            var (number, email) = each;
            var answer = await visitors[number % visitors.Length].GraphAnswer(Tickets.Register, Tickets.Input(ticket, email));
            if (answer["errors"] is not { } errors) return;
            Assert.Equal("sold-out", (string?)errors[0]!["extensions"]!["code"]);
            Interlocked.Increment(ref refused);
        });
        foreach (var visitor in visitors) visitor.Dispose();
        Assert.Equal((150, 50), (refused, await app.Sold(ticket)));
        await using var db = app.OpenDb();
        var held = await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == @event.Id).Join(db.Users, r => r.PersonId, p => p.Id, (_, p) => p.Email!).ToListAsync(Cancellation);
        Assert.Equal(50, held.Distinct().Count());
        foreach (var email in held) Assert.Single(await app.MailsTo(email));
        foreach (var email in emails.Except(held).Take(20)) Assert.Empty(await app.MailsTo(email));
        Assert.Equal(50, await db.Users.CountAsync(p => emails.Contains(p.Email!), Cancellation)); // who got no place left no trace
    }

    [Fact]
    public async Task TheLastPlaceIsFreeAgainWhenItIsGivenBackAndItsLinkIsVoid()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner, capacity: 1);
        var (email, token) = await app.NewAttendee(ticket);
        using var holder = app.Visitor();
        await holder.Graph(Tickets.UseLink, new { token });
        using var next = app.Visitor();
        var nextEmail = People.NewEmail();
        Assert.Equal("sold-out", (await next.Refused(Tickets.Register, Tickets.Input(ticket, nextEmail))).Code);
        Assert.Empty(await app.MailsTo(nextEmail));

        var id = (string)(await holder.Graph("query($id: ID) { event(id: $id) { viewerRegistration { id } } }", new { id = @event.Id }))["event"]!["viewerRegistration"]!["id"]!;
        for (var i = 0; i < 2; i++) // a second click changes nothing
            Assert.NotNull((await holder.Graph("mutation($id: ID!) { cancelRegistration(id: $id) { cancelledAt } }", new { id }))["cancelRegistration"]!["cancelledAt"]);
        Assert.Equal(0, await app.Sold(ticket));
        Assert.Equal(["Your place at Spring & Meetup", "Cancelled: Spring & Meetup"], (await app.MailsTo(email)).Select(m => m.Subject));
        Assert.Equal("link-void", (await next.Refused(Tickets.UseLink, new { token })).Code);
        Assert.Empty((await holder.Graph("query($id: ID) { event(id: $id) { viewerRoles } }", new { id = @event.Id }))["event"]!["viewerRoles"]!.AsArray());

        await next.Graph(Tickets.Register, Tickets.Input(ticket, nextEmail));
        Assert.Equal(1, await app.Sold(ticket));
        // Whoever gave a place back may come again; the link of then stays void.
        await using (var db = app.OpenDb()) await db.Set<TicketType>().Where(t => t.Id == ticket.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Capacity, 2), Cancellation);
        await next.Graph(Tickets.Register, Tickets.Input(ticket, email));
        Assert.Equal("link-void", (await next.Refused(Tickets.UseLink, new { token })).Code);
        await next.Graph(Tickets.UseLink, new { token = await app.JoinToken(email) });
    }

    [Fact]
    public async Task NobodyLearnsWhoIsRegistered()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner, capacity: 1);
        var (email, _) = await app.NewAttendee(ticket);
        using var stranger = app.Visitor();
        var other = People.NewEmail();
        await LetTimePass(@event);
        Assert.Equal(await stranger.Refused(Tickets.Register, Tickets.Input(ticket, other)), await stranger.Refused(Tickets.Register, Tickets.Input(ticket, email)));
        Assert.Equal(2, (await app.MailsTo(email)).Count); // the sold-out sentence keeps its promise
        const string Resend = "mutation($event: ID!, $email: String!) { resendJoinLink(event: $event, email: $email) }";
        await LetTimePass(@event);
        Assert.Equal((await stranger.Graph(Resend, new { @event = @event.Id, email })).ToJsonString(), (await stranger.Graph(Resend, new { @event = @event.Id, email = other })).ToJsonString());
        Assert.Equal(3, (await app.MailsTo(email)).Count);
        await stranger.Graph(Resend, new { @event = @event.Id, email }); // at once again: nobody's inbox is filled
        Assert.Equal(3, (await app.MailsTo(email)).Count);
        Assert.Empty(await app.MailsTo(other));
    }

    [Theory]
    [InlineData(EventStatus.Ended)]
    [InlineData(EventStatus.Cancelled)]
    public async Task AnEventThatIsOverTakesNobody(EventStatus status)
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner, status: status);
        using var stranger = app.Visitor();
        Assert.Equal("registration-closed", (await stranger.Refused(Tickets.Register, Tickets.Input(ticket, People.NewEmail()))).Code);
    }

    [Fact]
    public async Task AnEventWhoseEndHasPassedTakesNobody()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner, starts: TimeProvider.System.GetUtcNow().AddHours(-3));
        using var stranger = app.Visitor();
        Assert.Equal("registration-closed", (await stranger.Refused(Tickets.Register, Tickets.Input(ticket, People.NewEmail()))).Code);
    }

    [Fact]
    public async Task ADraftIsNotThereForStrangersAndClosedForItsCrew()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner, status: EventStatus.Draft);
        using var stranger = app.Visitor();
        Assert.Equal("not-found", (await stranger.Refused(Tickets.Register, Tickets.Input(ticket, People.NewEmail()))).Code);
        Assert.Equal("registration-closed", (await owner.Refused(Tickets.Register, Tickets.Input(ticket, owner.Email))).Code);
    }

    [Theory]
    [InlineData("a@example.org\r\nBcc: victim@example.org", "Ada", "email")]
    [InlineData("nobody", "Ada", "email")]
    [InlineData("ada@example.org", "", "name")]
    [InlineData("ada@example.org", "Ada\r\nBcc: victim@example.org", "name")]
    public async Task WhatCannotBeUsedIsRefusedByItsField(string email, string name, string field)
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner);
        using var stranger = app.Visitor();
        var refusal = await stranger.Refused(Tickets.Register, Tickets.Input(ticket, email, name));
        Assert.Equal(("invalid-input", field), (refusal.Code, refusal.Field));
        refusal = await stranger.Refused(Tickets.Register, Tickets.Input(ticket, People.NewEmail(), new string('x', 81)));
        Assert.Equal(("invalid-input", "name"), (refusal.Code, refusal.Field));
        Assert.Equal(0, await app.Sold(ticket));
    }

    [Fact]
    public async Task ATicketOfAnotherEventBuysNothing()
    {
        using var owner = await app.NewOwner();
        var (@event, _) = await app.NewEvent(owner);
        var (_, foreign) = await app.NewEvent(owner);
        using var stranger = app.Visitor();
        var refusal = await stranger.Refused(Tickets.Register, new { input = new { @event = @event.Id, ticketType = foreign.Id, name = "Ada", email = People.NewEmail() } });
        Assert.Equal(("invalid-input", "ticketType"), (refusal.Code, refusal.Field));
        Assert.Equal(0, await app.Sold(foreign));
    }

    [Fact]
    public async Task TheMailIsAsDurableAsThePlace()
    {
        using var owner = await app.NewOwner();
        var (_, ticket) = await app.NewEvent(owner);
        using var stranger = app.Visitor();
        var email = People.NewEmail();
        await stranger.Graph(Tickets.Register, Tickets.Input(ticket, email));
        // Looked at without waiting: whatever happens to the process now, the mail is in the database.
        await using var db = app.OpenDb();
        Assert.True(await db.Set<Job>().AnyAsync(j => j.Payload.Contains(email), Cancellation) || await db.Set<MailboxMail>().AnyAsync(m => m.To == email, Cancellation));
    }

    private async Task LetTimePass(Event @event)
    {
        await using var db = app.OpenDb();
        await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == @event.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.LinkSentAt, DateTimeOffset.UnixEpoch), Cancellation);
    }
}

public sealed class RegisteringFactsOnSqlite(SqliteApp app) : RegisteringFacts(app);

public sealed class RegisteringFactsOnPostgres(PostgresApp app) : RegisteringFacts(app);
