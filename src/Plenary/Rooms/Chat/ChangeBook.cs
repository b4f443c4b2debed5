using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform.Database;
using Plenary.Platform.Live;

namespace Plenary.Rooms.Chat;

/// <summary>
/// What becomes of messages in one batch of a room's log: reads those that it is about, decides by the rules, and says what is written beside the entries. When the
/// batch is not kept the book is thrown away. Of the one writer of the room, so what it read stays true until the batch is kept or refused.
/// </summary>
internal sealed class ChangeBook(Guid room, EntryWindow window, IDbContextFactory<Db> dbs)
{
    private readonly Dictionary<long, Entry> messages = [];
    private readonly HashSet<long> changed = [];
    private readonly Dictionary<Guid, string?> before = [];
    private readonly HashSet<(long Message, Guid Person, string Emoji)> reacting = [];
    private readonly List<object> reactions = [];
    private int pins;

    /// <summary>Reads what the wishes are about: from the window, or from the database what is older.</summary>
    public async Task Read(IReadOnlyCollection<NewEntry> wishes, IReadOnlyCollection<ReactionWish> votes)
    {
        var older = new HashSet<long>();
        foreach (var seq in wishes.Select(w => w.Change?.Message ?? w.ReplyTo ?? 0).Concat(votes.Select(v => v.Message)))
            if (window.Find(seq) is { } held) messages[seq] = held;
            else if (seq > 0 && seq < window.First) older.Add(seq);
        var pinning = wishes.Any(w => w.Change is { Deed: Deed.Pin });
        if (older.Count == 0 && votes.Count == 0 && !pinning) return;
        await using var db = await dbs.CreateDbContextAsync();
        if (older.Count > 0)
            foreach (var row in await db.Set<RoomEntry>().AsNoTracking().Where(e => e.RoomId == room && older.Contains(e.Seq)).ToListAsync()) messages[row.Seq] = row.ToEntry();
        if (pinning) pins = await db.Set<RoomEntry>().CountAsync(e => e.RoomId == room && e.Pinned);
        if (votes.Count == 0) return;
        var (about, people) = (votes.Select(v => v.Message).Distinct().ToArray(), votes.Select(v => v.Person).Distinct().ToArray());
        foreach (var row in await db.Set<MessageReaction>().AsNoTracking().Where(r => r.RoomId == room && about.Contains(r.Message) && people.Contains(r.PersonId)).ToListAsync())
            reacting.Add((row.Message, row.PersonId, row.Emoji));
    }

    /// <summary>The entry that a wish becomes under this number; or why it becomes none.</summary>
    public (Entry? Entry, AppendOutcome Refused) Enter(NewEntry wish, long seq, long at)
    {
        var entry = new Entry(seq, wish.Id, wish.Kind, at, wish.Person, wish.Name, wish.Role, wish.Change is null ? wish.Text : null, wish.Stage, wish.Plan, Mentions: wish.Mentions);
        if (wish.Change is { } change)
        {
            var refused = Change(wish, change, seq, at, out var now);
            return now is null ? (null, refused) : (entry with { Changes = [now] }, refused);
        }
        if (wish.ReplyTo is not { } answered) return (entry, AppendOutcome.Kept);
        return Of(answered) is { } message
            ? (entry with { Quote = new(message.Seq, message.Id, message.Person, message.Name, Quote.Begin(message.Text)) }, AppendOutcome.Kept)
            : (null, AppendOutcome.NoMessage);
    }

    /// <summary>Whether there is a message to react to.</summary>
    public bool Knows(long message) => Of(message) is not null;

