using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenary.Platform;
using Plenary.Platform.Access;
using Plenary.Platform.Database;

namespace Plenary.Stage;

/// <summary>
/// Media up: a host's browser sends its recording over a WebSocket and is told how much of it is on disk. The words of the conversation are
/// in docs/develop/protocol.md, “Media up”.
/// </summary>
public sealed class UploadSocket(OnAir onAir, IDbContextFactory<Db> dbs, MediaSettings settings, TimeProvider clock, IHostApplicationLifetime life, ILogger<UploadSocket> log)
{
    private const int LargestHello = 4096, Chunk = 64 * 1024, InFlight = 4 << 20;
    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(10), Goodbye = TimeSpan.FromSeconds(2), Pulse = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    private sealed record Hello(string? Take, string? Container, long Offset);

    /// <summary>One connection, from its upgrade to its end.</summary>
    public async Task AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await Results.Problem("This address speaks WebSocket.", statusCode: StatusCodes.Status426UpgradeRequired).ExecuteAsync(http);
            return;
        }
        // Refusals are told inside the socket: a browser shows its page nothing of a failed upgrade.
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = Pulse, KeepAliveTimeout = Pulse });
        try
        {
            await ConverseAsync(http, socket);
        }
        catch (RefusalException refused)
        {
            await RefuseAsync(socket, refused.Refusal);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException) { } // The connection is gone; the host's browser will be back.
        catch (Exception error)
        {
            log.LogError(error, "An upload failed");
            await RefuseAsync(socket, StageRefusals.NewTake);
        }
    }

    private async Task ConverseAsync(HttpContext http, WebSocket socket)
    {
        var id = Guid.Parse((string)http.Request.RouteValues["broadcast"]!);
        await using (var db = await dbs.CreateDbContextAsync(http.RequestAborted))
        {
            var broadcast = await db.RequireUploaderAsync(Viewer.Of(http.User), id, http.RequestAborted);
            if (broadcast.State == BroadcastState.Ended) StageRefusals.Ended.Throw();
            if (broadcast.IsSimulive) StageRefusals.PlaysRecording.Throw();
        }
        var (takeId, container, offset) = await HelloAsync(socket, http.RequestAborted);
        if (container == Ingest.Flv.Container) throw StageRefusals.Container(settings.Container).AsException(); // made of RTMP, never by a browser
        var take = await onAir.TakeAsync(id, takeId, container, offset, http.RequestAborted);
        Task receiving;
        Refusal? refusal = null;
        using (var hold = await take.HoldAsync(http.RequestAborted))
        {
            await TellAsync(socket, new { offset = take.OnDisk });
            var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: InFlight, resumeWriterThreshold: InFlight / 2, useSynchronizationContext: false));
            using var stop = new CancellationTokenSource();
            using var stopping = life.ApplicationStopping.Register(() => hold.Dismiss(StageRefusals.NewTake));
            receiving = ReceiveAsync(socket, pipe.Writer, new UploadBudget(settings.BytesPerSecond, clock), http.RequestAborted);
            var storing = StoreAsync(pipe.Reader, take, socket, stop.Token);
            try
            {
                var first = await Task.WhenAny(storing, hold.Dismissed, take.Failed);
                if (first is Task<Refusal> told) refusal = await told;
                // What is not acknowledged will be sent again: whoever goes on must find the file at rest.
                if (refusal is not null) await stop.CancelAsync();
                await storing;
            }
            catch (RefusalException refused)
            {
                refusal ??= refused.Refusal;
            }
            catch (OperationCanceledException) { } // Our own stop.
        }
        if (refusal is null && take.Failed.IsCompleted) refusal = await take.Failed;
        if (refusal is not null) await RefuseAsync(socket, refusal, receiving);
        else if (socket.State == WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static async Task<(Guid Take, string Container, long Offset)> HelloAsync(WebSocket socket, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(HelloWithin);
        var buffer = new byte[LargestHello];
        var length = 0;
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
            length += got.Count;
            if (got.MessageType == WebSocketMessageType.Close) throw new OperationCanceledException();
            if (got.MessageType != WebSocketMessageType.Text || (!got.EndOfMessage && length == buffer.Length))
                throw Refusal.Invalid("take", "Say first which take this is: a text message of { take, container, offset }.").AsException();
            if (got.EndOfMessage) break;
        }
        Hello? hello = null;
        try { hello = JsonSerializer.Deserialize<Hello>(buffer.AsSpan(0, length), Json); }
        catch (JsonException) { }
        if (!Guid.TryParse(hello?.Take, out var take)) throw Refusal.Invalid("take", "“take” is not an id.").AsException();
        if (hello!.Container is not { Length: > 0 and <= 80 } container) throw Refusal.Invalid("container", "“container” is the recorder's type, of at most 80 characters.").AsException();
        if (hello.Offset < 0) throw Refusal.Invalid("offset", "“offset” is a number of bytes.").AsException();
        return (take, container, hello.Offset);
    }

    /// <summary>Takes bytes off the network until the client closes, or is gone. Refused: text after the first message, upload-too-fast.</summary>
    private static async Task ReceiveAsync(WebSocket socket, PipeWriter writer, UploadBudget budget, CancellationToken cancellation)
    {
        Exception? problem = null;
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(writer.GetMemory(Chunk), cancellation);
                if (got.MessageType == WebSocketMessageType.Close) break;
                if (got.MessageType == WebSocketMessageType.Text) throw Refusal.Invalid("take", "After the first message only the recording follows, as binary messages.").AsException();
                if (!budget.Spend(got.Count)) throw StageRefusals.TooFast.AsException();
                writer.Advance(got.Count);
                if ((await writer.FlushAsync(CancellationToken.None)).IsCompleted) break;
            }
        }
        catch (RefusalException refused)
        {
            problem = refused;
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException) { } // What has arrived counts.
        await writer.CompleteAsync(problem);
    }

    /// <summary>Stores what has arrived meanwhile, all at once, and says so: the slower the disk, the larger the groups.</summary>
    private async Task StoreAsync(PipeReader reader, LiveTake take, WebSocket socket, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(stop);
                if (!read.Buffer.IsEmpty)
                {
                    await take.AppendAsync(read.Buffer, settings);
                    if (socket.State == WebSocketState.Open) await TellAsync(socket, new { offset = take.OnDisk });
                }
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        catch (WebSocketException) { } // It is stored; the client will ask again.
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static Task TellAsync(WebSocket socket, object what) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(what, Json), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <param name="socket">The connection.</param>
    /// <param name="why">Told in full as a message; its code again as the reason of the close.</param>
    /// <param name="receiving">Whoever reads the socket already and will see the client's close.</param>
    private static async Task RefuseAsync(WebSocket socket, Refusal why, Task? receiving = null)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var limit = new CancellationTokenSource(Goodbye);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { error = new { why.Code, why.Message } }, Json), WebSocketMessageType.Text, true, limit.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, why.Code, limit.Token);
            if (receiving is not null) await receiving.WaitAsync(limit.Token);
            // Data that is still under way is let go until the client's own close is there.
            var rest = new byte[Chunk];
            while (socket.State == WebSocketState.CloseSent) await socket.ReceiveAsync(rest.AsMemory(), limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException) { }
    }
}

/// <summary>
/// How much an upload may send: a sustained speed, and as much at once as a host's browser holds back while its connection is lost.
/// </summary>
public sealed class UploadBudget(long bytesPerSecond, TimeProvider clock)
{
    /// <summary>What a browser may hold back, in seconds of recording.</summary>
    private const int Held = 60;

    private long saved = bytesPerSecond * Held;
    private long since = clock.GetTimestamp();

    /// <summary>False when more was sent than is allowed.</summary>
    public bool Spend(int bytes)
    {
        var now = clock.GetTimestamp();
        var earned = clock.GetElapsedTime(since, now).TotalSeconds * bytesPerSecond;
        if (earned >= 1)
        {
            saved = (long)Math.Min(saved + earned, (double)bytesPerSecond * Held);
            since = now;
        }
        saved -= bytes;
        return saved >= 0;
    }
}
