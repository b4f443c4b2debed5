using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Agenda;
using Plenary.Events;
using Plenary.Platform.Access;
using Plenary.Polls;
using Plenary.Rooms;
using Plenary.Rooms.Notices;
using Plenary.Shows;
using Plenary.Stage.Backstage;
using Plenary.Tests.Polls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;
using Plenary.Tests.Tables;

namespace Plenary.Tests.Shows;

/// <summary>The run of show: what its cues cause, who may say so, and what becomes of the programme when the event runs late.</summary>
public abstract class ShowFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CuesFireByHandByTheClockAndAfterEachOtherAndEverybodySeesWhatTheyCause()
    {
        var scene = await Scene.Arrange(app);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        var poll = await Poll(crew.Studio, scene);
        await crew.Do(new { take = true });

        var welcome = await crew.Announces("Welcome");
        var (open, close) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await crew.Do(new { save = new { id = open, kind = "OPEN_POLL", anchor = "CUE", after = welcome, poll } });
        await crew.Do(new { save = new { id = close, kind = "CLOSE_POLL", anchor = "HAND", poll } });
        Assert.False((bool)(await crew.See()).Cue(open)["mayFire"]!);
        Assert.Equal("cue-waits", await crew.Refused(new { fire = open }));
        await crew.Do(new { autopilot = true });
        Assert.True((bool)(await crew.See()).Cue(welcome)["next"]!);
        await crew.Do(new { fire = welcome });
        await crew.Do(new { fire = welcome }); // a second press
        await ann.Until(() => Notices(ann)?.Announcements.Any(a => a.Text == "Welcome") == true, "the announcement");
        await ann.Until(() => ann.Told(poll)?.State == PollState.Open, "the poll");
        Assert.Equal("", (string)(await crew.Until(open, "DONE"))["by"]!);
        var soon = await crew.Announces("By the clock", at: TimeProvider.System.GetUtcNow().AddSeconds(1));
        await ann.Until(() => Notices(ann)?.Announcements.Any(a => a.Text == "By the clock") == true, "the clock");
        await crew.Until(soon, "DONE");
        await crew.Do(new { fire = close });
        await ann.Until(() => ann.Told(poll)?.State == PollState.Closed, "the end of the poll");
        await crew.Until(close, "DONE");
        await using var db = app.OpenDb();
        Assert.Equal(2, await db.Set<Announcement>().CountAsync(a => a.EventId == scene.Event.Id, Cancellation));
        Assert.Equal("cue-over", await crew.Refused(new { save = new { id = welcome, kind = "ANNOUNCE", anchor = "HAND", text = "Again" } }));
    }

    [Fact]
    public async Task ACueThatIsHeldSkippedOrImpossibleWaitsForSomebodyToDecide()
    {
        var scene = await Scene.Arrange(app);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Producer));
        await crew.Do(new { take = true });
        // Its moment passed before anybody turned the autopilot on: it waits for a hand.
        var past = await crew.Announces("Past", at: TimeProvider.System.GetUtcNow().AddMinutes(-3));
        var (older, follower) = (await crew.Announces("Older", at: TimeProvider.System.GetUtcNow().AddHours(-2)), Guid.Empty);
        follower = await crew.Announces("After the older", after: older, offset: 60);
        var flies = await crew.Do(new { autopilot = true });
        Assert.True((bool)flies.Cue(past)["held"]!);
        // What is long over, and what would have followed it, is not made up for.
        Assert.Equal(("SKIPPED", "SKIPPED"), ((string)flies.Cue(older)["state"]!, (string)flies.Cue(follower)["state"]!));
        var (first, then) = (await crew.Announces("First"), Guid.Empty);
        then = await crew.Announces("Then", after: first);
        await crew.Do(new { hold = then });
        await crew.Do(new { skip = first });
        Assert.Equal("SKIPPED", (string)(await crew.See()).Cue(first)["state"]!);
        Assert.Equal("PENDING", (string)(await crew.See()).Cue(then)["state"]!);
        await crew.Do(new { resume = then });
        await crew.Until(then, "DONE");
        await crew.Do(new { restore = first });
        await crew.Do(new { fire = first });
        await crew.Until(first, "DONE");

        var poll = await Poll(crew.Studio, scene);
        var open = Guid.CreateVersion7();
        await crew.Do(new { save = new { id = open, kind = "OPEN_POLL", anchor = "HAND", poll } });
        await crew.Studio.Graph("mutation($id: ID!) { removePoll(id: $id) }", new { id = poll });
        await crew.Do(new { fire = open });
        Assert.Contains("poll", (string)(await crew.Until(open, "FAILED"))["error"]!, StringComparison.Ordinal);
        Assert.Equal("show-running", await crew.Refused(new { reset = true }));
        await crew.Do(new { autopilot = false });
        Assert.All((await crew.Do(new { reset = true }))["cues"]!.AsArray(), c => Assert.Equal("PENDING", (string)c!["state"]!));
    }

    [Fact]
    public async Task RunningLateMovesTheAgendaAndWhatIsToComeTellsEverybodyAndCanBeUndone()
    {
        var scene = await Scene.Arrange(app);
        var now = TimeProvider.System.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var (running, next, tomorrow) = (Session(scene, now.AddMinutes(-20), 40), Session(scene, now.AddMinutes(25), 30), Session(scene, now.AddHours(20), 60));
        await scene.Save(running, next, tomorrow);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        var person = await scene.Attendee("Ann");
        await using var ann = await scene.Enter(person);
        await ann.Attend(scene.Event.Id);
        await crew.Do(new { take = true });
        var (lunch, after) = (await crew.Announces("Lunch", at: now.AddMinutes(56)), Guid.CreateVersion7());
        await crew.Do(new { save = new { id = after, kind = "ANNOUNCE", anchor = "SESSION_START", session = next.Id, offsetSeconds = 300, text = "Questions?" } });

        var id = Guid.CreateVersion7();
        var show = await crew.Do(new { shift = new { id, minutes = 6, tell = "We run six minutes late." } });
        show = await crew.Do(new { shift = new { id, minutes = 6, tell = "We run six minutes late." } }); // the same again
        Assert.Equal(6, (int)show["shifts"]!.AsArray().Single()!["minutes"]!);
        Assert.Equal((now.AddMinutes(62), now.AddMinutes(36)), (show.Expected(lunch), show.Expected(after)));
        await ann.Until(() => Notices(ann)?.Announcements.SingleOrDefault()?.Text == "We run six minutes late.", "the news");
        await ann.Until(() => ann.Told.Any(t => t.About == "agenda"), "the agenda");
        Assert.Equal([(now.AddMinutes(-20), now.AddMinutes(26)), (now.AddMinutes(31), now.AddMinutes(61)), (tomorrow.StartsAt, tomorrow.EndsAt)], await Times(scene));

        show = await crew.Do(new { undo = id });
        Assert.Empty(show["shifts"]!.AsArray());
        Assert.Equal((now.AddMinutes(56), now.AddMinutes(30)), (show.Expected(lunch), show.Expected(after)));
        Assert.Equal([(now.AddMinutes(-20), now.AddMinutes(20)), (now.AddMinutes(25), now.AddMinutes(55)), (tomorrow.StartsAt, tomorrow.EndsAt)], await Times(scene));
        Assert.Equal("invalid-input", await crew.Refused(new { shift = new { id = Guid.CreateVersion7(), minutes = 121 } }));
        Assert.Equal("invalid-input", await crew.Refused(new { shift = new { id = Guid.CreateVersion7(), minutes = 5, tell = new string('x', 281) } }));
        Assert.Equal("not-found", await crew.Refused(new { undo = Guid.CreateVersion7() }));
    }

    [Fact]
    public async Task OneHoldsTheControlsAndHandsThemOver()
    {
        var scene = await Scene.Arrange(app);
        var (annPerson, benPerson) = (await scene.Granted(EventRole.Organizer), await scene.Granted(EventRole.Producer));
        using var ann = new Controls(app.Url, scene, annPerson);
        using var ben = new Controls(app.Url, scene, benPerson);
        var tab = await scene.Connect(annPerson);
        await tab.Attend(scene.Event.Id);
        await using var other = await scene.Connect(benPerson);
        await other.Attend(scene.Event.Id);
        var cue = await ann.Announces("Hello");
        Assert.Equal("not-in-control", await ann.Refused(new { fire = cue }));
        await ann.Do(new { take = true });
        await other.Until(() => other.Told.Any(t => t.About == "show"), "the news");
        Assert.Equal("show-held", await ben.Refused(new { take = true }));
        foreach (object command in (object[])[new { fire = cue }, new { skip = cue }, new { hold = cue }, new { autopilot = true }, new { reset = true }, new { shift = new { id = Guid.CreateVersion7(), minutes = 5 } }, new { answer = true }, new { release = true }])
            Assert.Equal("not-in-control", await ben.Refused(command));
        await ben.Announces("From Ben"); // the sheet is everybody's
        Assert.Equal("A Producer", (string)(await ben.Do(new { ask = true }))["wantedByName"]!);
        Assert.Equal("A Producer", (string)(await ann.Do(new { answer = true }))["controllerName"]!);
        Assert.Equal("not-in-control", await ann.Refused(new { fire = cue }));
        await ann.Do(new { ask = true });
        Assert.Equal("A Producer", (string)(await ben.Do(new { answer = false }))["controllerName"]!);
        await ben.Do(new { release = true });
        await ann.Do(new { take = true });

        // Whoever is gone holds nothing up.
        await tab.DisposeAsync();
        for (var tries = 0; (bool)(await ben.See())["controllerHere"]!; tries++)
        {
            Assert.True(tries < 600, "the tab never went");
            await Task.Delay(50, Cancellation);
        }
        Assert.Equal("A Producer", (string)(await ben.Do(new { take = true }))["controllerName"]!);
    }

    [Fact]
    public async Task WhoeverIsOfTheCrewNoMoreKeepsNobodyFromTheControls()
    {
        var scene = await Scene.Arrange(app);
        var (former, next) = (await scene.Granted(EventRole.Producer), await scene.Granted(EventRole.Organizer));
        using var ben = new Controls(app.Url, scene, former);
        using var ann = new Controls(app.Url, scene, next);
        await using var tab = await scene.Connect(former);
        await tab.Attend(scene.Event.Id);
        await ben.Do(new { take = true });
        for (var tries = 0; !(bool)(await ann.See())["controllerHere"]!; tries++)
        {
            Assert.True(tries < 600, "the tab never came");
            await Task.Delay(50, Cancellation);
        }
        Assert.Equal("show-held", await ann.Refused(new { take = true }));
        await using (var db = app.OpenDb())
            await db.Set<EventRoleGrant>().Where(g => g.EventId == scene.Event.Id && g.PersonId == former.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Role, EventRole.Moderator), Cancellation);
        Assert.False((bool)(await ann.See())["controllerHere"]!);
        Assert.Equal("A Organizer", (string)(await ann.Do(new { take = true }))["controllerName"]!);
    }

    [Fact]
    public async Task CuesThatFireTogetherAreDoneOneAfterTheOther()
    {
        var scene = await Scene.Arrange(app);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        var poll = await Poll(crew.Studio, scene);
        await crew.Do(new { take = true });
        var first = await crew.Announces("First");
        var open = Guid.CreateVersion7();
        await crew.Do(new { save = new { id = open, kind = "OPEN_POLL", anchor = "CUE", after = first, poll } });
        var then = await crew.Announces("Vote now", after: first);
        await crew.Do(new { autopilot = true });
        await crew.Do(new { fire = first });
        await crew.Until(open, "DONE");
        await crew.Until(then, "DONE");
        await using var db = app.OpenDb();
        var opened = (await db.Set<Poll>().SingleAsync(p => p.Id == poll, Cancellation)).OpenedAt;
        var said = await db.Set<Announcement>().SingleAsync(a => a.EventId == scene.Event.Id && a.Text == "Vote now", Cancellation);
        Assert.True(opened <= said.At, $"said at {said.At:O}, opened at {opened:O}");
    }

    [Fact]
    public async Task AFiringThatIsDoneAgainAfterALossDoesNotOpenAPollThatWasClosedSince()
    {
        var scene = await Scene.Arrange(app);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        var poll = await Poll(crew.Studio, scene);
        await crew.Do(new { take = true });
        var open = Guid.CreateVersion7();
        await crew.Do(new { save = new { id = open, kind = "OPEN_POLL", anchor = "HAND", poll } });
        await crew.Do(new { fire = open });
        await crew.Until(open, "DONE");
        await crew.Studio.Graph("mutation($id: ID!) { closePoll(id: $id) { id } }", new { id = poll });
        // As a process leaves it that dies before it could keep that it was done.
        await using (var db = app.OpenDb())
            await db.Set<Cue>().Where(c => c.Id == open).ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CueState.Firing), Cancellation);
        await crew.Announces("Something else"); // has the show look
        await crew.Until(open, "DONE");
        await using var look = app.OpenDb();
        Assert.Equal(PollState.Closed, (await look.Set<Poll>().SingleAsync(p => p.Id == poll, Cancellation)).State);
    }

    [Fact]
    public async Task TheClockOfAnEventThatIsOverIsNotWoundUp()
    {
        var scene = await Scene.Arrange(app);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        await crew.Do(new { take = true });
        await crew.Do(new { autopilot = true });
        await crew.Announces("Tomorrow", at: TimeProvider.System.GetUtcNow().AddDays(1));
        var store = app.Services.GetRequiredService<ShowStore>();
        Assert.Contains(scene.Event.Id, await store.Awake(Cancellation));
        await using (var db = app.OpenDb())
            await db.Set<Event>().Where(e => e.Id == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Ended), Cancellation);
        Assert.DoesNotContain(scene.Event.Id, await store.Awake(Cancellation));
    }

    [Fact]
    public async Task CuesDirectTheStageBringPeopleAndBeginAParty()
    {
        var scene = await Scene.Arrange(app);
        var floor = await scene.Floor();
        var now = TimeProvider.System.GetUtcNow();
        var session = Session(scene, now.AddMinutes(-1), 30);
        await scene.Save(session);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        await using var ann = await scene.Enter(await scene.Attendee("Ann"), room: floor);
        await crew.Do(new { take = true });
        async Task Fire(object cue)
        {
            var id = Guid.Parse((string)JsonSerializer.SerializeToNode(cue)!["id"]!);
            await crew.Do(new { save = cue });
            await crew.Do(new { fire = id });
            await crew.Until(id, "DONE");
        }

        await Fire(new { id = Guid.CreateVersion7(), kind = "INTERMISSION", anchor = "HAND", room = scene.Stage.Id, minutes = 10, text = "Coffee" });
        Assert.Equal(("break", "Coffee"), ((await Plan(scene)).Card!.Kind, (await Plan(scene)).Card!.Title));
        await Fire(new { id = Guid.CreateVersion7(), kind = "START_SESSION", anchor = "HAND", session = session.Id });
        Assert.Null((await Plan(scene)).Card);
        Assert.Equal("S", (await Plan(scene)).Timer!.Label);
        await Fire(new { id = Guid.CreateVersion7(), kind = "END_SESSION", anchor = "HAND", session = session.Id });
        Assert.Equal("ended", (await Plan(scene)).Card!.Kind);
        await Fire(new { id = Guid.CreateVersion7(), kind = "OPEN_STAGE", anchor = "HAND", room = scene.Stage.Id });
        Assert.Null((await Plan(scene)).Card);
        await Fire(new { id = Guid.CreateVersion7(), kind = "DOORS_OPEN", anchor = "HAND" });
        Assert.Equal("starting", (await Plan(scene)).Card!.Kind);
        await Fire(new { id = Guid.CreateVersion7(), kind = "MOVE", anchor = "HAND", room = scene.Stage.Id, from = floor.Id, seconds = 30 });
        await ann.Until(() => Notices(ann)?.Move is { Slug: "stage" }, "the way to the stage");
        await Fire(new { id = Guid.CreateVersion7(), kind = "START_PARTY", anchor = "HAND", room = floor.Id, rounds = 3 });
        var party = (await crew.Studio.Graph("query($room: ID!) { partyOf(room: $room) { id } }", new { room = floor.Id }))["partyOf"];
        Assert.NotNull(party);
    }

    [Fact]
    public async Task TheAgendaSuggestsCuesOnce()
    {
        var scene = await Scene.Arrange(app);
        var floor = await scene.Floor();
        var now = TimeProvider.System.GetUtcNow();
        var later = Session(scene, now.AddHours(2), 30);
        later.RoomId = floor.Id;
        await scene.Save(Session(scene, now.AddHours(1), 45), later);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        await Poll(crew.Studio, scene);
        var show = await crew.Do(new { draft = true });
        string[] kinds = ["DOORS_OPEN", "START_SESSION", "OPEN_POLL", "END_SESSION", "MOVE", "START_SESSION", "END_SESSION", "DOORS_CLOSE"];
        Assert.Equal(kinds, show["cues"]!.AsArray().Select(c => (string)c!["kind"]!));
        Assert.Equal(kinds.Length, (await crew.Do(new { draft = true }))["cues"]!.AsArray().Count);
        Assert.False((bool)show["autopilot"]!); // a draft fires nothing
    }

    [Fact]
    public async Task OnlyTheCrewSeesAndRunsIt()
    {
        var scene = await Scene.Arrange(app);
        var other = await Scene.Arrange(app);
        (Controls Who, string Code)[] people =
        [
            (new(app.Url, scene, null), "sign-in-required"),
            (new(app.Url, scene, await scene.Attendee()), "not-found"),
            (new(app.Url, scene, await scene.Stranger()), "not-found"),
            (new(app.Url, scene, await scene.Granted(EventRole.Speaker)), "not-found"),
            (new(app.Url, scene, await scene.Granted(EventRole.Moderator)), "not-found"),
            // A forwarded personal link carries no role of the crew.
            (new(app.Url, scene, await scene.Granted(EventRole.Organizer), onlyEvent: scene.Event.Id), "sign-in-required"),
        ];
        const string Announcements = "query($event: ID!) { announcements(event: $event) { id } }";
        foreach (var (who, code) in people)
        {
            Assert.Equal(code, await who.RefusedToSee());
            Assert.Equal(code, await who.Refused(new { take = true }));
            Assert.Equal(code, await who.Refused(new { save = new { id = Guid.CreateVersion7(), kind = "ANNOUNCE", anchor = "HAND", text = "x" } }));
            who.Dispose();
        }
        using var attendee = new Studio(app.Url, scene, await scene.Attendee());
        Assert.Equal("forbidden", await attendee.Refused(Announcements, new { @event = scene.Event.Id }));
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        Assert.Equal("not-found", await crew.Refused(new { take = true }, other.Event.Id));
        Assert.Empty((await crew.Studio.Graph(Announcements, new { @event = scene.Event.Id }))["announcements"]!.AsArray());
    }

    [Fact]
    public async Task WhatCannotBeIsRefusedAndNothingIsLost()
    {
        var scene = await Scene.Arrange(app);
        var other = await Scene.Arrange(app);
        using var crew = new Controls(app.Url, scene, await scene.Granted(EventRole.Organizer));
        using var elsewhere = new Studio(app.Url, other, await other.Granted(EventRole.Organizer));
        var foreign = await Poll(elsewhere, other);
        var kept = await crew.Announces("Kept");
        var waits = await crew.Announces("Waits", after: kept);
        static Guid New() => Guid.CreateVersion7();
        object[] cues =
        [
            new { id = New(), kind = "ANNOUNCE", anchor = "HAND" }, // no words
            new { id = New(), kind = "ANNOUNCE", anchor = "HAND", text = new string('x', 281) },
            new { id = New(), kind = "ANNOUNCE", anchor = "HAND", text = "x", minutes = 0 },
            new { id = New(), kind = "ANNOUNCE", anchor = "HAND", text = "x", room = other.Stage.Id },
            new { id = New(), kind = "ANNOUNCE", anchor = "HAND", text = "x", room = scene.Backstage.Id },
            new { id = New(), kind = "ANNOUNCE", anchor = "TIME", text = "x" }, // when?
            new { id = New(), kind = "ANNOUNCE", anchor = "SESSION_START", text = "x" }, // of which?
            new { id = New(), kind = "ANNOUNCE", anchor = "SESSION_END", text = "x", session = New() },
            new { id = New(), kind = "ANNOUNCE", anchor = "CUE", text = "x", after = New() },
            new { id = New(), kind = "ANNOUNCE", anchor = "CUE", text = "x", after = kept, offsetSeconds = -1 },
            new { id = New(), kind = "ANNOUNCE", anchor = "CUE", text = "x", after = kept, offsetSeconds = 90_000 },
            new { id = New(), kind = "ANNOUNCE", anchor = "HAND", text = "x", title = new string('x', 121) },
            new { id = kept, kind = "ANNOUNCE", anchor = "CUE", text = "x", after = waits }, // a circle
            new { id = New(), kind = "OPEN_POLL", anchor = "HAND" },
            new { id = New(), kind = "OPEN_POLL", anchor = "HAND", poll = foreign },
            new { id = New(), kind = "MOVE", anchor = "HAND", room = scene.Stage.Id, from = scene.Stage.Id },
            new { id = New(), kind = "MOVE", anchor = "HAND", room = scene.Stage.Id, seconds = 601 },
            new { id = New(), kind = "PLAY_VIDEO", anchor = "HAND", room = scene.Stage.Id, clip = New() },
            new { id = New(), kind = "START_SESSION", anchor = "HAND" },
            new { id = New(), kind = "START_PARTY", anchor = "HAND", room = scene.Stage.Id, rounds = 11 },
            new { id = "x", kind = "ANNOUNCE", anchor = "HAND", text = "x" },
        ];
        foreach (var cue in cues) Assert.Equal("invalid-input", await crew.Refused(new { save = cue }));
        Assert.Equal("invalid-input", await crew.Refused(new { }));
        Assert.Equal("invalid-input", await crew.Refused(new { take = true, ask = true }));
        Assert.Equal("cue-awaited", await crew.Refused(new { remove = kept }));
        Assert.Equal("not-found", await crew.Refused(new { remove = New() }));
        Assert.Equal([kept.ToString(), waits.ToString()], (await crew.See())["cues"]!.AsArray().Select(c => (string)c!["id"]!));
        await crew.Do(new { take = true });
        await using (var db = app.OpenDb())
            await db.Set<Event>().Where(e => e.Id == scene.Event.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, EventStatus.Ended), Cancellation);
        Assert.Equal("event-over", await crew.Refused(new { fire = kept }));
    }

    private async Task<List<(DateTimeOffset, DateTimeOffset)>> Times(Scene scene)
    {
        await using var db = app.OpenDb();
        return [.. (await db.Set<Session>().Where(s => s.EventId == scene.Event.Id).OrderBy(s => s.StartsAt).ToListAsync(Cancellation)).Select(s => (s.StartsAt, s.EndsAt))];
    }

    private async Task<StagePlanDocument> Plan(Scene scene)
    {
        await using var db = app.OpenDb();
        return (await db.Set<StagePlan>().SingleAsync(p => p.RoomId == scene.Stage.Id, Cancellation)).Read();
    }

    private static Session Session(Scene scene, DateTimeOffset from, int minutes) =>
        new() { EventId = scene.Event.Id, RoomId = scene.Stage.Id, Title = "S", StartsAt = from, EndsAt = from.AddMinutes(minutes) };

    private static async Task<Guid> Poll(Studio staff, Scene scene)
    {
        var id = Guid.CreateVersion7();
        await staff.Graph(Voter.Save, new { room = scene.Stage.Id, id, input = new { question = "Who should pay?", kind = "SINGLE", options = new[] { "We", "They" } } });
        return id;
    }

    private static RoomNotices? Notices(LiveClient client)
    {
        var told = client.Told.LastOrDefault(t => t.About == RoomNotices.About);
        return told is null ? null : JsonSerializer.Deserialize<RoomNotices>(told.Data, JsonSerializerOptions.Web);
    }

    public sealed class OnSqlite(SqliteApp app) : ShowFacts(app);

    public sealed class OnPostgres(PostgresApp app) : ShowFacts(app);
}
