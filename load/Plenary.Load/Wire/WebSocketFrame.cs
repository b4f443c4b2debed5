using System.Buffers.Binary;

namespace Plenary.Load.Wire;

/// <summary>The header of a WebSocket frame (RFC 6455, section 5.2).</summary>
/// <param name="Opcode">0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong.</param>
/// <param name="Final">The last frame of its message.</param>
/// <param name="Header">Bytes of the header.</param>
/// <param name="Length">Bytes of the payload.</param>
internal readonly record struct WebSocketFrame(int Opcode, bool Final, int Header, int Length)
{
    public const int Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    /// <summary>Bytes before the payload of anything a client sends up to 64 KiB: header, length, mask.</summary>
    public const int LargestClientHeader = 8;

    /// <summary>False when the header is not complete yet. A masked frame from a server is against the protocol.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out WebSocketFrame frame)
    {
        frame = default;
        if (bytes.Length < 2) return false;
        var (opcode, final) = (bytes[0] & 0x0f, (bytes[0] & 0x80) != 0);
        if ((bytes[1] & 0x80) != 0) throw new InvalidDataException("a server must not mask");
        var length = bytes[1] & 0x7f;
        if (length < 126)
        {
            frame = new(opcode, final, 2, length);
            return true;
        }
        if (length == 126)
        {
            if (bytes.Length < 4) return false;
            frame = new(opcode, final, 4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
            return true;
        }
        if (bytes.Length < 10) return false;
        var large = BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        if (large > 64 << 20) throw new InvalidDataException("a frame of more than 64 MiB");
        frame = new(opcode, final, 10, (int)large);
        return true;
    }

    /// <summary>Writes a whole masked message as a client must; answers its length.</summary>
    /// <param name="target">At least <see cref="LargestClientHeader"/> bytes longer than the payload.</param>
    /// <param name="mask">Any number; browsers draw one for each frame.</param>
    public static int Write(Span<byte> target, int opcode, ReadOnlySpan<byte> payload, uint mask)
    {
        target[0] = (byte)(0x80 | opcode);
        var at = 2;
        if (payload.Length < 126) target[1] = (byte)(0x80 | payload.Length);
        else
        {
            target[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(target[2..], checked((ushort)payload.Length));
            at = 4;
        }
        var key = target.Slice(at, 4);
        BinaryPrimitives.WriteUInt32BigEndian(key, mask);
        at += 4;
        for (var i = 0; i < payload.Length; i++) target[at + i] = (byte)(payload[i] ^ key[i & 3]);
        return at + payload.Length;
    }
}
