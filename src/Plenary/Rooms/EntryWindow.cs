namespace Plenary.Rooms;

/// <summary>The latest entries of a room, without gaps: what those who come back are told from.</summary>
internal sealed class EntryWindow(int capacity = EntryWindow.Usual)
{
    public const int Usual = 2_000;

    private readonly Entry[] ring = new Entry[capacity];
    private int count;

    /// <summary>The number of the latest entry; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>The number of the oldest entry held; one more than <see cref="Last"/> when there is none.</summary>
    public long First => Last - count + 1;

    /// <summary>Takes the next entry; answers the one that fell out, if any.</summary>
    public Entry? Add(Entry entry)
    {
        if (entry.Seq != Last + 1) throw new InvalidOperationException($"Entry {entry.Seq} cannot follow {Last}.");
        ref var place = ref ring[entry.Seq % capacity];
        var dropped = count == capacity ? place : null;
        place = entry;
        Last = entry.Seq;
        if (count < capacity) count++;
        return dropped;
    }

    /// <summary>Forgets everything and goes on with these, which have no gaps; when there are none, after <paramref name="last"/>.</summary>
    public void Reset(IReadOnlyList<Entry> entries, long last)
    {
        count = 0;
        Last = entries.Count == 0 ? last : entries[0].Seq - 1;
        foreach (var entry in entries) Add(entry);
    }

    /// <summary>Exactly the entries after this number; null when some of them are no longer held, or the number was never given.</summary>
    public Entry[]? After(long seq)
    {
        if (seq < First - 1 || seq > Last) return null;
        var entries = new Entry[Last - seq];
        for (var i = 0; i < entries.Length; i++) entries[i] = ring[(seq + 1 + i) % capacity];
        return entries;
    }

    /// <summary>Everything held.</summary>
    public Entry[] All() => After(First - 1)!;

    /// <summary>The latest entries of chat, oldest first.</summary>
    public Entry[] LatestChat(int most)
    {
        var found = new List<Entry>(most);
        for (var seq = Last; seq >= First && found.Count < most; seq--)
            if (ring[seq % capacity] is { Kind: EntryKind.Chat } entry) found.Add(entry);
        found.Reverse();
        return [.. found];
    }
}
