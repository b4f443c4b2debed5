using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Plenary.Platform.Live.Transport;

/// <summary>
/// A lane that writes to the socket itself. Usually that is one call into the kernel with bytes that all lanes share; only what the kernel does not
/// take at once waits, in order, and is written when it does.
/// </summary>
internal sealed partial class SocketLane : Lane
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int WouldBlock = 11;

    /// <summary>Bytes written at once to a slow reader: each time they are taken counts as progress.</summary>
    private const int Step = 16 * 1024;

    private readonly object gate;
    private readonly Socket socket;
    private readonly ConnectionWatch watch;
    private IHubProtocol? protocol;
    private Backlog? backlog;
    private TaskCompletionSource? drained;
    private bool ended;

    /// <param name="socket">The transport has seen to it that nobody else writes to it.</param>
    /// <param name="watch">Whose turns are the lane's clock.</param>
    /// <param name="gate">Known to the lane alone from now on.</param>
    public SocketLane(Socket socket, ConnectionWatch watch, object gate)
    {
        (this.socket, this.watch, this.gate) = (socket, watch, gate);
        WroteAt = watch.Turn;
    }

    /// <summary>The turn of the watch in which something was written last.</summary>
    public int WroteAt { get; private set; }

    /// <summary>The socket is broken, or the reader was given up: nothing is written any more.</summary>
    public bool Broken { get; private set; }

    /// <summary>Something waits for the reader.</summary>
    public bool IsBehind => Volatile.Read(ref backlog) is not null;

    /// <summary>The hub has shaken hands: its client understands messages.</summary>
    public bool IsReady => IsAttached;

    /// <summary>Bytes that wait for the reader.</summary>
    public int Waiting
    {
        get { lock (gate) return backlog?.Waiting ?? 0; }
    }

    internal override void Attach(HubConnectionContext to)
    {
        protocol = to.Protocol;
        base.Attach(to);
    }

    internal override void Send(SharedFrame frame, FrameClass kind, Crowd? crowd)
    {
        if (ended) return;
        var bytes = frame.Encoded(protocol!);
        lock (gate)
        {
            if (ended) return;
            var written = TryWrite(bytes);
            if (written == bytes.Length || ended) return;
            if (written == 0 && backlog is null && kind == FrameClass.Ephemeral) return;
            Wait(bytes.AsMemory(written), begun: written > 0, kind, crowd);
        }
    }

    /// <summary>Sends a whole frame that is not shared: an answer of the hub, or a frame of the transport's own. The bytes may be used again afterwards.</summary>
    public void Reply(ReadOnlySpan<byte> frame)
    {
        lock (gate)
        {
            if (ended) return;
            var written = TryWrite(frame);
            if (written == frame.Length || ended) return;
            Wait(frame[written..].ToArray(), begun: written > 0, FrameClass.Entries, null);
        }
    }

    /// <summary>Sends a last frame; whatever is sent afterwards goes nowhere.</summary>
    public void End(CloseCode code)
    {
        lock (gate)
        {
            if (ended) return;
            Reply(Closing.Frame(code));
            ended = true;
        }
    }

    /// <summary>After <see cref="End"/>: has the client see that nothing follows, once everything is written.</summary>
    public async Task HangUp()
    {
        await Drained();
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Break();
        }
    }

    /// <summary>Stops writing at once.</summary>
    public void Break()
    {
        lock (gate)
        {
            (ended, Broken, backlog) = (true, true, null);
            drained?.TrySetResult();
        }
    }

    /// <summary>Returns when nothing waits any more.</summary>
    public Task Drained()
    {
        lock (gate)
            return backlog is null ? Task.CompletedTask : (drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Within the gate: how many bytes went out now; 0 when others wait before them.</summary>
    private unsafe int TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (backlog is not null) return 0;
        nint written;
        try
        {
            fixed (byte* start = bytes) written = Send(socket.SafeHandle, start, (nuint)bytes.Length, DontWait | NoSignal);
        }
        catch (ObjectDisposedException)
        {
            Break();
            return 0;
        }
        if (written >= 0)
        {
            WroteAt = watch.Turn;
            return (int)written;
        }
        if (Marshal.GetLastPInvokeError() != WouldBlock) Break();
        return 0;
    }

    /// <summary>Within the gate.</summary>
    private void Wait(ReadOnlyMemory<byte> rest, bool begun, FrameClass kind, Crowd? crowd)
    {
        var isFirst = backlog is null;
        backlog ??= new();
        if (!backlog.Add(rest, begun, kind, crowd))
        {
            DeliveryMeters.TooFarBehind();
            Break();
        }
        else if (isFirst) ThreadPool.UnsafeQueueUserWorkItem(static lane => _ = lane.Flush(), this, preferLocal: false);
    }

    /// <summary>Writes what waits as fast as the reader takes it. Only one runs at a time: it ends with the backlog, and the next begins with the next one.</summary>
    private async Task Flush()
    {
        while (true)
        {
            ReadOnlyMemory<byte> next;
            lock (gate)
            {
                if (backlog is null) return;
                next = backlog.Head;
                if (next.Length > Step) next = next[..Step];
            }
            try
            {
                var written = await socket.SendAsync(next, SocketFlags.None);
                lock (gate)
                {
                    WroteAt = watch.Turn;
                    if (backlog is null) return;
                    backlog.Advance(written);
                    if (!backlog.IsEmpty) continue;
                    backlog = null;
                    drained?.TrySetResult();
                    return;
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                Break();
                return;
            }
        }
    }

    /// <summary>
    /// send(2). The marshaller holds the descriptor while the call lasts, so a connection that ends at this moment cannot leave its number to another one,
    /// whose reader would get these bytes.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static unsafe partial nint Send(SafeSocketHandle socket, byte* bytes, nuint length, int flags);
}
