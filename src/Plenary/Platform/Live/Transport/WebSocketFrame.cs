using System.Buffers.Binary;
using Microsoft.AspNetCore.Connections;

namespace Plenary.Platform.Live.Transport;

/// <summary>Frames from the server (RFC 6455, section 5.2): never masked, never fragmented.</summary>
internal static class WebSocketFrame
{
    /// <summary>Bytes of the longest header.</summary>
    public const int LongestHeader = 10;

    private const byte Final = 0x80;

    public static byte[] Of(ReadOnlySpan<byte> payload, TransferFormat format) => Of(payload, OpcodeOf(format));

    public static byte[] Of(ReadOnlySpan<byte> payload, WebSocketOpcode opcode)
    {
        var header = HeaderLength(payload.Length);
        var frame = new byte[header + payload.Length];
        WriteHeader(frame, payload.Length, opcode);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }

    public static WebSocketOpcode OpcodeOf(TransferFormat format) => format == TransferFormat.Text ? WebSocketOpcode.Text : WebSocketOpcode.Binary;

    public static int HeaderLength(int payload) => payload < 126 ? 2 : payload <= ushort.MaxValue ? 4 : LongestHeader;

    public static void WriteHeader(Span<byte> header, int payload, WebSocketOpcode opcode)
    {
        header[0] = (byte)(Final | (byte)opcode);
        switch (HeaderLength(payload))
        {
            case 2:
                header[1] = (byte)payload;
                break;
            case 4:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload);
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)payload);
                break;
        }
    }
}

/// <summary>What a frame is (RFC 6455, section 11.8).</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}
