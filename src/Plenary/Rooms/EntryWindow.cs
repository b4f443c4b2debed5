using Plenary.Rooms.Chat;

namespace Plenary.Rooms;

/// <summary>
/// The latest entries of a room, without gaps: what those who come back are told from. A ring that grows with what it holds, up to
/// <paramref name="capacity"/>.
/// </summary>
internal sealed class EntryWindow(int capacity = EntryWindow.Usual)
{
    public const int Usual = 2_000;

    private Place[] ring = new Place[Math.Min(capacity, 16)];
    private int count;
    private long planAt;

    /// <summary>By the number of a message, the number of the latest change of it.</summary>
    private readonly Dictionary<long, long> changedAt = [];

    /// <summary>By the number of a message, those that answer it.</summary>
    private readonly Dictionary<long, List<long>> answers = [];

    /// <summary>The number of the latest entry; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>The number of the oldest entry held; one more than <see cref="Last"/> when there is none.</summary>
    public long First => Last - count + 1;

    /// <summary>Takes the next entry; answers the one that fell out, if any.</summary>
    /// <param name="entry">The next by its number.</param>
    /// <param name="shown">False when it was left out of the frame (<see cref="ChatSample"/>).</param>
    public Entry? Add(Entry entry, bool shown = true)
    {
        if (entry.Seq != Last + 1) throw new InvalidOperationException($"Entry {entry.Seq} cannot follow {Last}.");
        if (count == ring.Length && count < capacity) Grow();
        ref var place = ref ring[entry.Seq % ring.Length];
        var dropped = count == capacity ? place.Entry : null;
        place = new(entry, shown);
        Last = entry.Seq;
        if (count < capacity) count++;
        if (dropped is not null) Forget(dropped);
        if (entry.Plan is { } plan) Supersede(entry.Seq, plan);
        if (entry.Quote is { } quote) (answers.TryGetValue(quote.Message, out var known) ? known : answers[quote.Message] = []).Add(entry.Seq);
        foreach (var change in entry.Changes ?? []) Fold(entry.Seq, change);
        return dropped;
    }

    /// <summary>Of all plans held only the newest is worth its size: whoever comes back needs no other.</summary>
    private void Supersede(long seq, PlanNow plan)
    {
        var before = planAt >= First && planAt > 0 ? At(planAt).Entry.Plan : null;
        var old = before is null || plan.Version >= before.Version ? planAt : seq;
        if (old != seq) planAt = seq;
        if (old < First || old == 0) return;
        ref var place = ref ring[old % ring.Length];
        place = place with { Entry = place.Entry with { Plan = null } };
    }

    /// <summary>
    /// What is held is as it is now: the message, what quotes it, and of its changes only the latest tells anything, so that nobody who comes back is shown what was taken away. A change has
    /// a higher number than what it changes: of what is held, all changes are held.
    /// </summary>
    private void Fold(long seq, MessageNow now)
    {
        Put(now.Message, now.On);
        foreach (var answer in answers.GetValueOrDefault(now.Message) ?? []) Put(answer, now.On);
        if (changedAt.TryGetValue(now.Message, out var before) && before != seq)
            Put(before, entry => entry with { Changes = [.. entry.Changes!.Where(change => change.Message != now.Message)] });
        changedAt[now.Message] = seq;
    }

    private void Put(long seq, Func<Entry, Entry> change)
    {
        if (seq < First || seq > Last) return;
        ref var place = ref ring[seq % ring.Length];
        place = place with { Entry = change(place.Entry) };
    }

    private void Forget(Entry dropped)
    {
        foreach (var change in dropped.Changes ?? [])
            if (changedAt.GetValueOrDefault(change.Message) == dropped.Seq) changedAt.Remove(change.Message);
        if (dropped.Quote is not { } quote || !answers.TryGetValue(quote.Message, out var known)) return;
        known.Remove(dropped.Seq);
        if (known.Count == 0) answers.Remove(quote.Message);
    }

    /// <summary>The entry of this number; null when it is not held.</summary>
    public Entry? Find(long seq) => seq >= First && seq <= Last ? At(seq).Entry : null;

    /// <summary>Forgets everything and goes on after this number.</summary>
    public void Reset(long last)
    {
        changedAt.Clear();
        answers.Clear();
        ring = new Place[Math.Min(capacity, 16)];
        (count, Last, planAt) = (0, last, 0);
    }

    /// <summary>Forgets everything and goes on with these, which have no gaps; when there are none, after <paramref name="last"/>.</summary>
    public void Reset(IReadOnlyList<Entry> entries, long last)
    {
        Reset(entries.Count == 0 ? last : entries[0].Seq - 1);
        foreach (var entry in entries) Add(entry);
    }

    /// <summary>True when the entries after this number are all held, and the number was given.</summary>
    public bool Reaches(long seq) => seq >= First - 1 && seq <= Last;

    /// <summary>Exactly the entries after this number; null when some of them are no longer held, or the number was never given.</summary>
    public Entry[]? After(long seq)
    {
        if (!Reaches(seq)) return null;
        var entries = new Entry[Last - seq];
        for (var i = 0; i < entries.Length; i++) entries[i] = At(seq + 1 + i).Entry;
        return entries;
    }

    /// <summary>Everything held.</summary>
    public Entry[] All() => After(First - 1)!;

    /// <summary>Those after this number that were not left out. The number must be within reach.</summary>
    public Entry[] ShownAfter(long seq) => [.. Range(seq).Where(p => p.Shown).Select(p => p.Entry)];

    /// <summary>Those after this number that were left out. The number must be within reach.</summary>
    public IEnumerable<Entry> LeftAfter(long seq) => Range(seq).Where(p => !p.Shown).Select(p => p.Entry);

    /// <summary>The latest entries of chat that were not left out, oldest first.</summary>
    public Entry[] LatestChat(int most)
    {
        var found = new List<Entry>(most);
        for (var seq = Last; seq >= First && found.Count < most; seq--)
            if (At(seq) is { Shown: true, Entry: { Kind: EntryKind.Chat } entry }) found.Add(entry);
        found.Reverse();
        return [.. found];
    }

    private Place At(long seq) => ring[seq % ring.Length];

    private IEnumerable<Place> Range(long after)
    {
        for (var seq = after + 1; seq <= Last; seq++) yield return At(seq);
    }

    private void Grow()
    {
        var bigger = new Place[Math.Min(capacity, 2 * ring.Length)];
        for (var seq = First; seq <= Last; seq++) bigger[seq % bigger.Length] = At(seq);
        ring = bigger;
    }

    private readonly record struct Place(Entry Entry, bool Shown);
}
