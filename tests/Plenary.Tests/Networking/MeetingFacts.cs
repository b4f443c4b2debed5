using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Calls;
using Plenary.Events;
using Plenary.Networking.Meetings;
using Plenary.Organizations;
using Plenary.Platform.Access;
using Plenary.Platform.Jobs;
using Plenary.Platform.Mail;
using Plenary.Tests.Calls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Networking;

/// <summary>Two people agree on a time and meet; nobody is promised twice, and nobody else comes near it.</summary>
public abstract class MeetingFacts(App app)
{
    private const string Propose = "mutation($event: ID!, $person: ID!, $at: DateTimeOffset!, $minutes: Int) { proposeMeeting(event: $event, person: $person, at: $at, minutes: $minutes) { id state } }";
    private const string Accept = "mutation($id: ID!) { acceptMeeting(id: $id) { id state calendarFile } }";
    private const string Decline = "mutation($id: ID!) { declineMeeting(id: $id) { state } }";
    private const string Cancel = "mutation($id: ID!) { cancelMeeting(id: $id) { state } }";
    private const string Mine = "query($slug: String!) { event(slug: $slug) { meetings { id state iAsked open other { name } } } }";
    private const string Times = "query($slug: String!, $person: ID!) { event(slug: $slug) { meetingTimes(person: $person) { at free } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoAgreeOnATimeAndBothHaveItInTheirCalendars()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee("Ada A"), await scene.Attendee("Ben B"));
        using var adas = As(scene, ada.Id);
        using var bens = As(scene, ben.Id);
        var times = (await adas.Graph(Times, new { slug = scene.Event.Slug, person = ben.Id }))["event"]!["meetingTimes"]!.AsArray();
        Assert.All(times, t => Assert.True((bool)t!["free"]!));
        var at = (string)times[4]!["at"]!;
        var asked = (await adas.Graph(Propose, new { @event = scene.Event.Id, person = ben.Id, at, minutes = 30 }))["proposeMeeting"]!;
        Assert.Equal("PROPOSED", (string?)asked["state"]);
        Assert.Equal((string?)asked["id"], (string?)(await adas.Graph(Propose, new { @event = scene.Event.Id, person = ben.Id, at, minutes = 30 }))["proposeMeeting"]!["id"]);

        var seen = Assert.Single(await Meetings(bens, scene));
        Assert.Equal(("PROPOSED", false, "Ada A"), ((string?)seen!["state"], (bool)seen["iAsked"]!, (string?)seen["other"]!["name"]));
        Assert.Equal("not-found", (await adas.Refused(Accept, new { id = (string?)asked["id"] })).Code); // one cannot say yes to oneself
        var accepted = (await bens.Graph(Accept, new { id = (string?)asked["id"] }))["acceptMeeting"]!;
        Assert.Equal("ACCEPTED", (string?)(await bens.Graph(Accept, new { id = (string?)asked["id"] }))["acceptMeeting"]!["state"]);

        // Taken for both, and only then.
        times = (await bens.Graph(Times, new { slug = scene.Event.Slug, person = ada.Id }))["event"]!["meetingTimes"]!.AsArray();
        Assert.Equal([at, (string)times[5]!["at"]!], times.Where(t => !(bool)t!["free"]!).Select(t => (string)t!["at"]!));
        using var third = As(scene, (await scene.Attendee()).Id);
        Assert.Equal("time-taken", (await third.Refused(Propose, new { @event = scene.Event.Id, person = ben.Id, at = (string)times[5]!["at"]! })).Code);

