using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Conduct;
using Plenary.Platform;
using Plenary.Platform.Database;
using Plenary.Rooms.Held;

namespace Plenary.Rooms;

/// <summary>
/// Who may say what here, decided where entries get their numbers: no connection, process or moment is on another side of a mute. What is held is durable before its author is told,
/// and becomes an entry like any other, in the order it came. What is true of it stands in the database; what is kept here is told anew by <see cref="Conduct"/>.
/// </summary>
internal sealed partial class RoomGrain
{
    /// <summary>Held messages that are let through together.</summary>
    private const int LargestRelease = 200;

    /// <summary>Held messages that may wait before the room says that it is busy.</summary>
    private const int MostHeld = 5_000;

    private readonly Dictionary<Guid, HeldMessage> kept = [];
    private readonly Dictionary<Guid, (Guid Person, Task<Appended> Done)> holding = [];
    private readonly Dictionary<Guid, long> saidAt = [];
    private readonly HashSet<Guid> declined = [];
    private Manners manners = Manners.None;
    private Guid eventId;
    private long lastHeld;
    private long mannersAsked;
    private long mannersRead;
    private bool releasing;
    private TaskCompletionSource? releaseWake;

    /// <summary>Reads the restrictions and rules anew, and what was decided about held messages.</summary>
    public async Task Conduct()
    {
        await Loaded();
        if (!exists) return;
        await using var db = await dbs.CreateDbContextAsync();
        await ReadManners(db);
        StirRelease();
    }

    /// <summary>Lets the entry into the log if it may.</summary>
    private async Task<Appended> Say(NewEntry entry)
    {
        var before = entry.Person is { } person ? saidAt.GetValueOrDefault(person) : 0;
        var answer = await (Judged(entry, out var charged) ?? Enter(entry));
        // What nobody will read costs no pause: its author may try again at once.
        if (charged > 0 && answer.Outcome is not (AppendOutcome.Kept or AppendOutcome.Held)) GiveBack(entry.Person!.Value, charged, before);
        return answer;
    }

    /// <summary>Of words that somebody says: null when they may go on, otherwise what the author is answered.</summary>
    /// <param name="entry">The words.</param>
    /// <param name="charged">Since when slow mode counts for their author because of them; 0 when it does not.</param>
    private Task<Appended>? Judged(NewEntry entry, out long charged)
    {
        charged = 0;
        if (entry.Person is not { } person || entry.Text is null) return null;
        var now = clock.GetUtcNow();
        var bound = entry.Role == "attendee";
        var (refused, why) = manners.Judge(person, bound, entry.Name, entry.Text, now);
        if (kept.TryGetValue(entry.Id, out var same)) return Task.FromResult(same.PersonId == person ? Held(same) : new(AppendOutcome.Taken));
        if (holding.TryGetValue(entry.Id, out var twin)) return twin.Person == person ? twin.Done : Task.FromResult(new Appended(AppendOutcome.Taken));
        if (declined.Contains(entry.Id)) return Task.FromResult(new Appended(AppendOutcome.Held, 0, now.ToUnixTimeMilliseconds())); // sent again, it is still the one that was declined
        if (refused is null && bound && entry.Kind == EntryKind.Chat) refused = TooSoon(person);
        // What changes a message cannot wait beside it, and would be seen before anybody could decline it.
        if (refused is null && why is { } hold && entry.Kind != EntryKind.Chat)
            refused = hold switch { HoldReason.Link => ConductRefusals.Links, HoldReason.Words => ConductRefusals.Words, _ => ConductRefusals.NoChanges };
        if (refused is not null) return Task.FromResult(Appended.No(refused));
        if (entry.Kind == EntryKind.Chat && bound) saidAt[person] = charged = now.ToUnixTimeMilliseconds();
        return why is null || entry.Kind != EntryKind.Chat ? null : Hold(entry, why.Value, now);
    }

    private Refusal? TooSoon(Guid person)
    {
        if (manners.Rules.SlowSeconds is not (> 0 and var seconds) || !saidAt.TryGetValue(person, out var last)) return null;
        var rest = last + seconds * 1000L - clock.GetUtcNow().ToUnixTimeMilliseconds();
        return rest > 0 ? ConductRefusals.Slow(seconds, (int)Math.Min(seconds, (rest + 999) / 1000)) : null;
    }

