using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Plenary.Rooms;

namespace Plenary.Rehearsals;

/// <summary>The hub said no, by one of its refusals.</summary>
internal sealed class HubRefused(string code, int? seconds = null, string? ticket = null) : Exception(code)
{
    public string Code { get; } = code;

    /// <summary>Of a place in the line: ask again then.</summary>
    public int? Seconds { get; } = seconds;

    public string? Ticket { get; } = ticket;
}

/// <summary>
/// One WebSocket to the hub as any client has it, spoken with the framework's own MessagePack protocol:
/// https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md
/// </summary>
internal sealed class HubConversation : IAsyncDisposable, IInvocationBinder
{
    private static readonly MessagePackHubProtocol Protocol = new();
    private static readonly ReadOnlyMemory<byte> Ping = Protocol.GetMessageBytes(PingMessage.Instance);
    private static readonly Type[] OneFrame = [typeof(Frame)], Anything = [typeof(object)];

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly ConcurrentDictionary<string, (Type Answer, TaskCompletionSource<object?> Told)> asked = new();
    private readonly Action<Frame> frames;
    private readonly TaskCompletionSource shaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int last;

    private HubConversation(Action<Frame> frames) => this.frames = frames;

    /// <summary>Completes when the connection is over, however it ended.</summary>
    public Task Over { get; private set; } = Task.CompletedTask;

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="hub">Its address, ws or wss.</param>
    /// <param name="http">Dials; shared by all.</param>
    /// <param name="cookie">The <c>Cookie</c> header: whose session.</param>
    /// <param name="frames">Called with each frame, one after the other.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<HubConversation> Open(Uri hub, HttpMessageInvoker http, string cookie, Action<Frame> frames, CancellationToken cancellation)
    {
        var made = new HubConversation(frames);
        try
        {
            made.socket.Options.SetRequestHeader("Cookie", cookie);
            made.socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await made.socket.ConnectAsync(hub, http, cancellation);
            made.Over = made.Read();
            var hello = new ArrayBufferWriter<byte>();
            HandshakeProtocol.WriteRequestMessage(new HandshakeRequestMessage(Protocol.Name, Protocol.Version), hello);
            await made.Send(hello.WrittenMemory, cancellation);
            await made.shaken.Task.WaitAsync(cancellation);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method of the hub and waits for its answer. Throws <see cref="HubRefused"/> when it says no.</summary>
    public async Task<T> Ask<T>(string method, object argument, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture);
        var told = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[id] = (typeof(T), told);
        try
        {
            await Send(Protocol.GetMessageBytes(new InvocationMessage(id, method, [argument])), cancellation);
            return (T)(await told.Task.WaitAsync(cancellation))!;
        }
        finally
        {
            asked.TryRemove(id, out _);
        }
    }

    /// <summary>Calls a method without an answer.</summary>
    public Task Tell(string method, object argument, CancellationToken cancellation) => Send(Protocol.GetMessageBytes(new InvocationMessage(method, [argument])), cancellation);

    /// <summary>Says that it is there still; a hub lets go of who is silent.</summary>
    public Task SayPing(CancellationToken cancellation) => Send(Ping, cancellation);

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await Over.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
        sending.Dispose();
    }

    Type IInvocationBinder.GetReturnType(string invocationId) => asked.TryGetValue(invocationId, out var one) ? one.Answer : typeof(object);

    IReadOnlyList<Type> IInvocationBinder.GetParameterTypes(string methodName) => methodName == "Frame" ? OneFrame : Anything;

    Type IInvocationBinder.GetStreamItemType(string streamId) => typeof(object);

    private async Task Send(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        await sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, true, cancellation);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task Read()
    {
        var (buffer, length) = (new byte[4096], 0);
        Exception over = new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } got)
            {
                length += got.Count;
                var all = new ReadOnlySequence<byte>(buffer, 0, length);
                var rest = all;
                Understand(ref rest);
                var left = (int)rest.Length;
                rest.CopyTo(buffer); // towards the front, so it may overlap
                length = left;
                if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or InvalidDataException or OperationCanceledException)
        {
            over = error;
        }
        shaken.TrySetException(over);
        _ = shaken.Task.Exception; // seen, whoever waited
        foreach (var (_, told) in asked.Values) told.TrySetException(over);
    }

    private void Understand(ref ReadOnlySequence<byte> bytes)
    {
        if (!shaken.Task.IsCompleted)
        {
            if (!HandshakeProtocol.TryParseResponseMessage(ref bytes, out var answer)) return;
            if (answer.Error is { } error) throw new InvalidDataException(error);
            shaken.TrySetResult();
        }
        while (Protocol.TryParseMessage(ref bytes, this, out var message))
            switch (message)
            {
                case InvocationMessage { Arguments: [Frame frame] }: frames(frame); break;
                case CompletionMessage { InvocationId: { } id } done when asked.TryGetValue(id, out var one):
                    if (done.Error is { } error) one.Told.TrySetException(Refused(error));
                    else one.Told.TrySetResult(done.Result);
                    break;
                case CloseMessage: throw new InvalidDataException("closed by the hub");
            }
    }

    /// <summary>Refusals stand as JSON behind the words of a hub error.</summary>
    private static HubRefused Refused(string error)
    {
        if (error.IndexOf('{', StringComparison.Ordinal) is var brace and >= 0)
            try
            {
                using var told = JsonDocument.Parse(error[brace..]);
                var root = told.RootElement;
                return new(root.GetProperty("code").GetString() ?? "", root.TryGetProperty("seconds", out var seconds) ? seconds.GetInt32() : null, root.TryGetProperty("ticket", out var ticket) ? ticket.GetString() : null);
            }
            catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException) { }
        return new("error");
    }
}
