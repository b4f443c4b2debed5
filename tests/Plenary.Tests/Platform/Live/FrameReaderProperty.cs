using System.Buffers;
using CsCheck;
using Plenary.Platform.Live.Transport;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Live;

/// <summary>However a client cuts its messages into frames, and the network its bytes into pieces, the hub gets what was sent.</summary>
public sealed class FrameReaderProperty
{
    private sealed record Sent(byte[][] Parts, byte[]? PingWithin);

    private static readonly Gen<byte[]> Part = Gen.OneOf(Gen.Byte.Array[0, 8], Gen.Byte.Array[100, 400], Gen.Byte.Array[66_000, 66_010]);
    private static readonly Gen<Sent> Message = Gen.Select(Part.Array[1, 4], Gen.OneOf(Gen.Const((byte[]?)null), Gen.Byte.Array[0, 125].Select(b => (byte[]?)b)), (parts, ping) => new Sent(parts, ping));

    [Fact]
    public void TheHubGetsWhatWasSent() =>
        Gen.Select(Message.Array[1, 5], Gen.Int[1, 5_000].Array[1, 10]).Sample((messages, cuts) => Holds(messages, cuts), iter: 200, threads: 1);

    private static void Holds(Sent[] messages, int[] cuts)
    {
        var wire = new List<byte>();
        foreach (var message in messages)
        {
            for (var i = 0; i < message.Parts.Length; i++)
            {
                wire.AddRange(RawWebSocket.Frame(i == 0 ? WebSocketOpcode.Binary : WebSocketOpcode.Continuation, message.Parts[i], final: i == message.Parts.Length - 1));
                if (message.PingWithin is { } ping && i == 0) wire.AddRange(RawWebSocket.Frame(WebSocketOpcode.Ping, ping));
            }
        }
        var (reader, hub, pings, whole) = (new FrameReader(largestMessage: 1 << 20), new ArrayBufferWriter<byte>(), new List<byte[]>(), 0);
        var rest = wire.ToArray().AsSpan();
        for (var cut = 0; !rest.IsEmpty; cut++)
        {
            ReadOnlySpan<byte> piece = rest[..Math.Min(rest.Length, cuts[cut % cuts.Length])];
            rest = rest[piece.Length..];
            for (var read = true; read;)
            {
                switch (reader.Read(ref piece, hub))
                {
                    case Arrival.Message: whole++; break;
                    case Arrival.Ping: pings.Add(reader.ControlPayload.ToArray()); break;
                    case Arrival.Nothing: read = false; break;
                    case var other: Assert.Fail($"{other} {reader.Fault}"); break;
                }
            }
        }
        Assert.Equal(messages.Length, whole);
        Assert.True(messages.SelectMany(m => m.Parts).SelectMany(p => p).SequenceEqual(hub.WrittenSpan.ToArray()));
        Assert.Equal(messages.Where(m => m.PingWithin is not null).Select(m => m.PingWithin!), pings);
    }
}
