using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Organizations;
using Plenary.Points;
using Plenary.Polls;
using Plenary.Questions;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Points;

/// <summary>Points of an event: what earns them, once, and who is on the leaderboard.</summary>
public abstract class PointsFacts(App app)
{
    private const string Read = "query($event: ID!) { points(event: $event) { kept mine hidden rules { deed points most times } leaders { person name points place } } }";
    private const string Keep = "mutation($event: ID!, $on: Boolean!) { keepPoints(event: $event, on: $on) }";
    private const string Hide = "mutation($event: ID!, $hidden: Boolean!) { hideFromLeaderboard(event: $event, hidden: $hidden) { hidden mine leaders { name } } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeedsEarnOnceByThePublishedRulesAndWhoeverWantsIsNotOnTheLeaderboard()
    {
        var scene = await Scene.Arrange(app);
        var (ann, ben, speaker) = (await scene.Attendee("Ann"), await scene.Attendee("Ben"), await scene.Attendee("Sue"));
        var staff = await scene.Granted(EventRole.Organizer);
        var now = TimeProvider.System.GetUtcNow();
        var poll = new Poll { RoomId = scene.Stage.Id, Question = "?", Kind = PollKind.Single, Options = ["A", "B"], State = PollState.Closed };
        await scene.Save(new EventRoleGrant { EventId = scene.Event.Id, PersonId = speaker.Id, Role = EventRole.Speaker }, poll, new PollVote { PollId = poll.Id, PersonId = ann.Id, Choice = "[0]" }, new PollVoter { PollId = poll.Id, PersonId = speaker.Id },
            new Question { Id = Guid.CreateVersion7(), RoomId = scene.Stage.Id, Text = "Why?", PersonId = ann.Id, Name = "Ann", State = QuestionState.Open, At = now },
            new Question { Id = Guid.CreateVersion7(), RoomId = scene.Stage.Id, Text = "Spam?", PersonId = ben.Id, Name = "Ben", State = QuestionState.Dismissed, At = now });
        var member = await scene.Member(OrganizationRole.Producer);
        await scene.Save(new Plenary.Registration.Registration { EventId = scene.Event.Id, TicketTypeId = scene.Ticket.Id, PersonId = member.Id, Name = member.Name });
        await using (var db = app.OpenDb())
            await db.Set<Plenary.Registration.Registration>().Where(r => r.EventId == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.CameAt, now), Cancellation);
        using var a = new Studio(app.Url, scene, ann);
        using var b = new Studio(app.Url, scene, ben);
        using var desk = new Studio(app.Url, scene, staff);
        Assert.False((bool)(await a.Graph(Read, new { @event = scene.Event.Id }))["points"]!["kept"]!);
        Assert.Equal("not-found", await a.Refused(Keep, new { @event = scene.Event.Id, on = true }));

        await desk.Graph(Keep, new { @event = scene.Event.Id, on = true });
        await desk.Graph(Keep, new { @event = scene.Event.Id, on = true }); // again changes nothing
        var ledger = app.Services.GetRequiredService<Ledger>();
        await ledger.Reckon(scene.Event.Id, Cancellation);
        await ledger.Reckon(scene.Event.Id, Cancellation);

        var mine = (await a.Graph(Read, new { @event = scene.Event.Id }))["points"]!;
        Assert.Equal(17, (int)mine["mine"]!); // came 10, asked 5, voted 2
        Assert.Equal("CAME 10 1, ASKED 5 1, VOTED 2 1, MET 5 0", string.Join(", ", mine["rules"]!.AsArray().Select(r => $"{r!["deed"]} {r["points"]} {r["times"]}")));
        Assert.Equal("1 Ann 17, 2 Ben 10", string.Join(", ", mine["leaders"]!.AsArray().Select(l => $"{l!["place"]} {l["name"]} {l["points"]}"))); // no speaker among them, nor anybody of the organization
        var hidden = (await a.Graph(Hide, new { @event = scene.Event.Id, hidden = true }))["hideFromLeaderboard"]!;
        Assert.Equal((true, 17), ((bool)hidden["hidden"]!, (int)hidden["mine"]!));
        Assert.Equal("Ben", (string)Assert.Single((await b.Graph(Read, new { @event = scene.Event.Id }))["points"]!["leaders"]!.AsArray())!["name"]!);
        using var stranger = new Studio(app.Url, scene, await scene.Stranger());
        Assert.Equal("not-found", await stranger.Refused(Read, new { @event = scene.Event.Id }));
        using var nobody = new Studio(app.Url, scene, null);
        Assert.Equal("sign-in-required", await nobody.Refused(Read, new { @event = scene.Event.Id }));
    }

    [Fact]
    public async Task WhoeverReckonsAtTheSameTimeGetsNoErrorAndNoDeedEarnsTwiceOrBeyondItsMost()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(20);
        var polls = Enumerable.Range(1, 22).Select(n => new Poll { RoomId = scene.Stage.Id, Question = $"{n}?", Kind = PollKind.Single, Options = ["A", "B"], State = PollState.Closed }).ToArray();
        await scene.Save([.. polls, .. people.SelectMany(person => polls.Select(poll => new PollVoter { PollId = poll.Id, PersonId = person.Id }))]);
        var ledger = app.Services.GetRequiredService<Ledger>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ledger.Reckon(scene.Event.Id, Cancellation), Cancellation)));
        await using var db = app.OpenDb();
        var earned = await db.Set<PointEntry>().Where(p => p.EventId == scene.Event.Id).ToListAsync(Cancellation);
        Assert.All(people, person => Assert.Equal(polls.Select(p => p.Id).Order().Take(20), earned.Where(e => e.PersonId == person.Id).Select(e => e.Subject).Order()));
    }
}

public sealed class PointsFactsOnSqlite(SqliteApp app) : PointsFacts(app);

public sealed class PointsFactsOnPostgres(PostgresApp app) : PointsFacts(app);
