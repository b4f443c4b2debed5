using System.Buffers.Binary;
using System.Text;
using Plenary.Platform;

namespace Plenary.Stage.Media;

/// <summary>Four-character codes of the boxes we look into (ISO/IEC 14496-12, 4.2).</summary>
internal static class BoxType
{
    public const uint Ftyp = 0x66747970, Moov = 0x6d6f6f76, Trak = 0x7472616b, Tkhd = 0x746b6864, Mdia = 0x6d646961, Mdhd = 0x6d646864,
        Hdlr = 0x68646c72, Mvex = 0x6d766578, Trex = 0x74726578, Moof = 0x6d6f6f66, Traf = 0x74726166, Tfhd = 0x74666864, Tfdt = 0x74666474,
        Trun = 0x7472756e, Mdat = 0x6d646174, Mfhd = 0x6d666864, Minf = 0x6d696e66, Stbl = 0x7374626c, Stsd = 0x73747364, Avc1 = 0x61766331, Avc3 = 0x61766333,
        AvcC = 0x61766343, Mp4a = 0x6d703461, Opus = 0x4f707573,
        Edts = 0x65647473, Elst = 0x656c7374, Stts = 0x73747473, Ctts = 0x63747473, Stsc = 0x73747363, Stsz = 0x7374737a, Stss = 0x73747373, Stco = 0x7374636f, Co64 = 0x636f3634,
        Vmhd = 0x766d6864, Smhd = 0x736d6864, Dinf = 0x64696e66, Dref = 0x64726566, Url = 0x75726c20, Mvhd = 0x6d766864, Free = 0x66726565;

    /// <summary>Handler types of a video and of a sound track.</summary>
    public const uint Vide = 0x76696465, Soun = 0x736f756e;

    public static string Name(uint type)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, type);
        return Encoding.ASCII.GetString(bytes);
    }

    /// <summary>Codes are printable by convention; anything else means that we lost, or never had, the thread.</summary>
    public static bool Plausible(uint type)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
            if ((type >> shift & 0xff) is < 0x20 or > 0x7e) return false;
        return true;
    }
}

/// <summary>Media that cannot be what it says it is.</summary>
public static class MalformedMedia
{
    public const string Code = "invalid-media";

    /// <param name="what">What is wrong, as the end of a sentence.</param>
    public static RefusalException Because(string what) => new(new Refusal(Code, 400, $"The recording cannot be read: {what}."));
}

/// <summary>Walks the boxes inside a box that is wholly in memory (ISO/IEC 14496-12, 4.2).</summary>
internal ref struct Boxes(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> rest = content;

    /// <summary>The next box's type and content. Refused: a box longer than what holds it.</summary>
    public bool Next(out uint type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        if (rest.IsEmpty) return false;
        if (rest.Length < 8) throw MalformedMedia.Because("a box ends within its header");
        var size = BinaryPrimitives.ReadUInt32BigEndian(rest);
        type = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        // 64-bit sizes and "to the end" are for media data; nothing we look into is that large.
        if (size < 8 || size > rest.Length) throw MalformedMedia.Because($"the size of a box “{BoxType.Name(type)}” is wrong");
        body = rest[8..(int)size];
        rest = rest[(int)size..];
        return true;
    }
}

/// <summary>Reads the fields of one box in order; never past its end.</summary>
internal ref struct Fields(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> rest = body;

    public readonly int Left => rest.Length;

    public readonly ReadOnlySpan<byte> Rest => rest;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>Version and flags of a FullBox (ISO/IEC 14496-12, 4.2).</summary>
    public (byte Version, uint Flags) Full()
    {
        var word = U32();
        return ((byte)(word >> 24), word & 0xffffff);
    }

    public void Skip(int bytes) => Take(bytes);

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (rest.Length < bytes) throw MalformedMedia.Because("a box is shorter than its fields");
        var taken = rest[..bytes];
        rest = rest[bytes..];
        return taken;
    }
}
