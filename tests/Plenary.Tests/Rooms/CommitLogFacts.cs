using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenary.Platform.Live;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>What rooms keep together is kept as a whole or not at all, and never takes another room's with it.</summary>
public abstract class CommitLogFacts(App app)
{
    [Fact]
    public async Task ABatchThatIsRefusedLeavesNothingAndHurtsNobody()
    {
        var (scene, other) = (await Scene.Arrange(app), await Scene.Arrange(app));
        var log = app.Services.GetRequiredService<CommitLog>();
        // The last entry of the first batch has the id of its first.
        var refused = log.Append([.. Rows(scene, 1, 2, 3, 4, 1)]);
        var kept = Enumerable.Range(0, 5).Select(n => log.Append([.. Rows(other, 3 * n + 1, 3 * n + 2, 3 * n + 3)])).ToList();
        await Assert.ThrowsAnyAsync<Exception>(() => refused);
        await Task.WhenAll(kept);
        Assert.Empty(await Seqs(scene));
        Assert.Equal(Enumerable.Range(1, 15).Select(n => (long)n), await Seqs(other));
    }

    [Fact]
    public async Task TwoWritersOfTheSameNumbersCannotBothKeepThem()
    {
        var scene = await Scene.Arrange(app);
        var log = app.Services.GetRequiredService<CommitLog>();
        var writes = Enumerable.Range(0, 6).Select(_ => log.Append([.. Rows(scene, 1, 2, 3)])).ToList();
        await Task.WhenAll(writes).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.Equal(1, writes.Count(write => write.IsCompletedSuccessfully));
        Assert.Equal([1, 2, 3], await Seqs(scene));
    }

    [Fact]
    public async Task MoreRowsThanAreSentAtOnceAreStillOneBatch()
    {
        var scene = await Scene.Arrange(app);
        var log = app.Services.GetRequiredService<CommitLog>();
        await Assert.ThrowsAnyAsync<Exception>(() => log.Append([.. Rows(scene, [.. Enumerable.Range(1, 1_500), 1_499])]));
        Assert.Empty(await Seqs(scene));
        await log.Append([.. Rows(scene, [.. Enumerable.Range(1, 1_500)])]);
        Assert.Equal(1_500, (await Seqs(scene)).Count);
    }

    private static IEnumerable<object> Rows(Scene scene, params int[] seqs) => seqs.Select((seq, n) => new RoomEntry
    {
        RoomId = scene.Stage.Id,
        // Two rows of one key cannot be tracked together: the second collides by its id instead.
        Seq = seqs.Take(n).Contains(seq) ? 100_000 + seq : seq,
        EntryId = new Guid(seq, 0, 0, scene.Stage.Id.ToByteArray()[8..]),
        Kind = EntryKind.Chat,
        Name = "A",
        Role = "attendee",
        Text = "x",
    });

    private async Task<List<long>> Seqs(Scene scene)
    {
        await using var db = app.OpenDb();
        return await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).OrderBy(e => e.Seq).Select(e => e.Seq).ToListAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class CommitLogFactsOnSqlite(SqliteApp app) : CommitLogFacts(app);

public sealed class CommitLogFactsOnPostgres(PostgresApp app) : CommitLogFacts(app);