    /// <summary>The entry that counts these reactions; null when they change nothing.</summary>
    public Entry? Count(IEnumerable<ReactionWish> votes, long seq, long at)
    {
        var counted = new HashSet<long>();
        var was = new Dictionary<(long Message, Guid Person, string Emoji), bool>();
        foreach (var vote in votes)
        {
            if (Of(vote.Message) is not { } message) continue;
            var key = (vote.Message, vote.Person, vote.Emoji);
            was.TryAdd(key, reacting.Contains(key));
            if (!(vote.On ? reacting.Add(key) : reacting.Remove(key))) continue;
            var counts = new Dictionary<string, int>(message.Now?.Reactions ?? []);
            var count = counts.GetValueOrDefault(vote.Emoji) + (vote.On ? 1 : -1);
            if (count > 0) counts[vote.Emoji] = count;
            else counts.Remove(vote.Emoji);
            Become(message, (message.Now ?? new(message.Seq, seq)) with { Version = seq, Reactions = counts.Count > 0 ? counts : null });
            counted.Add(message.Seq);
        }
        foreach (var (key, before) in was)
        {
            var now = reacting.Contains(key);
            if (now == before) continue;
            var row = new MessageReaction { RoomId = room, Message = key.Message, PersonId = key.Person, Emoji = key.Emoji };
            reactions.Add(now ? row : new GoneRow(row));
        }
        return counted.Count == 0 ? null : new(seq, Guid.CreateVersion7(), EntryKind.Change, at, null, "", "", null, null, Changes: [.. counted.Order().Select(Told)]);
    }

    /// <summary>Everything that is written for these entries.</summary>
    public List<object> Rows(IEnumerable<Entry> entries, IEnumerable<NewEntry> wishes)
    {
        var deeds = wishes.Where(w => w.Change is not null).ToDictionary(w => w.Id, w => w.Change!);
        var rows = new List<object>();
        foreach (var entry in entries) rows.Add(RoomEntry.From(room, entry, deeds.GetValueOrDefault(entry.Id), before.GetValueOrDefault(entry.Id)));
        foreach (var seq in changed) rows.Add(new ChangedRow(RoomEntry.From(room, messages[seq]), nameof(RoomEntry.Text), nameof(RoomEntry.Now), nameof(RoomEntry.Pinned)));
        rows.AddRange(reactions);
        return rows;
    }

    private AppendOutcome Change(NewEntry wish, ChangeWish change, long seq, long at, out MessageNow? told)
    {
        told = null;
        if (Of(change.Message) is not { } message) return AppendOutcome.NoMessage;
        var own = message.Person == wish.Person && wish.Person is not null;
        var (age, now) = (TimeSpan.FromMilliseconds(at - message.At), (message.Now ?? new(message.Seq, seq)) with { Version = seq });
        switch (change.Deed)
        {
            case Deed.Edit:
                if (!own) return AppendOutcome.NotYours;
                if (age > ChatRules.EditWithin) return AppendOutcome.TooLate;
                now = now with { EditedAt = at, Text = change.Text, Preview = null };
                before[wish.Id] = message.Text;
                break;
            case Deed.Remove:
                if (!own && !change.Staff) return AppendOutcome.NotYours;
                if (own && !change.Staff && age > ChatRules.RemoveWithin) return AppendOutcome.TooLate;
                now = new(message.Seq, seq, EditedAt: now.EditedAt, Removed: own ? "author" : "staff");
                before[wish.Id] = message.Text;
                break;
            case Deed.Pin or Deed.Unpin:
                if (!change.Staff) return AppendOutcome.NotYours;
                var pin = change.Deed is Deed.Pin;
                if (pin && !now.Pinned && pins >= ChatRules.MostPins) return AppendOutcome.TooManyPins;
                pins += pin == now.Pinned ? 0 : pin ? 1 : -1;
                now = now with { Pinned = pin };
                break;
            default:
                // An edit in between may have taken the link away.
                if (change.Preview is null || message.Text?.Contains(change.Preview.Url, StringComparison.Ordinal) != true) return AppendOutcome.NoMessage;
                now = now with { Preview = change.Preview };
                break;
        }
        Become(message, now);
        told = Told(message.Seq);
        return AppendOutcome.Kept;
    }

    /// <summary>A message that is still there.</summary>
    private Entry? Of(long seq) => messages.TryGetValue(seq, out var message) && message is { Kind: EntryKind.Chat, Now: null or { Removed: null } } ? message : null;

    private void Become(Entry message, MessageNow now)
    {
        messages[message.Seq] = now.On(message);
        changed.Add(message.Seq);
    }

    /// <summary>As everybody is told: with the text, when it is another than the first.</summary>
    private MessageNow Told(long seq)
    {
        var message = messages[seq];
        return message.Now is { EditedAt: not null, Removed: null } now ? now with { Text = message.Text } : message.Now!;
    }
}
