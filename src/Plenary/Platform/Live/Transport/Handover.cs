using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Plenary.Platform.Live.Transport;

/// <summary>
/// Lets a connection outlive the request that opened it. A live connection lasts for hours; kept as a request it would hold all that serving one takes, from the
/// headers to every middleware's state, which is more than the connection itself. So the endpoint takes the connection over and returns: the request
/// ends, the server lets go of it, and what was taken over goes on with the socket's own pipes.
/// </summary>
/// <remarks>Stands between the socket and HTTP on every connection, and does nothing until it is taken.</remarks>
internal sealed class Handover : IDuplexPipe, IConnectionHeartbeatFeature
{
    private readonly ConnectionContext connection;
    private List<(Action<object> Beat, object State)>? beats = [];
    private List<IDisposable>? held;
    private Func<Task>? rest;

    private Handover(ConnectionContext connection)
    {
        this.connection = connection;
        Wire = connection.Transport;
        (Input, Output) = (new Reader(this), new Writer(this));
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static handover => ((Handover)handover).Beat(), this);
        connection.Features.Set<IConnectionHeartbeatFeature>(this);
        connection.Features.Set(this);
        connection.Transport = this;
    }

    /// <summary>What came to be known before the hub saw the connection, for its items.</summary>
    public Dictionary<object, object?>? Items { get; set; }

    /// <summary>The connection goes on when the request is over.</summary>
    public bool IsTaken => rest is not null;

    /// <summary>The socket's pipes.</summary>
    public IDuplexPipe Wire { get; }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>For all connections of an endpoint.</summary>
    public static ConnectionDelegate Middleware(ConnectionDelegate next) => async connection =>
    {
        var handover = new Handover(connection);
        await next(connection);
        if (handover.IsTaken) await handover.GoOn();
    };

    /// <summary>Takes the connection over, from the end of this request on.</summary>
    public void Take(Func<Task> then) => rest = then;

    /// <summary>To be called when the request is over and was taken: what is held is let go when the connection ends.</summary>
    public void Hold(IDisposable what) => (held ??= []).Add(what);

    /// <summary>Ends the connection without another word.</summary>
    public void Abort() => connection.Abort(new ConnectionAbortedException("The live connection was given up."));

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state) => beats?.Add((action, state));

    private async Task GoOn()
    {
        beats = null; // of HTTP, which would otherwise be kept for them
        connection.Transport = Wire;
        try
        {
            await rest!();
        }
        finally
        {
            foreach (var one in held ?? []) one.Dispose();
        }
    }

    private void Beat()
    {
        foreach (var (beat, state) in beats ?? []) beat(state);
    }

    private sealed class Reader(Handover handover) : PipeReader
    {
        private readonly PipeReader wire = handover.Wire.Input;

        public override void AdvanceTo(SequencePosition consumed) => wire.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => wire.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => wire.CancelPendingRead();

        public override void Complete(Exception? exception = null)
        {
            if (!handover.IsTaken) wire.Complete(exception);
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => wire.ReadAsync(cancellationToken);

        public override bool TryRead(out ReadResult result) => wire.TryRead(out result);
    }

    private sealed class Writer(Handover handover) : PipeWriter
    {
        private readonly PipeWriter wire = handover.Wire.Output;

        public override bool CanGetUnflushedBytes => wire.CanGetUnflushedBytes;

        public override long UnflushedBytes => wire.UnflushedBytes;

        public override void Advance(int bytes) => wire.Advance(bytes);

        public override void CancelPendingFlush() => wire.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            if (!handover.IsTaken) wire.Complete(exception);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => wire.FlushAsync(cancellationToken);

        public override Memory<byte> GetMemory(int sizeHint = 0) => wire.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => wire.GetSpan(sizeHint);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            wire.WriteAsync(source, cancellationToken);
    }
}
