using System.Buffers;
using System.IO.Pipelines;

namespace Plenary.Platform.Live.Transport;

/// <summary>
/// Where the hub writes its answers: each flush is one WebSocket frame, sent through the lane like everything else. Holds a buffer only
/// between the first byte and the flush.
/// </summary>
internal sealed class LanePipeWriter(SocketConnection connection) : PipeWriter
{
    private const int Smallest = 512;

    private byte[]? buffer;
    private int end;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => buffer is null ? 0 : end - WebSocketFrame.LongestHeader;

    public override Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).AsMemory(end);

    public override Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).AsSpan(end);

    public override void Advance(int bytes) => end += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (buffer is not null)
        {
            var payload = end - WebSocketFrame.LongestHeader;
            var start = WebSocketFrame.LongestHeader - WebSocketFrame.HeaderLength(payload);
            WebSocketFrame.WriteHeader(buffer.AsSpan(start), payload, WebSocketFrame.OpcodeOf(connection.ActiveFormat));
            if (payload > 0) connection.Lane.Reply(buffer.AsSpan(start, end - start));
            LetGo();
        }
        return new(new FlushResult(isCanceled: false, isCompleted: connection.Lane.Broken));
    }

    public override void CancelPendingFlush() { }

    public override void Complete(Exception? exception = null) => LetGo();

    private byte[] Room(int atLeast)
    {
        atLeast = Math.Max(atLeast, 1);
        if (buffer is null)
        {
            buffer = ArrayPool<byte>.Shared.Rent(Math.Max(Smallest, WebSocketFrame.LongestHeader + atLeast));
            end = WebSocketFrame.LongestHeader;
        }
        else if (buffer.Length - end < atLeast)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, end + atLeast));
            buffer.AsSpan(0, end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        return buffer;
    }

    private void LetGo()
    {
        if (buffer is null) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}
