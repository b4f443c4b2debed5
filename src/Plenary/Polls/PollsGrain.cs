using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Platform.Live;
using Plenary.Rooms;

namespace Plenary.Polls;

/// <summary>
/// The polls of a room. Commands are kept in groups: one transaction for the votes, the tallies and what the staff did, one answer to each when it is durable. When a group
/// cannot be kept the book is read anew, because another activation may have written.
/// </summary>
[Reentrant]
internal sealed class PollsGrain : Grain, IPollsGrain
{
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>The room is told so often at most: as often as it would be passed on.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(500);

    private const int LargestGroup = 2_000;
    private const int MostWaiting = 100_000;
    private const int MostAttempts = 4;

    private readonly IDbContextFactory<Db> dbs;
    private readonly LiveRooms rooms;
    private readonly TimeProvider clock;
    private readonly ILogger<PollsGrain> log;
    private readonly GroupCommit<PollCommand, PollAnswer> groups;
    private readonly Dictionary<bool, string> documents = [];
    private readonly HashSet<Guid> untold = [];
    private PollBook? book;
    private Task<PollBook>? reading;
    private long version;
    private long toldAt;
    private bool telling;

    public PollsGrain(IDbContextFactory<Db> dbs, LiveRooms rooms, TimeProvider clock, ILogger<PollsGrain> log)
    {
        (this.dbs, this.rooms, this.clock, this.log) = (dbs, rooms, clock, log);
        groups = new(Keep, KeepEvery, LargestGroup, clock);
    }

    private Guid Room => this.GetPrimaryKey();

    public Task<PollAnswer> Do(PollCommand command) => groups.Waiting < MostWaiting ? groups.Add(command) : Task.FromResult(Refused(RoomRefusals.Busy));

    public Task<PollAnswer[]> DoMany(PollCommand[] commands) => Task.WhenAll(commands.Select(Do));

    public async Task<string> Now(bool staff)
    {
        if (documents.TryGetValue(staff, out var document)) return document;
        var now = (await Book()).Now(NextVersion(), clock.GetUtcNow(), staff).ToJson();
        return documents[staff] = now;
    }

    private async Task<IReadOnlyList<PollAnswer>> Keep(IReadOnlyList<PollCommand> commands)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var mine = await Book();
                var answers = new List<PollAnswer>(commands.Count);
                await using var db = await dbs.CreateDbContextAsync();
                mine.Begin(db);
                foreach (var command in commands) answers.Add(await Apply(mine, command));
                mine.WriteTallies();
                if (db.ChangeTracker.HasChanges()) await db.SaveChangesAsync();
                mine.Finish();
                Tell(mine);
                return answers;
            }
#pragma warning disable CA1031 // Whatever it was, what is true now stands in the database only.
            catch (Exception error)
            {
                (book, reading) = (null, null);
                documents.Clear();
                log.LogInformation(error, "Room {Room} could not keep {Count} commands about its polls, attempt {Attempt}", Room, commands.Count, attempt);
                // Somebody whose account is being deleted takes nobody along.
                if (attempt >= 2 && commands.Count > 1 && error is DbUpdateException) return await OneByOne(commands);
                if (attempt == MostAttempts) return [.. commands.Select(_ => new PollAnswer(null, Again: true))];
            }
#pragma warning restore CA1031
            await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), clock);
        }
    }

    private async Task<IReadOnlyList<PollAnswer>> OneByOne(IReadOnlyList<PollCommand> commands)
    {
        var answers = new List<PollAnswer>(commands.Count);
        foreach (var command in commands)
            answers.Add(answers is [.., { Again: true }] ? new(null, Again: true) : (await Keep([command]))[0]); // the database is away: no use in asking for each
        return answers;
    }

    private async Task<PollAnswer> Apply(PollBook mine, PollCommand command)
    {
        try
        {
            return new(await mine.Apply(command, clock.GetUtcNow()));
        }
        catch (RefusalException refused)
        {
            return Refused(refused.Refusal);
        }
    }

    private static PollAnswer Refused(Refusal no) => new(null, no.Code, no.Status, no.Message, no.Field);

    private async Task<PollBook> Book()
    {
        if (book is not null) return book;
        var mine = reading ??= Read();
        try
        {
            return book = await mine;
        }
        finally
        {
            if (reading == mine) reading = null;
        }
    }

    private async Task<PollBook> Read()
    {
        await using var db = await dbs.CreateDbContextAsync();
        return await PollBook.Read(db, Room);
    }

    /// <summary>Rises, also from one activation to the next.</summary>
    private long NextVersion() => version = Math.Max(version + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The room is told what changed, at once or as soon as it is time: however many vote, once a tick.</summary>
    private void Tell(PollBook mine)
    {
        if (mine.Changed.Count == 0) return;
        documents.Clear();
        untold.UnionWith(mine.Changed);
        mine.Changed.Clear();
        if (telling) return;
        telling = true;
        _ = TellSoon();
    }

    private async Task TellSoon()
    {
        try
        {
            var rest = toldAt == 0 ? TimeSpan.Zero : TellEvery - clock.GetElapsedTime(toldAt);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, clock);
            toldAt = clock.GetTimestamp();
            telling = false;
            var mine = await Book();
            var about = mine.OpenOnes.Select(p => p.Id).Concat(untold).ToHashSet();
            untold.Clear();
            await rooms.TellAll(Room, PollsNow.About, mine.Now(NextVersion(), clock.GetUtcNow(), false, about).ToJson());
        }
#pragma warning disable CA1031 // It is kept; whoever was not told sees it when they ask again.
        catch (Exception error)
        {
            telling = false;
            log.LogInformation(error, "Room {Room} was not told of its polls", Room);
        }
#pragma warning restore CA1031
    }
}
