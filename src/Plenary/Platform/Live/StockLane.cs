namespace Plenary.Platform.Live;

/// <summary>A lane over the framework's own transports: server-sent events, long polling, and WebSockets inside TLS or HTTP/2.</summary>
internal sealed class StockLane : Lane
{
    /// <summary>Messages waiting for a slow reader above which those that may be lost are.</summary>
    private const int Crowded = 16;

    /// <summary>Above which the reader is cut off: it comes back and asks for what it lacks, which costs less than keeping it.</summary>
    private const int Full = 128;

    private int waiting;

    internal override void Send(SharedFrame frame, FrameClass kind, Crowd? crowd)
    {
        var behind = Volatile.Read(ref waiting);
        if (kind == FrameClass.Ephemeral && behind > Crowded) return;
        if (behind > Full)
        {
            DeliveryMeters.TooFarBehind();
            Close();
            return;
        }
        var write = Connection.WriteAsync(frame.Stock);
        if (!write.IsCompletedSuccessfully) _ = Wait(write);
    }

    private async Task Wait(ValueTask write)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await write;
        }
#pragma warning disable CA1031 // A connection that breaks while it is written to ends by itself.
        catch (Exception) { }
#pragma warning restore CA1031
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