    /// <summary>Slow mode counts from what they said before, unless they have said something else meanwhile.</summary>
    private void GiveBack(Guid person, long charged, long before)
    {
        if (saidAt.GetValueOrDefault(person) != charged) return;
        if (before > 0) saidAt[person] = before;
        else saidAt.Remove(person);
    }

    private Task<Appended> Hold(NewEntry entry, HoldReason why, DateTimeOffset now)
    {
        if (kept.Count + holding.Count >= MostHeld) return Task.FromResult(new Appended(AppendOutcome.Busy));
        DateTimeOffset? due = why == HoldReason.Delay ? now.AddSeconds(manners.Rules.DelaySeconds) : null;
        // One who waits already is not overtaken when the delay gets shorter.
        if (due is not null && kept.Values.Max(h => h.ReleaseAt) is { } last && last > due) due = last;
        var row = new HeldMessage
        {
            RoomId = Room,
            EntryId = entry.Id,
            EventId = eventId,
            Number = ++lastHeld,
            PersonId = entry.Person!.Value,
            Name = entry.Name,
            Text = entry.Text!,
            Entry = JsonSerializer.Serialize(entry, JsonSerializerOptions.Web),
            Reason = why,
            At = now,
            ReleaseAt = due,
        };
        var keeping = KeepHeld(row);
        if (!keeping.IsCompleted) holding[entry.Id] = (row.PersonId, keeping);
        return keeping;
    }

    private async Task<Appended> KeepHeld(HeldMessage row)
    {
        try
        {
            await Task.Yield(); // so that a twin finds it
            await log.Append([row]);
            kept[row.EntryId] = row;
            StirRelease();
            staff.Stir(row.EventId);
            return Held(row);
        }
        catch (DbUpdateException error) when (Db.IsTaken(error))
        {
            // Sent before and decided since, or another activation holds here: what became of it stands in the database.
            await using var db = await dbs.CreateDbContextAsync();
            if (await db.Set<HeldMessage>().AsNoTracking().SingleOrDefaultAsync(h => h.RoomId == row.RoomId && h.EntryId == row.EntryId) is { } known)
                return known.PersonId == row.PersonId ? Held(known) : new(AppendOutcome.Taken);
            StandDown(error);
            return new(AppendOutcome.Again);
        }
#pragma warning disable CA1031 // Whatever it was: whoever posts asks again with the same id.
        catch (Exception error)
        {
            logger.LogWarning(error, "Room {Room} could not keep a held message", Room);
            return new(AppendOutcome.Again);
        }
#pragma warning restore CA1031
        finally
        {
            holding.Remove(row.EntryId);
        }
    }

    private static Appended Held(HeldMessage row) => new(AppendOutcome.Held, 0, row.At.ToUnixTimeMilliseconds());

    private async Task LoadManners(Db db)
    {
        var room = Room;
        lastHeld = await db.Set<HeldMessage>().Where(h => h.RoomId == room).MaxAsync(h => (long?)h.Number) ?? 0;
        await ReadManners(db);
        foreach (var entry in window.All()) // how fast people write is known to the next activation, too
            if (entry is { Person: { } person, Kind: EntryKind.Chat }) saidAt[person] = entry.At;
        foreach (var held in kept.Values) saidAt[held.PersonId] = Math.Max(saidAt.GetValueOrDefault(held.PersonId), held.At.ToUnixTimeMilliseconds());
        StirRelease();
    }

    private async Task ReadManners(Db db)
    {
        var (room, asked, mine) = (Room, ++mannersAsked, kept.Keys.ToArray());
        var read = await Manners.Of(db, eventId, room, CancellationToken.None);
        var rows = await db.Set<HeldMessage>().AsNoTracking()
            .Where(h => h.RoomId == room && (mine.Contains(h.EntryId) || h.State == HeldState.Waiting || h.State == HeldState.Approved || h.State == HeldState.Due)).ToListAsync();
        if (asked < mannersRead) return; // one who asked later was faster
        (mannersRead, manners) = (asked, read);
        foreach (var row in rows)
            if (row.State is HeldState.Released or HeldState.Dropped)
            {
                kept.Remove(row.EntryId);
                if (row.State == HeldState.Dropped) declined.Add(row.EntryId);
            }
            else kept[row.EntryId] = row;
        if (manners.Rules.SlowSeconds == 0) saidAt.Clear();
    }

