using System.Buffers.Binary;

namespace Plenary.Stage.Media;

/// <summary>
/// Takes the sound out of a stream of fragmented MP4 without decoding anything: the initialization section keeps one track, each fragment that
/// track's samples (ISO/IEC 14496-12, 8.8). So sound alone costs no processor and needs no other program.
/// </summary>
internal sealed class SoundCut
{
    private const uint HasDataOffset = 0x1, HasFirstFlags = 0x4, HasDuration = 0x100, HasSize = 0x200, HasFlags = 0x400, HasCompositionOffset = 0x800;
    private const uint HasBase = 0x1, HasDescription = 0x2, HasDefaultDuration = 0x8, HasDefaultSize = 0x10, BaseIsMoof = 0x20000;
    private readonly uint track, usualSize;

    private SoundCut(uint track, uint usualSize, byte[] init) => (this.track, this.usualSize, Init) = (track, usualSize, init);

    /// <summary>The initialization section of the sound alone.</summary>
    public byte[] Init { get; }

    /// <summary>Null when the stream has no sound, or nothing else.</summary>
    public static SoundCut? Of(ReadOnlySpan<byte> init)
    {
        var movie = Movie.Of(init);
        if (!movie.HasVideo || movie.SoundTrack is not { } sound) return null;
        return new(sound.Track, sound.SampleSize, Keep(init, sound.Track));
    }

    /// <summary>The fragment's sound as a fragment; null when it has none, or lays it out in a way that recorders and ffmpeg do not. Refused: boxes that contradict themselves.</summary>
    public byte[]? Cut(ReadOnlySpan<byte> fragment)
    {
        var begin = 0;
        var boxes = new Boxes(fragment);
        while (boxes.Next(out var type, out var body))
        {
            if (type == BoxType.Moof) return Cut(fragment, begin, body);
            begin += 8 + body.Length;
        }
        return null;
    }

    private byte[]? Cut(ReadOnlySpan<byte> fragment, int begin, ReadOnlySpan<byte> moof)
    {
        using var header = new MemoryStream();
        using var data = new MemoryStream();
        var offsets = new List<(int At, int Into)>(); // fields to be filled in when the size of the header is known
        var boxes = new Boxes(moof);
        while (boxes.Next(out var type, out var body))
        {
            if (type == BoxType.Mfhd) Write(header, type, body);
            else if (type == BoxType.Traf && Track(body) == track && !Cut(fragment, begin, body, header, data, offsets)) return null;
        }
        if (data.Length == 0) return null;
        var moofLength = 8 + (int)header.Length;
        var cut = new byte[moofLength + 8 + data.Length];
        Header(cut, moofLength, BoxType.Moof);
        header.ToArray().CopyTo(cut, 8);
        Header(cut.AsSpan(moofLength), 8 + (int)data.Length, BoxType.Mdat);
        data.ToArray().CopyTo(cut, moofLength + 8);
        foreach (var (at, into) in offsets) BinaryPrimitives.WriteInt32BigEndian(cut.AsSpan(8 + at), moofLength + 8 + into);
        return cut;
    }

    /// <summary>Copies one track of a fragment: its boxes, and the bytes that its runs point to.</summary>
    private bool Cut(ReadOnlySpan<byte> fragment, int begin, ReadOnlySpan<byte> traf, MemoryStream header, MemoryStream data, List<(int, int)> offsets)
    {
        var start = (int)header.Length;
        header.Write(stackalloc byte[8]);
        var size = usualSize;
        long next = -1;
        var boxes = new Boxes(traf);
        while (boxes.Next(out var type, out var body))
        {
            if (type == BoxType.Tfhd)
            {
                var fields = new Fields(body);
                var (_, has) = fields.Full();
                if ((has & HasBase) != 0 || (has & BaseIsMoof) == 0) return false;
                fields.Skip(4 + ((has & HasDescription) != 0 ? 4 : 0) + ((has & HasDefaultDuration) != 0 ? 4 : 0));
                if ((has & HasDefaultSize) != 0) size = fields.U32();
                Write(header, type, body);
            }
            else if (type == BoxType.Trun)
            {
                var fields = new Fields(body);
                var (_, has) = fields.Full();
                var count = fields.U32();
                if ((has & HasDataOffset) == 0 && next < 0) return false;
                if ((has & HasDataOffset) != 0) next = begin + (int)fields.U32();
                var length = Length(ref fields, has, count, size);
                if (next < 0 || next + length > fragment.Length) throw MalformedMedia.Because("a fragment points beyond its media");
                var at = (int)header.Length;
                // With an offset of its own, whether or not it had one.
                WriteRun(header, body, has);
                offsets.Add((at + 16, (int)data.Length));
                data.Write(fragment.Slice((int)next, (int)length));
                next += length;
            }
            else Write(header, type, body);
        }
        var end = (int)header.Length;
        Header(header.GetBuffer().AsSpan(start), end - start, BoxType.Traf);
        return true;
    }

