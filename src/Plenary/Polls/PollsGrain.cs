using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Rooms;

namespace Plenary.Polls;

/// <summary>The polls of a room: one transaction for a group of votes, its tallies and what the staff did. However many vote, the room is told once a tick.</summary>
[Reentrant]
internal sealed class PollsGrain : BookGrain<PollBook, PollCommand, PollAnswer>, IPollsGrain
{
    private const int LargestGroup = 2_000;

    private readonly TimeProvider clock;
    private readonly OnceATick telling;
    private readonly HashSet<Guid> untold = [];
    private long version;

    public PollsGrain(IDbContextFactory<Db> dbs, LiveRooms rooms, TimeProvider clock, ILogger<PollsGrain> log) : base(PollsNow.About, LargestGroup, dbs, clock, log)
    {
        this.clock = clock;
        telling = new(Room, PollsNow.About, Latest, rooms, clock, log);
    }

    protected override PollAnswer Unknown { get; } = new(null, Again: true);

    protected override Task<PollBook> Read(Db db) => PollBook.Read(db, Room);

    protected override string Document(PollBook mine, bool staff) => mine.Now(NextVersion(), clock.GetUtcNow(), staff).ToJson();

    protected override PollAnswer Done(string json) => new(json);

    protected override PollAnswer Refused(Refusal no) => new(null, no.Code, no.Status, no.Message, no.Field);

    protected override void Tell(PollBook mine)
    {
        if (mine.Changed.Count == 0) return;
        untold.UnionWith(mine.Changed);
        mine.Changed.Clear();
        telling.Ask();
    }

    /// <summary>Those that are open or have changed.</summary>
    private async Task<string> Latest()
    {
        var mine = await Book();
        var about = mine.OpenOnes.Select(p => p.Id).Concat(untold).ToHashSet();
        untold.Clear();
        return mine.Now(NextVersion(), clock.GetUtcNow(), false, about).ToJson();
    }

    /// <summary>Rises, also from one activation to the next.</summary>
    private long NextVersion() => version = Math.Max(version + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
}
