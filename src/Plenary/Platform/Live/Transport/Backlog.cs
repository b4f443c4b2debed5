namespace Plenary.Platform.Live.Transport;

/// <summary>
/// What waits for a reader that is slower than what is sent to it. It never holds half a frame that has not begun, and never more than
/// <see cref="Most"/> bytes beyond what each room needs to tell that something is missing.
/// </summary>
internal sealed class Backlog
{
    /// <summary>Bytes that may wait.</summary>
    public const int Most = 256 * 1024;

    /// <summary>Bytes beyond which what may be lost is.</summary>
    public const int Crowded = 16 * 1024;

    private readonly LinkedList<Piece> pieces = new();

    /// <summary>Bytes that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Bytes that wait and may not be dropped: answers of the hub, and what was sent to this reader alone.</summary>
    public int Kept { get; private set; }

    /// <summary>Nothing waits.</summary>
    public bool IsEmpty => pieces.Count == 0;

    /// <summary>The bytes to be written next. They stay until <see cref="Advance"/>, whatever is dropped meanwhile.</summary>
    public ReadOnlyMemory<byte> Head => pieces.First!.Value.Rest;

    /// <summary>Says how many bytes of the head were written.</summary>
    public void Advance(int written)
    {
        var head = pieces.First!;
        Count(head.Value, -written);
        head.ValueRef = head.Value with { Rest = head.Value.Rest[written..], Begun = true };
        if (head.Value.Rest.IsEmpty) pieces.RemoveFirst();
    }

    /// <summary>Takes a frame by reference. False when this reader has to be given up: too much waits that may not be dropped.</summary>
    /// <param name="frame">What is still to be written of it.</param>
    /// <param name="begun">A part of it has been written, so that the rest must be.</param>
    /// <param name="kind">What may become of it.</param>
    /// <param name="crowd">The crowd it was sent to; null for what was sent to this reader alone.</param>
    public bool Add(ReadOnlyMemory<byte> frame, bool begun, FrameClass kind, Crowd? crowd)
    {
        if (!begun && kind == FrameClass.Ephemeral && Waiting > Crowded) return true;
        var piece = new Piece(frame, begun, kind, crowd);
        if (crowd is not null && kind == FrameClass.State) Drop(one => one.Crowd == crowd && one.Kind == FrameClass.State);
        if (Waiting + frame.Length > Most) MakeRoom(crowd is not null && kind == FrameClass.Entries ? crowd : null);
        pieces.AddLast(piece);
        Count(piece, frame.Length);
        return Kept <= Most;
    }

    /// <summary>
    /// Drops what was sent to crowds, but the newest entries of each, by whose numbers the reader sees what it lacks, and its state, of which only one waits
    /// anyway.
    /// </summary>
    private void MakeRoom(Crowd? told)
    {
        var newest = new HashSet<Crowd>(ReferenceEqualityComparer.Instance);
        if (told is not null) newest.Add(told);
        for (var node = pieces.Last; node is not null;)
        {
            var (before, piece) = (node.Previous, node.Value);
            if (MayBeDropped(node) && piece.Kind != FrameClass.State && !(piece.Kind == FrameClass.Entries && newest.Add(piece.Crowd!))) Remove(node);
            node = before;
        }
    }

    private void Drop(Predicate<Piece> which)
    {
        for (var node = pieces.First; node is not null;)
        {
            var (next, piece) = (node.Next, node.Value);
            if (MayBeDropped(node) && which(piece)) Remove(node);
            node = next;
        }
    }

    /// <summary>The first may be on its way at this moment.</summary>
    private bool MayBeDropped(LinkedListNode<Piece> node) => node.Value.Crowd is not null && !node.Value.Begun && node != pieces.First;

    private void Remove(LinkedListNode<Piece> node)
    {
        Count(node.Value, -node.Value.Rest.Length);
        pieces.Remove(node);
    }

    private void Count(Piece piece, int change)
    {
        Waiting += change;
        if (piece.Crowd is null) Kept += change;
    }

    private readonly record struct Piece(ReadOnlyMemory<byte> Rest, bool Begun, FrameClass Kind, Crowd? Crowd);
}