    private static long Length(ref Fields fields, uint has, uint count, uint size)
    {
        if ((has & HasFirstFlags) != 0) fields.Skip(4);
        if ((has & HasSize) == 0) return (long)count * size;
        var each = ((has & HasDuration) != 0 ? 4 : 0) + 4 + ((has & HasFlags) != 0 ? 4 : 0) + ((has & HasCompositionOffset) != 0 ? 4 : 0);
        if (count * (long)each > fields.Left) throw MalformedMedia.Because("a fragment says it has more samples than it holds");
        long length = 0;
        for (var i = 0u; i < count; i++)
        {
            if ((has & HasDuration) != 0) fields.Skip(4);
            length += fields.U32();
            if ((has & HasFlags) != 0) fields.Skip(4);
            if ((has & HasCompositionOffset) != 0) fields.Skip(4);
        }
        return length;
    }

    private static void WriteRun(MemoryStream to, ReadOnlySpan<byte> trun, uint has)
    {
        var old = (has & HasDataOffset) != 0 ? 12 : 8;
        Span<byte> head = stackalloc byte[20];
        Header(head, 20 + trun.Length - old, BoxType.Trun);
        trun[..8].CopyTo(head[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(head[8..], BinaryPrimitives.ReadUInt32BigEndian(trun) | HasDataOffset);
        to.Write(head);
        to.Write(trun[old..]);
    }

    private static uint Track(ReadOnlySpan<byte> traf)
    {
        var boxes = new Boxes(traf);
        while (boxes.Next(out var type, out var body))
        {
            if (type != BoxType.Tfhd) continue;
            var fields = new Fields(body);
            fields.Full();
            return fields.U32();
        }
        return 0;
    }

    /// <summary>The initialization section with one track.</summary>
    private static byte[] Keep(ReadOnlySpan<byte> init, uint track)
    {
        using var kept = new MemoryStream();
        var boxes = new Boxes(init);
        while (boxes.Next(out var type, out var body)) Write(kept, type, type == BoxType.Moov ? KeepIn(body, track) : body);
        return kept.ToArray();
    }

    private static byte[] KeepIn(ReadOnlySpan<byte> container, uint track)
    {
        using var kept = new MemoryStream();
        var boxes = new Boxes(container);
        while (boxes.Next(out var type, out var body))
        {
            if (type == BoxType.Mvex) Write(kept, type, KeepIn(body, track));
            else if (type is not (BoxType.Trak or BoxType.Trex) || Number(type, body) == track) Write(kept, type, body);
        }
        return kept.ToArray();
    }

    private static uint Number(uint type, ReadOnlySpan<byte> body)
    {
        if (type == BoxType.Trex)
        {
            var fields = new Fields(body);
            fields.Full();
            return fields.U32();
        }
        var boxes = new Boxes(body);
        while (boxes.Next(out var inner, out var content))
        {
            if (inner != BoxType.Tkhd) continue;
            var fields = new Fields(content);
            fields.Skip(fields.Full().Version == 1 ? 16 : 8);
            return fields.U32();
        }
        return 0;
    }

    private static void Write(MemoryStream to, uint type, ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[8];
        Header(head, 8 + body.Length, type);
        to.Write(head);
        to.Write(body);
    }

    private static void Header(Span<byte> at, int size, uint type)
    {
        BinaryPrimitives.WriteUInt32BigEndian(at, (uint)size);
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], type);
    }
}
