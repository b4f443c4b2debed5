using CsCheck;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Plenary.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Rooms;

/// <summary>Whatever clients do and suffer, each ends with the log of the server.</summary>
public abstract class RoomLogProperty(App app)
{
    private const int Clients = 4;

    private enum Move
    {
        Post,

        /// <summary>The connection is lost while a post is under way; it is sent again with the same id.</summary>
        PostAndDrop,

        /// <summary>An earlier post is sent once more, as if its answer had been lost.</summary>
        PostAgain,
        Drop,

        /// <summary>The client comes back from a moment long past.</summary>
        ComeBackStale,

        /// <summary>Somebody posts with the id of somebody else.</summary>
        StealId,

        /// <summary>The room moves: its activation ends, and the next one reads the log.</summary>
        RoomMoves,

        /// <summary>The room no longer knows this process until it calls again.</summary>
        RelayForgotten,
    }

    private static readonly Gen<Move[][]> Plays = Gen.Int[0, Enum.GetValues<Move>().Length - 1].Select(n => (Move)n).Array[1, 9].Array[Clients];

    /// <summary>Entries of this many people are there before; with more than the limit, the chat is sampled.</summary>
    private const int Elsewhere = 5 * ChatSample.Huge;

    [Fact]
    public Task EveryClientHoldsTheServersLogWhateverIsLostOnTheWay() => Sample(huge: false, times: 16);

    [Fact]
    public Task InAHugeRoomTooNothingIsTwiceOrLostUnseen() => Sample(huge: true, times: 8);

    private async Task Sample(bool huge, int times)
    {
        await Plays.SampleAsync(plays => Play(plays, huge), iter: times, threads: 1, print: plays => string.Join(" | ", plays.Select(p => string.Join(',', p))));
        Assert.NotEqual(0, FrameMischief.Lost);
    }

    private async Task Play(Move[][] plays, bool huge)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var scene = await Scene.Arrange(app);
        var people = await scene.Attendees(Clients);
        var clients = await Task.WhenAll(people.Select((p, i) => scene.Enter(p, json: i % 2 == 1)));
        var ids = Enumerable.Range(0, Clients).Select(_ => new List<Guid>()).ToArray();

        if (huge)
        {
            await scene.Elsewhere(app, Elsewhere);
            foreach (var client in clients) await client.Until(() => client.Present > Elsewhere, "thousands elsewhere");
        }
        using (FrameMischief.In(scene.Stage.Id))
            await Task.WhenAll(plays.Select((moves, who) => Perform(moves, clients[who], ids[who], ids[(who + 1) % Clients])));
        // Frames are lost no more; the next shows by its number what was.
        var last = await clients[0].PostUntilKept("the last", Guid.CreateVersion7());

        await using var db = app.OpenDb();
        var log = await db.Set<RoomEntry>().Where(e => e.RoomId == scene.Stage.Id).OrderBy(e => e.Seq).ToListAsync(cancellation);
        Assert.Equal(last.Seq, log.Count);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Seq));
        Assert.Equal(ids.Sum(i => i.Count) + 1, log.Count);
        foreach (var client in clients)
        {
            await client.Until(() => client.Seq >= last.Seq && client.Log.Length + client.Left == log.Count, "all of the log, or how much was left out");
            Assert.Empty(client.Lines.Except(log.Select(e => (e.Seq, e.EntryId, e.Text))));
            Assert.Equal(client.Log.Select(e => e.Seq).Distinct().Order(), client.Log.Select(e => e.Seq));
            if (!huge) Assert.Equal(0, client.Left);
            await client.DisposeAsync();
        }
    }

    private async Task Perform(Move[] moves, LiveClient client, List<Guid> mine, List<Guid> others)
    {
        foreach (var move in moves)
        {
            var id = Guid.CreateVersion7();
            switch (move)
            {
                case Move.Post:
                    await client.PostUntilKept($"text of {id}", id);
                    lock (mine) mine.Add(id);
                    break;
                case Move.PostAndDrop:
                    var lost = client.Post($"text of {id}", id);
                    await Return(client);
                    await lost.ContinueWith(_ => { }, TaskScheduler.Default);
                    await client.PostUntilKept($"text of {id}", id);
                    lock (mine) mine.Add(id);
                    break;
                case Move.PostAgain:
                    if (mine.Count > 0) await client.PostUntilKept("another text", mine[^1]);
                    break;
                case Move.Drop:
                    await Return(client);
                    break;
                case Move.ComeBackStale:
                    await client.Drop();
                    client.Forget((client.Seq ?? 0) / 2);
                    await client.Start();
                    await client.Join(client.Room);
                    break;
                case Move.StealId:
                    Guid? stolen;
                    lock (others) stolen = others.Count > 0 ? others[^1] : null;
                    if (stolen is { } theirs) Assert.Contains(await LiveClient.Refused(() => client.Post("not mine", theirs)), new[] { "id-taken", "too-many-requests" });
                    break;
                case Move.RoomMoves:
                    await MoveRoom(client);
                    break;
                case Move.RelayForgotten:
                    await Forget(client);
                    // Whatever its members do next, it is told that it must call again.
                    await client.Hub.InvokeAsync("Watching", new WatchingRequest(client.Room.ToString(), 100), TestContext.Current.CancellationToken);
                    break;
            }
        }
    }

    private async Task MoveRoom(LiveClient client)
    {
        try
        {
            await Grain(client).Cast<IGrainManagementExtension>().DeactivateOnIdle();
        }
        catch (OrleansMessageRejectionException) { } // it is on its way already
    }

    private async Task Forget(LiveClient client)
    {
        try
        {
            await Grain(client).Unsubscribe(app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString());
        }
        catch (OrleansMessageRejectionException) { } // it moves at this moment, and whoever it becomes knows no relay yet
    }

    private IRoomGrain Grain(LiveClient client) => app.Services.GetRequiredService<IGrainFactory>().GetGrain<IRoomGrain>(client.Room);

    private static async Task Return(LiveClient client)
    {
        await client.Drop();
        await client.Start();
        await client.Join(client.Room);
    }
}

public sealed class RoomLogPropertyOnSqlite(SqliteApp app) : RoomLogProperty(app);

public sealed class RoomLogPropertyOnPostgres(PostgresApp app) : RoomLogProperty(app);
