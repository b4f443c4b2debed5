using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Plenary.Stage.Ingest;

/// <summary>A message of RTMP.</summary>
/// <param name="Type">As in <see cref="RtmpType"/>.</param>
/// <param name="Stream">Of messages; commands of the connection itself have 0.</param>
/// <param name="Time">Milliseconds.</param>
/// <param name="Body">Its bytes.</param>
internal readonly record struct RtmpMessage(byte Type, uint Stream, uint Time, byte[] Body);

/// <summary>Types of messages (Adobe's RTMP 1.0, 5.4 and 7.1).</summary>
internal static class RtmpType
{
    public const byte ChunkSize = 1, Abort = 2, Acknowledgement = 3, UserControl = 4, Window = 5, Bandwidth = 6, Audio = 8, Video = 9, Data = 18, Command3 = 17, Command = 20;
}

/// <summary>Handshake and chunk streams of an RTMP connection, as its server (Adobe's RTMP 1.0, 5.2 and 5.3). Bounded in everything that the other side chooses.</summary>
internal sealed class RtmpWire(Stream stream)
{
    private const int Handshake = 1536, OurChunk = 4096, LargestChunk = 1 << 20, LargestMessage = 8 << 20, MostChunkStreams = 32, Acknowledged = 1 << 20;
    private const uint ExtendedTime = 0xffffff;
    private readonly Dictionary<int, Chunks> incoming = [];
    private readonly byte[] header = new byte[16];
    private int chunk = 128;
    private long received, told;

    private sealed class Chunks
    {
        public uint Time, Delta, Stream;
        public byte Type;
        public byte[] Body = [];
        public int Length, Filled;
        public bool IsExtended;
    }

    /// <summary>Version 3, without the digests that only Flash asked for.</summary>
    public async Task ShakeAsync(CancellationToken cancellation)
    {
        var theirs = new byte[1 + Handshake];
        await ReadAsync(theirs, cancellation);
        if (theirs[0] != 3) throw new RtmpException("it does not begin as RTMP does");
        var ours = new byte[1 + Handshake + Handshake];
        ours[0] = 3;
        RandomNumberGenerator.Fill(ours.AsSpan(9, Handshake - 8));
        theirs.AsSpan(1).CopyTo(ours.AsSpan(1 + Handshake));
        await stream.WriteAsync(ours, cancellation);
        await ReadAsync(theirs.AsMemory(0, Handshake), cancellation);
    }

