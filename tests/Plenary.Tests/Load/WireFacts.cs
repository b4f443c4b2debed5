using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Plenary.Load.Wire;
using Plenary.Rooms;

namespace Plenary.Tests.Load;

/// <summary>The simulator understands what the real protocols write, and they understand it.</summary>
public sealed class WireFacts
{
    private static readonly MessagePackHubProtocol Protocol = new(Options.Create(new MessagePackHubProtocolOptions()));

    [Fact]
    public void AFrameOfARoomIsReadAsTheServerWroteIt()
    {
        var first = new Stamp(123_456_789_012_345, 41);
        var second = new Stamp(123_456_789_099_999, 42);
        var frame = new Frame(Guid.CreateVersion7(), 6, 9, [Chat(7, first.ToText(200)), Chat(8, "somebody else"), Chat(9, second.ToText(2_000))], Reactions: new() { ["clap"] = 3 }, Present: 70_000);

        var reader = Read("Frame", frame);

        Assert.Equal((6, 9, 0), (reader.Prev, reader.Seq, reader.Left));
        Assert.Equal([new(7, first), new(8, default), new(9, second)], reader.Entries);
    }

    [Fact]
    public void AnAnswerToAJoinIsReadAsTheServerWroteIt()
    {
        var entries = Enumerable.Range(1, 100).Select(n => Chat(n, new Stamp(n, n).ToText(100))).ToArray();
        var joined = new Joined(Guid.CreateVersion7(), 100, new(entries), true, 5, 2, new(StageState.Live, Guid.CreateVersion7(), "/x", "Ann", 1), new(Guid.CreateVersion7(), "Me", "attendee"));
        var bytes = Protocol.GetMessageBytes(new CompletionMessage("j", null, joined, hasResult: true)).Span;
        Assert.True(HubMessages.TryNext(ref bytes, out var message));
        var cursor = new MessagePackCursor(message);
        Assert.Equal(5, cursor.Array());
        Assert.Equal(HubMessages.Completion, cursor.Integer());
        cursor.Skip();
        Assert.Equal("j"u8, cursor.Text());
        Assert.Equal(3, cursor.Integer());
        var reader = new RoomReader();
        reader.Read(ref cursor);

        Assert.True(reader.Replayed);
        Assert.Equal(100, reader.Seq);
        Assert.Equal(Enumerable.Range(1, 100).Select(n => new SeenEntry(n, new(n, n))), reader.Entries);
    }

    [Fact]
    public void WhatItInvokesTheServerUnderstands()
    {
        var bytes = new ReadOnlySequence<byte>(HubMessages.Invoke("p7", "Post", ("room", "r"), ("id", "i"), ("text", new Stamp(1, 7).ToText(1_900))));
        Assert.True(Protocol.TryParseMessage(ref bytes, new Binder(typeof(PostRequest)), out var message));
        var invocation = Assert.IsType<InvocationMessage>(message);
        Assert.Equal(("p7", "Post"), (invocation.InvocationId, invocation.Target));
        Assert.Equal(new PostRequest("r", "i", new Stamp(1, 7).ToText(1_900)), Assert.Single(invocation.Arguments));

        bytes = new ReadOnlySequence<byte>(HubMessages.Invoke("j", "Join", ("room", "r"), ("after", 70_000L)));
        Assert.True(Protocol.TryParseMessage(ref bytes, new Binder(typeof(JoinRequest)), out message));
        Assert.Equal(new JoinRequest("r", 70_000), Assert.Single(Assert.IsType<InvocationMessage>(message).Arguments));

        bytes = new ReadOnlySequence<byte>(HubMessages.PingMessage);
        Assert.True(Protocol.TryParseMessage(ref bytes, new Binder(typeof(object)), out message));
        Assert.IsType<PingMessage>(message);
        bytes = new ReadOnlySequence<byte>(HubMessages.Handshake);
        Assert.True(HandshakeProtocol.TryParseRequestMessage(ref bytes, out var handshake));
        Assert.Equal(("messagepack", 1), (handshake.Protocol, handshake.Version));
    }

    [Fact]
    public void SeveralMessagesInOneAreTakenApartAndAHalfOneWaits()
    {
        var large = Protocol.GetMessageBytes(new InvocationMessage("Frame", [new Frame(Guid.CreateVersion7(), 0, 1, [Chat(1, new string('x', 70_000))])])).ToArray();
        byte[] together = [.. HubMessages.PingMessage, .. large, .. large[..^1]];
        var rest = together.AsSpan();
        ReadOnlySpan<byte> bytes = rest;
        Assert.True(HubMessages.TryNext(ref bytes, out var message));
        Assert.Equal(2, message.Length);
        Assert.True(HubMessages.TryNext(ref bytes, out message));
        Assert.Equal(large.Length - 3, message.Length);
        Assert.False(HubMessages.TryNext(ref bytes, out _));
        Assert.Equal(large.Length - 1, bytes.Length);
    }

