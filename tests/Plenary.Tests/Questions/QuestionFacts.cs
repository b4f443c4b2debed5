using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Questions;
using Plenary.Rooms;
using Plenary.Stage;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Questions;

/// <summary>Questions of a room: who may do what, how votes count, and what is told and kept of them.</summary>
public abstract class QuestionFacts(App app)
{
    private const string Ask = "mutation($room: ID!, $id: ID!, $text: String!, $anonymous: Boolean, $second: Int) { askQuestion(room: $room, id: $id, text: $text, anonymous: $anonymous, replaySecond: $second) { id state name } }";
    private const string Read = "query($room: ID!) { questions(room: $room) { staff speaks moderated held own voted questions { id text name person state votes merged place answer answeredBy replaySecond liveAt } } }";
    private const string OrderThem = "mutation($room: ID!, $ids: [ID!]!) { orderQuestions(room: $room, ids: $ids) }";
    private const string SetThem = "mutation($room: ID!, $moderated: Boolean!, $closed: Boolean!) { setQuestions(room: $room, moderated: $moderated, closed: $closed) }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SomebodyAsksAnotherVotesAndTheStaffAnswers()
    {
        var scene = await Scene.Arrange(app);
        var (annPerson, benPerson) = (await scene.Attendee("Ann"), await scene.Attendee("Ben"));
        using var ann = new Studio(app.Url, scene, annPerson);
        await using var ben = await scene.Enter(benPerson);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Moderator));
        var id = Guid.CreateVersion7();
        await ann.Graph(Ask, new { room = scene.Stage.Id, id, text = "Who gets in\nfirst?", second = 61 });
        await ann.Graph(Ask, new { room = scene.Stage.Id, id, text = "Who gets in\nfirst?", second = 61 }); // sent again it is the same
        await ben.Until(() => Told(ben, id) is { Text: "Who gets in first?", Name: "Ann", ReplaySecond: 61 }, "the question");
        await Upvote(ben, id);
        await Upvote(ben, id);
        Assert.Equal(1, await Votes(id));
        await ben.Until(() => TellsVotes(ben, id, 1), "the vote");
        await Upvote(ben, id, on: false);
        Assert.Equal(0, await Votes(id));
        await Upvote(ben, id);
        await using var annLive = await scene.Enter(annPerson);
        Assert.Contains("own-question", (await Assert.ThrowsAnyAsync<Microsoft.AspNetCore.SignalR.HubException>(() => Upvote(annLive, id))).Message, StringComparison.Ordinal);
        var mine = (await ann.Graph(Read, new { room = scene.Stage.Id }))["questions"]!;
        Assert.Equal(id.ToString(), (string)mine["own"]!.AsArray().Single()!);

        Assert.Equal("forbidden", await ann.Refused(About("answerQuestion", ", text: \"Me\""), new { room = scene.Stage.Id, id }));
        await staff.Graph(About("answerQuestion", ", text: \"Whoever came first\""), new { room = scene.Stage.Id, id });
        await ben.Until(() => Told(ben, id) is { State: QuestionState.Answered, Answer: "Whoever came first", AnsweredBy: "A Moderator", Votes: 1 }, "the answer");
        Assert.Contains("question-settled", (await Assert.ThrowsAnyAsync<Microsoft.AspNetCore.SignalR.HubException>(() => Upvote(ben, id))).Message, StringComparison.Ordinal);
        using var stranger = new Studio(app.Url, scene, await scene.Stranger());
        Assert.Equal("not-found", await stranger.Refused(Read, new { room = scene.Stage.Id }));
        Assert.Equal("not-found", await stranger.Refused(Ask, new { room = scene.Stage.Id, id = Guid.CreateVersion7(), text = "In?" }));
    }

    [Fact]
    public async Task WhoAsksAnonymouslyIsNowhereButCanTakeItBackAndNotAskWithoutEnd()
    {
        var scene = await Scene.Arrange(app);
        var annPerson = await scene.Attendee("Ann Author");
        using var ann = new Studio(app.Url, scene, annPerson);
        using var ben = new Studio(app.Url, scene, await scene.Attendee("Ben"));
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Organizer));
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids) Assert.Null((await ann.Graph(Ask, new { room = scene.Stage.Id, id, text = $"Secret {id}", anonymous = true }))["askQuestion"]!["name"]);
        Assert.Contains(await ann.Refused(Ask, new { room = scene.Stage.Id, id = Guid.CreateVersion7(), text = "More", anonymous = true }), new[] { "too-many-requests", "too-many-questions" });
        var seen = (await staff.Graph(Read, new { room = scene.Stage.Id })).ToJsonString();
        Assert.DoesNotContain("Author", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(annPerson.Id.ToString(), seen, StringComparison.Ordinal);
        await using (var db = app.OpenDb())
        {
            var rows = await db.Set<Question>().AsNoTracking().Where(q => ids.Contains(q.Id)).ToListAsync(Cancellation);
            Assert.All(rows, row => Assert.Equal((null, ""), (row.PersonId, row.Name)));
            Assert.Equal(4, rows.Select(row => Convert.ToHexString(row.Author!)).Distinct().Count()); // two of one author do not look alike
            Assert.False(await db.Set<QuestionVote>().AnyAsync(v => ids.Contains(v.QuestionId), Cancellation));
        }
        Assert.Equal("forbidden", await ben.Refused("mutation($room: ID!, $id: ID!) { withdrawQuestion(room: $room, id: $id) }", new { room = scene.Stage.Id, id = ids[0] }));
        await ann.Graph("mutation($room: ID!, $id: ID!) { withdrawQuestion(room: $room, id: $id) }", new { room = scene.Stage.Id, id = ids[0] });
        Assert.Equal(3, (await ben.Graph(Read, new { room = scene.Stage.Id }))["questions"]!["questions"]!.AsArray().Count);
    }

    [Fact]
    public async Task TheStaffLetsInMergesOrdersAndBringsOnStage()
    {
        var scene = await Scene.Arrange(app);
        var room = scene.Stage.Id;
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Moderator));
        using var speaker = new Studio(app.Url, scene, await scene.Granted(EventRole.Speaker));
        var (annPerson, benPerson, cyPerson) = (await scene.Attendee("Ann"), await scene.Attendee("Ben"), await scene.Attendee("Cy"));
        using var ann = new Studio(app.Url, scene, annPerson);
        using var ben = new Studio(app.Url, scene, benPerson);
        await using var cy = await scene.Enter(cyPerson);
        await staff.Graph(SetThem, new { room, moderated = true, closed = false });
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.Equal("HELD", (string)(await ann.Graph(Ask, new { room, id = one, text = "First?" }))["askQuestion"]!["state"]!);
        await ben.Graph(Ask, new { room, id = two, text = "What was first?" });
        Assert.Empty((await speaker.Graph(Read, new { room }))["questions"]!["questions"]!.AsArray());
        Assert.Single((await ann.Graph(Read, new { room }))["questions"]!["questions"]!.AsArray()); // their own
        Assert.Equal(2, (int)(await staff.Graph(Read, new { room }))["questions"]!["held"]!);
        await Assert.ThrowsAnyAsync<Microsoft.AspNetCore.SignalR.HubException>(() => Upvote(cy, one));
        foreach (var id in new[] { one, two }) await staff.Graph(About("admitQuestion"), new { room, id });
        await Upvote(cy, one);
        await Upvote(cy, two);
        // Ben asked the second, Cy voted for both: two people want to know the first.
        Assert.Equal(2, (int)(await staff.Graph("mutation($room: ID!, $id: ID!, $into: ID!) { mergeQuestion(room: $room, id: $id, into: $into) { votes } }", new { room, id = two, into = one }))["mergeQuestion"]!["votes"]!);
        await Upvote(cy, two, on: false); // counts where it went
        Assert.Equal(1, await Votes(one));
        await cy.Until(() => cy.Told.Where(t => t.About == QuestionsNow.About).Any(t => QuestionsNow.Read(t.Data).Gone.Contains(two)), "one question less");
        await speaker.Graph(OrderThem, new { room, ids = new[] { one } });
        Assert.Equal(1, (int)(await ann.Graph(Read, new { room }))["questions"]!["questions"]![0]!["place"]!);
        await speaker.Graph(About("stageQuestion"), new { room, id = one });
        await cy.Until(() => Told(cy, one) is { State: QuestionState.Live, LiveAt: not null }, "the question on stage");
        await speaker.Graph(About("answerQuestion"), new { room, id = one });
        await cy.Until(() => Told(cy, one) is { State: QuestionState.Answered, Answer: null }, "its answer");
        await staff.Graph(SetThem, new { room, moderated = false, closed = true });
        Assert.Equal("questions-closed", await ann.Refused(Ask, new { room, id = Guid.CreateVersion7(), text = "Late?" }));
    }

    [Fact]
    public async Task AReplayIsAskedAboutAtItsMoment()
    {
        var scene = await Scene.Arrange(app);
        var room = scene.Stage.Id;
        var began = TimeProvider.System.GetUtcNow();
        var replay = new Broadcast { EventId = scene.Event.Id, RoomId = room, PersonId = Guid.CreateVersion7(), SpeakerName = "Amara", Title = "Talk", State = BroadcastState.Ended, StartedAt = began, LiveAt = began, EndedAt = began, ReplayKey = $"{Guid.CreateVersion7():N}" };
        await scene.Save(replay);
        using var ann = new Studio(app.Url, scene, await scene.Attendee("Ann"));
        const string AskAbout = "mutation($room: ID!, $id: ID!, $replay: ID, $second: Int) { askQuestion(room: $room, id: $id, text: \"Had it a replica?\", replay: $replay, replaySecond: $second) { replay replaySecond } }";
        var asked = (await ann.Graph(AskAbout, new { room, id = Guid.CreateVersion7(), replay = replay.Id, second = 1220 }))["askQuestion"]!;
        Assert.Equal((replay.Id.ToString(), 1220), ((string?)asked["replay"], (int)asked["replaySecond"]!));
        Assert.Equal("not-found", await ann.Refused(AskAbout, new { room, id = Guid.CreateVersion7(), replay = Guid.CreateVersion7(), second = 1 }));
        Assert.Equal("invalid-input", await ann.Refused(AskAbout, new { room, id = Guid.CreateVersion7(), replay = replay.Id, second = -1 }));
        // The replay goes, the question stays.
        await using (var db = app.OpenDb()) await db.Set<Broadcast>().Where(b => b.Id == replay.Id).ExecuteDeleteAsync(Cancellation);
        await using (var db = app.OpenDb()) Assert.Null((await db.Set<Question>().SingleAsync(q => q.RoomId == room, Cancellation)).ReplayId);
    }

    [Fact]
    public async Task WhateverTheOrderOfVotesMergesAndRetractionsEachPersonCountsOnce()
    {
        var scene = await Scene.Arrange(app);
        var room = scene.Stage.Id;
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Organizer));
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids) await staff.Graph(Ask, new { room, id, text = $"Question {id}", anonymous = true });
        var clients = new List<LiveClient>();
        foreach (var person in await scene.Attendees(8)) clients.Add(await scene.Enter(person));
        try
        {
            var random = new Random(7);
            var latest = new ConcurrentDictionary<(LiveClient Who, Guid Question), bool>();
            var merging = Task.Run(async () =>
            {
                await Task.Yield();
                await staff.Graph("mutation($room: ID!, $id: ID!, $into: ID!) { mergeQuestion(room: $room, id: $id, into: $into) { votes } }", new { room, id = ids[3], into = ids[0] });
            }, Cancellation);
            await Task.WhenAll(clients.Select(async client =>
            {
                for (var n = 0; n < 10; n++)
                {
                    Guid id;
                    bool on;
                    lock (random) (id, on) = (ids[random.Next(ids.Length)], random.Next(3) > 0);
                    await Upvote(client, id, on);
                    latest[(client, id)] = on;
                }
            }));
            await merging;
            // What nobody merged has exactly those votes that were not taken back.
            foreach (var id in ids[1..3]) Assert.Equal(latest.Count(said => said.Key.Question == id && said.Value), await Votes(id));
            await using var db = app.OpenDb();
            foreach (var id in ids[..3])
                Assert.Equal(await db.Set<QuestionVote>().CountAsync(v => v.QuestionId == id, Cancellation), await Votes(id));
            Assert.False(await db.Set<QuestionVote>().AnyAsync(v => v.QuestionId == ids[3], Cancellation));
            var shown = (await staff.Graph(Read, new { room }))["questions"]!["questions"]!.AsArray().ToDictionary(q => (string)q!["id"]!, q => (int)q!["votes"]!);
            foreach (var id in ids[..3]) Assert.Equal(await Votes(id), shown[id.ToString()]);
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    private static string About(string mutation, string more = "") => $"mutation($room: ID!, $id: ID!) {{ {mutation}(room: $room, id: $id{more}) {{ id state }} }}";

    private static Task<Acted> Upvote(LiveClient client, Guid question, bool on = true) =>
        client.Hub.InvokeAsync<Acted>("Act", new ActRequest(client.Room.ToString(), "upvote", JsonSerializer.Serialize(new { question, on }, JsonSerializerOptions.Web)), Cancellation);

    private static QuestionNow? Told(LiveClient client, Guid id) => client.Told.Where(t => t.About == QuestionsNow.About)
        .Select(t => QuestionsNow.Read(t.Data).Questions.SingleOrDefault(q => q.Id == id)).LastOrDefault(q => q is not null);

    private static bool TellsVotes(LiveClient client, Guid id, int votes) => client.Told.Where(t => t.About == QuestionsNow.About).Select(t => QuestionsNow.Read(t.Data))
        .Any(now => now.Votes.GetValueOrDefault(id) == votes || now.Questions.Any(q => q.Id == id && q.Votes == votes));

    private async Task<int> Votes(Guid id)
    {
        await using var db = app.OpenDb();
        return await db.Set<Question>().Where(q => q.Id == id).Select(q => q.Votes).SingleAsync(Cancellation);
    }

    public sealed class OnSqlite(SqliteApp app) : QuestionFacts(app);

    public sealed class OnPostgres(PostgresApp app) : QuestionFacts(app);
}
