using System.Buffers;
using System.IO.Pipelines;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Plenary.Platform.Live.Transport;

/// <summary>
/// A WebSocket connection as a hub sees it: messages come in through a pipe and go out through the lane. It stands on what the server read from
/// the socket after the upgrade, and has no timers of its own; the <see cref="ConnectionWatch"/> looks after it.
/// </summary>
internal sealed class SocketConnection : ConnectionContext, IDuplexPipe, ITransferFormatFeature, IConnectionUserFeature, IHttpContextFeature, IConnectionInherentKeepAliveFeature, IConnectionLifetimeFeature
{
    /// <summary>Bytes of one WebSocket message. It may hold several messages of the hub, which has a limit of its own for each.</summary>
    public const int LargestMessage = 1024 * 1024;

    private static readonly PipeOptions Arriving = new(
        pauseWriterThreshold: 2 * LiveServices.LargestMessage, resumeWriterThreshold: LiveServices.LargestMessage, readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.ThreadPool, useSynchronizationContext: false);

    private readonly Action abort;
    private readonly PipeReader wire;
    private readonly ConnectionWatch watch;
    private readonly Pipe arriving = new(Arriving);
    private readonly FrameReader frames = new(LargestMessage);
    private IDictionary<object, object?>? items;
    private bool isDeaf;
    private int aborted;

    /// <param name="http">The request that opened it.</param>
    /// <param name="wire">What arrives from the socket.</param>
    /// <param name="watch">Looks after it.</param>
    /// <param name="handover">When the connection outlives the request; what is needed of that is kept here.</param>
    public SocketConnection(HttpContext http, PipeReader wire, ConnectionWatch watch, Handover? handover)
    {
        (this.wire, this.watch) = (wire, watch);
        (User, ConnectionId, items) = (http.User, http.Connection.Id, handover?.Items);
        if (handover is null) HttpContext = http;
        // Of the connection, or of the request itself: the context must not be asked any more once the request is over.
        abort = handover is null ? http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort : handover.Abort;
        var output = new LanePipeWriter(this);
        Output = output;
        Lane = new(http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket, watch, gate: output);
        Features = new OwnFeatures(this);
        HeardAt = watch.Turn;
        ExpiresAt = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
    }

    public SocketLane Lane { get; }

    /// <summary>The turn of the watch in which something arrived last.</summary>
    public int HeardAt { get; private set; }

    /// <summary>The hub has more than it can take: what the client says meanwhile waits in its socket.</summary>
    public bool IsHeldBack { get; private set; }

    /// <summary>The turn of the watch in which the last frame was sent, or 0.</summary>
    public int EndedAt { get; private set; }

    /// <summary>When the session ends that it was opened with.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Where the watch keeps it.</summary>
    internal int Place { get; set; }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items
    {
        get => items ??= new Dictionary<object, object?>();
        set => items = value;
    }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input => arriving.Reader;

    public PipeWriter Output { get; }

    public TransferFormat SupportedFormats => TransferFormat.Binary | TransferFormat.Text;

    public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

    public ClaimsPrincipal? User { get; set; }

    public HttpContext? HttpContext { get; set; }

    public bool HasInherentKeepAlive => true;

    /// <summary>Serves the connection until both sides have ended it.</summary>
    public async Task Run(ConnectionHandler hub, ILogger logger)
    {
        watch.Add(this);
        try
        {
            var reading = Read();
            try
            {
                await hub.OnConnectedAsync(this);
            }
#pragma warning disable CA1031 // It is the hub's, and the connection ends all the same.
            catch (Exception error)
            {
                logger.LogError(error, "A connection of the hub failed");
            }
#pragma warning restore CA1031
            await arriving.Reader.CompleteAsync();
            End(watch.IsStopping ? CloseCode.GoingAway : CloseCode.Normal);
            await reading;
            await Lane.Drained();
        }
        finally
        {
            watch.Remove(this);
            Volatile.Write(ref aborted, 1);
            Lane.Break();
        }
    }

