using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Plenary.Tests.Support;

namespace Plenary.Tests.Platform.Telemetry;

/// <summary>A span as it arrived.</summary>
/// <param name="Trace">Of which trace; hexadecimal, as the two ids after it.</param>
/// <param name="Id">Its own.</param>
/// <param name="Parent">Empty for the one that began the trace.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Source">What made it.</param>
/// <param name="Texts">All texts in its attributes.</param>
internal sealed record Span(string Trace, string Id, string Parent, string Name, string Source, IReadOnlyList<string> Texts);

/// <summary>
/// Receives traces as an OpenTelemetry collector does: OTLP/HTTP with protobuf (opentelemetry-proto 1.5, trace/v1 and collector/trace/v1). Of each message it reads the fields that
/// it needs, by their numbers, and passes over the rest.
/// </summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<Span> spans = new();

    public OtlpReceiver()
    {
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        _ = Serve();
    }

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    public IReadOnlyCollection<Span> Spans => spans;

    /// <summary>Returns the spans of the first trace of which this holds, once it has arrived.</summary>
    public async Task<List<Span>> Trace(Func<List<Span>, bool> holds)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            foreach (var trace in spans.GroupBy(span => span.Trace))
                if (trace.ToList() is var all && holds(all)) return all;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Fail("No such trace arrived. These did:\n" + string.Join('\n', spans.Select(s => $"{s.Trace[..6]} {s.Parent} → {s.Id} {s.Source}: {s.Name}").Take(200)));
        throw new InvalidOperationException();
    }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
            try
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url!.AbsolutePath == "/v1/traces") Read(body.ToArray());
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException) { } // who sent no longer waits, or this is disposed
    }

    private void Read(byte[] request)
    {
        foreach (var resource in Inside(request, 1))
            foreach (var scope in Inside(resource, 2))
            {
                var source = Inside(scope, 1).SelectMany(s => Inside(s, 1)).Select(Text).FirstOrDefault("");
                foreach (var span in Inside(scope, 2))
                    spans.Enqueue(new(Hex(span, 1), Hex(span, 2), Hex(span, 4), Inside(span, 5).Select(Text).FirstOrDefault(""), source,
                        [.. Inside(span, 9).SelectMany(attribute => Inside(attribute, 2)).SelectMany(value => Inside(value, 1)).Select(Text)]));
            }
    }

    private static string Hex(ReadOnlyMemory<byte> message, int field) => Inside(message, field).Select(bytes => Convert.ToHexStringLower(bytes.Span)).FirstOrDefault("");

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>The contents of a field that has a length (protobuf wire type 2), as often as it occurs.</summary>
    private static List<ReadOnlyMemory<byte>> Inside(ReadOnlyMemory<byte> message, int field)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message.Span, ref at);
            switch (tag & 7)
            {
                case 0: Number(message.Span, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    var length = (int)Number(message.Span, ref at);
                    if ((int)(tag >> 3) == field) found.Add(message.Slice(at, length));
                    at += length;
                    break;
                default: throw new InvalidDataException("no protobuf");
            }
        }
        return found;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
