using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Platform.Database;
using Plenary.Polls;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Polls;

/// <summary>Polls of a room: who may do what, what is counted, and what is told and kept of it.</summary>
public abstract class PollFacts(App app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APollIsOpenedVotedInChangedAndClosedAndEverybodySeesTheResult()
    {
        var scene = await Scene.Arrange(app);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Moderator));
        var ann = await scene.Attendee("Ann");
        await using var first = await scene.Enter(ann);
        await using var second = await scene.Enter(await scene.Attendee("Ben"), json: true);
        var poll = await Draft(staff, scene, new { question = "What failed first?", kind = "SINGLE", options = new[] { "Network", "People", "DNS" } });
        using var attendee = new Studio(app.Url, scene, ann);
        Assert.Empty(await Polls(attendee, scene)); // a draft is the staff's
        Assert.Contains("poll-closed", await first.RefusedVote(poll, 0), StringComparison.Ordinal);

        await staff.Graph(Voter.Open, new { id = poll });
        await first.Until(() => first.Told(poll)?.State == PollState.Open, "the poll");
        await first.Vote(poll, 0);
        await second.Vote(poll, 2);
        await first.Vote(poll, 1);
        await first.Vote(poll, 1); // the same again counts once
        await second.Until(() => second.Told(poll)?.Voters == 2, "both votes");
        Assert.Null(second.Told(poll)!.Results); // hidden until it is closed
        Assert.Contains("invalid-input", await first.RefusedVote(poll, 3), StringComparison.Ordinal);
        Assert.Contains("invalid-input", await first.RefusedVote(poll, 0, 1), StringComparison.Ordinal);
        var mine = Assert.Single(await Polls(attendee, scene))!;
        Assert.Equal(("[1]", true), ((string?)mine["yours"], (bool)mine["voted"]!));
        Assert.Null(mine["results"]);
        Assert.Equal("0 1 1", Counts(Assert.Single(await Polls(staff, scene))!));

        Assert.Equal("0 1 1", Counts((await staff.Graph(Voter.Close, new { id = poll }))["closePoll"]!));
        await second.Until(() => second.Told(poll) is { State: PollState.Closed, Results: [{ Count: 0 }, { Count: 1 }, { Count: 1 }] }, "the results");
        Assert.Contains("poll-closed", await second.RefusedVote(poll, 0), StringComparison.Ordinal);
        var csv = await staff.Http.GetStringAsync($"/polls/{poll}.csv", Cancellation);
        Assert.Contains("\"Ann\",\"People\"", csv, StringComparison.Ordinal);
        using var denied = await attendee.Http.GetAsync($"/polls/{poll}.csv", Cancellation);
        Assert.Equal(403, (int)denied.StatusCode);
        Assert.Equal("forbidden", await attendee.Refused(Voter.Open, new { id = poll }));
        using var stranger = new Studio(app.Url, scene, await scene.Stranger());
        Assert.Equal("not-found", await stranger.Refused(Voter.Open, new { id = poll }));
        Assert.Equal("not-found", await stranger.Refused(Voter.Read, new { room = scene.Stage.Id }));
    }

    [Fact]
    public async Task EachKindCountsWhatItAsksFor()
    {
        var scene = await Scene.Arrange(app);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Producer));
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await using var ben = await scene.Enter(await scene.Attendee("Ben"));
        var options = new[] { "A", "B", "C" };

        var multiple = await Opened(staff, scene, new { question = "Which?", kind = "MULTIPLE", options, most = 2 });
        await ann.Vote(multiple, 2, 0);
        await ben.Vote(multiple, 0);
        Assert.Contains("invalid-input", await ben.RefusedVote(multiple, 0, 1, 2), StringComparison.Ordinal);
        Assert.Equal("2 0 1", await Closed(staff, multiple));

        var rating = await Opened(staff, scene, new { question = "How good?", kind = "RATING", most = 4 });
        await ann.Vote(rating, 4);
        await ben.Vote(rating, 1);
        await ben.Vote(rating, 4);
        Assert.Contains("invalid-input", await ben.RefusedVote(rating, 5), StringComparison.Ordinal);
        Assert.Equal("0 0 0 2", await Closed(staff, rating));

        var words = await Opened(staff, scene, new { question = "One word?", kind = "WORDS", most = 2 });
        await ann.Say(words, " Hope", "CATS");
        await ben.Say(words, "hope");
        var cloud = (await staff.Graph(Voter.Close, new { id = words }))["closePoll"]!["results"]!.AsArray();
        Assert.Equal("hope 2, cats 1", string.Join(", ", cloud.Select(w => $"{w!["label"]} {w["count"]}")));

        var ranking = await Opened(staff, scene, new { question = "In which order?", kind = "RANKING", options });
        await ann.Vote(ranking, 2, 0, 1); // C 3, A 2, B 1
        await ben.Vote(ranking, 0, 1, 2); // A 3, B 2, C 1
        Assert.Contains("invalid-input", await ben.RefusedVote(ranking, 0, 1), StringComparison.Ordinal);
        Assert.Equal("5 3 4", await Closed(staff, ranking));
    }

    [Fact]
    public async Task AQuizHidesTheRightAnswerUntilItIsClosedAndHasALeaderboard()
    {
        var scene = await Scene.Arrange(app);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Producer));
        var (annPerson, benPerson) = (await scene.Attendee("Ann"), await scene.Attendee("Ben"));
        await using var ann = await scene.Enter(annPerson);
        await using var ben = await scene.Enter(benPerson);
        Assert.Equal("invalid-input", await staff.Refused(Voter.Save, new { room = scene.Stage.Id, id = Guid.CreateVersion7(), input = new { question = "?", kind = "QUIZ", options = new[] { "A", "B" }, right = 0, anonymous = true } }));
        var quiz = await Opened(staff, scene, new { question = "How many?", kind = "QUIZ", options = new[] { "90", "240" }, right = 1, bonusSeconds = 300, series = "Evening" });
        await ann.Until(() => ann.Told(quiz) is { State: PollState.Open, Right: null }, "the question without its answer");
        await ann.Vote(quiz, 1);
        await ben.Vote(quiz, 0);
        using var reader = new Studio(app.Url, scene, benPerson);
        const string Board = "query($room: ID!) { leaderboard(room: $room, series: \"Evening\") { closed players rows { place name points right } } }";
        Assert.Equal(0, (int)(await reader.Graph(Board, new { room = scene.Stage.Id }))["leaderboard"]!["closed"]!);
        await staff.Graph(Voter.Close, new { id = quiz });
        await ben.Until(() => ben.Told(quiz)?.Right == 1, "the right answer");
        var board = (await reader.Graph(Board, new { room = scene.Stage.Id }))["leaderboard"]!;
        Assert.Equal((1, 2), ((int)board["closed"]!, (int)board["players"]!));
        Assert.Equal("1 Ann 1, 2 Ben 0", string.Join(", ", board["rows"]!.AsArray().Select(r => $"{r!["place"]} {r["name"]} {r["right"]}")));
        Assert.InRange((int)board["rows"]![0]!["points"]!, 501, 1000);
    }

    [Fact]
    public async Task FarDownTheLeaderboardOneIsBetweenOnesNeighbours()
    {
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(16);
        var quiz = new Poll { Id = Guid.CreateVersion7(), RoomId = scene.Stage.Id, Kind = PollKind.Quiz, State = PollState.Closed, Question = "?", Options = ["A", "B"], Right = 0, Series = "S", Counts = "{}" };
        await scene.Save([quiz, .. people.Select((person, n) => new PollVote { PollId = quiz.Id, PersonId = person.Id, Choice = "[0]", Points = 1000 - n, At = TimeProvider.System.GetUtcNow() })]);
        const string Board = "query($room: ID!) { leaderboard(room: $room, series: \"S\") { rows { place name you } } }";
        foreach (var (who, further) in new[] { (13, "13 Person 13, 14 Person 14 (you), 15 Person 15"), (15, "15 Person 15, 16 Person 16 (you)"), (10, "11 Person 11 (you), 12 Person 12"), (2, "") })
        {
            using var reader = new Studio(app.Url, scene, people[who]);
            var rows = (await reader.Graph(Board, new { room = scene.Stage.Id }))["leaderboard"]!["rows"]!.AsArray().Select(r => $"{r!["place"]} {r["name"]}{((bool)r["you"]! ? " (you)" : "")}").ToList();
            Assert.Equal(further, string.Join(", ", rows.Skip(10)));
            Assert.Equal(who < 10, rows.Take(10).Any(row => row.EndsWith("(you)", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task NothingThatIsKeptOfAnAnonymousPollTellsWhoChoseWhat()
    {
        var scene = await Scene.Arrange(app);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Producer));
        var people = await scene.Attendees(6);
        var input = new { question = "Are you well?", kind = "SINGLE", options = new[] { "Yes", "No" }, anonymous = true };
        Guid[] polls = [await Opened(staff, scene, input), await Opened(staff, scene, input)];
        // The same people in the same order; what each chose differs, what was chosen in all does not.
        int[][] choices = [[0, 0, 0, 1, 1, 0], [1, 0, 0, 0, 0, 1]];
        foreach (var (person, n) in people.Select((p, n) => (p, n)))
        {
            await using var client = await scene.Enter(person);
            foreach (var (poll, which) in polls.Select((p, w) => (p, w))) await client.Vote(poll, choices[which][n]);
            Assert.Contains("already-voted", await client.RefusedVote(polls[0], 1), StringComparison.Ordinal);
        }
        await using var db = app.OpenDb();
        Assert.Equal(await Kept(db, polls[0]), await Kept(db, polls[1]));
        // And there is no other place: no row of any table holds both a person who voted and what the poll asked for, or a vote.
        Assert.False(await db.Set<PollVote>().AnyAsync(v => polls.Contains(v.PollId), Cancellation));
        Assert.Equal(["PersonId", "PollId"], db.Model.FindEntityType(typeof(PollVoter))!.GetProperties().Select(p => p.Name).Order());
        Assert.Equal("4 2", await Closed(staff, polls[0]));
        var csv = await staff.Http.GetStringAsync($"/polls/{polls[0]}.csv", Cancellation);
        Assert.All(people, person => Assert.DoesNotContain(person.Name, csv, StringComparison.Ordinal));
        using var attendee = new Studio(app.Url, scene, people[0]);
        var mine = (await Polls(attendee, scene)).Single(p => (string)p!["id"]! == polls[0].ToString())!;
        Assert.Equal((null, true), ((string?)mine["yours"], (bool)mine["voted"]!));
    }

    [Fact]
    public async Task WhateverTheOrderOfVotesAndChangesTheTallyIsThatOfTheLatestOfEach()
    {
        var scene = await Scene.Arrange(app);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Producer));
        var clients = new List<LiveClient>();
        foreach (var person in await scene.Attendees(8)) clients.Add(await scene.Enter(person));
        try
        {
            for (var round = 0; round < 3; round++)
            {
                var random = new Random(41 + round);
                var poll = await Opened(staff, scene, new { question = $"Round {round}", kind = round == 1 ? "RANKING" : "MULTIPLE", options = new[] { "A", "B", "C", "D" }, live = true });
                var latest = new int[clients.Count][];
                await Task.WhenAll(clients.Select(async (client, who) =>
                {
                    for (var n = 0; n < 6; n++)
                    {
                        var order = Enumerable.Range(0, 4).ToArray();
                        int[] picks;
                        lock (random)
                        {
                            random.Shuffle(order);
                            picks = round == 1 ? order : order[..random.Next(1, 5)];
                        }
                        await client.Vote(poll, picks);
                        latest[who] = picks;
                    }
                }));
                var expected = Enumerable.Range(0, 4).Select(option => round == 1 ? latest.Sum(picks => 4 - Array.IndexOf(picks, option)) : latest.Count(picks => picks.Contains(option)));
                var wanted = string.Join(' ', expected);
                await clients[0].Until(() => clients[0].Told(poll) is { Voters: 8 } told && string.Join(' ', told.Results!.Select(r => r.Count)) == wanted, "the tally");
                Assert.Equal(wanted, await Closed(staff, poll));
                await using var db = app.OpenDb();
                var rows = await db.Set<PollVote>().Where(v => v.PollId == poll).Select(v => v.Choice).ToListAsync(Cancellation);
                var recounted = new PollTally(round == 1 ? PollKind.Ranking : PollKind.Multiple, "{}");
                foreach (var choice in rows) recounted.Add(choice);
                var kept = new PollTally(PollKind.Multiple, (await db.Set<Poll>().SingleAsync(p => p.Id == poll, Cancellation)).Counts);
                Assert.Equal(recounted.Counts.Where(c => c.Value > 0), kept.Counts.Where(c => c.Value > 0));
            }
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task APollClosesByItself()
    {
        var scene = await Scene.Arrange(app);
        using var staff = new Studio(app.Url, scene, await scene.Granted(EventRole.Producer));
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        var poll = await Opened(staff, scene, new { question = "Quick?", kind = "SINGLE", options = new[] { "A", "B" }, closesAfter = 5 });
        await ann.Vote(poll, 0);
        await ann.Until(() => ann.Told(poll) is { State: PollState.Closed, Results: [{ Count: 1 }, _] }, "its end");
    }

    /// <summary>Everything the database holds about a poll, in the order in which it lies there, without what names the poll.</summary>
    private static async Task<string> Kept(Db db, Guid poll)
    {
        var row = await db.Set<Poll>().AsNoTracking().SingleAsync(p => p.Id == poll, Cancellation);
        var voters = await (db.Database.IsNpgsql()
            ? db.Set<PollVoter>().FromSqlRaw("SELECT * FROM \"PollVoters\" WHERE \"PollId\" = {0} ORDER BY ctid", poll)
            : db.Set<PollVoter>().FromSqlRaw("SELECT * FROM \"PollVoters\" WHERE \"PollId\" = {0} ORDER BY rowid", poll)).AsNoTracking().ToListAsync(Cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{row.Counts} {row.Voters} {string.Join(' ', voters.Select(v => v.PersonId))}");
    }

    private static async Task<Guid> Draft(Studio staff, Scene scene, object input)
    {
        var id = Guid.CreateVersion7();
        await staff.Graph(Voter.Save, new { room = scene.Stage.Id, id, input });
        return id;
    }

    private static async Task<Guid> Opened(Studio staff, Scene scene, object input)
    {
        var id = await Draft(staff, scene, input);
        await staff.Graph(Voter.Open, new { id });
        return id;
    }

    private static async Task<string> Closed(Studio staff, Guid poll) => Counts((await staff.Graph(Voter.Close, new { id = poll }))["closePoll"]!);

    private static async Task<JsonArray> Polls(Studio viewer, Scene scene) => (await viewer.Graph(Voter.Read, new { room = scene.Stage.Id }))["polls"]!["polls"]!.AsArray();

    private static string Counts(JsonNode poll) => string.Join(' ', poll["results"]!.AsArray().Select(r => (int)r!["count"]!));

    public sealed class OnSqlite(SqliteApp app) : PollFacts(app);

    public sealed class OnPostgres(PostgresApp app) : PollFacts(app);
}