    /// <summary>Has the client told that the process goes away.</summary>
    public void Stop() => wire.CancelPendingRead();

    /// <summary>Ends it without another word. Returns at once.</summary>
    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    /// <inheritdoc/>
    public override void Abort()
    {
        if (Interlocked.Exchange(ref aborted, 1) != 0) return;
        Lane.Break();
        ThreadPool.UnsafeQueueUserWorkItem(static abort => abort(), abort, preferLocal: false);
    }

    private void End(CloseCode code)
    {
        Lane.End(code);
        if (EndedAt == 0) EndedAt = watch.Turn;
    }

    /// <summary>Reads until the client has said that it ends, or is gone; when we have ended, only to see its answer.</summary>
    private async Task Read()
    {
        try
        {
            while (await ReadMore()) { }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection was lost or aborted.
        }
        finally
        {
            await arriving.Writer.CompleteAsync();
        }
    }

    private async ValueTask<bool> ReadMore()
    {
        var result = await wire.ReadAsync();
        HeardAt = watch.Turn;
        if (result.IsCanceled && watch.IsStopping) await Deafen();
        var more = !result.IsCompleted;
        foreach (var piece in result.Buffer)
        {
            if (!Take(piece.Span)) more = false;
            else if (!isDeaf && arriving.Writer.UnflushedBytes > 0)
            {
                var flush = arriving.Writer.FlushAsync();
                IsHeldBack = !flush.IsCompleted;
                if ((await flush).IsCompleted) await Deafen();
                (IsHeldBack, HeardAt) = (false, watch.Turn);
            }
            if (!more) break;
        }
        wire.AdvanceTo(result.Buffer.End);
        if (frames.Fault == default) return more;
        // It must see why, so nothing that it still says may be left unread: the system would answer that by taking our frame back.
        await Deafen();
        await Lane.HangUp();
        while (!(result = await wire.ReadAsync()).IsCompleted) wire.AdvanceTo(result.Buffer.End);
        return false;
    }

    /// <summary>From now on the hub is told nothing more.</summary>
    private ValueTask Deafen()
    {
        isDeaf = true;
        return arriving.Writer.CompleteAsync();
    }

    /// <summary>False when nothing more is to be read.</summary>
    private bool Take(ReadOnlySpan<byte> input)
    {
        frames.SwallowsPings = Lane.IsReady;
        IBufferWriter<byte> hub = isDeaf ? Nowhere.OfThread : arriving.Writer;
        while (true)
        {
            switch (frames.Read(ref input, hub))
            {
                case Arrival.Nothing:
                    return true;
                case Arrival.Ping:
                    Lane.Reply(WebSocketFrame.Of(frames.ControlPayload, WebSocketOpcode.Pong));
                    break;
                case Arrival.Close:
                    End(Closing.AnswerTo(frames.ControlPayload));
                    return false;
                case Arrival.Violation:
                    End(frames.Fault);
                    return false;
            }
        }
    }

    /// <summary>Takes what nobody wants.</summary>
    private sealed class Nowhere : IBufferWriter<byte>
    {
        [ThreadStatic]
        private static Nowhere? ofThread;

        private readonly byte[] scratch = new byte[4096];

        public static Nowhere OfThread => ofThread ??= new();

        public void Advance(int count) { }

        public Memory<byte> GetMemory(int sizeHint = 0) => scratch;

        public Span<byte> GetSpan(int sizeHint = 0) => scratch;
    }

    /// <summary>The features of the connection are the connection itself.</summary>
    private sealed class OwnFeatures(SocketConnection connection) : IFeatureCollection
    {
        private FeatureCollection? more;

        public bool IsReadOnly => false;

        public int Revision => more?.Revision ?? 0;

        public object? this[Type key]
        {
            get => key.IsInstanceOfType(connection) ? connection : key == typeof(SocketLane) ? connection.Lane : more?[key];
            set => (more ??= new FeatureCollection())[key] = value;
        }

        public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

        public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => (more ?? []).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