    /// <summary>The next message that is not about the chunks themselves. Refused: <see cref="RtmpException"/>; the end of the connection is an <see cref="EndOfStreamException"/>.</summary>
    public async Task<RtmpMessage> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var message = await ChunkAsync(cancellation);
            if (received - told > Acknowledged) await AcknowledgeAsync(cancellation);
            if (message is not { } whole) continue;
            switch (whole.Type)
            {
                case RtmpType.ChunkSize:
                    var size = whole.Body.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(whole.Body) : 0;
                    if (size is 0 or > LargestChunk) throw new RtmpException("a size of chunks is out of bounds");
                    chunk = (int)size;
                    break;
                case RtmpType.Abort:
                    if (whole.Body.Length >= 4 && incoming.TryGetValue((int)BinaryPrimitives.ReadUInt32BigEndian(whole.Body), out var aborted)) aborted.Filled = 0;
                    break;
                case RtmpType.Acknowledgement or RtmpType.UserControl or RtmpType.Window or RtmpType.Bandwidth: break;
                default: return whole;
            }
        }
    }

    /// <summary>One chunk; the message if it was the message's last.</summary>
    private async Task<RtmpMessage?> ChunkAsync(CancellationToken cancellation)
    {
        await ReadAsync(header.AsMemory(0, 1), cancellation);
        var (format, id) = (header[0] >> 6, header[0] & 0x3f);
        if (id < 2)
        {
            var more = id + 1;
            await ReadAsync(header.AsMemory(0, more), cancellation);
            id = 64 + header[0] + (more == 2 ? header[1] << 8 : 0);
        }
        if (!incoming.TryGetValue(id, out var chunks))
        {
            if (incoming.Count == MostChunkStreams) throw new RtmpException("it uses too many chunk streams");
            incoming[id] = chunks = new();
        }
        var begins = chunks.Filled == 0;
        if (!begins && format != 3) throw new RtmpException("a message begins within another");
        var size = format switch { 0 => 11, 1 => 7, 2 => 3, _ => 0 };
        await ReadAsync(header.AsMemory(0, size), cancellation);
        var time = size > 0 ? U24(header) : 0;
        if (size > 0) chunks.IsExtended = time == ExtendedTime;
        if (size >= 7)
        {
            chunks.Length = (int)U24(header.AsSpan(3));
            chunks.Type = header[6];
            if (chunks.Length > LargestMessage) throw new RtmpException("a message is too large");
        }
        if (size == 11) chunks.Stream = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(7));
        if (chunks.IsExtended)
        {
            await ReadAsync(header.AsMemory(0, 4), cancellation);
            time = BinaryPrimitives.ReadUInt32BigEndian(header);
        }
        if (begins)
        {
            // A message that only says "as before" (type 3) comes as much later as the one before it did (5.3.1.2.4).
            if (size > 0) chunks.Delta = time;
            chunks.Time = format == 0 ? time : chunks.Time + chunks.Delta;
            // Grown as bytes come: a header alone may not cost megabytes.
            if (chunks.Body.Length == 0) chunks.Body = new byte[Math.Min(chunks.Length, 64 * 1024)];
        }
        var take = Math.Min(chunk, chunks.Length - chunks.Filled);
        if (chunks.Filled + take > chunks.Body.Length) Array.Resize(ref chunks.Body, Math.Min(chunks.Length, Math.Max(chunks.Filled + take, chunks.Body.Length * 2)));
        await ReadAsync(chunks.Body.AsMemory(chunks.Filled, take), cancellation);
        chunks.Filled += take;
        if (chunks.Filled < chunks.Length) return null;
        var body = chunks.Body.Length == chunks.Length ? chunks.Body : chunks.Body[..chunks.Length];
        (chunks.Body, chunks.Filled) = ([], 0);
        return new(chunks.Type, chunks.Stream, chunks.Time, body);
    }

    /// <summary>What every connection is told first.</summary>
    public async Task GreetAsync(CancellationToken cancellation)
    {
        await SendAsync(2, RtmpType.Window, 0, Big(5_000_000), cancellation);
        await SendAsync(2, RtmpType.Bandwidth, 0, [.. Big(5_000_000), 2], cancellation);
        await SendAsync(2, RtmpType.ChunkSize, 0, Big(OurChunk), cancellation);
    }

    /// <summary>Sends a command.</summary>
    public Task CommandAsync(uint messageStream, byte[] amf, CancellationToken cancellation) => SendAsync(3, RtmpType.Command, messageStream, amf, cancellation);

    private async Task AcknowledgeAsync(CancellationToken cancellation)
    {
        told = received;
        await SendAsync(2, RtmpType.Acknowledgement, 0, Big((uint)received), cancellation);
    }

    private async Task SendAsync(byte chunkStream, byte type, uint messageStream, byte[] body, CancellationToken cancellation)
    {
        if (body.Length > OurChunk || (type != RtmpType.Command && body.Length > 128)) throw new ArgumentException("It would need several chunks.", nameof(body));
        var message = new byte[12 + body.Length];
        message[0] = chunkStream;
        message[4] = (byte)(body.Length >> 16);
        message[5] = (byte)(body.Length >> 8);
        message[6] = (byte)body.Length;
        message[7] = type;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), messageStream);
        body.CopyTo(message, 12);
        await stream.WriteAsync(message, cancellation);
    }

    private async Task ReadAsync(Memory<byte> into, CancellationToken cancellation)
    {
        if (into.IsEmpty) return;
        try { await stream.ReadExactlyAsync(into, cancellation); }
        catch (IOException error) when (error.InnerException is SocketException) { throw new EndOfStreamException(); }
        received += into.Length;
    }

    private static uint U24(ReadOnlySpan<byte> at) => (uint)(at[0] << 16 | at[1] << 8 | at[2]);

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
