using System.Buffers.Binary;

namespace Plenary.Load.Wire;

/// <summary>
/// Reads MessagePack forward without allocating: what a simulator needs of it, and nothing checked twice. Bytes that are no MessagePack, or end
/// too early, throw <see cref="InvalidDataException"/>. https://github.com/msgpack/msgpack/blob/master/spec.md
/// </summary>
internal ref struct MessagePackCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    /// <summary>Items of an array; -1 for nil.</summary>
    public int Array()
    {
        var lead = Next();
        return lead switch
        {
            >= 0x90 and <= 0x9f => lead & 0x0f,
            0xdc => (int)Unsigned(2),
            0xdd => (int)Unsigned(4),
            0xc0 => -1,
            _ => throw Unexpected(lead, "an array"),
        };
    }

    /// <summary>Pairs of a map; -1 for nil.</summary>
    public int Map()
    {
        var lead = Next();
        return lead switch
        {
            >= 0x80 and <= 0x8f => lead & 0x0f,
            0xde => (int)Unsigned(2),
            0xdf => (int)Unsigned(4),
            0xc0 => -1,
            _ => throw Unexpected(lead, "a map"),
        };
    }

    /// <summary>The bytes of a text, empty for nil.</summary>
    public ReadOnlySpan<byte> Text()
    {
        var lead = Next();
        return lead switch
        {
            >= 0xa0 and <= 0xbf => Take(lead & 0x1f),
            0xd9 => Take((int)Unsigned(1)),
            0xda => Take((int)Unsigned(2)),
            0xdb => Take((int)Unsigned(4)),
            0xc0 => default,
            _ => throw Unexpected(lead, "a text"),
        };
    }

    /// <summary>An integer, or a floating number cut to one; 0 for nil.</summary>
    public long Integer()
    {
        var lead = Next();
        return lead switch
        {
            <= 0x7f => lead,
            >= 0xe0 => (sbyte)lead,
            0xc0 => 0,
            0xcc => (long)Unsigned(1),
            0xcd => (long)Unsigned(2),
            0xce => (long)Unsigned(4),
            0xcf => (long)Unsigned(8),
            0xd0 => (sbyte)Unsigned(1),
            0xd1 => (short)Unsigned(2),
            0xd2 => (int)Unsigned(4),
            0xd3 => (long)Unsigned(8),
            0xca => (long)BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            0xcb => (long)BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            _ => throw Unexpected(lead, "a number"),
        };
    }

    /// <summary>True for true; false for false and nil.</summary>
    public bool Boolean()
    {
        var lead = Next();
        return lead switch { 0xc3 => true, 0xc2 or 0xc0 => false, _ => throw Unexpected(lead, "true or false") };
    }

    /// <summary>Passes over one value, whatever it holds.</summary>
    public void Skip()
    {
        for (var rest = 1L; rest > 0; rest--)
        {
            var lead = Next();
            switch (lead)
            {
                case <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3: break;
                case >= 0x80 and <= 0x8f: rest += 2 * (lead & 0x0f); break;
                case >= 0x90 and <= 0x9f: rest += lead & 0x0f; break;
                case >= 0xa0 and <= 0xbf: Take(lead & 0x1f); break;
                case 0xc4 or 0xd9: Take((int)Unsigned(1)); break;
                case 0xc5 or 0xda: Take((int)Unsigned(2)); break;
                case 0xc6 or 0xdb: Take((int)Unsigned(4)); break;
                case 0xc7: Take((int)Unsigned(1) + 1); break;
                case 0xc8: Take((int)Unsigned(2) + 1); break;
                case 0xc9: Take((int)Unsigned(4) + 1); break;
                case 0xcc or 0xd0: Take(1); break;
                case 0xcd or 0xd1: Take(2); break;
                case 0xca or 0xce or 0xd2: Take(4); break;
                case 0xcb or 0xcf or 0xd3: Take(8); break;
                case >= 0xd4 and <= 0xd8: Take((1 << (lead - 0xd4)) + 1); break;
                case 0xdc: rest += (long)Unsigned(2); break;
                case 0xdd: rest += (long)Unsigned(4); break;
                case 0xde: rest += 2 * (long)Unsigned(2); break;
                case 0xdf: rest += 2 * (long)Unsigned(4); break;
                default: throw Unexpected(lead, "a value");
            }
        }
    }

    private byte Next() => at < bytes.Length ? bytes[at++] : throw TooShort();

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - at) throw TooShort();
        at += count;
        return bytes.Slice(at - count, count);
    }

    private ulong Unsigned(int width)
    {
        var value = 0UL;
        foreach (var digit in Take(width)) value = (value << 8) | digit;
        return value;
    }

    private static InvalidDataException TooShort() => new("MessagePack ends too early");

    private static InvalidDataException Unexpected(byte lead, string hoped) => new($"MessagePack has 0x{lead:x2} where {hoped} should be");
}
