using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Plenary.Platform.Database;
using Plenary.Platform.Live;

namespace Plenary.Rooms;

/// <summary>
/// A live room. What arrives waits in the open batch; a tick numbers the batch, makes it durable, sends it to the relays and then
/// acknowledges it. So whatever a client saw or was told is kept, and a room that moves to another process loses nothing. When a batch
/// cannot be written this activation no longer knows what is true: it stands down, and the next one reads it from the database.
/// </summary>
[Reentrant]
internal sealed class RoomGrain(CommitLog log, IDbContextFactory<Db> dbs, TimeProvider clock, ILogger<RoomGrain> logger) : Grain, IRoomGrain
{
    /// <summary>The first entry goes out at once; what follows within this time goes out together.</summary>
    internal static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>Entries of one tick; the rest waits for the next.</summary>
    private const int LargestBatch = 500;

    /// <summary>Entries that may wait before the room says that it is busy.</summary>
    private const int MostWaiting = 5_000;

    private readonly EntryWindow window = new();
    private readonly Dictionary<Guid, Entry> held = [];
    private readonly Queue<Waiting> waiting = new();
    private readonly Dictionary<Guid, Waiting> underWay = [];
    private readonly RelaySeats relays = new(clock);
    private StageNow stage = StageNow.Dark;
    private bool exists;
    private Task? loading;
    private bool pumping;
    private bool standingDown;
    private long flushedAt;

    private Guid Room => this.GetPrimaryKey();

    public async Task<Appended> Append(NewEntry entry)
    {
        if (standingDown) return new(AppendOutcome.Again);
        await Loaded();
        if (!exists) return new(AppendOutcome.Gone);
        if (held.TryGetValue(entry.Id, out var kept)) return Same(kept, entry);
        if (underWay.TryGetValue(entry.Id, out var twin))
            return twin.Entry.Person == entry.Person ? await twin.Done.Task : new(AppendOutcome.Taken);
        if (waiting.Count >= MostWaiting) return new(AppendOutcome.Busy);
        var mine = new Waiting(entry);
        waiting.Enqueue(mine);
        underWay.Add(entry.Id, mine);
        Stir();
        return await mine.Done.Task;
    }

    public async Task<Tail> Subscribe(IRoomObserver observer, RelayReport report, long after)
    {
        await Loaded();
        relays.Seat(observer, report);
        return new(window.Last, window.After(after) ?? window.All(), stage, relays.Audience());
    }

    public Task Unsubscribe(string relay)
    {
        if (relays.Leave(relay)) Stir();
        return Task.CompletedTask;
    }

    public Task Report(RelayReport report)
    {
        if (relays.Hear(report)) Stir();
        return Task.CompletedTask;
    }

    public Task<Audience> Audience() => Task.FromResult(relays.Audience());

    public Task Reconsider(Guid person)
    {
        relays.Tell(relay => relay.OnReconsider(person));
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        standingDown = true;
        foreach (var entry in underWay.Values) entry.Done.TrySetResult(new(AppendOutcome.Again));
        relays.Tell(relay => relay.OnLost());
        return Task.CompletedTask;
    }

    private static Appended Same(Entry kept, NewEntry entry) =>
        kept.Person == entry.Person ? new(AppendOutcome.Kept, kept.Seq, kept.At) : new(AppendOutcome.Taken);

    /// <summary>Reads the end of the log, once; a read that failed is tried again by the next who asks.</summary>
    private async Task Loaded()
    {
        var mine = loading ??= Load();
        try
        {
            await mine;
        }
        catch when (loading == mine)
        {
            loading = null;
            throw;
        }
    }