    private void StirRelease()
    {
        if (standingDown) return;
        if (releasing)
        {
            releaseWake?.TrySetResult();
            return;
        }
        releasing = true;
        _ = Release();
    }

    /// <summary>Lets through what is due, until nothing waits for its time.</summary>
    private async Task Release()
    {
        try
        {
            while (!standingDown)
            {
                var now = clock.GetUtcNow();
                var timed = kept.Values.Where(h => h.State != HeldState.Waiting || h.ReleaseAt is not null).OrderBy(h => h.Number).ToList();
                if (timed.Count == 0) return;
                var due = timed.Where(h => h.State != HeldState.Waiting || h.ReleaseAt <= now).Take(LargestRelease).ToList();
                if (due.Count > 0) await LetThrough(due);
                else await RestUntil(timed.Min(h => h.ReleaseAt!.Value) - now);
            }
        }
        finally
        {
            releasing = false;
        }
    }

    private async Task RestUntil(TimeSpan rest)
    {
        using var over = new CancellationTokenSource();
        releaseWake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), clock, over.Token), releaseWake.Task);
        await over.CancelAsync();
    }

    /// <summary>What it answered may have been removed while it was held; it is shown all the same.</summary>
    private async Task<(NewEntry Entry, Appended Answer)> Show(NewEntry entry)
    {
        var shown = await Enter(entry);
        if (shown.Outcome != AppendOutcome.NoMessage) return (entry, shown);
        var alone = entry with { ReplyTo = null };
        return (alone, await Enter(alone));
    }

    /// <summary>
    /// First each is marked as due, which nobody can decline any more; then it becomes an entry, as often as this is tried the same one, and those whom it calls are told. A process that dies in
    /// between leaves what the next activation goes on with. Whoever was silenced since they wrote is not heard: it is dropped.
    /// </summary>
    private async Task LetThrough(List<HeldMessage> due)
    {
        try
        {
            var (room, ids) = (Room, due.ConvertAll(h => h.EntryId));
            await using var db = await dbs.CreateDbContextAsync();
            await db.Set<HeldMessage>().Where(h => h.RoomId == room && ids.Contains(h.EntryId) && (h.State == HeldState.Waiting || h.State == HeldState.Approved))
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HeldState.Due));
            var claimed = (await db.Set<HeldMessage>().Where(h => h.RoomId == room && ids.Contains(h.EntryId) && h.State == HeldState.Due).Select(h => h.EntryId).ToListAsync()).ToHashSet();
            var now = clock.GetUtcNow();
            var silenced = due.Where(h => claimed.Contains(h.EntryId) && !held.ContainsKey(h.EntryId) && manners.Silenced(h.PersonId, now) is not null).Select(h => h.EntryId).ToHashSet();
            var shown = await Task.WhenAll(due.Where(h => claimed.Contains(h.EntryId) && !silenced.Contains(h.EntryId)).Select(h => Show(h.ToEntry())));
            if (Array.Exists(shown, s => s.Answer.Outcome is AppendOutcome.Again or AppendOutcome.Busy))
            {
                await Task.Delay(KeepEveryWhenBusy, clock);
                return;
            }
            if (silenced.Count > 0)
                await db.Set<HeldMessage>().Where(h => h.RoomId == room && silenced.Contains(h.EntryId) && h.State == HeldState.Due).ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HeldState.Dropped));
            await db.Set<HeldMessage>().Where(h => h.RoomId == room && claimed.Contains(h.EntryId) && h.State == HeldState.Due).ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HeldState.Released));
            foreach (var row in due) kept.Remove(row.EntryId);
            declined.UnionWith(silenced);
            staff.Stir(eventId);
            if (shown.Length == 0) return;
            var here = await db.Set<Room>().AsNoTracking().SingleAsync(r => r.Id == room);
            foreach (var (entry, answer) in shown)
                if (answer.Outcome == AppendOutcome.Kept) _ = Task.Run(() => posting.Shown(here, entry, answer.Seq)); // not in this room's turn
        }
#pragma warning disable CA1031 // The database is away for a while: nothing is lost meanwhile.
        catch (Exception error)
        {
            logger.LogWarning(error, "Room {Room} could not let held messages through", Room);
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
        }
#pragma warning restore CA1031
    }
}
