using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Plenary.Platform.Live.Transport;

namespace Plenary.Tests.Support;

/// <summary>A WebSocket client that writes every byte itself, so that it can write the wrong ones.</summary>
internal sealed class RawWebSocket : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;

    /// <summary>
    /// A receive buffer of the kernel, in bytes, whose reader is soon behind. A window smaller than a segment would be worse than slow: the sender waits for its timer,
    /// 200 ms, before it fills one (RFC 9293, section 3.8.6.2.1).
    /// </summary>
    public const int Small = 32_768;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket socket;
    private readonly NetworkStream stream;

    private RawWebSocket(Socket socket)
    {
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The answer to the upgrade request, header lines included.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>Something has arrived that was not read.</summary>
    public bool HasMore => socket.Available > 0;

    /// <summary>A good upgrade request.</summary>
    /// <param name="without">A header to leave out.</param>
    public static string Request(Uri site, string? cookie = null, string method = "GET", string? without = null, string version = "13", string key = "dGhlIHNhbXBsZSBub25jZQ==")
    {
        string?[] lines =
        [
            $"{method} /live HTTP/1.1", $"Host: {site.Authority}", "Connection: Upgrade", "Upgrade: websocket", $"Sec-WebSocket-Version: {version}", $"Sec-WebSocket-Key: {key}",
            cookie is null ? null : $"Cookie: {cookie}", method == "GET" ? null : "Content-Length: 0",
        ];
        return string.Join("\r\n", lines.Where(line => line is not null && (without is null || !line.StartsWith(without, StringComparison.OrdinalIgnoreCase)))) + "\r\n\r\n";
    }

    /// <summary>Sends a request and reads the head of the answer.</summary>
    /// <param name="receiveBuffer">Of the kernel, in bytes; small for a reader that is to be slow.</param>
    public static async Task<RawWebSocket> Ask(Uri site, string request, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
        await socket.ConnectAsync("127.0.0.1", site.Port, TestContext.Current.CancellationToken);
        var client = new RawWebSocket(socket);
        await client.SendRaw(Encoding.ASCII.GetBytes(request));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)((await client.ReadExactly(1) ?? throw new EndOfStreamException(head.ToString()))[0]));
        client.Answer = head.ToString();
        return client;
    }

    public static async Task<RawWebSocket> Open(Uri site, string? cookie = null, int? receiveBuffer = null)
    {
        var client = await Ask(site, Request(site, cookie), receiveBuffer);
        Assert.StartsWith("HTTP/1.1 101 ", client.Answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", client.Answer, StringComparison.OrdinalIgnoreCase); // the example of RFC 6455, section 1.3
        return client;
    }

    /// <summary>Open, and SignalR's handshake done.</summary>
    public static async Task<RawWebSocket> Connect(Uri site, string? cookie = null, string protocol = "json", int? receiveBuffer = null)
    {
        var client = await Open(site, cookie, receiveBuffer);
        await client.Send(WebSocketOpcode.Text, Handshake(protocol));
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString((await client.Receive())!.Value.Payload));
        return client;
    }

    public static byte[] Handshake(string protocol) => Encoding.UTF8.GetBytes($"{{\"protocol\":\"{protocol}\",\"version\":1}}\u001e");

    public static byte[] Json(object message) => [.. JsonSerializer.SerializeToUtf8Bytes(message), RecordSeparator];

    /// <summary>A call of a hub method, in JSON.</summary>
    public static byte[] Call(string id, string target, params object[] arguments) => Json(new { type = 1, invocationId = id, target, arguments });

    /// <summary>The bytes of a frame.</summary>
    /// <param name="sizedAs">How many bytes tell the length: 0 is as few as possible.</param>
    public static byte[] Frame(WebSocketOpcode opcode, ReadOnlySpan<byte> payload, bool final = true, bool masked = true, byte reserved = 0, int sizedAs = 0)
    {
        var frame = new List<byte> { (byte)((final ? 0x80 : 0) | reserved | (byte)opcode) };
        var mask = (byte)(masked ? 0x80 : 0);
        if (sizedAs == 0) sizedAs = payload.Length < 126 ? 1 : payload.Length <= ushort.MaxValue ? 2 : 8;
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(size, (ulong)payload.Length);
        frame.Add((byte)(mask | sizedAs switch { 1 => payload.Length, 2 => 126, _ => 127 }));
        if (sizedAs > 1) frame.AddRange(size[^sizedAs..]);
        if (!masked) return [.. frame, .. payload];
        byte[] key = [0x37, 0xFA, 0x21, 0x3D];
        frame.AddRange(key);
        for (var i = 0; i < payload.Length; i++) frame.Add((byte)(payload[i] ^ key[i & 3]));
        return [.. frame];
    }

    public Task Send(WebSocketOpcode opcode, byte[] payload, bool final = true) => SendRaw(Frame(opcode, payload, final));

    public async Task SendRaw(byte[] bytes) => await socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>One segment per byte, as far as the kernel goes along.</summary>
    public async Task SendSingly(byte[] bytes)
    {
        foreach (var one in bytes) await SendRaw([one]);
    }

    /// <summary>The next frame, or null when the server has hung up.</summary>
    public async Task<(WebSocketOpcode Opcode, byte[] Payload)?> Receive()
    {
        if (await ReadExactly(2) is not { } head) return null;
        Assert.True((head[0] & 0x80) != 0 && (head[0] & 0x70) == 0 && (head[1] & 0x80) == 0, $"no frame of a server: {head[0]:x2} {head[1]:x2}");
        var length = head[1] & 0x7F;
        if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactly(2));
        else if (length == 127) length = (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadExactly(8));
        return ((WebSocketOpcode)(head[0] & 0x0F), await ReadExactly(length) ?? throw new EndOfStreamException("in the middle of a frame"));
    }

    /// <summary>The next frame of this kind; SignalR pings and other frames before it are passed over.</summary>
    public async Task<byte[]> Next(WebSocketOpcode opcode)
    {
        while (true)
        {
            var frame = await Receive() ?? throw new EndOfStreamException($"no {opcode}");
            if (frame.Opcode == opcode && !frame.Payload.AsSpan().SequenceEqual("{\"type\":6}\u001e"u8)) return frame.Payload;
        }
    }

    /// <summary>The next close frame's code, 1005 when it has none; then the server must hang up.</summary>
    public async Task<int> Closed()
    {
        var payload = await Next(WebSocketOpcode.Close);
        Assert.Null(await Receive());
        return payload.Length == 0 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(payload);
    }

    /// <summary>The answer to the call with this id.</summary>
    public async Task<JsonElement> Completion(string id)
    {
        while (true)
        {
            var message = JsonDocument.Parse((await Next(WebSocketOpcode.Text)).AsMemory()[..^1]).RootElement;
            if (message.GetProperty("type").GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id) return message;
        }
    }

    public async ValueTask DisposeAsync() => await stream.DisposeAsync();

    private async Task<byte[]?> ReadExactly(int count)
    {
        var bytes = new byte[count];
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            var read = await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, patience.Token);
            return read == count ? bytes : read == 0 ? null : throw new EndOfStreamException("in the middle of something");
        }
        catch (IOException)
        {
            return null; // reset
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Patience.TotalSeconds} s without {count} bytes; {socket.Available} are there");
        }
    }
}
