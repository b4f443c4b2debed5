namespace Plenary.Load.Wire;

/// <summary>An entry of a room as a simulator cares for it.</summary>
/// <param name="Seq">Its number in the room.</param>
/// <param name="Stamp">When and as which it was sent; default when it is nobody's measured message.</param>
internal readonly record struct SeenEntry(long Seq, Stamp Stamp);

/// <summary>
/// Reads <c>Frame</c>, <c>Joined</c> and <c>Also</c> (docs/develop/protocol.md), one at a time into the same fields, so that a delivery allocates
/// nothing. What it does not know is passed over.
/// </summary>
internal sealed class RoomReader
{
    public long Prev { get; private set; }

    public long Seq { get; private set; }

    public int Left { get; private set; }

    public bool Replayed { get; private set; }

    public List<SeenEntry> Entries { get; } = new(256);

    public void Read(ref MessagePackCursor cursor)
    {
        (Prev, Seq, Left, Replayed) = (0, 0, 0, false);
        Entries.Clear();
        for (var pairs = cursor.Map(); pairs > 0; pairs--)
        {
            var key = cursor.Text();
            if (key.SequenceEqual("prev"u8)) Prev = cursor.Integer();
            else if (key.SequenceEqual("seq"u8)) Seq = cursor.Integer();
            else if (key.SequenceEqual("entries"u8)) ReadEntries(ref cursor);
            else if (key.SequenceEqual("left"u8)) Left = (int)cursor.Integer();
            else if (key.SequenceEqual("replayed"u8)) Replayed = cursor.Boolean();
            else cursor.Skip();
        }
    }

    private void ReadEntries(ref MessagePackCursor cursor)
    {
        for (var count = cursor.Array(); count > 0; count--)
        {
            var (seq, stamp) = (0L, default(Stamp));
            for (var pairs = cursor.Map(); pairs > 0; pairs--)
            {
                var key = cursor.Text();
                if (key.SequenceEqual("seq"u8)) seq = cursor.Integer();
                else if (key.SequenceEqual("text"u8)) Stamp.TryRead(cursor.Text(), out stamp);
                else cursor.Skip();
            }
            Entries.Add(new(seq, stamp));
        }
    }
}