        var mail = Assert.Single(await app.MailsTo(ada.Email!));
        Assert.Contains("You meet Ben B", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(["Ada A would like to meet you at E", "You meet Ada A at E"], (await app.MailsTo(ben.Email!)).Select(m => m.Subject));
        var file = await adas.Http.GetStringAsync((string)accepted["calendarFile"]!, Cancellation);
        Assert.Contains($"DTSTART:{DateTimeOffset.Parse(at, null).UtcDateTime:yyyyMMddTHHmmssZ}", file, StringComparison.Ordinal);
        Assert.Contains("METHOD:PUBLISH", file, StringComparison.Ordinal);

        // Called off: free again, and the calendars are told by a greater sequence.
        await adas.Graph(Cancel, new { id = (string?)asked["id"] });
        var off = (await app.MailsTo(ben.Email!))[^1];
        Assert.Contains("Called off", off.Subject, StringComparison.Ordinal);
        var attached = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)JsonNode.Parse(off.Attachments)![0]!["content"]!));
        Assert.Contains("METHOD:CANCEL", attached, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:2", attached, StringComparison.Ordinal);
        times = (await bens.Graph(Times, new { slug = scene.Event.Slug, person = ada.Id }))["event"]!["meetingTimes"]!.AsArray();
        Assert.All(times, t => Assert.True((bool)t!["free"]!));
        Assert.Equal("meeting-decided", (await bens.Refused(Accept, new { id = (string?)asked["id"] })).Code);
    }

    [Fact]
    public async Task NobodyIsPromisedTwiceHoweverManySayYesAtOnce()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(8);
        var at = Quarter(TimeProvider.System.GetUtcNow().AddHours(2));
        // Everybody has asked the next one, in a circle, for times that overlap by a quarter or wholly.
        var asked = people.Select((one, i) => Row(scene, one, people[(i + 1) % people.Length], at.AddMinutes(15 * (i % 2)), 30, MeetingState.Proposed)).ToArray();
        await scene.Save([.. asked]);
        var answers = await Task.WhenAll(asked.Select(async meeting =>
        {
            using var browser = As(scene, meeting.WithId);
            return (await browser.GraphAnswer(Accept, new { id = meeting.Id }))["errors"]?[0]?["extensions"]?["code"]?.ToString() ?? "";
        }));
        Assert.All(answers, code => Assert.Contains(code, new[] { "", "time-taken" }));
        await using var db = app.OpenDb();
        var accepted = await db.Set<Meeting>().AsNoTracking().Where(m => m.EventId == scene.Event.Id && m.State == MeetingState.Accepted).ToListAsync(Cancellation);
        Assert.Equal(answers.Count(code => code.Length == 0), accepted.Count);
        Assert.InRange(accepted.Count, 1, people.Length / 2); // of a circle in which all overlap, at most every other
        Assert.Equal(2 * accepted.Count, accepted.SelectMany(m => new[] { m.ById, m.WithId }).Distinct().Count());
        Assert.Equal(4 * accepted.Count, await db.Set<PromisedTime>().CountAsync(t => people.Select(p => p.Id).Contains(t.PersonId), Cancellation));
    }

    [Fact]
    public async Task TheCallIsForTheTwoAroundTheirTimeAndForNobodyElse()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee("Ada A"), await scene.Attendee("Ben B"));
        var now = TimeProvider.System.GetUtcNow();
        var (soon, later, over) = (Row(scene, ada, ben, now.AddMinutes(4), 15, MeetingState.Accepted), Row(scene, ada, ben, now.AddHours(1), 15, MeetingState.Accepted), Row(scene, ada, ben, now.AddMinutes(-31), 15, MeetingState.Accepted));
        var notYet = Row(scene, ada, ben, now, 15, MeetingState.Proposed);
        await scene.Save(soon, later, over, notYet);
        await using var adas = new Caller(await scene.Connect(ada)) { Call = soon.Id };
        await using var bens = new Caller(await scene.Connect(ben, onlyEvent: scene.Event.Id)) { Call = soon.Id };
        await adas.Enter();
        var entered = await bens.Enter();
        Assert.Equal(("mesh", true, true), (entered.Engine, entered.MayPublish, entered.Publishes));
        Assert.Equal(["Ada A", "Ben B"], entered.Peers.Select(p => p.Name));
        await adas.Offer(bens.Peer);
        await bens.Until(() => bens.Signals.Count == 1, "an offer");

        foreach (var meeting in new[] { later, over, notYet }) Assert.Equal("not-found", await Refused(scene, ada, meeting.Id));
        foreach (var person in new[] { await scene.Granted(EventRole.Organizer), await scene.Granted(EventRole.Moderator), await scene.Attendee(), await scene.Stranger(), await scene.Member(OrganizationRole.Owner) })
        {
            Assert.Equal("not-found", await Refused(scene, person, soon.Id));
            using var browser = As(scene, person.Id);
            Assert.Equal("not-found", (await browser.Refused(Cancel, new { id = soon.Id })).Code);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Http.GetAsync($"/meetings/{soon.Id}.ics", Cancellation)).StatusCode);
            var answer = await browser.GraphAnswer(Mine, new { slug = scene.Event.Slug });
            Assert.DoesNotContain(soon.Id.ToString(), answer.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal("not-found", await Refused(scene, ada, Guid.CreateVersion7()));

        // The connection is lost, and comes back as the same.
        await bens.Live.Drop();
        await bens.Live.Start();
        Assert.True((await bens.Enter()).Resumed);

        // Called off while they talk.
        using (var browser = As(scene, ada.Id)) await browser.Graph(Cancel, new { id = soon.Id });
        foreach (var one in new[] { adas, bens }) await one.Until(() => one.Heard<CallEnded>() is [{ Code: "meeting-cancelled" }], "the end");
        Assert.Equal("not-found", await Refused(scene, ada, soon.Id));
    }

    [Fact]
    public async Task ABlockEndsWhatTheTwoHadAndTheOtherIsNotToldWhy()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee("Ada A"), await scene.Attendee("Ben B"));
        var now = TimeProvider.System.GetUtcNow();
        var (talking, planned) = (Row(scene, ada, ben, now, 15, MeetingState.Accepted), Row(scene, ben, ada, Quarter(now.AddHours(3)), 15, MeetingState.Proposed));
        await scene.Save(talking, planned);
        await using var adas = new Caller(await scene.Connect(ada)) { Call = talking.Id };
        await using var bens = new Caller(await scene.Connect(ben)) { Call = talking.Id };
        await adas.Enter();
        await bens.Enter();
        using var browser = As(scene, ada.Id);
        await browser.Graph("mutation($event: ID!, $person: ID!) { blockPerson(event: $event, person: $person) }", new { @event = scene.Event.Id, person = ben.Id });
        await bens.Until(() => bens.Heard<CallEnded>() is [{ Code: "meeting-cancelled" }], "the end");
        using var other = As(scene, ben.Id);
        Assert.All(await Meetings(other, scene), m => Assert.Equal("CANCELLED", (string?)m!["state"]));
        Assert.Equal("not-found", (await other.Refused(Propose, new { @event = scene.Event.Id, person = ada.Id, at = planned.StartsAt.AddHours(1) })).Code);
        Assert.Equal("not-found", (await other.Refused(Times, new { slug = scene.Event.Slug, person = ada.Id })).Code);
    }

    [Fact]
    public async Task WhoseRightEndsIsOutOfTheCallBeforeTheSliceGoesOn()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee(), await scene.Attendee());
        var meeting = Row(scene, ada, ben, TimeProvider.System.GetUtcNow(), 15, MeetingState.Accepted);
        await scene.Save(meeting);
        await using var adas = new Caller(await scene.Connect(ada)) { Call = meeting.Id };
        await using var bens = new Caller(await scene.Connect(ben)) { Call = meeting.Id };
        await adas.Enter();
        await bens.Enter();
        await using var db = app.OpenDb();
        await db.Set<Plenary.Registration.Registration>().Where(r => r.PersonId == ben.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, TimeProvider.System.GetUtcNow()), Cancellation);
        var calls = app.Services.GetRequiredService<LiveCalls>();
        await calls.Reconsider(meeting.Id, ben.Id);
        Assert.Equal([ada.Id], (await calls.Peers(meeting.Id)).Select(p => p.Person));
        await bens.Until(() => bens.Heard<CallEnded>() is [{ Code: "removed-from-call" }], "that it is out");
        await adas.Until(() => !adas.Sees(bens), "that the other is gone");
        Assert.Equal("peer-gone", await LiveClient.Refused(() => adas.Offer(bens.Peer)));
        Assert.Equal("not-in-call", await LiveClient.Refused(() => bens.Offer(adas.Peer)));
        Assert.Equal("not-found", await LiveClient.Refused(() => bens.Anew().Enter()));
    }

    [Fact]
    public async Task BothAreRemindedOnceAndNotOfWhatWasCalledOff()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee("Ada A"), await scene.Attendee("Ben B"));
        var now = TimeProvider.System.GetUtcNow();
        var (near, off) = (Row(scene, ada, ben, Quarter(now.AddMinutes(20)), 15, MeetingState.Accepted), Row(scene, ada, ben, Quarter(now.AddMinutes(50)), 15, MeetingState.Cancelled));
        await scene.Save(near, off);
        await using (var db = app.OpenDb())
        {
            foreach (var meeting in new[] { near, near, off }) db.AddJob("meetings.remind", meeting.Id, now);
            await db.SaveChangesAsync(Cancellation);
        }
        while (await Reminding()) await Task.Delay(20, Cancellation);
        foreach (var person in new[] { ada, ben }) Assert.StartsWith("Soon: your meeting with", Assert.Single(await app.MailsTo(person.Email!)).Subject, StringComparison.Ordinal);

        async Task<bool> Reminding()
        {
            await using var db = app.OpenDb();
            return await db.Set<Job>().AnyAsync(j => j.Kind == "meetings.remind" && (j.Payload.Contains(near.Id.ToString()) || j.Payload.Contains(off.Id.ToString())), Cancellation);
        }
    }

    [Fact]
    public async Task PeopleAreAskedWhenTheyOfferItAndNonsenseIsRefused()
    {
        var scene = await Scene.Arrange(app);
        var (ada, ben) = (await scene.Attendee(), await scene.Attendee());
        using var adas = As(scene, ada.Id);
        using var bens = As(scene, ben.Id);
        var from = Quarter(TimeProvider.System.GetUtcNow().AddHours(1));
        await bens.Graph("mutation($event: ID!, $times: [TimeStretchInput!]!) { offerMeetingTimes(event: $event, times: $times) { from until } }",
            new { @event = scene.Event.Id, times = new[] { new { from, until = from.AddMinutes(45) } } });
        var times = (await adas.Graph(Times, new { slug = scene.Event.Slug, person = ben.Id }))["event"]!["meetingTimes"]!.AsArray();
        Assert.Equal([from, from.AddMinutes(15), from.AddMinutes(30)], times.Select(t => DateTimeOffset.Parse((string)t!["at"]!, null)));
        async Task<string> Asks(Guid person, DateTimeOffset at, int minutes = 15) => (await adas.Refused(Propose, new { @event = scene.Event.Id, person, at, minutes })).Code;
        Assert.Equal("time-not-offered", await Asks(ben.Id, from.AddMinutes(45)));
        Assert.Equal("time-not-offered", await Asks(ben.Id, from.AddMinutes(30), 30));
        Assert.Equal("time-not-offered", await Asks(ben.Id, from.AddDays(-1)));
        Assert.Equal("time-not-offered", await Asks(ben.Id, from.AddDays(30)));
        Assert.Equal("invalid-input", await Asks(ben.Id, from.AddMinutes(1)));
        Assert.Equal("invalid-input", await Asks(ben.Id, from, 20));
        Assert.Equal("invalid-input", await Asks(ada.Id, from));
        Assert.Equal("not-found", await Asks((await scene.Stranger()).Id, from));
        var overlapping = new[] { new { from, until = from.AddMinutes(45) }, new { from = from.AddMinutes(30), until = from.AddMinutes(60) } };
        Assert.Equal("invalid-input", (await bens.Refused("mutation($event: ID!, $times: [TimeStretchInput!]!) { offerMeetingTimes(event: $event, times: $times) { from } }", new { @event = scene.Event.Id, times = overlapping })).Code);

        // An answer is given once.
        var id = (string?)(await adas.Graph(Propose, new { @event = scene.Event.Id, person = ben.Id, at = from }))["proposeMeeting"]!["id"];
        Assert.Equal("DECLINED", (string?)(await bens.Graph(Decline, new { id }))["declineMeeting"]!["state"]);
        Assert.Equal("meeting-decided", (await bens.Refused(Accept, new { id })).Code);
        Assert.Equal("meeting-decided", (await adas.Refused(Cancel, new { id })).Code);
    }

    private static DateTimeOffset Quarter(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.FromMinutes(15).Ticks * TimeSpan.FromMinutes(15).Ticks, TimeSpan.Zero);

    private static Meeting Row(Scene scene, Person by, Person with, DateTimeOffset at, int minutes, MeetingState state) =>
        new() { EventId = scene.Event.Id, ById = by.Id, WithId = with.Id, StartsAt = at, EndsAt = at.AddMinutes(minutes), State = state, AskedAt = at };

    private static async Task<JsonArray> Meetings(Browserless browser, Scene scene) => (await browser.Graph(Mine, new { slug = scene.Event.Slug }))["event"]!["meetings"]!.AsArray();

    private static async Task<string> Refused(Scene scene, Person person, Guid call)
    {
        await using var caller = new Caller(await scene.Connect(person)) { Call = call };
        return await LiveClient.Refused(() => caller.Enter());
    }

    private Browserless As(Scene scene, Guid person)
    {
        var browser = app.Visitor();
        browser.Cookies.SetCookies(app.Url, scene.Sessions.Cookie(person));
        return browser;
    }
}

public sealed class MeetingFactsOnSqlite(SqliteApp app) : MeetingFacts(app);

public sealed class MeetingFactsOnPostgres(PostgresApp app) : MeetingFacts(app);

/// <summary>Which hours of an event are open to meetings.</summary>
public sealed class FreeTimeFacts
{
    [Fact]
    public void AQuarterOfAnHourIsOneInEveryZone()
    {
        Assert.True(FreeTimes.IsQuarter(new(2027, 3, 4, 15, 45, 0, TimeSpan.FromMinutes(345)))); // Kathmandu
        Assert.False(FreeTimes.IsQuarter(new(2027, 3, 4, 15, 40, 0, TimeSpan.Zero)));
        var from = new DateTimeOffset(2027, 3, 28, 0, 30, 0, TimeSpan.Zero); // clocks go forward in Europe within
        Assert.Equal(4, FreeTimes.QuartersOf(from, from.AddHours(1)).Count());
    }
}
