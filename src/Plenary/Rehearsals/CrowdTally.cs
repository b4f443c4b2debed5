using System.Collections.Concurrent;

namespace Plenary.Rehearsals;

/// <summary>What a crowd of simulated people counts together.</summary>
internal sealed class CrowdTally
{
    private int asked, inside, queued;
    private long refused, posted, votes, delivered, lost, doubled, segments, failed;
    private Delays thisSecond = new();

    /// <summary>When each message was written, by its id: all of them live in this process, so one clock does.</summary>
    public ConcurrentDictionary<Guid, long> WrittenAt { get; } = new();

    /// <summary>The last number of each room that was acknowledged to somebody.</summary>
    public ConcurrentDictionary<Guid, long> LastSeq { get; } = new();

    public Delays Joins { get; } = new();

    public Delays Deliveries { get; } = new();

    public Delays Segments { get; } = new();

    public int Asked => Volatile.Read(ref asked);

    public int In => Volatile.Read(ref inside);

    public long Refused => Interlocked.Read(ref refused);

    public long Posted => Interlocked.Read(ref posted);

    public void Comes() => Interlocked.Increment(ref asked);

    public void Queues() => Interlocked.Increment(ref queued);

    public void Enters(long since)
    {
        Interlocked.Increment(ref inside);
        Joins.AddSince(since);
    }

    public void Refuses() => Interlocked.Increment(ref refused);

    public void Votes() => Interlocked.Increment(ref votes);

    public void Kept(Guid room, long seq)
    {
        Interlocked.Increment(ref posted);
        LastSeq.AddOrUpdate(room, seq, (_, known) => Math.Max(known, seq));
    }

    public void Arrived(Guid message)
    {
        if (!WrittenAt.TryGetValue(message, out var at)) return;
        Interlocked.Increment(ref delivered);
        Deliveries.AddSince(at);
        Volatile.Read(ref thisSecond).AddSince(at);
    }

    public void Lost(long numbers) => Interlocked.Add(ref lost, numbers);

    public void Doubled() => Interlocked.Increment(ref doubled);

    public void Segment(long since)
    {
        Interlocked.Increment(ref segments);
        Segments.AddSince(since);
    }

    public void SegmentFailed() => Interlocked.Increment(ref failed);

    /// <summary>The deliveries since the last call.</summary>
    public Delays TakeSecond() => Interlocked.Exchange(ref thisSecond, new());

    public JoinsFound JoinsFound() => Rehearsals.JoinsFound.Of(Asked, In, Volatile.Read(ref queued), Refused, Joins.At(0.5), Joins.At(0.99));

    public DeliveryFound DeliveryFound() => Rehearsals.DeliveryFound.Of(Posted, Interlocked.Read(ref votes), Interlocked.Read(ref delivered), Deliveries.At(0.5), Deliveries.At(0.99), Interlocked.Read(ref lost), Interlocked.Read(ref doubled));

    public StageFound StageFound() => Rehearsals.StageFound.Of(Interlocked.Read(ref segments), Interlocked.Read(ref failed), Segments.At(0.99));
}