    [Fact]
    public void EveryKindOfMessagePackIsPassedOver()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        object?[] values = [null, true, 1, -1, 200, -200, 70_000, -70_000, 5_000_000_000, -5_000_000_000, ulong.MaxValue, 1.5f, 2.5, "", "short", new string('l', 300), new string('l', 70_000), new byte[10], new byte[300], new byte[70_000],
            new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2020, 1, 1, 0, 0, 0, 7, DateTimeKind.Utc), new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            Enumerable.Range(0, 20).ToArray(), Enumerable.Range(0, 70_000).ToArray(), Enumerable.Range(0, 20).ToDictionary(n => n, n => $"{n}"), new Dictionary<string, object> { ["a"] = new object[] { 1, "b" } }];
        foreach (var value in values) MessagePackSerializer.Serialize(ref writer, value, MessagePackSerializerOptions.Standard.WithResolver(MessagePack.Resolvers.ContractlessStandardResolver.Instance));
        writer.Write(4711);
        writer.Flush();
        var cursor = new MessagePackCursor(buffer.WrittenSpan);
        foreach (var _ in values) cursor.Skip();
        Assert.Equal(4711, cursor.Integer());
    }

    [Fact]
    public void BytesThatEndTooEarlyAreRefusedAndNeverReadBeyond()
    {
        var bytes = Protocol.GetMessageBytes(new InvocationMessage("Frame", [new Frame(Guid.CreateVersion7(), 0, 1, [Chat(1, "hello")])])).Span;
        Assert.True(HubMessages.TryNext(ref bytes, out var message));
        for (var length = 0; length < message.Length; length++)
        {
            var part = message[..length].ToArray();
            Assert.Throws<InvalidDataException>(() => new MessagePackCursor(part).Skip());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task AWebSocketFrameIsReadAsARealOneWroteIt(int size)
    {
        var payload = Enumerable.Range(0, size).Select(i => (byte)i).ToArray();
        using var stream = new MemoryStream();
        using (var server = WebSocket.CreateFromStream(stream, isServer: true, subProtocol: null, TimeSpan.Zero))
            await server.SendAsync(payload, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);
        var bytes = stream.ToArray();
        Assert.True(WebSocketFrame.TryRead(bytes, out var frame));
        Assert.Equal((WebSocketFrame.Binary, true, size), (frame.Opcode, frame.Final, frame.Length));
        Assert.Equal(payload, bytes[frame.Header..(frame.Header + frame.Length)]);
        Assert.False(WebSocketFrame.TryRead(bytes.AsSpan(0, frame.Header - 1), out _));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(2_500)]
    public async Task AWebSocketFrameItWritesIsReadByARealOne(int size)
    {
        var payload = Enumerable.Range(0, size).Select(i => (byte)(i * 7)).ToArray();
        var target = new byte[size + WebSocketFrame.LargestClientHeader];
        var length = WebSocketFrame.Write(target, WebSocketFrame.Binary, payload, 0xA1B2C3D4);
        using var stream = new MemoryStream(target, 0, length);
        using var server = WebSocket.CreateFromStream(stream, isServer: true, subProtocol: null, TimeSpan.Zero);
        var received = new byte[size + 1];
        var result = await server.ReceiveAsync(received, TestContext.Current.CancellationToken);
        Assert.Equal((size, true, WebSocketMessageType.Binary), (result.Count, result.EndOfMessage, result.MessageType));
        Assert.Equal(payload, received[..size]);
    }

    [Fact]
    public void AStampIsFoundInWhateverCarriesIt()
    {
        var stamp = new Stamp(987_654_321, 12);
        Assert.True(Stamp.TryFind(Encoding.UTF8.GetBytes($"42[\"frame\",\"{stamp.ToText(200)}\"]"), out var found));
        Assert.Equal(stamp, found);
        Assert.Equal(200, stamp.ToText(200).Length);
        foreach (var none in (string[])["", "@T", "hello @T there", "@T0000000000000000001", "@T000000000000000000x#00000001", "@T0000000000000000001#0000000x"])
            Assert.False(Stamp.TryFind(Encoding.UTF8.GetBytes(none), out _), none);
    }

    private static Entry Chat(long seq, string text) => new(seq, Guid.CreateVersion7(), EntryKind.Chat, 1_800_000_000_000, Guid.CreateVersion7(), "Ann Attendee", "attendee", text, null);

    private static RoomReader Read(string target, object argument)
    {
        var bytes = Protocol.GetMessageBytes(new InvocationMessage(target, [argument])).Span;
        Assert.True(HubMessages.TryNext(ref bytes, out var message));
        Assert.Equal(0, bytes.Length);
        var cursor = new MessagePackCursor(message);
        cursor.Array();
        Assert.Equal(HubMessages.Invocation, cursor.Integer());
        cursor.Skip();
        cursor.Skip();
        Assert.Equal(target, Encoding.UTF8.GetString(cursor.Text()));
        Assert.Equal(1, cursor.Array());
        var reader = new RoomReader();
        reader.Read(ref cursor);
        return reader;
    }

    private sealed class Binder(Type argument) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [argument];

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
