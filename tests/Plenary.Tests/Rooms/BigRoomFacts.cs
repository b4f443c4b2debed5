using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Events;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What people rely on in a room of thousands, where nobody could read everything.</summary>
public abstract class BigRoomFacts(App app)
{
    private const int Elsewhere = 5_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OfAChatTooFastToReadASampleIsShownAndNobodyMissesWhatConcernsThem()
    {
        var scene = await Scene.Arrange(app);
        var (ann, bob) = (await scene.Attendee("Ann"), await scene.Attendee("Bob Below"));
        await using var tab = await scene.Enter(ann);
        await using var otherTab = await scene.Enter(ann, json: true);
        await using var mentioned = await scene.Enter(bob);
        await using var moderator = await scene.Enter(await scene.Granted(EventRole.Moderator));
        await using var reader = await scene.Enter(await scene.Attendee("Rita"));
        await using var away = await scene.Enter(await scene.Attendee("Ada Away"));
        LiveClient[] here = [tab, otherTab, mentioned, moderator, reader];
        await scene.Elsewhere(app, Elsewhere);
        foreach (var client in here.Append(away)) await client.Until(() => client.Present > Elsewhere, "thousands elsewhere");
        await away.Drop();

        var noise = Noise(scene, 300, n => n switch { 100 => "What does @bob below think?", 200 => "@Ada Away: come back", _ => $"noise {n}" });
        var mine = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => tab.Post($"mine {n}")));
        var staff = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => moderator.Post($"staff {n}")));
        await noise;
        var last = (await moderator.Post("the last")).Seq;

        Assert.Equal(311, last);
        await using (var db = app.OpenDb()) Assert.Equal(last, await db.Set<RoomEntry>().CountAsync(e => e.RoomId == scene.Stage.Id, Cancellation));
        foreach (var client in here)
        {
            await client.Until(() => client.Seq == last && client.Log.Length + client.Left == last, "all that was written, or how much was left out");
            Assert.InRange(client.Left, 150, 310);
            Assert.Empty(staff.Select(p => p.Seq).Except(client.Log.Select(e => e.Seq)));
            Assert.Equal(client.Log.Select(e => e.Seq).Order(), client.Log.Select(e => e.Seq));
        }
        foreach (var own in new[] { tab, otherTab })
        {
            await own.Until(() => mine.All(p => own.Log.Any(e => e.Seq == p.Seq)), "what Ann wrote");
            Assert.All(own.Concerning, e => Assert.Equal(ann.Id, e.Person));
        }
        await mentioned.Until(() => mentioned.Log.Any(e => e.Text!.Contains("@bob below", StringComparison.Ordinal)), "the mention of Bob");
        Assert.All(mentioned.Concerning, e => Assert.Contains("@bob below", e.Text, StringComparison.Ordinal));
        Assert.Empty(reader.Concerning);
        // Everybody sees the same conversation, apart from what concerns them.
        var shared = reader.Log.Select(e => e.Seq).ToHashSet();
        Assert.Empty(shared.Except(tab.Log.Select(e => e.Seq)));
        Assert.Empty(shared.Except(mentioned.Log.Select(e => e.Seq)));

        // Who was away is told what was shown, and what concerned them.
        await away.Start();
        var back = await away.Join(scene.Stage.Id);
        Assert.True(back.Replayed);
        Assert.Equal(last, back.Entries.Count + back.Left!.Value);
        Assert.Equal(shared.Order(), back.Entries.Where(e => e.Text != "@Ada Away: come back").Select(e => e.Seq).Union(shared).Order());
        Assert.Single(back.Entries, e => e.Text == "@Ada Away: come back");
        var annBack = await tab.Hub.InvokeAsync<Joined>("Join", new JoinRequest(scene.Stage.Id.ToString(), 0), Cancellation);
        Assert.Empty(mine.Select(p => p.Seq).Except(annBack.Entries.Select(e => e.Seq)));
        // Who is new sees the latest of what was shown.
        await using var newcomer = await scene.Connect(await scene.Attendee());
        var snapshot = await newcomer.Join(scene.Stage.Id);
        Assert.Null(snapshot.Left);
        Assert.Equal(reader.Log.TakeLast(RoomAnswers.Snapshot).Select(e => e.Seq), snapshot.Entries.Select(e => e.Seq));
    }

    [Fact]
    public async Task TheCrowdIsToldItsNumberWithoutAFrameForEachWhoComes()
    {
        var scene = await Scene.Arrange(app);
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await scene.Elsewhere(app, Elsewhere);
        await ann.Until(() => ann.Present == Elsewhere + 1, "thousands elsewhere");
        var frames = 0;
        ann.Hub.On<Frame>("Frame", _ => Interlocked.Increment(ref frames));
        var started = TimeProvider.System.GetTimestamp();

        var others = await Task.WhenAll((await scene.Attendees(30)).Select(p => scene.Enter(p)));
        Assert.Equal(Elsewhere + 31, (await others[0].Join(scene.Stage.Id)).Present);
        await ann.Until(() => ann.Present == Elsewhere + 31, "thirty more");

        Assert.InRange(Volatile.Read(ref frames), 0, 2 + (int)TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        foreach (var other in others) await other.DisposeAsync();
    }

    [Fact]
    public async Task APostIsAcknowledgedWhenItIsDurableAndDoesNotWaitForTheTick()
    {
        var scene = await Scene.Arrange(app);
        await using var ann = await scene.Enter(await scene.Attendee("Ann"));
        await scene.Elsewhere(app, 50_000);
        await ann.Until(() => ann.Present > 50_000, "fifty thousand elsewhere");

        var posts = new List<Posted>();
        for (var n = 0; n < 10; n++) posts.Add(await ann.Post($"{n}"));

        await ann.Reaches(10);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), posts.Select(p => p.Seq));
        Assert.InRange(ann.FramesWithEntries, 1, 9);
    }

    /// <summary>Posts of as many people, as another process hands them over.</summary>
    private async Task Noise(Scene scene, int posts, Func<int, string> text)
    {
        var rooms = app.Services.GetRequiredService<LiveRooms>();
        var kept = await Task.WhenAll(Enumerable.Range(0, posts).Select(n =>
            rooms.Append(scene.Stage.Id, new(Guid.CreateVersion7(), EntryKind.Chat, Guid.CreateVersion7(), "Somebody", "attendee", text(n), null))));
        Assert.Equal(posts, kept.Select(k => k.Seq).Distinct().Count());
    }
}

public sealed class BigRoomFactsOnSqlite(SqliteApp app) : BigRoomFacts(app);

public sealed class BigRoomFactsOnPostgres(PostgresApp app) : BigRoomFacts(app);
