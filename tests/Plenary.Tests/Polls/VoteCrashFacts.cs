using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Events;
using Plenary.Polls;
using Plenary.Questions;
using Plenary.Tests.Rooms;
using Plenary.Tests.Stage;
using Plenary.Tests.Support;

namespace Plenary.Tests.Polls;

/// <summary>What is counted when the server is killed: in the middle of votes, and right after the last was acknowledged.</summary>
[Trait("Speed", "Slow")]
public abstract class VoteCrashFacts
{
    private const int People = 12;
    private const int ChangesEach = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<string?> NewDatabase();

    [Fact]
    public async Task WhatWasAcknowledgedCountsOnceWheneverTheServerIsKilled()
    {
        await using var server = await ServerProcess.StartAsync(await NewDatabase());
        var scene = await Scene.Arrange(server.OpenDb, server.Url, server.Keys);
        using var staff = new Studio(server.Url, scene, await scene.Granted(EventRole.Producer));
        var room = scene.Stage.Id;
        var (named, anonymous, question) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var poll in new[] { named, anonymous })
        {
            await staff.Graph(Voter.Save, new { room, id = poll, input = new { question = "Which?", kind = "SINGLE", options = new[] { "A", "B", "C" }, anonymous = poll == anonymous } });
            await staff.Graph(Voter.Open, new { id = poll });
        }
        await staff.Graph("mutation($room: ID!, $id: ID!) { askQuestion(room: $room, id: $id, text: \"Why?\") { id } }", new { room, id = question });
        var clients = new List<LiveClient>();
        foreach (var person in await scene.Attendees(People)) clients.Add((await scene.Enter(person, json: clients.Count % 3 == 0)).ComesBack());

        // Killed while everybody changes their mind again and again; whatever was on its way is said again.
        var acknowledged = 0;
        var midst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var latest = new int[People];
        var voting = clients.Select((client, who) => Task.Run(async () =>
        {
            for (var n = 0; n < ChangesEach; n++)
            {
                latest[who] = (who + n) % 3;
                await client.ActUntilDone("vote", new { poll = named, picks = new[] { latest[who] } });
                await client.ActUntilDone("upvote", new { question, on = n % 2 == 0 || who % 2 == 0 });
                if (n == 1) await client.ActUntilDone("vote", new { poll = anonymous, picks = new[] { who % 3 } });
                if (Interlocked.Increment(ref acknowledged) == People * ChangesEach / 3) midst.TrySetResult();
            }
        }, Cancellation)).ToList();
        await midst.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await server.Kill();
        await server.StartAgain();
        await Task.WhenAll(voting).WaitAsync(TimeSpan.FromSeconds(90), Cancellation);

        // Killed at once after the last acknowledgement: nothing was waiting to be written.
        await server.Kill();
        foreach (var client in clients) await client.DisposeAsync();
        await using var db = server.OpenDb();
        var votes = await db.Set<PollVote>().Where(v => v.PollId == named).Select(v => v.Choice).ToListAsync(Cancellation);
        Assert.Equal(latest.Select(pick => $"[{pick}]").Order(), votes.Order());
        Assert.Equal((Sums(latest), People), await Tally(db, named));
        Assert.Equal((Sums(Enumerable.Range(0, People).Select(who => who % 3)), People), await Tally(db, anonymous));
        Assert.Equal(People, await db.Set<PollVoter>().CountAsync(v => v.PollId == anonymous, Cancellation));
        // The last change of every second person was to take the vote back.
        Assert.Equal(People / 2, await db.Set<QuestionVote>().CountAsync(v => v.QuestionId == question, Cancellation));
        Assert.Equal(People / 2, await db.Set<Question>().Where(q => q.Id == question).Select(q => q.Votes).SingleAsync(Cancellation));
    }

    private static string Sums(IEnumerable<int> picks) => string.Join(' ', Enumerable.Range(0, 3).Select(option => picks.Count(pick => pick == option)));

    private static async Task<(string Sums, int Voters)> Tally(Plenary.Platform.Database.Db db, Guid id)
    {
        var poll = await db.Set<Poll>().AsNoTracking().SingleAsync(p => p.Id == id, Cancellation);
        var counts = JsonSerializer.Deserialize<Dictionary<string, int>>(poll.Counts)!;
        return (string.Join(' ', Enumerable.Range(0, 3).Select(option => counts.GetValueOrDefault($"{option}"))), poll.Voters);
    }
}

public sealed class VoteCrashFactsOnSqlite : VoteCrashFacts
{
    protected override Task<string?> NewDatabase() => Task.FromResult<string?>(null);
}

public sealed class VoteCrashFactsOnPostgres(PostgresApp app) : VoteCrashFacts
{
    protected override async Task<string?> NewDatabase()
    {
        Assert.SkipWhen(app.Missing is not null, app.Missing ?? "");
        return await app.CreateDatabaseAsync();
    }
}
