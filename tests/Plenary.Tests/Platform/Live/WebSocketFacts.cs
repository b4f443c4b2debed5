using System.Buffers.Binary;
using System.Text;
using Plenary.Platform.Live;
using Plenary.Platform.Live.Transport;
using Plenary.Tests.Rooms;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Live;

/// <summary>The transport of our own keeps to RFC 6455, and whoever does not is told so and let go.</summary>
public sealed class WebSocketFacts(SqliteApp app)
{
    private const string Text = "Grüße, 日本, 🎉 and plain words";

    /// <summary>What no client may send, and the code with which it is closed.</summary>
    public static TheoryData<string, byte[], int> Violations => new()
    {
        { "not masked", RawWebSocket.Frame(WebSocketOpcode.Text, "x"u8, masked: false), 1002 },
        { "first reserved bit", RawWebSocket.Frame(WebSocketOpcode.Text, "x"u8, reserved: 0x40), 1002 },
        { "second reserved bit", RawWebSocket.Frame(WebSocketOpcode.Text, "x"u8, reserved: 0x20), 1002 },
        { "third reserved bit", RawWebSocket.Frame(WebSocketOpcode.Text, "x"u8, reserved: 0x10), 1002 },
        { "reserved opcode 3", RawWebSocket.Frame((WebSocketOpcode)3, "x"u8), 1002 },
        { "reserved opcode 11", RawWebSocket.Frame((WebSocketOpcode)11, "x"u8), 1002 },
        { "control frame too long", RawWebSocket.Frame(WebSocketOpcode.Ping, new byte[126]), 1002 },
        { "control frame in parts", RawWebSocket.Frame(WebSocketOpcode.Ping, "x"u8, final: false), 1002 },
        { "continuation of nothing", RawWebSocket.Frame(WebSocketOpcode.Continuation, "x"u8), 1002 },
        { "message within a message", [.. RawWebSocket.Frame(WebSocketOpcode.Text, "{"u8, final: false), .. RawWebSocket.Frame(WebSocketOpcode.Text, "}"u8)], 1002 },
        { "16 bits of length where 7 do", RawWebSocket.Frame(WebSocketOpcode.Text, "x"u8, sizedAs: 2), 1002 },
        { "64 bits of length where 16 do", RawWebSocket.Frame(WebSocketOpcode.Text, new byte[300], sizedAs: 8), 1002 },
        { "negative length", [0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4], 1002 },
        { "one byte more than may be", [0x82, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 1, 1, 2, 3, 4], 1009 },
        { "more than may be, in parts", [.. RawWebSocket.Frame(WebSocketOpcode.Binary, [1], final: false), 0x80, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4], 1009 },
        { "no text", RawWebSocket.Frame(WebSocketOpcode.Text, [0x7B, 0xC3, 0x28]), 1007 },
        { "text that is cut off", RawWebSocket.Frame(WebSocketOpcode.Text, [0xF0, 0x9F, 0x8E]), 1007 },
        { "half a character in the next part", [.. RawWebSocket.Frame(WebSocketOpcode.Text, [0xF0, 0x9F], final: false), .. RawWebSocket.Frame(WebSocketOpcode.Continuation, "x"u8)], 1007 },
        { "a surrogate", RawWebSocket.Frame(WebSocketOpcode.Text, [0xED, 0xA0, 0x80]), 1007 },
        { "an overlong character", RawWebSocket.Frame(WebSocketOpcode.Text, [0xC0, 0xAF]), 1007 },
        { "beyond Unicode", RawWebSocket.Frame(WebSocketOpcode.Text, [0xF4, 0x90, 0x80, 0x80]), 1007 },
        { "close with half a code", RawWebSocket.Frame(WebSocketOpcode.Close, [3]), 1002 },
        { "close 999", RawWebSocket.Frame(WebSocketOpcode.Close, Code(999)), 1002 },
        { "close 1004", RawWebSocket.Frame(WebSocketOpcode.Close, Code(1004)), 1002 },
        { "close 1005", RawWebSocket.Frame(WebSocketOpcode.Close, Code(1005)), 1002 },
        { "close 1006", RawWebSocket.Frame(WebSocketOpcode.Close, Code(1006)), 1002 },
        { "close 1015", RawWebSocket.Frame(WebSocketOpcode.Close, Code(1015)), 1002 },
        { "close 2000", RawWebSocket.Frame(WebSocketOpcode.Close, Code(2000)), 1002 },
        { "close 5000", RawWebSocket.Frame(WebSocketOpcode.Close, Code(5000)), 1002 },
        { "close for a reason that is no text", RawWebSocket.Frame(WebSocketOpcode.Close, [.. Code(1000), 0xFF]), 1007 },
    };

