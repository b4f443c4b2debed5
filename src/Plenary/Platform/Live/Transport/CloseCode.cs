using System.Buffers.Binary;

namespace Plenary.Platform.Live.Transport;

/// <summary>Why a connection is closed (RFC 6455, section 7.4).</summary>
internal enum CloseCode : ushort
{
    None = 0,
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,

    /// <summary>Not a code that is sent: the frame had none.</summary>
    Absent = 1005,

    /// <summary>What was sent as text is not UTF-8.</summary>
    NotText = 1007,
    TooBig = 1009,
}

/// <summary>The payload of close frames.</summary>
internal static class Closing
{
    public static byte[] Frame(CloseCode code)
    {
        if (code is CloseCode.None or CloseCode.Absent) return WebSocketFrame.Of([], WebSocketOpcode.Close);
        Span<byte> payload = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return WebSocketFrame.Of(payload, WebSocketOpcode.Close);
    }

    /// <summary>With which code to answer a client's close frame: its own, or what is wrong with it.</summary>
    public static CloseCode AnswerTo(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return CloseCode.Absent;
        if (payload.Length == 1) return CloseCode.ProtocolError;
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        // Those of the standard and its registry, of libraries, and of applications; the others are never sent.
        if (code is not ((>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999))) return CloseCode.ProtocolError;
        var reason = new Utf8Check();
        return reason.Accepts(payload[2..]) && reason.IsWhole ? (CloseCode)code : CloseCode.NotText;
    }
}
