using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Plenary.Rooms;

namespace Plenary.Tests.Support;

/// <summary>
/// People who talk in a room without pause, each post repeated with the same id until it is acknowledged, while something happens to the
/// cluster. Its books say what was promised to whom, so that afterwards it can be held against the database and against what everybody saw.
/// </summary>
public sealed class Conversation : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, Posted> acknowledged = new();
    private readonly ConcurrentQueue<long> times = new();
    private readonly CancellationTokenSource enough = new();
    private readonly List<Task> talking;

    private Conversation(LiveClient[] people, TimeSpan pause)
    {
        People = people;
        talking = [.. people.Select((client, who) => Talk(client, who, pause))];
    }

    public IReadOnlyList<LiveClient> People { get; }

    public int Acknowledged => acknowledged.Count;

    /// <param name="people">Clients that are in the room and come back by themselves.</param>
    /// <param name="pause">Between a person's acknowledgement and the next post.</param>
    public static Conversation Among(IEnumerable<LiveClient> people, TimeSpan pause) => new([.. people], pause);

    /// <summary>Returns when so many more posts have been acknowledged from now on.</summary>
    public async Task GoesOn(int posts)
    {
        var (target, began) = (acknowledged.Count + posts, Stopwatch.StartNew());
        while (acknowledged.Count < target)
        {
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(60), $"{acknowledged.Count} posts were acknowledged, and then nothing for a minute");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The longest time in which nobody was acknowledged anything, since a <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public TimeSpan SilenceSince(long since)
    {
        var longest = TimeSpan.Zero;
        var last = since;
        foreach (var time in times.Where(t => t >= since).Order())
        {
            if (Stopwatch.GetElapsedTime(last, time) is var gap && gap > longest) longest = gap;
            last = time;
        }
        return longest;
    }

    /// <summary>
    /// Lets everybody finish, and holds the books: what was acknowledged is in the database once, under the number that was told, numbers have no
    /// gaps, and everybody holds the whole log in the same order.
    /// </summary>
    public async Task EndsWithNothingLost(ClusterOfProcesses cluster, Guid room)
    {
        await enough.CancelAsync();
        await Task.WhenAll(talking).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await using var db = cluster.OpenDb();
        var kept = await db.Set<RoomEntry>().Where(e => e.RoomId == room).OrderBy(e => e.Seq).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, kept.Count).Select(n => (long)n), kept.Select(e => e.Seq));
        Assert.Equal(acknowledged.Keys.Order(), kept.Select(e => e.EntryId).Order());
        Assert.All(kept, e => Assert.Equal(acknowledged[e.EntryId].Seq, e.Seq));
        foreach (var client in People)
        {
            await client.Reaches(kept.Count);
            Assert.Equal(kept.Select(e => (e.Seq, e.EntryId, e.Text)), client.Lines);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await enough.CancelAsync();
        foreach (var client in People) await client.DisposeAsync();
    }

    private async Task Talk(LiveClient client, int who, TimeSpan pause)
    {
        for (var n = 1; !enough.IsCancellationRequested; n++)
        {
            var id = Guid.CreateVersion7();
            var posted = await client.PostUntilKept($"{who}.{n}", id);
            times.Enqueue(Stopwatch.GetTimestamp());
            Assert.True(acknowledged.TryAdd(id, posted));
            await Task.Delay(pause, enough.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
