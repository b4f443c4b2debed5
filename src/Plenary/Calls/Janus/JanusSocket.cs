using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenary.Calls.Janus;

/// <summary>
/// One WebSocket to a Janus, sub-protocol <c>janus-protocol</c> (https://janus.conf.meetecho.com/docs/rest.html, section WebSockets): requests are matched with
/// their answers by a transaction; everything else is an event. When anything goes wrong with the connection it is over, and whoever waits is told so.
/// </summary>
internal sealed class JanusSocket : IAsyncDisposable
{
    /// <summary>Janus answers within milliseconds; one that takes longer than this is not there.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int LargestMessage = 1024 * 1024;

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly ConcurrentDictionary<string, Asked> asked = new();
    private readonly CancellationTokenSource ending = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? secret;
    private readonly TimeProvider clock;
    private Task receiving = Task.CompletedTask;
    private long transactions;

    private JanusSocket(string? secret, TimeProvider clock) => (this.secret, this.clock) = (secret, clock);

    /// <summary>Called for every event, one after another, in their order; must not wait. Set once, before anything is asked that leads to events.</summary>
    public Action<JsonElement> Heard { get; set; } = _ => { };

    /// <summary>Completes when the connection is over.</summary>
    public Task Closed => closed.Task;

    public static async Task<JanusSocket> Connect(Uri address, string? secret, TimeProvider clock, CancellationToken cancellation)
    {
        var made = new JanusSocket(secret, clock);
        try
        {
            made.socket.Options.AddSubProtocol("janus-protocol");
            made.socket.Options.KeepAliveInterval = Patience;
            made.socket.Options.KeepAliveTimeout = Patience;
            await made.socket.ConnectAsync(address, cancellation).WaitAsync(Patience, clock, cancellation);
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
        made.receiving = made.Receive();
        return made;
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="request">Gets its transaction and the secret here.</param>
    /// <param name="acknowledged">An <c>ack</c> is the answer; otherwise it only says that the answer comes later.</param>
    /// <exception cref="JanusException">Janus says no.</exception>
    /// <exception cref="JanusLostException">The connection is over, or Janus does not answer.</exception>
    public async Task<JsonElement> Ask(JsonObject request, bool acknowledged = false)
    {
        var transaction = Interlocked.Increment(ref transactions).ToString("x", null);
        request["transaction"] = transaction;
        if (secret is not null) request["apisecret"] = secret;
        var waiting = new Asked(acknowledged);
        asked[transaction] = waiting;
        try
        {
            if (closed.Task.IsCompleted) throw new JanusLostException();
            await Send(JsonSerializer.SerializeToUtf8Bytes(request));
            var answer = await waiting.Answer.Task.WaitAsync(Patience, clock);
            if (answer.Text("janus") == "error")
                throw new JanusException(answer.Of("error")?.Number("code") ?? 0, answer.Of("error")?.Text("reason") ?? "no reason");
            return answer;
        }
        catch (Exception lost) when (lost is TimeoutException or WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Half a conversation is worth nothing: begin again.
            End();
            throw new JanusLostException(lost);
        }
        finally
        {
            asked.TryRemove(transaction, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        End();
        await receiving;
        socket.Dispose();
        ending.Dispose();
        writing.Dispose();
    }

    private async Task Send(byte[] message)
    {
        await writing.WaitAsync(ending.Token);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, true, ending.Token);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task Receive()
    {
        var message = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(message.GetMemory(8 * 1024), ending.Token);
                if (got.MessageType == WebSocketMessageType.Close) break;
                message.Advance(got.Count);
                if (message.WrittenCount > LargestMessage) break;
                if (!got.EndOfMessage) continue;
                Take(JsonElement.Parse(message.WrittenSpan));
                message.ResetWrittenCount();
            }
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException or JsonException or ObjectDisposedException) { }
        End();
    }

    private void Take(JsonElement message)
    {
        if (message.Text("transaction") is { } transaction && asked.TryGetValue(transaction, out var waiting))
        {
            if (message.Text("janus") != "ack" || waiting.Acknowledged) waiting.Answer.TrySetResult(message);
        }
        else if (message.Text("janus") != "ack") Heard(message);
    }

    private void End()
    {
        if (!closed.TrySetResult()) return;
        ending.Cancel();
        socket.Abort();
        foreach (var one in asked.Values) one.Answer.TrySetException(new JanusLostException());
    }

    private sealed record Asked(bool Acknowledged)
    {
        public TaskCompletionSource<JsonElement> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Janus, or its plugin, says no.</summary>
/// <param name="code">As listed in Janus's documentation: 4xx.</param>
/// <param name="reason">In its words.</param>
internal sealed class JanusException(int code, string reason) : Exception($"Janus says {code}: {reason}")
{
    public int Code { get; } = code;
}

/// <summary>The connection to Janus is over.</summary>
internal sealed class JanusLostException(Exception? inner = null) : Exception("The connection to Janus is lost.", inner);

/// <summary>Reads what Janus says, which may lack anything.</summary>
internal static class JanusJson
{
    public static JsonElement? Of(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var found) ? found : null;

    public static string? Text(this JsonElement of, string name) => of.Of(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public static int? Number(this JsonElement of, string name) => of.Of(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var number) ? number : null;

    public static bool Flag(this JsonElement of, string name) => of.Of(name) is { ValueKind: JsonValueKind.True };

    public static IEnumerable<JsonElement> List(this JsonElement of, string name) =>
        of.Of(name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