    private async Task Load()
    {
        var room = Room;
        await using var db = await dbs.CreateDbContextAsync();
        exists = await db.Set<Room>().AnyAsync(r => r.Id == room);
        var log = db.Set<RoomEntry>().AsNoTracking().Where(e => e.RoomId == room);
        var rows = await log.OrderByDescending(e => e.Seq).Take(EntryWindow.Usual).ToListAsync();
        var latest = await log.Where(e => e.Kind == EntryKind.Stage).OrderByDescending(e => e.Seq).FirstOrDefaultAsync();
        rows.Reverse();
        var entries = rows.ConvertAll(row => row.ToEntry());
        window.Reset(entries, 0);
        foreach (var entry in entries) held[entry.Id] = entry;
        stage = latest?.ToEntry().Stage ?? StageNow.Dark;
    }

    /// <summary>Has the next tick come: at once when the last one is over.</summary>
    private void Stir()
    {
        if (pumping || standingDown) return;
        pumping = true;
        _ = Pump();
    }

    private async Task Pump()
    {
        try
        {
            while (!standingDown && (waiting.Count > 0 || relays.HasNews))
            {
                var rest = flushedAt == 0 ? TimeSpan.Zero : Tick - clock.GetElapsedTime(flushedAt);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, clock);
                flushedAt = clock.GetTimestamp();
                await Flush();
            }
        }
        finally
        {
            pumping = false;
        }
    }

    private async Task Flush()
    {
        var batch = new List<Waiting>();
        while (batch.Count < LargestBatch && waiting.TryDequeue(out var next)) batch.Add(next);
        var prev = window.Last;
        Entry[] entries = [];
        if (batch.Count > 0)
        {
            try
            {
                entries = await Keep(batch);
            }
#pragma warning disable CA1031 // Whatever it was, what is true now stands in the database only.
            catch (Exception error)
            {
                StandDown(error);
                return;
            }
#pragma warning restore CA1031
        }
        relays.Send(Room, prev, window.Last, entries);
        // Those found in the database were kept before; they are answered with the rest.
        foreach (var one in batch)
        {
            underWay.Remove(one.Entry.Id);
            one.Done.TrySetResult(one.Found is { } found ? Same(found, one.Entry) : new(AppendOutcome.Again));
        }
    }

    /// <summary>Numbers the batch and makes it durable. Entries of an earlier try, older than the window, are found instead of written.</summary>
    private async Task<Entry[]> Keep(List<Waiting> batch)
    {
        if (window.First > 1) await FindOlder(batch);
        var (seq, at) = (window.Last, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var entries = new List<Entry>(batch.Count);
        foreach (var one in batch)
        {
            if (one.Found is not null) continue;
            var e = one.Entry;
            one.Found = new(++seq, e.Id, e.Kind, at, e.Person, e.Name, e.Role, e.Text, e.Stage);
            entries.Add(one.Found);
        }
        if (entries.Count == 0) return [];
        var room = Room;
        await log.Append(entries.ConvertAll(entry => (object)RoomEntry.From(room, entry)));
        foreach (var entry in entries)
        {
            if (window.Add(entry) is { } dropped) held.Remove(dropped.Id);
            held[entry.Id] = entry;
            if (entry.Stage is not null) stage = entry.Stage;
        }
        return [.. entries];
    }

    private async Task FindOlder(List<Waiting> batch)
    {
        var (room, ids) = (Room, batch.ConvertAll(one => one.Entry.Id));
        await using var db = await dbs.CreateDbContextAsync();
        var rows = await db.Set<RoomEntry>().AsNoTracking().Where(e => e.RoomId == room && ids.Contains(e.EntryId)).ToListAsync();
        foreach (var row in rows) underWay[row.EntryId].Found = row.ToEntry();
    }

    private void StandDown(Exception error)
    {
        logger.LogWarning(error, "Room {Room} could not keep a batch after {Seq} and stands down", Room, window.Last);
        standingDown = true;
        foreach (var entry in underWay.Values) entry.Done.TrySetResult(new(AppendOutcome.Again));
        underWay.Clear();
        waiting.Clear();
        DeactivateOnIdle();
    }

    private sealed class Waiting(NewEntry entry)
    {
        public NewEntry Entry { get; } = entry;

        public TaskCompletionSource<Appended> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The entry it became, or had become before.</summary>
        public Entry? Found { get; set; }
    }
}
