using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plenary.Platform.Live.Transport;

/// <summary>What <see cref="FrameReader.Read"/> came upon.</summary>
internal enum Arrival
{
    /// <summary>The input is used up; what it began goes on with the next.</summary>
    Nothing,

    /// <summary>A message is complete.</summary>
    Message,

    /// <summary>A SignalR ping: it says that the client is there, and nothing else.</summary>
    SignalRPing,

    /// <summary>A control frame, with <see cref="FrameReader.ControlPayload"/>.</summary>
    Ping,

    /// <inheritdoc cref="Ping"/>
    Pong,

    /// <inheritdoc cref="Ping"/>
    Close,

    /// <summary>The client broke the protocol: close with <see cref="FrameReader.Fault"/>, and read no more.</summary>
    Violation,
}

/// <summary>
/// Reads the frames of a client (RFC 6455, section 5) from bytes cut anywhere, and holds nothing back: payload goes to the hub as it arrives,
/// unmasked. Only the header and the payload of a control frame are kept until they are complete.
/// </summary>
internal sealed class FrameReader(int largestMessage)
{
    private const int LongestHeader = 14;
    private const int LongestControl = 125;

    private static ReadOnlySpan<byte> BinaryPing => [2, 0x91, 6];

    private static ReadOnlySpan<byte> TextPing => "{\"type\":6}\u001e"u8;

    private Header header;
    private byte collected;
    private bool inPayload;
    private bool final;
    private bool inMessage;
    private bool isText;
    private WebSocketOpcode opcode;
    private uint mask;
    private int remaining;
    private int length;
    private int message;
    private byte[]? control;
    private Utf8Check text;

    /// <summary>Why the connection has to be closed.</summary>
    public CloseCode Fault { get; private set; }

    /// <summary>Of the control frame that was just read.</summary>
    public ReadOnlySpan<byte> ControlPayload => control.AsSpan(0, length);

    /// <summary>Keeps SignalR's pings from the hub, once it has shaken hands: what counts is that they arrived.</summary>
    public bool SwallowsPings { get; set; }

    /// <summary>Reads until something is to be done.</summary>
    /// <param name="input">What arrived; on return what is not read yet.</param>
    /// <param name="hub">Where the payload of messages goes.</param>
    public Arrival Read(ref ReadOnlySpan<byte> input, IBufferWriter<byte> hub)
    {
        while (true)
        {
            if (!inPayload)
            {
                if (!ReadHeader(ref input)) return Arrival.Nothing;
                if (Fault != default) return Arrival.Violation;
            }
            if (IsControl)
            {
                if (!ReadControl(ref input)) return Arrival.Nothing;
                return opcode switch { WebSocketOpcode.Ping => Arrival.Ping, WebSocketOpcode.Pong => Arrival.Pong, _ => Arrival.Close };
            }
            if (IsWholePing(input))
            {
                input = input[remaining..];
                EndFrame();
                return Arrival.SignalRPing;
            }
            ReadPayload(ref input, hub);
            if (isText && final && remaining == 0 && !text.IsWhole) Fault = CloseCode.NotText;
            if (Fault != default) return Arrival.Violation;
            if (remaining > 0) return Arrival.Nothing;
            if (EndFrame()) return Arrival.Message;
        }
    }

    private bool IsControl => opcode >= WebSocketOpcode.Close;

