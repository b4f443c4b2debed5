using System.Buffers;
using System.Text;
using MessagePack;

namespace Plenary.Load.Wire;

/// <summary>
/// The SignalR hub protocol in MessagePack, as far as a simulator speaks it: messages with a length in front, invocations out, completions and
/// invocations in. https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md
/// </summary>
internal static class HubMessages
{
    public const int Invocation = 1, Completion = 3, Ping = 6, Close = 7;

    /// <summary>Ends the handshake of either side.</summary>
    public const byte RecordSeparator = 0x1e;

    public static readonly byte[] Handshake = "{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray();

    public static readonly byte[] PingMessage = [2, 0x91, Ping];

    /// <summary>Takes the next whole message off the front; false when none is left.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message)
    {
        message = default;
        var (length, shift) = (0, 0);
        for (var i = 0; i < Math.Min(5, bytes.Length); i++, shift += 7)
        {
            length |= (bytes[i] & 0x7f) << shift;
            if ((bytes[i] & 0x80) != 0) continue;
            if (length < 0 || length > bytes.Length - i - 1) return false;
            message = bytes.Slice(i + 1, length);
            bytes = bytes[(i + 1 + length)..];
            return true;
        }
        return false;
    }

    /// <summary>An invocation with one argument: a map of texts, numbers and truths, in the order given; without an id nobody answers it.</summary>
    public static byte[] Invoke(string? id, string target, params ReadOnlySpan<(string Key, object? Value)> argument)
    {
        var body = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(body);
        writer.WriteArrayHeader(6);
        writer.Write(Invocation);
        writer.WriteMapHeader(0);
        if (id is null) writer.WriteNil();
        else writer.Write(id);
        writer.Write(target);
        writer.WriteArrayHeader(argument.Length == 0 ? 0 : 1);
        if (argument.Length > 0)
        {
            writer.WriteMapHeader(argument.Length);
            foreach (var (key, value) in argument)
            {
                writer.Write(key);
                if (value is long number) writer.Write(number);
                else if (value is string text) writer.Write(text);
                else if (value is bool truth) writer.Write(truth);
                else writer.WriteNil();
            }
        }
        writer.WriteArrayHeader(0);
        writer.Flush();
        return Framed(body.WrittenSpan);
    }

    private static byte[] Framed(ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[5];
        var (rest, width) = (body.Length, 0);
        do
        {
            head[width++] = (byte)((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
            rest >>= 7;
        }
        while (rest > 0);
        return [.. head[..width], .. body];
    }

    /// <summary>What stands behind a hub error's first brace, where refusals keep theirs; empty when the error is no refusal.</summary>
    public static string Refusal(ReadOnlySpan<byte> error)
    {
        var brace = error.IndexOf((byte)'{');
        return brace < 0 ? "" : Encoding.UTF8.GetString(error[brace..]);
    }
}
