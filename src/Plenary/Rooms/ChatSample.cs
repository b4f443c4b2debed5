namespace Plenary.Rooms;

/// <summary>
/// What is shown of a chat that nobody could read: in a room of more than <see cref="Huge"/> people, about <see cref="PerSecond"/> entries a
/// second of those that attendees write. Staff, speakers and the stage are always shown. Which ones is drawn by lot; the lots are the entries' numbers and
/// ids and the clock is their own times, so every process that was told the same entries shows the same ones, and nobody can choose an id that
/// wins, because the number comes later.
/// </summary>
internal sealed class ChatSample
{
    /// <summary>People; up to here everybody sees everything.</summary>
    public const int Huge = 500;

    /// <summary>Entries of attendees that are shown in a second; after a quiet second as many at once.</summary>
    public const int PerSecond = 10;

    /// <summary>Entries further apart than this do not draw against each other.</summary>
    private const long StretchMs = 500;

    private double allowed = PerSecond;
    private long at;

    /// <summary>For each of these entries, which follow those asked about before: is it shown?</summary>
    /// <param name="entries">In order.</param>
    /// <param name="people">In the room, over all processes.</param>
    public bool[] Choose(IReadOnlyList<Entry> entries, int people)
    {
        var shown = new bool[entries.Count];
        for (var from = 0; from < entries.Count;)
        {
            var to = from + 1;
            while (to < entries.Count && entries[to].At - entries[from].At < StretchMs) to++;
            Draw(entries, from, to, people, shown);
            from = to;
        }
        return shown;
    }

    /// <summary>True for what attendees write; the rest is shown to all.</summary>
    private static bool MayBeLeftOut(Entry entry) => entry is { Kind: EntryKind.Chat, Role: "attendee" };

    /// <summary>SplitMix64's finalizer (Steele, Lea, Flood 2014) over id and number: as good as random, the same everywhere.</summary>
    private static ulong Lot(Entry entry)
    {
        Span<byte> id = stackalloc byte[16];
        entry.Id.TryWriteBytes(id);
        var mixed = BitConverter.ToUInt64(id) ^ BitConverter.ToUInt64(id[8..]) ^ ((ulong)entry.Seq * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private void Draw(IReadOnlyList<Entry> entries, int from, int to, int people, bool[] shown)
    {
        var latest = entries[to - 1].At;
        if (at != 0 && latest > at) allowed = Math.Min(PerSecond, allowed + (latest - at) * PerSecond / 1000.0);
        at = latest;
        var drawing = new List<(ulong Lot, int Place)>();
        for (var i = from; i < to; i++)
        {
            shown[i] = true;
            if (MayBeLeftOut(entries[i])) drawing.Add((Lot(entries[i]), i));
        }
        if (people <= Huge)
        {
            allowed = PerSecond;
            return;
        }
        var most = (int)allowed;
        if (drawing.Count > most)
        {
            drawing.Sort();
            foreach (var (_, place) in drawing.Skip(most)) shown[place] = false;
        }
        allowed -= Math.Min(most, drawing.Count);
    }
}
