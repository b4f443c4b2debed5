using System.Buffers.Binary;

namespace Plenary.Stage.Media;

/// <summary>Writes boxes (ISO/IEC 14496-12, 4.2).</summary>
internal static class Mp4
{
    /// <summary>A box with this content.</summary>
    public static byte[] Box(uint type, params ReadOnlySpan<byte[]> contents)
    {
        var length = 8;
        foreach (var content in contents) length += content.Length;
        var box = new byte[length];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)length);
        BinaryPrimitives.WriteUInt32BigEndian(box.AsSpan(4), type);
        var end = 8;
        foreach (var content in contents)
        {
            content.CopyTo(box, end);
            end += content.Length;
        }
        return box;
    }

    /// <summary>Fields of 32 bits.</summary>
    public static byte[] Words(params ReadOnlySpan<uint> words)
    {
        var bytes = new byte[words.Length * 4];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }

    public static byte[] Word64(ulong word)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, word);
        return bytes;
    }
}
