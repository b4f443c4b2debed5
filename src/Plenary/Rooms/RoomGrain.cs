using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;
using Orleans.Runtime;
using Plenary.Platform.Database;
using Plenary.Platform.Live;
using Plenary.Rooms.Chat;
using Plenary.Rooms.Held;

namespace Plenary.Rooms;

/// <summary>
/// A live room. What arrives waits in the open batch; the batch is numbered, made durable and acknowledged, and at the room's next tick
/// (<see cref="RoomPace"/>) sent to the relays together with what became durable since the last. So whatever a client saw or was told is kept, and a room that moves to another process loses nothing. When a batch
/// cannot be written this activation no longer knows what is true: it stands down, and the next one reads it from the database.
/// </summary>
[Reentrant]
internal sealed partial class RoomGrain(
    CommitLog log, IDbContextFactory<Db> dbs, IClusterMembershipService membership, RoomPace pace, LiveMeters meters, TimeProvider clock, StaffNews staff, ChatPosting posting, ILogger<RoomGrain> logger) : Grain, IRoomGrain
{
    /// <summary>The first entry is kept at once; what follows within this time is kept together.</summary>
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>The same while many write: what a commit costs hardly depends on how much is in it.</summary>
    private static readonly TimeSpan KeepEveryWhenBusy = TimeSpan.FromMilliseconds(100);

    /// <summary>Entries that are kept together; the rest waits for the next time.</summary>
    private const int LargestBatch = 500;

    /// <summary>Entries that wait for the tick; when there are as many they go out before it. With the largest batch still far less than the window.</summary>
    private const int LargestFrame = 500;

    /// <summary>Entries that may wait before the room says that it is busy.</summary>
    private const int MostWaiting = 5_000;

    private readonly EntryWindow window = new();
    private readonly Dictionary<Guid, Entry> held = [];
    private readonly Queue<Waiting> waiting = new();
    private readonly Dictionary<Guid, Waiting> underWay = [];
    private readonly ReactionQueue reacting = new();
    private readonly RelaySeats relays = new(membership, clock);
    private readonly Reconsidered reconsidered = new(clock);
    private readonly Words words = new();
    private StageNow stage = StageNow.Dark;
    private PlanNow? plan;
    private bool exists;
    private Task? loading;
    private bool pumping;
    private bool standingDown;
    private TaskCompletionSource? wake;
    private long sleepsUntil;
    private long keptAt;
    private long sentAt;
    private long audienceSentAt;
    private long sent;
    private int keptTogether;
    private int sentTogether;

    private Guid Room => this.GetPrimaryKey();

    public async Task<Appended> Append(NewEntry entry)
    {
        if (await Ready() is { } no) return new(no);
        if (held.TryGetValue(entry.Id, out var known)) return Same(known, entry);
        return await (underWay.ContainsKey(entry.Id) ? Enter(entry) : Say(entry));
    }

    /// <summary>Lets the entry into the log; nobody asks any more whether it may.</summary>
    private async Task<Appended> Enter(NewEntry entry)
    {
        if (held.TryGetValue(entry.Id, out var known)) return Same(known, entry);
        if (underWay.TryGetValue(entry.Id, out var twin))
            return twin.Entry.Person == entry.Person ? await twin.Done.Task : new(AppendOutcome.Taken);
        if (standingDown) return new(AppendOutcome.Again);
        if (waiting.Count >= MostWaiting) return new(AppendOutcome.Busy);
        var mine = new Waiting(entry);
        waiting.Enqueue(mine);
        underWay.Add(entry.Id, mine);
        Stir();
        return await mine.Done.Task;
    }

    public Task<Appended[]> AppendMany(NewEntry[] entries) => Task.WhenAll(entries.Select(Append));

    public async Task<AppendOutcome> React(ReactionWish wish)
    {
        if (await Ready() is { } no) return no;
        if (reacting.Count >= MostWaiting) return AppendOutcome.Busy;
        var answer = reacting.Add(wish);
        Stir();
        return await answer;
    }

    public async Task<Tail> Subscribe(IRoomObserver observer, RelayReport report, long after)
    {
        await Loaded();
        var isNew = relays.Seat(observer, report);
        Stir();
        return new(window.Last, window.After(after) ?? window.All(), stage, relays.Audience(), isNew ? reconsidered.Recent() : null, plan);
    }

    public Task Unsubscribe(string relay)
    {
        relays.Leave(relay);
        Stir();
        return Task.CompletedTask;
    }

    public Task Report(RelayReport report)
    {
        // Whoever hears this calls again: what the room says does not reach it.
        if (!relays.Hear(report)) throw new InvalidOperationException("The room does not know this relay.");
        Stir();
        return Task.CompletedTask;
    }

    public Task<Audience> Audience() => Task.FromResult(relays.Audience());

    public Task Caption(Caption caption)
    {
        relays.Caption(caption);
        Stir();
        return Task.CompletedTask;
    }

    public Task Reconsider(Guid person)
    {
        reconsidered.Add(person);
        relays.Tell(relay => relay.OnReconsider(person));
        return Task.CompletedTask;
    }

    public Task Tell(Guid person, string about, string data)
    {
        relays.Tell(relay => relay.OnTell(person, about, data));
        return Task.CompletedTask;
    }

    public Task TellAll(string about, string data)
    {
        words.Say(about, data, clock, word => relays.Tell(relay => relay.OnTellAll(about, word)));
        return Task.CompletedTask;
    }

    public Task<Guid[]?> Here(Guid[] people) => relays.Here(people);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        IsLedHere(logger, Room);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        standingDown = true;
        wake?.TrySetResult();
        foreach (var entry in underWay.Values) entry.Done.TrySetResult(new(AppendOutcome.Again));
        reacting.GiveUp();
        if (window.Last > sent) Send(clock.GetTimestamp());
        words.SayAll();
        relays.Tell(relay => relay.OnLost());
        return Task.CompletedTask;
    }

    private static Appended Same(Entry kept, NewEntry entry) =>
        kept.Person == entry.Person ? new(AppendOutcome.Kept, kept.Seq, kept.At) : new(AppendOutcome.Taken);

    /// <summary>Null when the log can be written to; otherwise what whoever writes is answered.</summary>
    private async Task<AppendOutcome?> Ready()
    {
        if (standingDown) return AppendOutcome.Again;
        try
        {
            await Loaded();
        }
#pragma warning disable CA1031 // The database is away for a while; whoever posts has patience.
        catch (Exception error)
        {
            logger.LogWarning(error, "Room {Room} could not read its log", Room);
            return AppendOutcome.Again;
        }
#pragma warning restore CA1031
        return exists ? null : AppendOutcome.Gone;
    }

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
        eventId = await db.Set<Room>().Where(r => r.Id == room).Select(r => r.EventId).SingleOrDefaultAsync();
        exists = eventId != Guid.Empty;
        var log = db.Set<RoomEntry>().AsNoTracking().Where(e => e.RoomId == room);
        var rows = await log.OrderByDescending(e => e.Seq).Take(EntryWindow.Usual).ToListAsync();
        var latest = await log.Where(e => e.Kind == EntryKind.Stage).OrderByDescending(e => e.Seq).FirstOrDefaultAsync();
        var planned = await log.Where(e => e.Kind == EntryKind.Plan).OrderByDescending(e => e.PlanVersion).FirstOrDefaultAsync();
        rows.Reverse();
        var entries = rows.ConvertAll(row => row.ToEntry());
        window.Reset(entries, 0);
        sent = window.Last;
        foreach (var entry in entries) Hold(entry);
        stage = latest?.ToEntry().Stage ?? StageNow.Dark;
        plan = planned?.ToEntry().Plan;
        await LoadManners(db);
    }

    /// <summary>Has what is due be done when it is due: at once when nothing like it was done lately.</summary>
    private void Stir()
    {
        if (standingDown) return;
        if (pumping)
        {
            if (Due() < sleepsUntil) wake?.TrySetResult();
            return;
        }
        pumping = true;
        _ = Pump();
    }

    /// <summary>When there is something to do next, as a timestamp of the clock; the largest number when there is nothing.</summary>
    private long Due() => Math.Min(Math.Min(waiting.Count > 0 ? KeepDue() : long.MaxValue, reacting.Count > 0 ? ReactDue() : long.MaxValue), FrameDue());

    private long ReactDue() => pace.OneByOne ? 0 : After(reacting.CountedAt, ReactionQueue.Every);

    private long KeepDue() => pace.OneByOne ? 0 : After(keptAt, keptTogether >= RoomPace.Busy ? KeepEveryWhenBusy : KeepEvery);

    private long FrameDue()
    {
        if (window.Last - sent >= LargestFrame || (window.Last > sent && pace.OneByOne)) return 0;
        if (window.Last > sent || relays.HasNews) return After(sentAt, pace.Tick(relays.Connections, relays.Lag, sentTogether));
        return relays.AudienceChanged ? After(audienceSentAt, pace.AudienceTick(relays.Connections, relays.Lag)) : long.MaxValue;
    }

    private long After(long last, TimeSpan time) => last == 0 ? 0 : last + (long)(time.TotalSeconds * clock.TimestampFrequency);

    private async Task Pump()
    {
        long planned = 0; // what a timer was set for: it may have gone off late
        try
        {
            while (!standingDown && Due() is var due and < long.MaxValue)
                if (due > clock.GetTimestamp()) planned = await SleepUntil(due) ? due : 0;
                else
                {
                    var from = planned > 0 ? planned : clock.GetTimestamp();
                    planned = 0;
                    await Turn();
                    meters.Ticked(clock.GetElapsedTime(from));
                }
        }
        finally
        {
            pumping = false;
        }
    }

    /// <summary>False when something came before it was time.</summary>
    private async Task<bool> SleepUntil(long due)
    {
        using var over = new CancellationTokenSource();
        (sleepsUntil, wake) = (due, new(TaskCreationOptions.RunContinuationsAsynchronously));
        // Rounded up: a timer counts whole milliseconds and must not end before it is time.
        var rest = TimeSpan.FromMilliseconds(Math.Ceiling(clock.GetElapsedTime(clock.GetTimestamp(), due).TotalMilliseconds));
        if (rest > TimeSpan.Zero) await Task.WhenAny(Task.Delay(rest, clock, over.Token), wake.Task);
        var woken = wake.Task.IsCompleted;
        (sleepsUntil, wake) = (0, null);
        await over.CancelAsync();
        return !woken;
    }

    /// <summary>Keeps what waits, sends what is due, and only then acknowledges.</summary>
    private async Task Turn()
    {
        var now = clock.GetTimestamp();
        var batch = new List<Waiting>();
        if (KeepDue() <= now)
            while (batch.Count < LargestBatch && waiting.TryDequeue(out var next)) batch.Add(next);
        var reactions = reacting.Count > 0 && ReactDue() <= now ? reacting.Take(now) : [];
        if (batch.Count > 0 || reactions.Count > 0)
        {
            if (batch.Count > 0) (keptAt, keptTogether) = (now, batch.Count);
            Activity.Current = batch.Count > 0 ? batch[0].Cause : null; // not what the pump was started by, which is long over
            try
            {
                await Keep(batch, reactions);
            }
#pragma warning disable CA1031 // Whatever it was, what is true now stands in the database only.
            catch (Exception error)
            {
                StandDown(error);
                foreach (var reaction in reactions) reaction.Answer.TrySetResult(AppendOutcome.Again);
                return;
            }
#pragma warning restore CA1031
        }
        if (FrameDue() <= clock.GetTimestamp()) Send(now);
        // Those found in the database were kept before; they are answered with the rest.
        foreach (var one in batch)
        {
            underWay.Remove(one.Entry.Id);
            one.Done.TrySetResult(one.Found is { } found ? Same(found, one.Entry) : new(one.Refused));
        }
        foreach (var reaction in reactions) reaction.Answer.TrySetResult(reaction.Outcome);
    }

    private void Send(long now)
    {
        var entries = window.After(sent)!; // a frame goes out long before the window is over
        (sentAt, sentTogether) = (now, entries.Length);
        if (relays.AudienceChanged) audienceSentAt = now;
        if (pace.OneByOne && entries.Length > 1)
            foreach (var entry in entries) relays.Send(Room, entry.Seq - 1, entry.Seq, [entry]);
        else relays.Send(Room, sent, window.Last, entries);
        sent = window.Last;
    }

    /// <summary>
    /// Numbers the batch and makes it durable. An entry of an earlier try that is older than the window is found instead of written; that is so
    /// rare that nobody looks before the database has said that something is there already.
    /// </summary>
    private async Task Keep(List<Waiting> batch, IReadOnlyList<Reacting> reactions)
    {
        try
        {
            await Write(batch, reactions);
        }
        catch (DbUpdateException error) when (window.First > 1 && Db.IsTaken(error))
        {
            foreach (var one in batch) one.Found = null;
            await FindOlder(batch);
            if (batch.TrueForAll(one => one.Found is null)) throw; // a number is taken: somebody else leads the room
            await Write(batch, reactions);
        }
    }

    private async Task Write(List<Waiting> batch, IReadOnlyList<Reacting> reactions)
    {
        var book = new ChangeBook(Room, window, dbs);
        await book.Read(batch.ConvertAll(one => one.Entry), reactions.Select(r => r.Wish).ToArray());
        var (seq, at) = (window.Last, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var entries = new List<Entry>(batch.Count);
        foreach (var one in batch)
        {
            if (one.Found is not null) continue;
            (one.Found, one.Refused) = book.Enter(one.Entry, seq + 1, at);
            if (one.Found is null) continue;
            entries.Add(one.Found);
            seq++;
        }
        foreach (var reaction in reactions) reaction.Outcome = book.Knows(reaction.Wish.Message) ? AppendOutcome.Kept : AppendOutcome.NoMessage;
        if (book.Count(reactions.Select(r => r.Wish), seq + 1, at) is { } counted) entries.Add(counted);
        if (entries.Count == 0) return;
        await log.Append(book.Rows(entries, batch.Select(one => one.Entry)));
        foreach (var entry in entries)
        {
            if (window.Add(entry) is { } dropped) held.Remove(dropped.Id);
            Hold(entry);
            if (entry.Stage is not null) stage = entry.Stage;
            plan = PlanNow.Newer(plan, entry.Plan);
        }
    }

    /// <summary>Of an entry that comes again only its number is asked.</summary>
    private void Hold(Entry entry) => held[entry.Id] = entry.Plan is null ? entry : entry with { Plan = null };

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
        wake?.TrySetResult();
        foreach (var entry in underWay.Values) entry.Done.TrySetResult(new(AppendOutcome.Again));
        reacting.GiveUp();
        underWay.Clear();
        waiting.Clear();
        DeactivateOnIdle();
    }

    [LoggerMessage(LogLevel.Debug, "Room {Room} is led here")]
    private static partial void IsLedHere(ILogger logger, Guid room);
}
