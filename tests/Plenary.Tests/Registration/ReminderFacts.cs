using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;
using Plenary.Registration;
using Plenary.Tests.Support;

namespace Plenary.Tests.Registration;

/// <summary>Mails say the right time, and come when they should.</summary>
public abstract class ReminderFacts(App app)
{
    // Years ahead, so that the running application reminds nobody of it, and the clocks of Berlin go forward at 01:00 UTC that day.
    private static readonly DateTimeOffset Forward = new(2031, 3, 30, 1, 30, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADayAndAQuarterOfAnHourBeforeEveryoneIsRemindedOnce()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner, starts: Forward.AddYears(1));
        var (early, cancelled) = (await Attendee(ticket, @event.StartsAt.AddDays(-5)), await Attendee(ticket, @event.StartsAt.AddDays(-5), cancelled: true));
        await Remind(@event.StartsAt.AddHours(-24).AddMinutes(-1));
        Assert.Empty(await Mails(early));
        await Remind(@event.StartsAt.AddHours(-24));
        await Remind(@event.StartsAt.AddHours(-23));
        Assert.Single(await Mails(early));
        var late = await Attendee(ticket, @event.StartsAt.AddHours(-2));
        await Remind(@event.StartsAt.AddMinutes(-15));
        await Remind(@event.StartsAt.AddMinutes(-14));
        Assert.Equal(2, (await Mails(early)).Count);
        Assert.Single(await Mails(late)); // came too late for the first one
        Assert.Empty(await Mails(cancelled));
        await Remind(@event.StartsAt.AddMinutes(1));
        Assert.Equal(2, (await Mails(early)).Count);
    }

    [Fact]
    public async Task AReminderFollowsItsEvent()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner, starts: Forward.AddYears(2));
        var person = await Attendee(ticket, @event.StartsAt.AddDays(-5));
        await Remind(@event.StartsAt.AddHours(-24));
        Assert.Single(await Mails(person));
        var later = @event.StartsAt.AddDays(3);
        await using (var db = app.OpenDb()) await db.Set<Event>().Where(e => e.Id == @event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.StartsAt, later).SetProperty(e => e.EndsAt, later.AddHours(2)), Cancellation);
        await Remind(@event.StartsAt.AddMinutes(-15));
        Assert.Single(await Mails(person)); // nothing begins then any more
        await Remind(later.AddHours(-24));
        var mails = await Mails(person);
        Assert.Equal(2, mails.Count);
        await using (var db = app.OpenDb()) await db.Set<Event>().Where(e => e.Id == @event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Cancelled), Cancellation);
        await Remind(later.AddMinutes(-15));
        Assert.Equal(2, (await Mails(person)).Count);
    }

    [Theory]
    [InlineData("Europe/Berlin", 0, "Sunday 30 March 2031, 03:30 – 05:30 (Europe/Berlin, UTC+02:00)")] // 02:30 does not exist that night
    [InlineData("Europe/Berlin", -1, "Saturday 29 March 2031, 02:30 – 04:30 (Europe/Berlin, UTC+01:00)")]
    [InlineData("America/New_York", 0, "Saturday 29 March 2031, 21:30 – 23:30 (America/New_York, UTC-04:00)")]
    [InlineData("Asia/Kolkata", 0, "Sunday 30 March 2031, 07:00 – 09:00 (Asia/Kolkata, UTC+05:30)")]
    [InlineData("", 0, "Sunday 30 March 2031, 03:30 – 05:30 (Europe/Berlin, UTC+02:00)")] // no zone known: the event's
    public void MailsTellTheReadersWallClockWithTheZonesName(string zone, int days, string when)
    {
        using var _ = app.Visitor();
        var start = Forward.AddDays(days);
        var @event = new Event { Slug = "e", Name = "Spring", TimeZone = "Europe/Berlin", StartsAt = start, EndsAt = start.AddHours(2) };
        var registration = new Plenary.Registration.Registration { Name = "Ada", TimeZone = zone };
        var person = new Plenary.Platform.Access.Person { Name = "Ada", Email = "ada@example.org" };
        var mail = app.Services.GetRequiredService<RegistrationMails>().Confirmation(@event, registration, person);
        Assert.Contains($"When: {when}\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(zone is not "" and not "Europe/Berlin", mail.Text.Contains("At the event: ", StringComparison.Ordinal));
        var calendar = Encoding.UTF8.GetString(Assert.Single(mail.Attachments).Content);
        Assert.Contains($"DTSTART:{start:yyyyMMdd}T013000Z", calendar, StringComparison.Ordinal);
        Assert.Contains("METHOD:PUBLISH", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryoneIsToldWhenTheEventMovesAndTheirCalendarMovesToo()
    {
        using var owner = await app.NewOwner();
        var (@event, ticket) = await app.NewEvent(owner);
        var (email, _) = await app.NewAttendee(ticket);
        await owner.Graph("mutation($input: UpdateEventInput!) { updateEvent(input: $input) { id } }", new { input = new { id = @event.Id, version = @event.Version, startsAtLocal = "2031-07-01T20:00", endsAtLocal = "2031-07-01T21:00" } });
        await using (var db = app.OpenDb())
        {
            var job = await db.Set<Job>().SingleAsync(j => j.Kind == "registration.moved" && j.Payload.Contains(@event.Id.ToString()), Cancellation);
            Assert.True(job.DueAt > TimeProvider.System.GetUtcNow()); // an organizer who moves it twice writes one mail
            var announce = new AnnounceMove(app.Services.GetRequiredService<IDbContextFactory<Db>>(), app.Services.GetRequiredService<RegistrationMails>(), TimeProvider.System);
            await announce.Handle(JsonSerializer.Serialize(new EventMoved(@event.Id, @event.StartsAt, @event.EndsAt), JsonSerializerOptions.Web), Cancellation);
            Assert.Single(await app.MailsTo(email)); // about an earlier move: says nothing
            await announce.Handle(job.Payload, Cancellation);
        }
        var mail = (await app.MailsTo(email))[^1];
        Assert.Equal("New time: Spring & Meetup", mail.Subject);
        Assert.Contains("Tuesday 1 July 2031, 20:00 – 21:00 (Europe/Berlin, UTC+02:00)", mail.Text, StringComparison.Ordinal);
    }

    private async Task Remind(DateTimeOffset at)
    {
        var there = new SetClock(at);
        await new Reminding(app.Services.GetRequiredService<IDbContextFactory<Db>>(), app.Services.GetRequiredService<RegistrationMails>(), there).Handle("{}", Cancellation);
    }

    private async Task<string> Attendee(TicketType ticket, DateTimeOffset registered, bool cancelled = false)
    {
        var email = People.NewEmail("reminded");
        await using var db = app.OpenDb();
        var person = await app.Services.GetRequiredService<Plenary.Identity.People>().FindOrCreateGuest(db, email, "Rita", Cancellation);
        db.Add(new Plenary.Registration.Registration { EventId = ticket.EventId, TicketTypeId = ticket.Id, PersonId = person.Id, Name = "Rita", TimeZone = "Europe/Berlin", RegisteredAt = registered, CancelledAt = cancelled ? registered : null });
        await db.SaveChangesAsync(Cancellation);
        return email;
    }

    /// <summary>Reminders to this address. They are due years from now and still wait in the queue.</summary>
    private async Task<IReadOnlyList<Mail>> Mails(string email)
    {
        await using var db = app.OpenDb();
        var payloads = await db.Set<Job>().Where(j => j.Kind == "mail.send" && j.Payload.Contains(email)).OrderBy(j => j.DueAt).Select(j => j.Payload).ToListAsync(Cancellation);
        return [.. payloads.Select(p => JsonSerializer.Deserialize<Mail>(p, JsonSerializerOptions.Web)!)];
    }
}

public sealed class ReminderFactsOnSqlite(SqliteApp app) : ReminderFacts(app);

public sealed class ReminderFactsOnPostgres(PostgresApp app) : ReminderFacts(app);