    /// <summary>False when the rest of it is still to come.</summary>
    private bool ReadHeader(ref ReadOnlySpan<byte> input)
    {
        Span<byte> bytes = header;
        for (var needed = collected < 2 ? 2 : LengthOf(bytes); collected < needed;)
        {
            if (input.IsEmpty) return false;
            bytes[collected++] = input[0];
            input = input[1..];
            if (collected != 2) continue;
            Fault = FaultOf(bytes[0], bytes[1]);
            if (Fault != default) return true;
            needed = LengthOf(bytes);
        }
        Begin(bytes);
        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> start) => 2 + 4 + ((start[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 });

    /// <summary>What the first two bytes already give away.</summary>
    private CloseCode FaultOf(byte first, byte second)
    {
        var isFinal = (first & 0x80) != 0;
        var code = (WebSocketOpcode)(first & 0x0F);
        var sound = (first & 0x70) == 0 // no extension was agreed on
            && (second & 0x80) != 0 // clients mask
            && code switch
            {
                WebSocketOpcode.Continuation => inMessage,
                WebSocketOpcode.Text or WebSocketOpcode.Binary => !inMessage,
                WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong => isFinal && (second & 0x7F) <= LongestControl,
                _ => false,
            };
        return sound ? default : CloseCode.ProtocolError;
    }

    private void Begin(ReadOnlySpan<byte> bytes)
    {
        final = (bytes[0] & 0x80) != 0;
        opcode = (WebSocketOpcode)(bytes[0] & 0x0F);
        var size = (bytes[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            var small => (ulong)small,
        };
        // A length is written with as few bytes as it takes, and its first bit is 0 (section 5.2).
        if ((bytes[1] & 0x7F, size) is (126, < 126) or (127, <= ushort.MaxValue or > long.MaxValue)) Fault = CloseCode.ProtocolError;
        else if (size > (ulong)largestMessage || (!IsControl && message + (int)size > largestMessage)) Fault = CloseCode.TooBig;
        mask = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(collected - 4)..]);
        inPayload = true;
        remaining = length = Fault == default ? (int)size : 0;
        if (IsControl) return;
        message += remaining;
        if (opcode != WebSocketOpcode.Continuation) (isText, text) = (opcode == WebSocketOpcode.Text, default);
        inMessage = true;
    }

    private bool ReadControl(ref ReadOnlySpan<byte> input)
    {
        var take = Math.Min(remaining, input.Length);
        if (length > 0) control ??= new byte[LongestControl];
        Unmask(input[..take], control.AsSpan(length - remaining));
        input = input[take..];
        remaining -= take;
        if (remaining > 0) return false;
        (inPayload, collected) = (false, 0);
        return true;
    }

    /// <summary>All of a message is here, and it is a ping.</summary>
    private bool IsWholePing(ReadOnlySpan<byte> input)
    {
        if (!SwallowsPings || !final || message != length || remaining != length || input.Length < length) return false;
        var ping = isText ? TextPing : BinaryPing;
        if (length != ping.Length) return false;
        Span<byte> plain = stackalloc byte[16];
        var before = mask;
        Unmask(input[..length], plain);
        mask = before;
        return plain[..length].SequenceEqual(ping);
    }

    private void ReadPayload(ref ReadOnlySpan<byte> input, IBufferWriter<byte> hub)
    {
        while (remaining > 0 && !input.IsEmpty)
        {
            var target = hub.GetSpan();
            var take = Math.Min(Math.Min(remaining, input.Length), target.Length);
            Unmask(input[..take], target);
            if (isText && !text.Accepts(target[..take]))
            {
                Fault = CloseCode.NotText;
                return;
            }
            hub.Advance(take);
            input = input[take..];
            remaining -= take;
        }
    }

    /// <summary>True when it was the last one of its message.</summary>
    private bool EndFrame()
    {
        (inPayload, collected, remaining) = (false, 0, 0);
        if (!final) return false;
        (inMessage, message) = (false, 0);
        return true;
    }

    /// <summary>Turns the mask on by as much as was read, so that the next piece goes on where this ended.</summary>
    private void Unmask(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated && from.Length >= Vector<byte>.Count)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(mask));
            for (; i <= from.Length - Vector<byte>.Count; i += Vector<byte>.Count) (new Vector<byte>(from[i..]) ^ wide).CopyTo(to[i..]);
        }
        var key = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in mask));
        for (; i < from.Length; i++) to[i] = (byte)(from[i] ^ key[i & 3]);
        mask = BitOperations.RotateRight(mask, 8 * (from.Length & 3));
    }

    [InlineArray(LongestHeader)]
    private struct Header
    {
        private byte first;
    }
}