    /// <summary>Requests that are no opening handshake, and how they are answered.</summary>
    public static TheoryData<string, string, string> BadRequests => new()
    {
        { "no key", RawWebSocket.Request(new("http://localhost"), without: "Sec-WebSocket-Key"), "400" },
        { "a key that is none", RawWebSocket.Request(new("http://localhost"), key: "short"), "400" },
        { "no version", RawWebSocket.Request(new("http://localhost"), without: "Sec-WebSocket-Version"), "426" },
        { "an old version", RawWebSocket.Request(new("http://localhost"), version: "8"), "426" },
        { "another method", RawWebSocket.Request(new("http://localhost"), method: "POST"), "400" },
        { "no upgrade", RawWebSocket.Request(new("http://localhost"), without: "Upgrade"), "400" },
    };

    [Theory, MemberData(nameof(Violations))]
    public async Task WhoBreaksTheProtocolIsToldWhyAndLetGo(string what, byte[] bytes, int code)
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        await client.SendRaw(bytes);
        Assert.True(code == await client.Closed(), what);
    }

    [Theory, MemberData(nameof(Violations))]
    public async Task EvenWhenItComesByteByByte(string what, byte[] bytes, int code)
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        try
        {
            await client.SendSingly(bytes);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server need not hear the rest.
        }
        Assert.True(code == await client.Closed(), what);
    }

    [Theory, MemberData(nameof(BadRequests))]
    public async Task WhatIsNoHandshakeIsNotUpgraded(string what, string request, string status)
    {
        await using var client = await RawWebSocket.Ask(app.Url, request);
        Assert.True(client.Answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {client.Answer}");
        if (status == "426") Assert.Contains("Sec-WebSocket-Version: 13", client.Answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WhoSpeaksBeforeTheAnswerIsNotUpgraded()
    {
        var frame = Encoding.Latin1.GetString(RawWebSocket.Frame(WebSocketOpcode.Ping, ""u8, masked: false)); // any bytes will do
        await using var client = await RawWebSocket.Ask(app.Url, RawWebSocket.Request(app.Url) + frame.Replace("\u0089", "x", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 400 ", client.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000), InlineData(1001), InlineData(1002), InlineData(1003), InlineData(1007), InlineData(1008), InlineData(1009), InlineData(1010), InlineData(1011), InlineData(1012), InlineData(1014)]
    [InlineData(3000), InlineData(3999), InlineData(4000), InlineData(4999)]
    public async Task AGoodbyeIsAnsweredInKind(int code)
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        await client.Send(WebSocketOpcode.Close, [.. Code(code), .. "Grüße"u8]);
        Assert.Equal(code, await client.Closed());
    }

    [Fact]
    public async Task AGoodbyeNeedsNoReason()
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        await client.Send(WebSocketOpcode.Close, []);
        Assert.Equal(1005, await client.Closed());
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(125)]
    public async Task APingComesBack(int length)
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        var payload = Enumerable.Range(0, length).Select(n => (byte)n).ToArray();
        await client.Send(WebSocketOpcode.Pong, [1, 2, 3]); // nobody asked; it is passed over
        await client.Send(WebSocketOpcode.Ping, payload);
        Assert.Equal(payload, await client.Next(WebSocketOpcode.Pong));
    }

    [Fact]
    public async Task AMessageMayBeCutAnywhere()
    {
        var scene = await Scene.Arrange(app);
        var person = await scene.Attendee();
        await using var client = await RawWebSocket.Open(app.Url, scene.Sessions.Cookie(person.Id));
        await client.SendSingly(RawWebSocket.Frame(WebSocketOpcode.Text, RawWebSocket.Handshake("json")));
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(await client.Next(WebSocketOpcode.Text)));
        await client.Send(WebSocketOpcode.Text, RawWebSocket.Call("1", "Join", new { room = scene.Stage.Id }));
        await client.Completion("1");

        var post = RawWebSocket.Call("2", "Post", new { room = scene.Stage.Id, id = Guid.CreateVersion7(), text = Text });
        for (var i = 0; i < post.Length; i++)
        {
            await client.Send(i == 0 ? WebSocketOpcode.Text : WebSocketOpcode.Continuation, [post[i]], final: i == post.Length - 1);
            if (i % 50 != 10) continue;
            await client.Send(WebSocketOpcode.Ping, [(byte)i]); // control frames may come in between
            await client.Send(i % 20 == 0 ? WebSocketOpcode.Pong : WebSocketOpcode.Continuation, [], final: i % 20 == 0);
            Assert.Equal([(byte)i], await client.Next(WebSocketOpcode.Pong));
        }
        await client.Completion("2");

        await using var other = await scene.Enter(await scene.Attendee());
        Assert.Equal(Text, Assert.Single(other.Log).Text);
    }

    [Fact]
    public async Task ManyMessagesMayComeAtOnce()
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        var calls = Enumerable.Range(0, 200).Select(n => RawWebSocket.Call($"{n}", "Leave", "no room")).ToList();
        await client.SendRaw([.. calls.Take(100).SelectMany(call => RawWebSocket.Frame(WebSocketOpcode.Text, call)),
            .. RawWebSocket.Frame(WebSocketOpcode.Text, [.. calls.Skip(100).SelectMany(call => call)])]); // the last hundred are one message
        for (var n = 0; n < 200; n++) Assert.Contains("invalid-input", (await client.Completion($"{n}")).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachProtocolHasItsKindOfMessage()
    {
        await using var json = await RawWebSocket.Connect(app.Url, protocol: "json");
        await json.Send(WebSocketOpcode.Text, RawWebSocket.Call("1", "Leave", "no room"));
        Assert.Equal(WebSocketOpcode.Text, (await json.Receive())!.Value.Opcode);

        await using var messagePack = await RawWebSocket.Connect(app.Url, protocol: "messagepack");
        // [1, {}, "1", "Leave", ["x"], []] with its length before it
        await messagePack.Send(WebSocketOpcode.Binary, [15, 0x96, 1, 0x80, 0xA1, 0x31, 0xA5, .. "Leave"u8, 0x91, 0xA1, 0x78, 0x90]);
        var answer = (await messagePack.Receive())!.Value;
        Assert.Equal(WebSocketOpcode.Binary, answer.Opcode);
        Assert.Contains("invalid-input", Encoding.UTF8.GetString(answer.Payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongMessagesHaveLongLengths()
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        foreach (var length in new[] { 200, 20_000 })
        {
            await client.Send(WebSocketOpcode.Text, RawWebSocket.Call($"{length}", "Leave", new string('x', length)));
            await client.Completion($"{length}");
        }
        // 70,000 bytes in one WebSocket message, none of SignalR's within it too long
        await client.Send(WebSocketOpcode.Text, [.. Enumerable.Range(0, 5).SelectMany(n => RawWebSocket.Call($"m{n}", "Leave", new string('x', 14_000)))]);
        for (var n = 0; n < 5; n++) await client.Completion($"m{n}");
    }

    [Fact]
    public async Task AMessageThatIsTooLongForTheHubEndsTheConnection()
    {
        await using var client = await RawWebSocket.Connect(app.Url);
        await client.Send(WebSocketOpcode.Text, RawWebSocket.Call("1", "Leave", new string('x', LiveServices.LargestMessage)));
        Assert.Contains("\"type\":7", Encoding.UTF8.GetString(await client.Next(WebSocketOpcode.Text)), StringComparison.Ordinal);
        await client.Next(WebSocketOpcode.Close);
        await client.Send(WebSocketOpcode.Close, Code(1000));
        Assert.Null(await client.Receive());
    }

    [Fact]
    public async Task AHandshakeWithoutSenseIsRefused()
    {
        await using var unknown = await RawWebSocket.Open(app.Url);
        await unknown.Send(WebSocketOpcode.Text, RawWebSocket.Handshake("xml"));
        Assert.Contains("error", Encoding.UTF8.GetString(await unknown.Next(WebSocketOpcode.Text)), StringComparison.Ordinal);
        await unknown.Next(WebSocketOpcode.Close);

        await using var wrong = await RawWebSocket.Open(app.Url);
        await wrong.Send(WebSocketOpcode.Text, Encoding.UTF8.GetBytes("hello\u001e"));
        await wrong.Next(WebSocketOpcode.Close);
    }

    private static byte[] Code(int code)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)code);
        return bytes;
    }
}
